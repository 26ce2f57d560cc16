import { describe } from "vitest";
import { answersAlike, NORMALIZED, SEVERAL_HOSTS } from "./answers-alike.js";
import { spawnServer } from "./spawn-server.js";

const REDIRECTED = {
  "a slash at the end": 308,
  "the absolute form": 308,
  "//api/user": 308,
  "/api//user": 308,
  "/api\\user": 308,
};
// Next.js passes on the first Host only.
const OWN_ANSWERS = { ...NORMALIZED, ...REDIRECTED, [SEVERAL_HOSTS]: 200 };

describe("Next.js", () => {
  const options = ["dev", "--port", "0", "--hostname", "127.0.0.1"];
  answersAlike(() => spawnServer("next", options, { folder: "next" }), OWN_ANSWERS);
});
