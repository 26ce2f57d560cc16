/** The admin endpoint refused a call or could not be reached; the message is for people. */
export class AdminError extends Error {
  override readonly name = "AdminError";
}

/** Calls the admin endpoint. @throws AdminError unless it succeeds. */
export async function call(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  } catch {
    throw new AdminError("The emulator cannot be reached. Is it still running?");
  }
  if (!response.ok) throw new AdminError(await reason(response));
  return response;
}

async function reason(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string") return error;
  } catch {
    // Not JSON: the text is all there is to say.
  }
  return text || `The emulator answered with status ${response.status}.`;
}
