import { spawn } from "node:child_process";

const COMMANDS: Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Opens the default browser, where there is one. */
export function openBrowser(url: string): void {
  const [program, ...args] = COMMANDS[process.platform] ?? ["xdg-open"];
  const browser = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  // Without a browser the address on the screen has to do.
  browser.once("error", () => {});
  browser.unref();
}

/** A person sits at a terminal; nobody at a build server. */
export function hasPerson(): boolean {
  return process.stdout.isTTY === true && !process.env["CI"];
}
