import { once } from "node:events";
import pc from "picocolors";
import { startStack } from "./stack.js";

const stack = await startStack({
  ports: { entra: 8443, communication: 8444, graph: 8445, admin: 8446 },
  serverPort: Number(process.env["PORT"] ?? 5000),
  onServerLog: (line) => console.log(pc.dim(line)),
}).catch((error: Error) => {
  console.error(`${pc.red("✘")} ${error.message}`);
  process.exit(1);
});
const { emulator, serverUrl } = stack;
const { fixtures } = emulator;

console.log(`
  ${pc.bold("Running")} until you press Ctrl+C

  Server          ${serverUrl}  ${pc.dim("(GET /health, GET|POST|DELETE /api/user, GET /api/token, …)")}
  Entra ID        ${emulator.entra.url}/${fixtures.tenants.home.id}
  ACS Identity    ${emulator.communication.url}
  Graph           ${emulator.graph.url}
  Emulator admin  ${emulator.admin.url}
  Trust its CA    export NODE_EXTRA_CA_CERTS=${emulator.caFile}

  Try it          ${pc.cyan(`TOKEN=$(curl -sS --cacert ${emulator.caFile} -H 'content-type: application/json' -d '{"user":"user-one"}' ${emulator.admin.url}/tokens | node -p 'JSON.parse(require("fs").readFileSync(0)).token')`)}
                  ${pc.cyan(`curl -sS -X POST -H "Authorization: Bearer $TOKEN" ${serverUrl}/api/user`)}
                  ${pc.cyan(`curl -sS -H "Authorization: Bearer $TOKEN" ${serverUrl}/api/token`)}
`);

const stopped = Promise.race([
  once(process, "SIGINT"),
  once(process, "SIGTERM"),
  once(stack.server, "exit").then(() => {
    process.exitCode = 1;
  }),
]);
await stopped;
await stack.stop();
