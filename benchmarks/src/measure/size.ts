import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** What installing some packages for production brings. */
export interface InstalledSize {
  readonly packages: number;
  readonly bytes: number;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What a package of this workspace publishes besides its manifest. */
const PUBLISHED = ["dist", "README.md", "LICENSE"];

/**
 * Adds up the files of packages and of everything that they depend on in production, each once, as they stand in
 * `node_modules`. Of a package of this workspace, only what it publishes counts.
 *
 * @param folder - from which the packages can be resolved.
 */
export function installedSize(packages: readonly string[], folder: string): InstalledSize {
  const visited = new Set<string>();
  const visit = (name: string, from: string) => {
    const found = findPackage(name, from);
    if (found === undefined || visited.has(found)) return;
    visited.add(found);
    for (const dependency of dependenciesOf(found)) visit(dependency, found);
  };
  for (const name of packages) visit(name, folder);
  return { packages: visited.size, bytes: [...visited].reduce((sum, path) => sum + packageBytes(path), 0) };
}

function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

function dependenciesOf(path: string): string[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter(
    (name) => manifest.peerDependenciesMeta?.[name]?.optional !== true,
  );
  return [...Object.keys(manifest.dependencies ?? {}), ...peers];
}

function packageBytes(path: string): number {
  if (path.includes("node_modules")) return bytesOf(path);
  return (
    statSync(join(path, "package.json")).size + PUBLISHED.reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
  );
}

function bytesOf(path: string): number {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules" && !entry.isSymbolicLink())
    .reduce((sum, entry) => sum + bytesOf(join(path, entry.name)), 0);
}
