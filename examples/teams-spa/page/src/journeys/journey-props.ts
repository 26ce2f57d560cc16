import type { PageSettings } from "../../../config/page-settings.js";
import type { Log } from "../activity.js";
import type { SignIn } from "../sign-in/sign-in.js";

/** What both journeys are given. */
export interface JourneyProps {
  readonly settings: PageSettings;
  readonly signIn: SignIn;
  /** Whether the person left for the sign-in page in the midst of this journey and is back. */
  readonly isResumed: boolean;
  readonly log: Log;
}
