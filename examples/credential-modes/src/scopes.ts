import { parseArgs } from "node:util";
import type { TokenScope } from "@acs-auth/client";
import { TOKEN_SCOPES } from "@acs-auth/core";

const HELP = `--scopes takes a list of ${TOKEN_SCOPES.join(", ")}, such as --scopes chat,voip.`;

/** What the tokens are to allow; ends the process with exit code 2 if the arguments make no sense. */
export function scopesOfArguments(): readonly TokenScope[] {
  try {
    const { values } = parseArgs({ options: { scopes: { type: "string", default: "chat,voip" } } });
    const scopes = values.scopes.split(",");
    if (scopes.every(isTokenScope)) return scopes;
  } catch {
    // An unknown argument: answered like an unknown scope.
  }
  console.error(HELP);
  process.exit(2);
}

function isTokenScope(value: string): value is TokenScope {
  return TOKEN_SCOPES.some((scope) => scope === value);
}
