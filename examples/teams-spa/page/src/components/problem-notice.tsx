import type { Problem } from "../problems/problem.js";
import type { SignInNeeded } from "../sign-in/sign-in-needed.js";
import { ActionButton } from "./action-button.js";

export interface ProblemNoticeProps {
  readonly problem: Problem;
  /** Absent where the sign-in page cannot help. */
  readonly onContinue?: (needed: SignInNeeded) => unknown;
  /** Absent where the next thing the person does takes the notice away. */
  readonly onDismiss?: () => unknown;
}

/** What went wrong, and what to do. */
export function ProblemNotice({ problem, onContinue, onDismiss }: ProblemNoticeProps) {
  const { title, advice, details, signIn } = problem;
  return (
    <div className={`notice ${signIn ? "ask" : "bad"}`} role="alert">
      <p className="notice-title">{title}</p>
      <p>{advice}</p>
      {signIn && onContinue && (
        <ActionButton look="primary" onClick={() => onContinue(signIn)}>
          Continue at the sign-in page
        </ActionButton>
      )}
      {onDismiss && <ActionButton onClick={onDismiss}>Dismiss</ActionButton>}
      <details>
        <summary>Details</summary>
        <ul>
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
