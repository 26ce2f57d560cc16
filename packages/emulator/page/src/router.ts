import { computed, signal } from "@preact/signals";
import { type View, views } from "./views/index.js";

const hash = signal(location.hash);

addEventListener("hashchange", () => {
  hash.value = location.hash;
});

/** The view that the URL names, such as `#/users`; the first one if it names none. */
export const currentView = computed<View>(() => {
  const name = hash.value.replace(/^#\//, "");
  return views.find(({ path }) => path === name) ?? views[0];
});

export function linkTo({ path }: View): string {
  return `#/${path}`;
}
