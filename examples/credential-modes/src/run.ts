import { startChatService } from "./chat-service.js";
import { startEnvironment } from "./environment.js";
import { callback } from "./modes/callback.js";
import { entraCredential } from "./modes/entra-credential.js";
import { proactive } from "./modes/proactive.js";
import { staticToken } from "./modes/static-token.js";
import { scopesOfArguments } from "./scopes.js";
import { style } from "./style.js";
import { printTable, type TableRow } from "./table.js";
import { tryMode } from "./try-mode.js";

const scopes = scopesOfArguments();
const environment = await startEnvironment(scopes);
const chatService = await startChatService(environment.emulator);
const rows: TableRow[] = [];
try {
  for (const mode of [staticToken, callback, proactive, entraCredential]) {
    const { name, firstToken, nextToken } = mode;
    try {
      const { scopes, livesInMinutes } = await tryMode(mode, environment, chatService);
      rows.push({ name, cells: [firstToken, nextToken, scopes.join(", "), `${livesInMinutes} min`] });
    } catch (error) {
      rows.push({ name, problem: error instanceof Error ? error.message : String(error) });
      process.exitCode = 1;
    }
  }
} finally {
  chatService.close();
  await environment.close();
}

console.log(`\n  ${style.bold("Four ways to give the chat SDK its token")}\n`);
printTable(["Mode", "First token", "Next token", "Allows", "Lives"], rows);
console.log();
