const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A value of a snapshot and where it stands. Whatever is read is checked: a TypeError names the place. */
export class Place {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path = "") {
    this.#value = value;
    this.#path = path;
  }

  get isPresent(): boolean {
    return this.#value !== undefined;
  }

  /** The members of an object that has no others; one that is missing is a place without a value. */
  members<Name extends string>(...names: readonly Name[]): (name: Name) => Place {
    const object = this.object();
    const unknown = Object.keys(object).find((name) => !names.some((known) => known === name));
    if (unknown !== undefined) throw this.#member(unknown, undefined).error("is not known.");
    return (name) => this.#member(name, Object.hasOwn(object, name) ? object[name] : undefined);
  }

  object(): Readonly<Record<string, unknown>> {
    if (typeof this.#value === "object" && this.#value !== null && !Array.isArray(this.#value)) {
      return { ...this.#value };
    }
    throw this.error("must be an object.");
  }

  items(): readonly Place[] {
    if (!Array.isArray(this.#value)) throw this.error("must be a list.");
    return this.#value.map((item: unknown, index) => new Place(item, `${this.#path}[${index}]`));
  }

  text(): string {
    if (typeof this.#value !== "string") throw this.error("must be a text.");
    return this.#value;
  }

  /** What `find` makes of the text; where it throws, its message gets the place. */
  resolve<Found>(find: (text: string) => Found): Found {
    const text = this.text();
    try {
      return find(text);
    } catch (error) {
      throw this.error(`is refused: ${error instanceof Error ? error.message : error}`);
    }
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text());
  }

  flag(): boolean {
    if (typeof this.#value !== "boolean") throw this.error("must be true or false.");
    return this.#value;
  }

  /** 0 or more. */
  wholeNumber(): number {
    if (Number.isSafeInteger(this.#value) && Number(this.#value) >= 0) return Number(this.#value);
    throw this.error("must be a whole number, 0 or more.");
  }

  oneOf<const Value>(...values: readonly Value[]): Value {
    const found = values.find((value) => value === this.#value);
    if (found === undefined) throw this.error(`must be ${values.map((value) => JSON.stringify(value)).join(" or ")}.`);
    return found;
  }

  /** Milliseconds since the epoch. */
  time(): number {
    const text = this.text();
    const time = Date.parse(text);
    if (!isoTime.test(text) || Number.isNaN(time)) throw this.error("must be a time such as 2026-01-31T12:00:00.000Z.");
    return time;
  }

  error(message: string): TypeError {
    return new TypeError(`${this.#path || "The snapshot"} ${message}`);
  }

  #member(name: string, value: unknown): Place {
    return new Place(value, this.#path === "" ? name : `${this.#path}.${name}`);
  }
}

/** As `Place.time` reads it. */
export function writeTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
