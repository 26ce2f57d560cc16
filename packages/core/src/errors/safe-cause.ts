/** The longest message kept of a foreign error. */
const MAX_MESSAGE_LENGTH = 500;

/** Whatever looks like a token (JWT), a base64 key, or a key or token in a connection string, header, query or URL. */
const SECRETS = [
  /eyJ[\w-]+(?:\.[\w-]*)*/g,
  /(?<![a-z])(?:accesskey|signature|sig|client_secret|assertion|code|token)(?:=|%3d)[^;&\s"']+/gi,
  /\b(?:Bearer|HMAC-SHA256)\s+\S+/gi,
  /(?<=:\/\/)[^/\s]+(?=@)/g,
  /(?:[A-Za-z0-9+/_-]|%[\dA-Fa-f]{2}){40,}={0,2}/g,
];

/**
 * A copy of a foreign error that is fit for logs: name, message without anything that looks like a secret, code,
 * status and stack, but no request, response or other attachment (an SDK's error holds the request, with its body and
 * its authorization header).
 */
export function safeCause(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`A ${typeof error} was thrown.`);
  const message = redact(error.message);
  const name = redact(error.name);
  const copy: Error = new Error(message);
  const details: Record<string, unknown> = {
    name,
    stack: `${name}: ${message}\n${stackFrames(error)}`,
    code: property(error, "code"),
    statusCode: property(error, "statusCode"),
  };
  for (const [name, value] of Object.entries(details)) {
    if (value !== undefined) Object.defineProperty(copy, name, { value, configurable: true, writable: true });
  }
  return copy;
}

function redact(message: string): string {
  const redacted = SECRETS.reduce((text, secret) => text.replace(secret, "[redacted]"), message);
  return redacted.length > MAX_MESSAGE_LENGTH ? `${redacted.slice(0, MAX_MESSAGE_LENGTH)}…` : redacted;
}

/** The frames only: the stack repeats the message, of which a line may look like a frame. */
function stackFrames({ stack = "", message }: Error): string {
  return stack
    .replace(message, "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

function property(error: Error, name: "code" | "statusCode"): string | number | undefined {
  const value: unknown = Reflect.get(error, name);
  if (typeof value === "string") return redact(value);
  return typeof value === "number" ? value : undefined;
}
