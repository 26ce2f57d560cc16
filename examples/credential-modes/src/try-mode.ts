import { ChatClient } from "@azure/communication-chat";
import type { ChatService } from "./chat-service.js";
import type { Environment } from "./environment.js";
import type { Mode } from "./modes/mode.js";

/** What the chat service saw of the token. */
export interface Outcome {
  readonly scopes: readonly string[];
  readonly livesInMinutes: number;
}

/** Makes the mode's credential and gives it to the chat SDK, which signs its requests with it. */
export async function tryMode(mode: Mode, environment: Environment, chatService: ChatService): Promise<Outcome> {
  const credential = await mode.createCredential(environment);
  try {
    const chat = new ChatClient(chatService.url, credential);
    await chat.listChatThreads().next();
    const { lastToken } = chatService;
    if (!lastToken) throw new Error("The chat service has seen no token.");
    return {
      scopes: lastToken.scopes,
      livesInMinutes: Math.round((lastToken.expiresOn.getTime() - Date.now()) / 60_000),
    };
  } finally {
    credential.dispose();
  }
}
