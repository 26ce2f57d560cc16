import { signal } from "@preact/signals";
import { refresh } from "./emulator-data.js";

/** How the last action ended, in words. */
export interface Notice {
  readonly failed: boolean;
  readonly text: string;
}

export const notice = signal<Notice | undefined>(undefined);

/** Does something to the emulator, says how it ended and shows the outcome. Resolves to whether it succeeded. */
export async function act(done: string, action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    notice.value = { failed: false, text: done };
  } catch (error) {
    notice.value = { failed: true, text: error instanceof Error ? error.message : String(error) };
  }
  await refresh();
  return !notice.value.failed;
}
