import type { ShownCredential } from "../journeys/shown-credential.js";
import { Lifetime } from "./lifetime.js";

export interface CredentialPanelProps {
  readonly credential: ShownCredential;
  readonly kind: string;
  readonly rawId: string;
}

export function CredentialPanel({ credential, kind, rawId }: CredentialPanelProps) {
  return (
    <>
      <Lifetime since={credential.shownSince} expiresOn={credential.expiresOn} />
      <dl className="facts">
        <div>
          <dt>Kind</dt>
          <dd>{kind}</dd>
        </div>
        <div>
          <dt>Scopes</dt>
          <dd>
            {credential.scopes.length === 0
              ? "not shown by this token"
              : credential.scopes.map((scope) => (
                  <code className="chip" key={scope}>
                    {scope}
                  </code>
                ))}
          </dd>
        </div>
        <div>
          <dt>ACS user id</dt>
          <dd>
            <code>{rawId}</code>
          </dd>
        </div>
        <div>
          <dt>Token</dt>
          <dd>
            <code>{credential.shortToken}</code> <span className="muted">(shortened)</span>
          </dd>
        </div>
      </dl>
    </>
  );
}
