import { createHash } from "node:crypto";
import type { ApiFixture, ApplicationFixture, Fixtures, TenantFixture, UserFixture } from "../fixtures.js";

export interface User extends UserFixture {
  readonly name: string;
}
export interface Application extends ApplicationFixture {
  readonly name: string;
}
/** An API tokens are issued for: one of Microsoft's or one that a fixture application exposes. */
export interface Resource extends ApiFixture {
  readonly name: string;
  readonly clientId: string;
  readonly displayName: string;
}

/** Path segments that stand for more than one tenant. */
export type TenantGroup = "common" | "organizations" | "consumers";
const tenantGroups: readonly string[] = ["common", "organizations", "consumers"] satisfies TenantGroup[];

export function isTenantGroup(segment: string): segment is TenantGroup {
  return tenantGroups.includes(segment);
}

/** Looks fixtures up by whatever a request names them with. */
export class Directory {
  readonly users: readonly User[];
  readonly applications: readonly Application[];
  readonly resources: readonly Resource[];
  readonly #tenants: Readonly<Record<string, TenantFixture>>;

  constructor(fixtures: Fixtures) {
    this.#tenants = fixtures.tenants;
    this.users = named(fixtures.users);
    const applications = named(fixtures.applications);
    this.resources = [
      ...named(fixtures.resources),
      ...applications.flatMap(({ api, name, clientId, displayName }) =>
        api ? [{ ...api, name, clientId, displayName }] : [],
      ),
    ];
    this.applications = applications.map((application) => ({
      ...application,
      permissions: application.permissions.map((permission) => {
        return { ...permission, resource: this.resource(permission.resource).name };
      }),
    }));
    this.#checkTenants();
  }

  /** By id or domain. */
  findTenant(idOrDomain: string): TenantFixture | undefined {
    return Object.values(this.#tenants).find(({ id, domain }) => equal(id, idOrDomain) || equal(domain, idOrDomain));
  }

  tenant(name: string): TenantFixture {
    return found(this.#tenants[name], "tenant", name);
  }

  tenantOf(user: UserFixture): TenantFixture {
    return this.tenant(user.tenant);
  }

  user(name: string): User {
    return found(
      this.users.find((user) => user.name === name),
      "user",
      name,
    );
  }

  findUserByObjectId(objectId: string): User | undefined {
    return this.users.find((user) => equal(user.objectId, objectId));
  }

  application(name: string): Application {
    return found(
      this.applications.find((application) => application.name === name),
      "application",
      name,
    );
  }

  findApplication(clientId: string): Application | undefined {
    return this.applications.find((application) => equal(application.clientId, clientId));
  }

  isInTenant(application: Application, tenant: TenantFixture): boolean {
    return application.tenants.some((name) => this.#tenants[name] === tenant);
  }

  /** By fixture name, client id or identifier URI. */
  resource(reference: string): Resource {
    return found(
      this.resources.find(({ name }) => name === reference) ?? this.findResource(reference),
      "resource",
      reference,
    );
  }

  /** By client id or identifier URI. */
  findResource(identifier: string): Resource | undefined {
    return this.resources.find(
      ({ clientId, identifierUris }) =>
        equal(clientId, identifier) || identifierUris.some((uri) => equal(uri, identifier)),
    );
  }

  /** @throws TypeError if a fixture names a tenant that does not exist. */
  #checkTenants(): void {
    const tenants = [
      ...this.users.flatMap(({ tenant, homeAccount }) => (homeAccount ? [tenant, homeAccount.tenant] : [tenant])),
      ...this.applications.flatMap((application) => application.tenants),
    ];
    for (const name of tenants) this.tenant(name);
  }
}

/** The object id of an application's service principal in a tenant: always the same for the same two. */
export function servicePrincipalId(application: ApplicationFixture, tenant: TenantFixture): string {
  const digest = createHash("sha256").update(`${application.clientId}/${tenant.id}`).digest("hex");
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

function named<Fixture extends object>(
  fixtures: Readonly<Record<string, Fixture>>,
): readonly (Fixture & { name: string })[] {
  return Object.entries(fixtures).map(([name, fixture]) => ({ ...fixture, name }));
}

function found<Fixture>(fixture: Fixture | undefined, kind: string, reference: string): Fixture {
  if (fixture === undefined) throw new TypeError(`There is no fixture ${kind} "${reference}".`);
  return fixture;
}

function equal(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
