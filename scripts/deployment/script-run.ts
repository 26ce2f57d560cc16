import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { ScriptResult } from "./script-result.js";
import { spoil } from "./spoil.js";

const infra = resolve(import.meta.dirname, "../../infra");

/** What would be in Entra ID, in Azure and in azd's environment. */
export interface AzureState {
  readonly objects: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly servicePrincipals: Readonly<Record<string, string>>;
}

/** A copy of the scripts of `infra`, which can be spoiled, in front of a stand-in for `az` and `azd`. */
export class ScriptRun {
  readonly #folder = mkdtempSync(join(tmpdir(), "acs-auth-infra-"));
  readonly #scripts = join(this.#folder, "scripts");
  readonly #stateFile = join(this.#folder, "state.json");

  constructor() {
    cpSync(join(infra, "scripts"), this.#scripts, { recursive: true });
    for (const name of ["az", "azd"]) symlinkSync(join(infra, "test/az.mjs"), join(this.#folder, name));
    // A script that waits for Entra ID goes on at once.
    writeFileSync(join(this.#folder, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
    this.#write({ objects: {}, servicePrincipals: {}, variables: {} });
  }

  get state(): AzureState {
    return this.#read();
  }

  /** What there is besides: a vault, a deleted vault, or commands that fail from now on. */
  set(given: { readonly vault?: string; readonly deletedVault?: string; readonly failing?: string }): void {
    this.#write({ ...this.#read(), ...given });
  }

  spoil(script: string, find: string, replace: string): void {
    const file = join(this.#scripts, script);
    writeFileSync(file, spoil(readFileSync(file, "utf8"), find, replace));
  }

  /** Puts another script in the place of one that is shown elsewhere, and takes long. */
  replace(script: string, text: string): void {
    writeFileSync(join(this.#scripts, script), text);
  }

  run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ScriptResult {
    const PATH = `${this.#folder}${delimiter}${process.env["PATH"]}`;
    const { status, stdout, stderr } = spawnSync(join(this.#scripts, script), args, {
      encoding: "utf8",
      env: { ...process.env, ...env, PATH, AZ_STATE: this.#stateFile },
    });
    return { status, output: stdout, errors: stderr };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #read(): AzureState {
    return JSON.parse(readFileSync(this.#stateFile, "utf8"));
  }

  #write(state: AzureState): void {
    writeFileSync(this.#stateFile, JSON.stringify(state));
  }
}
