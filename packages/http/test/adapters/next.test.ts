import { describe, expect, it } from "vitest";
import { answersAlike, NORMALIZED, SEVERAL_HOSTS } from "./answers-alike.js";
import { getUser, postTeamsToken } from "./caller.js";
import { runProgram, spawnServer } from "./spawn-server.js";

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
  let port: number;
  answersAlike(async () => {
    await runProgram("next", ["build"], { folder: "next" });
    const served = await spawnServer("next", ["start", "--port", "0", "--hostname", "127.0.0.1"], { folder: "next" });
    ({ port } = served);
    return served;
  }, OWN_ANSWERS);

  it("works below a folder with a basePath", async () => {
    expect((await getUser(port, "/auth/api/user")).status).toBe(200);
    expect((await postTeamsToken(port, "/auth/api/token/teams")).text).toContain("a Teams token of 13 characters");
    expect((await getUser(port, "/auth/api/nothing")).status).toBe(404);
  });
});
