import { AcsAuthClient } from "@acs-auth/client";
import { useMemo, useRef, useState } from "react";
import { ActionButton } from "../components/action-button.js";
import { Actions } from "../components/actions.js";
import { Card } from "../components/card.js";
import { ConfirmDialog } from "../components/confirm-dialog.js";
import { CredentialPanel } from "../components/credential-panel.js";
import { ProblemNotice } from "../components/problem-notice.js";
import type { JourneyProps } from "./journey-props.js";
import { useCredential } from "./use-credential.js";
import { useResume } from "./use-resume.js";
import { lookOf, useWork } from "./use-work.js";

/** Chat and calling with an ACS identity that belongs to this app, without Teams. */
export function IdentityJourney({ settings, signIn, isResumed, log }: JourneyProps) {
  const { serverEndpoint } = settings;
  const work = useWork(log);
  const credential = useCredential({ journey: "identity", serverEndpoint, signIn }, work, log);
  const client = useMemo(
    () => new AcsAuthClient({ endpoint: serverEndpoint, getAccessToken: signIn.getApiToken }),
    [serverEndpoint, signIn],
  );
  const [identity, setIdentity] = useState<string>();
  const deletion = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const getIdentity = () =>
    work.run(async () => {
      const { communicationUserId, created } = await client.getOrCreateUser();
      setIdentity(communicationUserId);
      log(created ? "A new ACS identity was made for you." : "You have an ACS identity already.", "good");
    });
  const getCredential = () => work.run(credential.open);
  const signOutEverywhere = () =>
    work.run(async () => {
      await client.revokeTokens();
      credential.discard();
      log("All tokens of your ACS identity are void, on every device.", "good");
    });
  const deleteIdentity = () =>
    work.run(async () => {
      await client.deleteUser();
      credential.discard();
      setIdentity(undefined);
      log("Your ACS identity is deleted, with its data.", "good");
      heading.current?.focus();
    });
  useResume(isResumed, getIdentity);
  const credentialLabel = credential.shown ? "Refresh now" : "Get a credential";
  const mainLabel = identity === undefined ? "Get or create my identity" : credentialLabel;

  return (
    <Card
      title="ACS identity"
      intro="Chat and call as a user of this app, without Teams. The identity stays yours until you delete it."
      headingRef={heading}
    >
      {work.problem && (
        <ProblemNotice
          problem={work.problem}
          onContinue={({ request }) => work.run(() => signIn.continueWith(request, "identity"))}
        />
      )}
      {identity !== undefined && !credential.shown && (
        <dl className="facts">
          <div>
            <dt>ACS user id</dt>
            <dd>
              <code>{identity}</code>
            </dd>
          </div>
        </dl>
      )}
      {identity !== undefined && credential.shown && (
        <CredentialPanel credential={credential.shown} kind="ACS user" rawId={identity} />
      )}
      <Actions isBusy={work.isBusy}>
        <ActionButton
          look={lookOf(work)}
          isBusy={work.isBusy}
          onClick={identity === undefined ? getIdentity : getCredential}
        >
          {mainLabel}
        </ActionButton>
        {identity !== undefined && (
          <>
            <ActionButton isBusy={work.isBusy} onClick={signOutEverywhere}>
              Sign out everywhere
            </ActionButton>
            <ActionButton look="danger" isBusy={work.isBusy} onClick={() => deletion.current?.showModal()}>
              Delete my identity
            </ActionButton>
          </>
        )}
      </Actions>
      <ConfirmDialog ref={deletion} title="Delete your ACS identity?" confirm="Delete" onConfirm={deleteIdentity}>
        Its chats and all its tokens are deleted with it. This cannot be undone. You can get a new identity afterwards.
      </ConfirmDialog>
    </Card>
  );
}
