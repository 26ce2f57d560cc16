import type { PageSettings } from "../../../config/page-settings.js";
import { useWork } from "../journeys/use-work.js";
import { type Problem, problemOf } from "../problems/problem.js";
import type { SignIn } from "../sign-in/sign-in.js";
import { useReachability } from "../sign-in/use-reachability.js";
import { ActionButton } from "./action-button.js";
import { PageFrame } from "./page-frame.js";
import { ProblemNotice } from "./problem-notice.js";
import { UnreachableNotice } from "./unreachable-notice.js";

export interface SignedOutProps {
  readonly settings: PageSettings;
  readonly signIn: SignIn;
  /** What the sign-in page answered in place of an account. */
  readonly failure: unknown;
}

export function SignedOut({ settings, signIn, failure }: SignedOutProps) {
  const work = useWork();
  const { isReachable, checkAgain } = useReachability(settings.authority);
  const problem: Problem | undefined = work.problem ?? (failure === undefined ? undefined : problemOf(failure));
  return (
    <PageFrame>
      <section className="card welcome">
        <h2>Sign in to begin</h2>
        <p>
          You sign in with your work account. The page then gets a credential for Azure Communication Services: as the
          Teams user you are, or as a user of this app.
        </p>
        {isReachable ? (
          <>
            {problem && <ProblemNotice problem={problem} />}
            <div className="actions">
              <ActionButton look="primary" isBusy={work.isBusy} onClick={() => work.run(() => signIn.begin())}>
                Sign in
              </ActionButton>
            </div>
          </>
        ) : (
          <UnreachableNotice settings={settings} onCheckAgain={checkAgain} />
        )}
      </section>
    </PageFrame>
  );
}
