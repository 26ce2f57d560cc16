/**
 * What a child process runs: it makes a store as told by the first message, and then carries out a call per message.
 * Text, because plain Node runs it, whatever the test runner makes of the modules around it.
 */
export const CHILD_PROGRAM = `
process.once("disconnect", () => process.exit());
process.once("message", async ({ module, argument }) => {
  const { createStore } = await import(module);
  const store = await createStore(argument);
  process.on("message", async ({ id, method, args }) => {
    try {
      process.send({ id, value: await store[method](...args) });
    } catch (error) {
      process.send({ id, error: String(error?.stack ?? error) });
    }
  });
  process.send({ name: store.name, capabilities: { ...store.capabilities } });
});
`;
