import { it } from "vitest";
import { startTableBackend } from "../../src/backends/table.js";
import { counterExamples } from "../../src/histories/counter-examples.js";
import { explore } from "../../src/histories/explore.js";
import { times } from "../../src/intensity.js";

it("keeps every invariant in random histories with faults, over the table store", async () => {
  const backend = await startTableBackend();
  try {
    await explore(backend, { histories: times(120, 16), lanes: times(8, 6), examples: counterExamples });
  } finally {
    await backend.close();
  }
});
