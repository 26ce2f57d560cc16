import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type {
  IdentityMapping,
  IdentityStore,
  IdentityStoreCapabilities,
  IdentityStoreOptions,
  InsertResult,
  UserKey,
} from "@acs-auth/core";
import type { ForkedStore } from "../types.js";
import { CHILD_PROGRAM } from "./child-program.js";

type Description = Pick<IdentityStore, "name" | "capabilities">;
type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };
type Pending = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** A store in another process: every call is a message to it. */
export class ForkedIdentityStore implements IdentityStore {
  readonly name: string;
  readonly capabilities: IdentityStoreCapabilities;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;

  private constructor(child: ChildProcess, { name, capabilities }: Description) {
    this.#child = child;
    this.name = name;
    this.capabilities = capabilities;
    child.on("message", (reply: Reply) => this.#settle(reply));
    child.once("exit", () => this.#rejectAll());
  }

  static async start(fork: ForkedStore): Promise<ForkedIdentityStore> {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", CHILD_PROGRAM], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    const described = Promise.race([
      once(child, "message") as Promise<[Description]>,
      once(child, "exit").then(() => Promise.reject(new Error("The process made no store; its output says why."))),
    ]);
    child.send({ module: fork.module, argument: fork.argument });
    const [description] = await described;
    return new ForkedIdentityStore(child, description);
  }

  async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    return this.#call<IdentityMapping | undefined>("get", user, options);
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    return this.#call<InsertResult>("insertIfAbsent", mapping, options);
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    return this.#call<boolean>("removeIfMatches", user, communicationUserId, options);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }

  #call<T>(method: string, ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const id = this.#calls++;
      this.#pending.set(id, { resolve: (value) => resolve(value as T), reject });
      this.#child.send({ id, method, args });
    });
  }

  #settle({ id, value, error }: Reply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(value);
    else pending?.reject(new Error(`The store in the other process rejected: ${error}`));
  }

  #rejectAll(): void {
    for (const { reject } of this.#pending.values()) reject(new Error("The other process ended during the call."));
    this.#pending.clear();
  }
}
