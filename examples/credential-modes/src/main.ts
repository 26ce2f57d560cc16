import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createCertificateAuthority } from "@acs-auth/emulator";
import { certificates } from "./certificates.js";

// Node reads which certificate authorities to trust only when a process starts: the emulator's has to be there before.
const { caFile } = await createCertificateAuthority(certificates);
const run = spawn(process.execPath, [fileURLToPath(new URL("./run.js", import.meta.url)), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
});
const [exitCode] = await once(run, "exit");
process.exitCode = exitCode ?? 1;
