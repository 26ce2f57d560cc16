import { type AccessTokenRequest, createAcsTokenCredential } from "@acs-auth/client";
import type { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { useEffect, useRef, useState } from "react";
import type { Log } from "../activity.js";
import type { Journey, SignIn } from "../sign-in/sign-in.js";
import { inWords, moment } from "../time.js";
import { type ShownCredential, show } from "./shown-credential.js";
import type { Work } from "./use-work.js";

/** What a credential is made of. */
export interface CredentialSource {
  readonly journey: Journey;
  readonly serverEndpoint: string;
  readonly signIn: SignIn;
}

/** A credential that refreshes itself, for as long as the page has it. */
export interface CredentialHandle {
  readonly shown: ShownCredential | undefined;
  /** Gets a new credential in place of the one before. */
  open(): Promise<void>;
  discard(): void;
}

export function useCredential(source: CredentialSource, { fail, clear }: Work, log: Log): CredentialHandle {
  const current = useRef<AzureCommunicationTokenCredential>(undefined);
  const [shown, setShown] = useState<ShownCredential>();
  useEffect(() => () => current.current?.dispose(), []);

  const replace = (credential: AzureCommunicationTokenCredential | undefined) => {
    current.current?.dispose();
    current.current = credential;
  };
  const name = source.journey === "teams" ? "The Teams credential" : "The ACS credential";
  const showCurrent = async (event: string) => {
    if (!current.current) return;
    const next = await show(current.current);
    setShown(next);
    log(`${name} ${event}. Valid until ${moment(next.expiresOn)}.`, "good");
  };
  const open = async () => {
    const credential = await createAcsTokenCredential({
      endpoint: source.serverEndpoint,
      ...tokensOf(source, log),
      onRefreshed: () => {
        clear();
        showCurrent("has refreshed itself").catch(fail);
      },
      onRefreshFailed: (error, { retryInMs }) => {
        fail(error);
        if (retryInMs !== undefined) log(`The next try is in ${inWords(retryInMs)}.`);
      },
    });
    replace(credential);
    await showCurrent("is ready");
  };
  const discard = () => {
    if (!current.current) return;
    log(`${name} is discarded.`);
    replace(undefined);
    setShown(undefined);
  };
  return { shown, open, discard };
}

function tokensOf({ journey, signIn }: CredentialSource, log: Log) {
  const getAccessToken = async (request: AccessTokenRequest) => {
    const token = await signIn.getApiToken(request);
    log("Entra ID gave an access token for our server.");
    return token;
  };
  const getTeamsUserAadToken = async (request: AccessTokenRequest) => {
    const token = await signIn.getTeamsToken(request);
    log("Entra ID gave an access token for Teams calls and chats.");
    return token;
  };
  return journey === "teams"
    ? ({ kind: "teams", getAccessToken, getTeamsUserAadToken } as const)
    : ({ kind: "user", getAccessToken } as const);
}
