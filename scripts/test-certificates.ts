import { fileURLToPath } from "node:url";
import { createCertificateAuthority } from "../packages/emulator/src/certificates.js";

const directory = fileURLToPath(new URL("../node_modules/.cache/acs-auth-emulator", import.meta.url));

/** Makes the emulator's certificate authority before the test processes start: Node reads which ones to trust only then. */
export default async function setup(): Promise<void> {
  const { caFile } = await createCertificateAuthority(directory);
  process.env["NODE_EXTRA_CA_CERTS"] = caFile;
  process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] = directory;
}
