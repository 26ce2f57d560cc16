/** What each package may weigh at most, in kilobytes (1,000 bytes): as downloaded, and unpacked. */
export const budgets = {
  client: { packed: 65, unpacked: 250 },
  core: { packed: 225, unpacked: 925 },
  emulator: { packed: 460, unpacked: 1800 },
  http: { packed: 165, unpacked: 630 },
  "store-cosmos": { packed: 60, unpacked: 250 },
  "store-graph": { packed: 125, unpacked: 470 },
  "store-memory": { packed: 10, unpacked: 50 },
  "store-migration": { packed: 38, unpacked: 160 },
  "store-table": { packed: 47, unpacked: 200 },
  "store-testkit": { packed: 90, unpacked: 410 },
};

const built = ["index.js", "index.cjs"].flatMap((file) => [file, `${file}.map`]);

/** What each package consists of, beside the files of every package. A star stands for a digest. */
const further = {
  emulator: [
    ...["cli.js", "cli.js.map", "page/index.html"],
    ...["icon-*.svg", "index-*.css", "index-*.js"].map((file) => `page/assets/${file}`),
  ],
};

/** The files that a package has to have, and no others. */
export function expectedFiles(folder) {
  const dist = [...built, "index.d.ts", "index.d.cts", ...(further[folder] ?? [])].map((file) => `dist/${file}`);
  return [...dist, "package.json", "README.md", "LICENSE"];
}
