import { fromResponse, toResponse } from "./answer.js";
import { type AcsAuthHandlerOptions, checkOptions } from "./options.js";
import { type AnswerCall, createPipeline } from "./pipeline.js";
import { WebCall } from "./web-call.js";

/** Answers Web-standard requests; never rejects. */
export interface AcsAuthHandler {
  (request: Request): Promise<Response>;
  /** Whether a path, as it stands in the request line, is one of the handler's routes. Any other is answered 404. */
  handles(path: string): boolean;
  /** The paths of the handler's routes. */
  readonly paths: readonly string[];
}

const pipelines = new WeakMap<AcsAuthHandler, AnswerCall>();

/**
 * Makes the HTTP side of `AcsAuthService`: the routes and bodies of Microsoft's sample servers, so that their clients
 * work unchanged, with errors as RFC 9457 problem details and RFC 6750 challenges.
 *
 * | route | success |
 * | --- | --- |
 * | `GET /api/user` | 200 `{ acsUserIdentity }` |
 * | `POST /api/user` | 201 when created, 200 otherwise, `{ acsUserIdentity }` |
 * | `DELETE /api/user` | 204 |
 * | `GET /api/token`, `POST /api/token` `{ scopes?, expiresInMinutes? }` | 201 `{ token, expiresOn, user }` |
 * | `GET /api/token/teams` with `teams-user-aad-token`, `POST /api/token/teams` `{ accessToken }` | 201 `{ token, expiresOn }` |
 * | `POST /api/token/revoke` | 204 |
 * | `POST /exchange` `{ accessToken }` | 200 `{ token, expiresOn }` |
 * | `GET /openapi.json` with the option `openApi` | 200, see {@link openApiDocument} |
 *
 * @throws TypeError for a missing or impossible option; the message names it.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 * @see https://www.rfc-editor.org/rfc/rfc6750
 */
export function createAcsAuthHandler(options: AcsAuthHandlerOptions): AcsAuthHandler {
  checkOptions(options);
  const { answer, handles, paths } = createPipeline(options);
  const respond = async (request: Request) => toResponse(await answer(new WebCall(request)));
  const handler = Object.assign(respond, { handles, paths });
  pipelines.set(handler, answer);
  return handler;
}

/** Answers calls without the Web-standard forms of request and answer, except for a handler that wraps another. */
export function answererOf(handler: AcsAuthHandler): AnswerCall {
  return pipelines.get(handler) ?? (async ({ request }) => fromResponse(await handler(request)));
}
