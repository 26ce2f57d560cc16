import { getIdentifierRawId } from "@azure/communication-common";
import { ActionButton } from "../components/action-button.js";
import { Actions } from "../components/actions.js";
import { Card } from "../components/card.js";
import { CredentialPanel } from "../components/credential-panel.js";
import { ProblemNotice } from "../components/problem-notice.js";
import type { JourneyProps } from "./journey-props.js";
import { useCredential } from "./use-credential.js";
import { useResume } from "./use-resume.js";
import { lookOf, useWork } from "./use-work.js";

/** Chat and calling as the Teams user that the person is. */
export function TeamsJourney({ settings, signIn, isResumed, log }: JourneyProps) {
  const { serverEndpoint } = settings;
  const work = useWork(log);
  const credential = useCredential({ journey: "teams", serverEndpoint, signIn }, work, log);
  const getCredential = () => work.run(credential.open);
  useResume(isResumed, getCredential);
  const rawId = getIdentifierRawId({ microsoftTeamsUserId: signIn.account?.localAccountId ?? "" });

  return (
    <Card
      title="Teams user"
      intro="Chat and call as yourself in Teams. Your Teams sign-in is exchanged for a credential."
    >
      {work.problem && (
        <ProblemNotice
          problem={work.problem}
          onContinue={({ request }) => work.run(() => signIn.continueWith(request, "teams"))}
        />
      )}
      {credential.shown && <CredentialPanel credential={credential.shown} kind="Teams user" rawId={rawId} />}
      <Actions isBusy={work.isBusy}>
        <ActionButton look={lookOf(work)} isBusy={work.isBusy} onClick={getCredential}>
          {credential.shown ? "Refresh now" : "Get a Teams credential"}
        </ActionButton>
        {credential.shown && (
          <ActionButton isBusy={work.isBusy} onClick={credential.discard}>
            Discard
          </ActionButton>
        )}
      </Actions>
    </Card>
  );
}
