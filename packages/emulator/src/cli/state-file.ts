import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import type { Emulator } from "../emulator.js";
import { CliFailure } from "./failure.js";
import { isSystemError, reasonOf } from "./system-error.js";

/** The text of the file; undefined if it does not exist yet and may be absent, as before the first export to it. */
export async function readStateFile(file: string, mayBeAbsent: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const isAbsent = isSystemError(error) && error.code === "ENOENT";
    if (isAbsent && mayBeAbsent) return undefined;
    throw importFailure(file, isAbsent ? new Error("there is no such file") : error);
  }
}

/** @throws CliFailure that names the file and the place in it. */
export async function importStateText(emulator: Emulator, file: string, text: string): Promise<void> {
  try {
    await emulator.importState(parse(text));
  } catch (error) {
    throw importFailure(file, error);
  }
}

/** Better known at the start than when a day's state is to be kept. */
export async function checkExport(file: string): Promise<void> {
  const draft = draftOf(file);
  try {
    await writeFile(draft, "", { flag: "wx" });
    await rm(draft);
    if (await isDirectory(file)) throw new Error("it is a directory");
  } catch (error) {
    throw exportFailure(file, error);
  }
}

/** The file is whole or stays as it was, and only its owner can read it: it holds private keys. */
export async function exportStateFile(emulator: Emulator, file: string): Promise<void> {
  const draft = draftOf(file);
  try {
    await writeFile(draft, `${JSON.stringify(await emulator.exportState(), null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw exportFailure(file, error);
  }
}

/** Beside the file, so that it can take its place. */
function draftOf(file: string): string {
  return `${file}.${randomUUID()}`;
}

async function isDirectory(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError("it is not JSON.");
  }
}

function importFailure(file: string, error: unknown): CliFailure {
  return new CliFailure(`The state in ${file} cannot be imported: ${sentence(reasonOf(error))}`, [], error);
}

function exportFailure(file: string, error: unknown): CliFailure {
  const message = `The state cannot be exported to ${file}: ${sentence(reasonOf(error))}`;
  return new CliFailure(message, [["Use another file", "--export-on-exit <file>"]], error);
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
