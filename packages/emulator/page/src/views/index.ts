import type { ComponentType } from "preact";
import type { EmulatorData } from "../data/emulator-data.js";
import { Faults } from "./faults/index.js";
import { Identities } from "./identities.js";
import { Mappings } from "./mappings.js";
import { Overview } from "./overview/index.js";
import { Requests } from "./requests/index.js";
import { State } from "./state.js";
import { Switches } from "./switches/index.js";
import { Tokens } from "./tokens.js";
import { Users } from "./users/index.js";

export interface View {
  readonly path: string;
  readonly title: string;
  /** What the view is for. */
  readonly text: string;
  readonly Content: ComponentType<EmulatorData>;
}

export const views: readonly [View, ...View[]] = [
  { path: "overview", title: "Overview", text: "What runs here and how your server uses it.", Content: Overview },
  { path: "users", title: "Users", text: "The fixture users of Entra ID. Nobody needs a password.", Content: Users },
  { path: "identities", title: "Identities", text: "What ACS Identity has created.", Content: Identities },
  { path: "tokens", title: "Tokens", text: "The access tokens that ACS Identity has issued.", Content: Tokens },
  { path: "mappings", title: "Mappings", text: "The open extensions of users in Microsoft Graph.", Content: Mappings },
  { path: "requests", title: "Requests", text: "What the services are asked, as it happens.", Content: Requests },
  { path: "faults", title: "Faults", text: "Make requests fail, slow or lost.", Content: Faults },
  { path: "switches", title: "Switches", text: "Keys, policies and replica lag.", Content: Switches },
  { path: "state", title: "State", text: "Keep what the emulator holds, or start over.", Content: State },
];
