/** What Microsoft's MinimalClient reads of an answer, and what tells us which it was. */
export interface Message {
  readonly token?: string;
  readonly user?: { readonly id?: string };
  readonly status?: number;
  readonly code?: string;
}

/** The calls of Microsoft's MinimalClient. It takes every answer for JSON, whatever its status. */
export class MinimalClient {
  /** Ends with a slash. */
  readonly #server: string;
  readonly #accessToken: string;

  constructor(server: string, accessToken: string) {
    this.#server = server;
    this.#accessToken = accessToken;
  }

  createUser(): Promise<Message> {
    return this.#call("api/user", { method: "POST" });
  }

  getToken(): Promise<Message> {
    return this.#call("api/token");
  }

  getTeamsToken(teamsToken: string): Promise<Message> {
    return this.#call("api/token/teams", { headers: { "teams-user-aad-token": teamsToken } });
  }

  async #call(path: string, { headers, ...others }: RequestInit = {}): Promise<Message> {
    const authorization = `Bearer ${this.#accessToken}`;
    const response = await fetch(`${this.#server}${path}`, { ...others, headers: { authorization, ...headers } });
    return (await response.json()) as Message;
  }
}
