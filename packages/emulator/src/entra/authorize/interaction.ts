import type { EntraContext } from "../context.js";
import { type Application, isTenantGroup, type User } from "../directory.js";
import * as errors from "../errors/index.js";
import { permitted } from "../policies/consents.js";
import { claimsChallenge } from "../policies/multi-factor.js";
import type { Parameters } from "../protocol/parameters.js";
import type { ResourceScopes } from "../protocol/scopes.js";
import type { SignIn } from "../sign-in.js";
import { tenantOfSegment } from "../tenant-segment.js";
import type { AuthorizationRequest } from "./authorization-request.js";

/** What the user has answered on the pages so far. */
export interface Answers {
  readonly user: string | undefined;
  readonly secondFactor: boolean;
  readonly consent: boolean;
  readonly cancelled: boolean;
}

export interface MissingConsent {
  readonly requested: ResourceScopes;
  readonly scopes: readonly string[];
}

/** What happens next: ask the user something, or go on with the sign-in. */
export type Step =
  | { readonly kind: "choose-user"; readonly users: readonly User[] }
  | { readonly kind: "second-factor"; readonly user: User }
  | { readonly kind: "consent"; readonly user: User; readonly missing: readonly MissingConsent[] }
  | { readonly kind: "done"; readonly signIn: SignIn };

export function readAnswers(form: Parameters): Answers {
  return {
    user: form.optional("user"),
    secondFactor: form.optional("second_factor") === "approve",
    consent: form.optional("consent") === "accept",
    cancelled: form.optional("cancel") !== undefined,
  };
}

/** Decides the next step. With `prompt=none` whatever would have to be asked is an error instead. */
export function nextStep(
  request: AuthorizationRequest,
  client: Application,
  segment: string,
  answers: Answers,
  session: SignIn | undefined,
  context: EntraContext,
): Step {
  if (answers.cancelled) throw errors.accessDenied();
  const silent = request.prompts.includes("none");
  const users = candidates(segment, context);
  const existing = usableSession(request, users, session);
  const user = users.find(({ name }) => name === answers.user) ?? existing?.user;
  if (user === undefined) {
    if (silent) throw errors.notSignedIn();
    return { kind: "choose-user", users: hintedFirst(users, request.loginHint) };
  }

  const before = existing?.user === user ? existing : undefined;
  const policy = request.requestedScopes.resources
    .map(({ resource }) => context.multiFactor.find(user, resource))
    .find((found) => found !== undefined);
  const contexts = request.claims.authenticationContexts;
  const contextsMissing = contexts.some((value) => !before?.authenticationContexts.includes(value));
  const factorMissing = (policy !== undefined || request.claims.multiFactor) && !before?.multiFactor;
  if ((contextsMissing || factorMissing) && !answers.secondFactor) {
    if (silent) throw errors.multiFactorRequired(client.displayName, policy && claimsChallenge(policy), policy?.report);
    return { kind: "second-factor", user };
  }

  const missing = missingConsent(request, client, user, context);
  if (missing.length > 0 && !answers.consent) {
    if (silent) throw errors.consentInteractionRequired(client);
    return { kind: "consent", user, missing };
  }
  for (const { requested, scopes } of missing) context.consents.grant(user, client, requested.resource, scopes);

  return {
    kind: "done",
    signIn: {
      user,
      authenticatedAt: before?.authenticatedAt ?? Math.floor(context.now() / 1000),
      multiFactor: answers.secondFactor || (before?.multiFactor ?? false),
      authenticationContexts: answers.secondFactor ? contexts : (before?.authenticationContexts ?? []),
    },
  };
}

/** Guests sign in at the tenant they are guests of; the endpoints for many tenants list everybody at home. */
function candidates(segment: string, { directory }: EntraContext): readonly User[] {
  if (segment === "consumers") return [];
  if (isTenantGroup(segment)) return directory.users.filter(({ homeAccount }) => homeAccount === undefined);
  const tenant = tenantOfSegment(segment, directory);
  return directory.users.filter((user) => directory.tenantOf(user) === tenant);
}

function usableSession(
  { prompts, loginHint }: AuthorizationRequest,
  users: readonly User[],
  session: SignIn | undefined,
): SignIn | undefined {
  if (session === undefined || prompts.includes("login") || prompts.includes("select_account")) return undefined;
  if (!users.includes(session.user)) return undefined;
  return loginHint === undefined || isHinted(session.user, loginHint) ? session : undefined;
}

function missingConsent(
  { requestedScopes, prompts }: AuthorizationRequest,
  client: Application,
  user: User,
  { consents }: EntraContext,
): readonly MissingConsent[] {
  return requestedScopes.resources.flatMap((requested) => {
    const wanted = requested.isDefault ? permitted(client, requested.resource) : requested.scopes;
    const granted = prompts.includes("consent") ? [] : consents.granted(user, client, requested.resource);
    const scopes = wanted.filter((scope) => !granted.includes(scope));
    return scopes.length > 0 ? [{ requested, scopes }] : [];
  });
}

function hintedFirst(users: readonly User[], loginHint: string | undefined): readonly User[] {
  if (loginHint === undefined) return users;
  return [...users].sort((left, right) => Number(isHinted(right, loginHint)) - Number(isHinted(left, loginHint)));
}

function isHinted({ userPrincipalName, email }: User, loginHint: string): boolean {
  return [userPrincipalName, email].some((name) => name.toLowerCase() === loginHint.toLowerCase());
}
