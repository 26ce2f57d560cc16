import type { Application, Directory, Resource, User } from "../directory.js";

/** Whose consent to which application for which API; fixtures are named by their keys in `Fixtures`. */
export interface ConsentReference {
  /** Default: every user. */
  readonly user?: string;
  /** The client that wants tokens. */
  readonly application: string;
  /** The API that they are for; its client id and its identifier URIs will do too. */
  readonly resource: string;
  /** Default: everything the application may ask for. */
  readonly scopes?: readonly string[];
}

/** Which delegated permissions each user has consented to; at the start, those of the fixtures. */
export class Consents {
  readonly #directory: Directory;
  readonly #changed = new Map<string, Required<ConsentReference>>();

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  granted(user: User, application: Application, resource: Resource): readonly string[] {
    return this.#changed.get(key(user, application, resource))?.scopes ?? permitted(application, resource);
  }

  grant(user: User, application: Application, resource: Resource, scopes: readonly string[]): void {
    this.#set(user, application, resource, [...new Set([...this.granted(user, application, resource), ...scopes])]);
  }

  grantReferenced(reference: ConsentReference): void {
    const { users, application, resource, scopes } = this.#resolve(reference);
    for (const user of users) this.grant(user, application, resource, scopes);
  }

  revokeReferenced(reference: ConsentReference): void {
    const { users, application, resource, scopes } = this.#resolve(reference);
    for (const user of users) {
      const remaining = this.granted(user, application, resource).filter((scope) => !scopes.includes(scope));
      this.#set(user, application, resource, reference.scopes ? remaining : []);
    }
  }

  state(): readonly Required<ConsentReference>[] {
    return [...this.#changed.values()];
  }

  /** @throws TypeError unless all fixtures are known. */
  restore(changed: readonly Required<ConsentReference>[]): void {
    this.reset();
    for (const { user, application, resource, scopes } of changed) {
      this.#set(
        this.#directory.user(user),
        this.#directory.application(application),
        this.#directory.resource(resource),
        scopes,
      );
    }
  }

  reset(): void {
    this.#changed.clear();
  }

  #set(user: User, application: Application, resource: Resource, scopes: readonly string[]): void {
    this.#changed.set(key(user, application, resource), {
      user: user.name,
      application: application.name,
      resource: resource.name,
      scopes,
    });
  }

  #resolve(reference: ConsentReference) {
    const application = this.#directory.application(reference.application);
    const resource = this.#directory.resource(reference.resource);
    const users = reference.user === undefined ? this.#directory.users : [this.#directory.user(reference.user)];
    return { users, application, resource, scopes: reference.scopes ?? permitted(application, resource) };
  }
}

/** The delegated permissions in an application's registration. */
export function permitted(application: Application, resource: Resource): readonly string[] {
  return application.permissions.find(({ resource: name }) => name === resource.name)?.scopes ?? [];
}

function key(user: User, application: Application, resource: Resource): string {
  return JSON.stringify([user.name, application.name, resource.name]);
}
