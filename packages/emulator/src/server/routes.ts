import type { Hono } from "hono";

const unmatched = "(no route)";

/** The route a request takes, as method and pattern: `POST /identities/{id}/:issueAccessToken`. */
export function routeOf(app: Hono, request: Request): string {
  const [handlers] = app.router.match(request.method, app.getPath(request));
  const route = handlers.map(([[, registered]]) => registered).findLast(({ path }) => !path.endsWith("*"));
  return `${request.method} ${route ? readablePattern(route.path) : unmatched}`;
}

/** `/:tenant/:action{:run}` becomes `/{tenant}/:run`: a parameter that can only be one literal is shown as that literal. */
function readablePattern(path: string): string {
  return path
    .split("/")
    .map((segment) =>
      segment.replace(/^:(\w+)(?:\{(:\w+)\}|\{.*\})?\??$/, (_, name, literal) => literal ?? `{${name}}`),
    )
    .join("/");
}

/** A test for request paths. In the pattern, `{name}` stands for one segment and `*` for anything. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const source = pattern
    .split(/(\{\w+\}|\*)/)
    .map((part) => (part === "*" ? ".*" : /^\{\w+\}$/.test(part) ? "[^/]+" : escapeRegExp(part)))
    .join("");
  const expression = new RegExp(`^${source}$`, "i");
  return (path) => expression.test(path);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
