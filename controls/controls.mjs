import { attacksControls } from "./by-part/attacks.mjs";
import { fireControls } from "./by-part/fire.mjs";
import { httpControls } from "./by-part/http.mjs";
import { migrationControls } from "./by-part/migration.mjs";
import { serviceControls } from "./by-part/service.mjs";
import { storesControls } from "./by-part/stores.mjs";
import { verificationControls } from "./by-part/verification.mjs";

/**
 * For each guarantee, the code that keeps it and what takes that code away. With a control in force, the named tests must
 * fail; `pnpm check:controls` runs them all. `find` is exact text, so that a control cannot outlive the code it removes.
 */
export const controls = [
  ...serviceControls,
  ...verificationControls,
  ...storesControls,
  ...migrationControls,
  ...httpControls,
  ...attacksControls,
  ...fireControls,
];
