import { useState } from "react";
import type { PageSettings } from "../../../config/page-settings.js";
import { useActivity } from "../activity.js";
import { IdentityJourney } from "../journeys/identity-journey.js";
import { TeamsJourney } from "../journeys/teams-journey.js";
import { problemOf } from "../problems/problem.js";
import type { StartedSignIn } from "../sign-in/start-sign-in.js";
import { ActionButton } from "./action-button.js";
import { ActivityLog } from "./activity-log.js";
import { PageFrame } from "./page-frame.js";
import { ProblemNotice } from "./problem-notice.js";

export interface SignedInProps {
  readonly settings: PageSettings;
  readonly started: StartedSignIn;
}

export function SignedIn({ settings, started }: SignedInProps) {
  const { signIn, resume } = started;
  const [failure, setFailure] = useState(started.failure);
  const { entries, log } = useActivity();
  const journey = { settings, signIn, log };
  return (
    <PageFrame
      person={
        <div className="person">
          <span>
            {signIn.account?.name} <small>{signIn.account?.username}</small>
          </span>
          <ActionButton onClick={() => signIn.end().catch(setFailure)}>Sign out</ActionButton>
        </div>
      }
    >
      {failure !== undefined && <ProblemNotice problem={problemOf(failure)} onDismiss={() => setFailure(undefined)} />}
      <div className="journeys">
        <TeamsJourney {...journey} isResumed={resume === "teams"} />
        <IdentityJourney {...journey} isResumed={resume === "identity"} />
      </div>
      <ActivityLog entries={entries} />
    </PageFrame>
  );
}
