/** Parameters, form fields and JSON members whose values are secrets, without `_` and `-` and in lower case. */
const secretNames = new Set([
  "accesskey",
  "accesstoken",
  "assertion",
  "authorization",
  "clientassertion",
  "clientsecret",
  "codeverifier",
  "connectionstring",
  "devicecode",
  "idtoken",
  "idtokenhint",
  "logouthint",
  "password",
  "primarykey",
  "refreshtoken",
  "secondarykey",
  "secret",
  "teamsuseraadtoken",
  "token",
]);
/** An authorization code in a URL or a form; in JSON, `code` names an error. */
const secretParameters = new Set([...secretNames, "code"]);
const secretHeaders = new Set(["authorization", "proxy-authorization", "teams-user-aad-token"]);
const urlHeaders = new Set(["location", "referer"]);

/** A JSON web token, signed or encrypted, whole or cut off, wherever it stands. */
const webToken = /eyJ[\w-]{17,}(?:\.[\w-]*){0,4}/g;
const stringMember = /("((?:[^"\\]|\\.)*)"\s*:\s*")((?:[^"\\]|\\.)*)/g;
const parameter = /([^&?#=\s]+)=([^&#\s]*)/g;

/** Leaves so much of a secret that two can be told apart: its ends, or only its beginning if it is short. */
export function shorten(secret: string): string {
  if (secret === "") return "";
  return secret.length < 64
    ? `${secret.slice(0, Math.min(4, secret.length >> 2))}…`
    : `${secret.slice(0, 6)}…${secret.slice(-6)}`;
}

/** The value of a header without its secrets. */
export function redactHeader(name: string, value: string): string {
  if (name === "cookie") return value.replace(/=([^;]*)/g, (_, secret: string) => `=${shorten(secret)}`);
  if (name === "set-cookie") return value.replace(/=([^;]*)/, (_, secret: string) => `=${shorten(secret)}`);
  if (urlHeaders.has(name)) return redactUrl(value);
  if (!secretHeaders.has(name)) return redactWebTokens(value);
  const [, scheme, signedHeaders = "", secret = ""] =
    /^(?:(\S+) )?(SignedHeaders=[^&]*&Signature=)?(.*)$/s.exec(value) ?? [];
  return `${scheme ? `${scheme} ` : ""}${signedHeaders}${shorten(secret)}`;
}

/** A URL, or its path and what follows, without its secrets. */
export function redactUrl(url: string): string {
  return redactWebTokens(redactParameters(url));
}

/** The text of a body, which may be cut off, without its secrets. */
export function redactBody(text: string, contentType: string): string {
  const isForm = contentType.startsWith("application/x-www-form-urlencoded");
  return redactWebTokens(isForm ? redactParameters(text) : redactMembers(text));
}

function redactParameters(text: string): string {
  return text.replace(parameter, (whole, name: string, value: string) =>
    secretParameters.has(plain(name)) ? `${name}=${shorten(value)}` : whole,
  );
}

function redactMembers(json: string): string {
  return json.replace(stringMember, (whole, start: string, name: string, value: string) =>
    secretNames.has(plain(name)) ? start + shorten(value) : whole,
  );
}

function redactWebTokens(text: string): string {
  return text.replace(webToken, shorten);
}

function plain(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}
