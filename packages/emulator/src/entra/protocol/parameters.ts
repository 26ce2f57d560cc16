import * as errors from "../errors/index.js";

/** The parameters of an OAuth request. Empty ones count as absent, repeated ones are refused (RFC 6749, section 3.1). */
export class Parameters {
  readonly #values = new Map<string, string>();

  constructor(...sources: readonly URLSearchParams[]) {
    for (const source of sources) {
      for (const [name, value] of source) {
        if (source.getAll(name).length > 1) throw errors.malformedRequest(`parameter '${name}' is repeated`);
        if (value !== "") this.#values.set(name, value);
      }
    }
  }

  optional(name: string): string | undefined {
    return this.#values.get(name);
  }

  required(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw errors.missingParameter(name);
    return value;
  }

  entries(): readonly (readonly [string, string])[] {
    return [...this.#values];
  }
}
