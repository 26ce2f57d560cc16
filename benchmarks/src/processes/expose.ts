/** What a process can be asked to do, by name. */
export type Operations = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A request from the parent process. */
export interface Call {
  readonly id: number;
  readonly operation: string;
  readonly args: never[];
}

/** The answer to the call of the same id: a value, or the text of what was thrown. */
export type Answer = { readonly id: number; readonly value: never } | { readonly id: number; readonly error: string };

/** Lets the process that forked this one call the operations, and ends this one when its parent is gone. */
export function expose(operations: Operations): void {
  process.on("message", async ({ id, operation, args }: Call) => {
    try {
      const value = await operations[operation]?.(...args);
      process.send?.({ id, value: value ?? null });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
}
