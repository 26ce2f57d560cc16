import { it } from "vitest";
import { startMemoryBackend } from "../../src/backends/memory.js";
import { counterExamples } from "../../src/histories/counter-examples.js";
import { explore } from "../../src/histories/explore.js";
import { times } from "../../src/intensity.js";

it("keeps every invariant in random histories with faults, over the memory store", async () => {
  const backend = startMemoryBackend();
  await explore(backend, { histories: times(200, 24), lanes: times(8, 6), examples: counterExamples });
});
