import type { PageSettings } from "../../../config/page-settings.js";
import { probeUrl } from "../sign-in/reachability.js";
import { ActionButton } from "./action-button.js";

export interface UnreachableNoticeProps {
  readonly settings: PageSettings;
  readonly onCheckAgain: () => unknown;
}

/** Most often the emulator, whose certificate the person's own browser does not know. */
export function UnreachableNotice({ settings, onCheckAgain }: UnreachableNoticeProps) {
  const { authority, knownAuthorities } = settings;
  const { host } = new URL(authority);
  return (
    <div className="notice bad" role="alert">
      <p className="notice-title">The sign-in service cannot be reached</p>
      {knownAuthorities.includes(host) ? (
        <>
          <p>
            If the emulator is running, your browser does not trust its certificate yet. Open{" "}
            <a href={probeUrl(authority)} target="_blank" rel="noreferrer">
              {host}
            </a>{" "}
            and accept the certificate, then come back to this page.
          </p>
          <p>
            For good: add the emulator’s certificate authority, a file that it names when it starts, to those that your
            browser trusts.
          </p>
        </>
      ) : (
        <p>Check your network. A firewall or an extension of the browser may block {host}.</p>
      )}
      <div className="actions">
        <ActionButton look="primary" onClick={onCheckAgain}>
          Try again
        </ActionButton>
      </div>
    </div>
  );
}
