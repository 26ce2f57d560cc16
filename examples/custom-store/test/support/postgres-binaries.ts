import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian and its relatives put PostgreSQL, one folder per version. */
const DEBIAN_FOLDER = "/usr/lib/postgresql";

/** Keeps Debian from starting a server of its own on the standard port as soon as the package is installed. */
const CLUSTER_SETTINGS = "/etc/postgresql-common/createcluster.d";

/** The folder with `initdb` and `postgres`; installs Debian's package `postgresql` where there is none. */
export function findOrInstallPostgres(): string {
  const found = findPostgres();
  if (found) return found;
  installPostgres();
  const installed = findPostgres();
  if (!installed) throw new Error("PostgreSQL was installed, but initdb and postgres are not where they should be.");
  return installed;
}

function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN_FOLDER, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  return folders.find((folder) => ["initdb", "postgres"].every((program) => existsSync(join(folder, program))));
}

function installPostgres(): void {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
    throw new Error(
      "This needs PostgreSQL: install it, with initdb and postgres in the PATH, or run this as root on Debian.",
    );
  }
  const settings = join(CLUSTER_SETTINGS, "acs-auth-no-cluster.conf");
  mkdirSync(CLUSTER_SETTINGS, { recursive: true });
  writeFileSync(settings, "create_main_cluster = false\n");
  try {
    aptGet("update");
    aptGet("install", "--yes", "--no-install-recommends", "postgresql");
  } finally {
    rmSync(settings);
  }
}

function aptGet(...args: string[]): void {
  execFileSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=120", ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
