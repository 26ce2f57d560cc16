import type { User } from "../entra/directory.js";
import { GraphError } from "./graph-error.js";
import { LaggingMap } from "./lagging-map.js";
import type { ResolvedGraphOptions } from "./options.js";
import type { ReplicaLag } from "./replica-lag.js";

/** The members a client gave an extension, `extensionName` among them, in their order. */
export type ExtensionProperties = Readonly<Record<string, unknown>>;

/** An open extension of a user. */
export interface Extension {
  /** The name it was created with. */
  readonly id: string;
  /** Client id of the application that created it, which it counts against for good. */
  readonly createdBy: string;
  /** As last written. */
  readonly properties: ExtensionProperties;
}

/** The path accepts the name alone and the qualified name. */
const qualifier = "microsoft.graph.openTypeExtension.";

/** The open extensions of all users. Any application that may write a user may write each of their extensions. */
export class Extensions {
  readonly #options: ResolvedGraphOptions;
  readonly #now: () => number;
  readonly #users = new Map<string, LaggingMap<Extension>>();
  /** How long the writes from now on stay hidden from reads. */
  replicaLag: ReplicaLag;

  constructor(options: ResolvedGraphOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
    this.replicaLag = options.replicaLag;
  }

  /** @throws GraphError if the name exists, or the application or the extension is beyond its limit. */
  create(user: User, createdBy: string, id: string, properties: ExtensionProperties): Extension {
    const { unknown, extensionsPerApplication } = this.#options;
    const extensions = this.#of(user);
    const key = this.#key(id);
    if (extensions.current.has(key)) throw new GraphError(unknown.duplicate);
    const created = [...extensions.current.values()].filter((extension) => extension.createdBy === createdBy);
    if (created.length >= extensionsPerApplication) throw new GraphError(unknown.tooManyExtensions);
    this.#checkSize(properties);
    const extension = { id, createdBy, properties };
    extensions.write(key, extension, this.replicaLag);
    return extension;
  }

  /** Replaces all properties. @throws GraphError if there is no such extension or it becomes too large. */
  replace(user: User, id: string, properties: ExtensionProperties): void {
    const extensions = this.#of(user);
    const key = this.#key(id);
    const extension = this.#found(extensions.current.get(key));
    this.#checkSize(properties);
    extensions.write(key, { ...extension, properties }, this.replicaLag);
  }

  /** @throws GraphError if there is no such extension. */
  delete(user: User, id: string): void {
    const extensions = this.#of(user);
    const key = this.#key(id);
    this.#found(extensions.current.get(key));
    extensions.write(key, undefined, this.replicaLag);
  }

  /** As the replica shows it. @throws GraphError if there is no such extension. */
  read(user: User, id: string): Extension {
    return this.#found(this.#of(user).read().get(this.#key(id)));
  }

  /** As the replica shows them to this application. */
  list(user: User, application: string): readonly Extension[] {
    const extensions = [...this.#of(user).read().values()];
    if (this.#options.unknown.listsShowOtherApplications) return extensions;
    return extensions.filter(({ createdBy }) => createdBy === application);
  }

  /** As they are, whatever the replica shows. */
  current(user: User): readonly Extension[] {
    return [...this.#of(user).current.values()];
  }

  /** Gives a user these extensions, whatever the limits, without a lag. */
  restore(user: User, extensions: readonly Extension[]): void {
    for (const extension of extensions) this.#of(user).write(this.#key(extension.id), extension, {});
  }

  reset(): void {
    this.#users.clear();
    this.replicaLag = this.#options.replicaLag;
  }

  #of(user: User): LaggingMap<Extension> {
    let extensions = this.#users.get(user.objectId);
    if (!extensions) {
      extensions = new LaggingMap(this.#now);
      this.#users.set(user.objectId, extensions);
    }
    return extensions;
  }

  #key(id: string): string {
    const name = id.startsWith(qualifier) ? id.slice(qualifier.length) : id;
    return this.#options.unknown.caseSensitiveNames ? name : name.toLowerCase();
  }

  #found(extension: Extension | undefined): Extension {
    if (extension === undefined) throw new GraphError(this.#options.unknown.extensionNotFound);
    return extension;
  }

  #checkSize(properties: ExtensionProperties): void {
    const { sizeInBytes, maximumSizeInBytes, tooLarge } = this.#options.unknown;
    if (sizeInBytes(properties) > maximumSizeInBytes) throw new GraphError(tooLarge);
  }
}
