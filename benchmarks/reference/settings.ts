import type { TokenScope } from "@azure/communication-identity";

/** What the sample reads from its settings file. */
export interface ReferenceSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of Entra ID, with the tenant. */
  readonly authority: string;
  /** Where the signing keys are published. */
  readonly keysUrl: string;
  readonly extensionName: string;
  readonly connectionString: string;
  readonly scopes: readonly TokenScope[];
  readonly teamsClientId: string;
}
