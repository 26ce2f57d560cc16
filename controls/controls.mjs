import { adapterControls } from "./by-part/adapters.mjs";
import { attacksControls } from "./by-part/attacks.mjs";
import { checksControls } from "./by-part/checks.mjs";
import { clientControls } from "./by-part/client.mjs";
import { documentationControls } from "./by-part/documentation.mjs";
import { emulatorControls } from "./by-part/emulator.mjs";
import { fireControls } from "./by-part/fire.mjs";
import { httpControls } from "./by-part/http.mjs";
import { infraControls } from "./by-part/infra.mjs";
import { migrationControls } from "./by-part/migration.mjs";
import { openApiControls } from "./by-part/openapi.mjs";
import { pagesControls } from "./by-part/pages.mjs";
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
  ...adapterControls,
  ...openApiControls,
  ...attacksControls,
  ...checksControls,
  ...clientControls,
  ...documentationControls,
  ...infraControls,
  ...fireControls,
  ...emulatorControls,
  ...pagesControls,
];
