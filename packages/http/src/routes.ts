import { AcsAuthError } from "@acs-auth/core";
import { type Answer, emptyAnswer, jsonAnswer } from "./answer.js";
import { authorize, createAuthenticate } from "./gatekeeper.js";
import type { CallContext } from "./http-call.js";
import type { AcsAuthHandlerOptions } from "./options.js";
import { teamsTokenOfBody, teamsTokenOfHeader } from "./request/teams-token.js";
import { readTokenRequest, withinGrant } from "./request/token-request.js";

/** Answers one method of one path. */
export type Operation = (context: CallContext) => Promise<Answer>;

/** The operations of one path by their HTTP method. */
export type Operations = ReadonlyMap<string, Operation>;

/** Every path and method, without the handler's `basePath`. */
export type Routes = ReturnType<typeof operationsByPath>;

/** The operations by path. */
export function createRoutes(options: AcsAuthHandlerOptions): ReadonlyMap<string, Operations> {
  const { basePath = "" } = options;
  return new Map(
    Object.entries(operationsByPath(options)).map(([path, operations]) => [
      basePath + path,
      new Map(Object.entries(operations)),
    ]),
  );
}

/** Each operation tells who calls, reads its input, asks `authorize`, and only then calls the service. */
function operationsByPath(options: AcsAuthHandlerOptions) {
  const { service } = options;
  const authenticate = createAuthenticate(options);

  const getUser: Operation = async (context) => {
    const user = await authenticate(context);
    await authorize(context, options, user);
    const mapping = await service.getUser(user, untilGone(context));
    if (!mapping) throw new AcsAuthError("identity_not_found", "The user has no identity yet.");
    return jsonAnswer({ acsUserIdentity: mapping.communicationUserId }, 200);
  };

  const createUser: Operation = async (context) => {
    const user = await authenticate(context);
    await authorize(context, options, user);
    const { communicationUserId, created } = await service.getOrCreateUser(user, untilGone(context));
    return jsonAnswer({ acsUserIdentity: communicationUserId }, created ? 201 : 200);
  };

  const deleteUser: Operation = async (context) => {
    const user = await authenticate(context);
    await authorize(context, options, user);
    await service.deleteUser(user, untilGone(context));
    return emptyAnswer(204);
  };

  const getToken: Operation = async (context) => {
    const user = await authenticate(context);
    const grant = await authorize(context, options, user);
    const issued = await service.issueToken(user, { ...withinGrant({}, grant), ...untilGone(context) });
    return jsonAnswer(tokenBody(issued), 201);
  };

  const requestToken: Operation = async (context) => {
    const user = await authenticate(context);
    const asked = await readTokenRequest(context);
    const grant = await authorize(context, options, user);
    const { createIfMissing = false } = grant;
    const issued = await service.issueToken(user, {
      ...withinGrant(asked, grant),
      createIfMissing,
      ...untilGone(context),
    });
    return jsonAnswer(tokenBody(issued), 201);
  };

  const revokeTokens: Operation = async (context) => {
    const user = await authenticate(context);
    await authorize(context, options, user);
    await service.revokeTokens(user, untilGone(context));
    return emptyAnswer(204);
  };

  const exchangeTeamsToken =
    (
      readTeamsToken: (context: CallContext) => string | Promise<string>,
      status: 200 | 201,
      requiredScopes?: readonly string[],
    ): Operation =>
    async (context) => {
      const user = await authenticate(context, requiredScopes);
      const teamsUserAadToken = await readTeamsToken(context);
      await authorize(context, options, user);
      const { token, expiresOn } = await service.exchangeTeamsToken(user, { teamsUserAadToken, ...untilGone(context) });
      return jsonAnswer({ token, expiresOn }, status);
    };

  return {
    "/api/user": { GET: getUser, HEAD: getUser, POST: createUser, DELETE: deleteUser },
    "/api/token": { GET: getToken, POST: requestToken },
    "/api/token/teams": {
      GET: exchangeTeamsToken(teamsTokenOfHeader, 201),
      POST: exchangeTeamsToken(teamsTokenOfBody, 201),
    },
    "/api/token/revoke": { POST: revokeTokens },
    "/exchange": { POST: exchangeTeamsToken(teamsTokenOfBody, 200, options.exchangeScopes) },
  };
}

/** Lets the service stop waiting when the client is gone. */
function untilGone(context: CallContext): { abortSignal: AbortSignal } {
  return { abortSignal: context.call.abortSignal };
}

type IssuedToken = Awaited<ReturnType<AcsAuthHandlerOptions["service"]["issueToken"]>>;

/** The id under all three names by which the clients of Microsoft's samples look for it. */
function tokenBody({ token, expiresOn, user: { communicationUserId } }: IssuedToken) {
  return { token, expiresOn, user: { communicationUserId, id: communicationUserId, rawId: communicationUserId } };
}
