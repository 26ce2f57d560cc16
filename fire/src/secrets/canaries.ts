/** `secret`: must be seen nowhere · `personal`: must not be seen in what acs-auth itself says. */
export type Sensitivity = "secret" | "personal";

/** What is cut short still gives much away: of a secret, any piece of this length counts. */
const PIECE_LENGTH = 20;

/** Values that were put into every secret input, and the search for them in whatever comes out. */
export class Canaries {
  /** The pieces of the longer secrets, by which a text is searched in one pass however many there are. */
  readonly #pieces = new Map<string, string>();
  readonly #whole = new Map<string, { readonly name: string; readonly sensitivity: Sensitivity }>();

  plant(name: string, value: string, sensitivity: Sensitivity = "secret"): void {
    if (value.length < 12) throw new TypeError(`The canary ${name} is too short to be told from chance.`);
    for (const form of formsOf(value)) {
      if (sensitivity === "personal") this.#whole.set(form.toLowerCase(), { name, sensitivity });
      else if (form.length < PIECE_LENGTH) this.#whole.set(form, { name, sensitivity });
      else for (const piece of piecesOf(form)) this.#pieces.set(piece, name);
    }
  }

  get size(): number {
    return this.#pieces.size + this.#whole.size;
  }

  /** The names of the canaries that a text holds, in any form. */
  findIn(text: string, searched: readonly Sensitivity[]): string[] {
    const found = new Set<string>();
    for (let index = 0; index + PIECE_LENGTH <= text.length; index++) {
      const name = this.#pieces.get(text.slice(index, index + PIECE_LENGTH));
      if (name !== undefined) found.add(name);
    }
    const lowerCased = text.toLowerCase();
    for (const [form, { name, sensitivity }] of this.#whole) {
      const where = sensitivity === "personal" ? lowerCased : text;
      if (searched.includes(sensitivity) && where.includes(form)) found.add(name);
    }
    return [...found];
  }
}

/** The value as it is, in URLs, in JSON, in hexadecimal, and as base64 at every alignment. */
function formsOf(value: string): string[] {
  return [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString("hex"),
    ...[0, 1, 2].flatMap((offset) => base64At(value, offset)),
  ];
}

/** The middle of the base64 of a longer text that holds the value, which does not depend on what surrounds it. */
function base64At(value: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const [base64, base64url] = [bytes.toString("base64"), bytes.toString("base64url")];
  return [base64, base64url].map((text) => text.replace(/=+$/, "").slice(offset === 0 ? 0 : 4, -2));
}

function piecesOf(form: string): string[] {
  const starts = Array.from({ length: Math.floor(form.length / PIECE_LENGTH) }, (_, index) => index * PIECE_LENGTH);
  return starts.map((start) => form.slice(start, start + PIECE_LENGTH));
}
