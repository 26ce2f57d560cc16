import { type Context, Hono } from "hono";
import { clientInfo } from "../client-info.js";
import type { EntraContext } from "../context.js";
import { isTenantGroup } from "../directory.js";
import { EntraError } from "../errors/entra-error.js";
import { errorUri, reportError } from "../errors/error-response.js";
import { Parameters } from "../protocol/parameters.js";
import { type SignIn, storeSignIn } from "../sign-in.js";
import { tenantOfSegment } from "../tenant-segment.js";
import { findClient } from "../token/client-authentication.js";
import type { AuthorizationCodeContent } from "../token/grants/authorization-code.js";
import {
  type AuthorizationRequest,
  parseAuthorizationRequest,
  parseRecipient,
  type Recipient,
} from "./authorization-request.js";
import { answerApplication } from "./authorization-response.js";
import { nextStep, readAnswers } from "./interaction.js";
import { errorPage } from "./pages/error.js";
import type { Html } from "./pages/layout.js";
import { signedOutPage } from "./pages/signed-out.js";
import { stepPage } from "./pages/step.js";
import { isRegistered } from "./redirect-uri.js";
import { endSession, readSession, startSession } from "./session-cookie.js";

const codeLifetimeInSeconds = 10 * 60;

/** The authorization endpoint with its sign-in pages, and sign-out; also under their v1.0 paths. */
export function authorizeRoutes(context: EntraContext): Hono {
  const authorize = async (c: Context, segment: string) => {
    const form = new URLSearchParams(c.req.method === "POST" ? await c.req.text() : "");
    try {
      const parameters = new Parameters(new URL(c.req.url).searchParams, form);
      const recipient = parseRecipient(parameters, segment, context);
      try {
        return await answer(c, segment, parameters, new Parameters(form), recipient);
      } catch (error) {
        if (!(error instanceof EntraError)) throw error;
        return answerApplication(c, recipient, errorParameters(error, c));
      }
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      return page(c, errorPage(reportError(error, c, context.now())), 400);
    }
  };

  const answer = async (
    c: Context,
    segment: string,
    parameters: Parameters,
    form: Parameters,
    recipient: Recipient,
  ): Promise<Response> => {
    const { client } = recipient;
    const request = parseAuthorizationRequest(parameters, client, segment, context);
    const session = await readSession(c, context);
    const step = nextStep(request, client, segment, readAnswers(form), session, context);
    if (step.kind !== "done") return page(c, stepPage(step, client, parameters));
    const { signIn } = step;
    const tenant = context.directory.tenantOf(signIn.user);
    findClient(client.clientId, tenant.id, context);
    await startSession(c, signIn, context);
    return answerApplication(c, recipient, {
      code: await createCode(request, recipient, signIn, tenant.id),
      ...(request.wantsClientInfo && { client_info: clientInfo(signIn.user, context.directory) }),
    });
  };

  const createCode = (
    { scope, codeChallenge, nonce }: AuthorizationRequest,
    { client, redirectUri }: Recipient,
    signIn: SignIn,
    tenantId: string,
  ) => {
    const content: AuthorizationCodeContent = {
      clientId: client.clientId,
      tenantId,
      redirectUri,
      scope,
      signIn: storeSignIn(signIn, context),
      codeChallenge,
      nonce,
    };
    return context.sealedTokens.seal("code", content, codeLifetimeInSeconds);
  };

  const errorParameters = (error: EntraError, c: Context) => ({
    error: error.details.error,
    error_description: reportError(error, c, context.now()).description,
    error_uri: errorUri(error),
    ...(error.details.suberror !== undefined && { suberror: error.details.suberror }),
    ...(error.details.claims !== undefined && { claims: error.details.claims }),
  });

  const signOut = (c: Context, segment: string) => {
    if (!isTenantGroup(segment)) tenantOfSegment(segment, context.directory);
    endSession(c);
    const target = c.req.query("post_logout_redirect_uri");
    const isKnown =
      target !== undefined && context.directory.applications.some((client) => isRegistered(target, client));
    if (!isKnown) return page(c, signedOutPage());
    const url = new URL(target);
    const state = c.req.query("state");
    if (state !== undefined) url.searchParams.set("state", state);
    return c.redirect(url.href, 302);
  };

  const app = new Hono();
  for (const version of ["oauth2/v2.0", "oauth2"] as const) {
    app.on(["GET", "POST"], `/:tenant/${version}/authorize`, (c) => authorize(c, c.req.param("tenant")));
    app.on(["GET", "POST"], `/:tenant/${version}/logout`, (c) => signOut(c, c.req.param("tenant")));
  }
  return app;
}

function page(c: Context, content: Html, status: 200 | 400 = 200): Response | Promise<Response> {
  return c.html(content, status, { "Cache-Control": "no-store", "X-Frame-Options": "DENY" });
}
