import type { AzureCommunicationTokenCredential } from "@azure/communication-common";
import type { Environment } from "../environment.js";

/** One way to make the credential. */
export interface Mode {
  readonly name: string;
  /** When the first token is fetched. */
  readonly firstToken: string;
  /** When another token takes its place. */
  readonly nextToken: string;
  createCredential(environment: Environment): Promise<AzureCommunicationTokenCredential>;
}
