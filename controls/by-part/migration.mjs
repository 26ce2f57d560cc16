const layered = (name) => `packages/store-migration/src/layered/${name}.ts`;
const migration = (name) => `packages/store-migration/src/migration/${name}.ts`;
const migrationTest = (name) => `packages/store-migration/test/${name}.test.ts`;

export const migrationControls = [
  {
    guarantee: "layered: dual-write lets the previous store decide",
    file: layered("dual-write"),
    find: "const result = completed ?? begun.mapping;",
    replace: "const result = begun.mapping;",
    test: migrationTest("layered-races"),
  },
  {
    guarantee: "layered: dual-write completes a mapping that it finds in the current store alone",
    file: layered("dual-write"),
    find: "return begun && complete(stores, begun, options);",
    replace: "return begun;",
    test: migrationTest("stages"),
  },
  {
    guarantee: "layered: a mapping that was removed while it was completed is taken back",
    file: layered("dual-write"),
    find: "if (isSameIdentity(await current.get(user, options), begun)) return mapping;",
    replace: "if (mapping) return mapping;",
    test: migrationTest("layered-races"),
  },
  {
    guarantee: "layered: read-through inserts nothing for a user whom the previous store has",
    file: layered("read-through"),
    find: "return existing ? { inserted: false, mapping: existing } : current.insertIfAbsent(mapping, options);",
    replace:
      "return existing && !mapping ? { inserted: false, mapping: existing } : current.insertIfAbsent(mapping, options);",
    test: migrationTest("layered-races"),
  },
  {
    guarantee: "layered: a removal ends in the store that decides, so that it can be repeated",
    file: layered("detach"),
    find: "removeIfMatches: removeFrom(previous, current),",
    replace: "removeIfMatches: removeFrom(current, previous),",
    test: migrationTest("layered-races"),
  },
  {
    guarantee: "migration: a copy whose user was deleted meanwhile is taken back",
    file: migration("copy-mapping"),
    find: 'if (await isStillInSource(copying, mapping)) return "copied";',
    replace: 'if (mapping) return "copied";',
    test: migrationTest("migrate-races"),
  },
  {
    guarantee: "migration: another identity in the target is left alone",
    file: migration("copy-mapping"),
    find: "const replaced = replaceDifferent && !verifyOnly;",
    replace: "const replaced = !verifyOnly;",
    test: migrationTest("migrate-mappings"),
  },
  {
    guarantee: "migration: verifyOnly writes nothing",
    file: migration("copy-mapping"),
    find: "if (!verifyOnly) return insert(copying, mapping);",
    replace: "if (!found) return insert(copying, mapping);",
    test: migrationTest("migrate-mappings"),
  },
];
