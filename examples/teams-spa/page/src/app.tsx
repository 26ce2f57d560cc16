import { use } from "react";
import type { PageSettings } from "../../config/page-settings.js";
import { SignedIn } from "./components/signed-in.js";
import { SignedOut } from "./components/signed-out.js";
import type { StartedSignIn } from "./sign-in/start-sign-in.js";

export interface AppProps {
  readonly settings: PageSettings;
  readonly starting: Promise<StartedSignIn>;
}

export function App({ settings, starting }: AppProps) {
  const started = use(starting);
  const { signIn, failure } = started;
  if (signIn.account) return <SignedIn settings={settings} started={started} />;
  return <SignedOut settings={settings} signIn={signIn} failure={failure} />;
}
