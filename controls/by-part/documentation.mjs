export const documentationControls = [
  {
    guarantee: "docs: the troubleshooting guide states the status of each code",
    file: "packages/core/src/errors/acs-auth-error.ts",
    find: "identity_deleted: 409,",
    replace: "identity_deleted: 410,",
    test: "scripts/troubleshooting.test.ts",
  },
  {
    guarantee: "monitoring: no id of an identity or user is exported",
    file: "examples/monitoring/src/personal-data.ts",
    find: "    redact(span.attributes);\n",
    replace: "",
    test: "examples/monitoring/test/personal-data.test.ts",
  },
  {
    guarantee: "monitoring: nothing of the caller is exported",
    file: "examples/monitoring/src/personal-data.ts",
    find: "if (span.kind === SpanKind.SERVER) {",
    replace: "if (span.kind === SpanKind.CONSUMER) {",
    test: "examples/monitoring/test/personal-data.test.ts",
  },
  {
    guarantee: "move from the sample: an identity that two users claim is given to neither",
    file: "packages/store-graph/test/support/sample-mappings.ts",
    find: "others.length === 0 ? (await",
    replace: "true ? (await",
    test: "packages/store-graph/test/moving-from-the-sample.test.ts",
  },
];
