import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const debianChromium = "/usr/bin/chromium";

/** How Playwright starts Chromium: the one that `CHROMIUM_PATH` names, else Debian's, which is installed if missing. */
export function chromiumLaunchOptions(): { readonly executablePath: string; readonly args: string[] } {
  const { CHROMIUM_PATH: executablePath = installedChromium() } = process.env;
  return { executablePath, args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"] };
}

function installedChromium(): string {
  if (!existsSync(debianChromium)) {
    for (const command of [
      ["update"],
      ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    ]) {
      aptGet(["--quiet", "--quiet", ...command]);
    }
  }
  return debianChromium;
}

function aptGet(parameters: readonly string[]): void {
  const [command, ...rest] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "--non-interactive", "apt-get"];
  try {
    execFileSync(command ?? "apt-get", [...rest, ...parameters], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch (cause) {
    throw new Error("Chromium could not be installed with apt-get: set CHROMIUM_PATH to one that is there.", { cause });
  }
}
