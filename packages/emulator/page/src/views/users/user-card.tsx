import type { UserFixture } from "../../../../src/fixtures.js";
import { Badge } from "../../components/badge.js";
import { CopyButton } from "../../components/copy-button.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import type { EmulatorData } from "../../data/emulator-data.js";
import { canSignIn, type SignInChoice } from "../../sign-in/choices.js";
import { startSignIn } from "../../sign-in/start.js";

interface UserCardProps extends Pick<EmulatorData, "info" | "state"> {
  /** Name of the fixture. */
  readonly name: string;
  readonly user: UserFixture;
  readonly choice: SignInChoice | undefined;
}

export function UserCard({ name, user, choice, info, state }: UserCardProps) {
  const { tenants, applications } = info.fixtures;
  const application = choice && applications[choice.application];
  const mint = async () => {
    const response = await call("POST", "/tokens", {
      user: name,
      application: choice?.application,
      audience: choice?.resource,
    });
    const { token } = await response.json();
    return token;
  };
  return (
    <>
      <h2>
        {user.displayName} {user.homeAccount && <Badge tone="neutral">guest</Badge>}{" "}
        {state.entra.multiFactor.some((policy) => policy.user === name) && <Badge tone="warning">second factor</Badge>}
      </h2>
      <dl>
        <dt>Name</dt>
        <dd>
          <code>{name}</code>
        </dd>
        <dt>Signs in as</dt>
        <dd>{user.userPrincipalName}</dd>
        <dt>Tenant</dt>
        <dd>{tenants[user.tenant]?.displayName ?? user.tenant}</dd>
        <dt>Object id</dt>
        <dd>
          <code>{user.objectId}</code>
        </dd>
      </dl>
      {choice && application && canSignIn(user, application) ? (
        <div class="actions">
          <button
            type="button"
            class="small primary"
            aria-label={`Sign in as ${user.displayName}`}
            onClick={() => act("Going to the sign-in.", () => startSignIn(name, choice, info))}
          >
            Sign in as
          </button>
          <CopyButton what={`access token of ${user.displayName}`} label="Copy access token" text={mint} />
        </div>
      ) : (
        <p class="muted">The application is not in this user's tenant.</p>
      )}
    </>
  );
}
