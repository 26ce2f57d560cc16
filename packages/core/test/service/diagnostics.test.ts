import { inspect } from "node:util";
import type { Fault } from "@acs-auth/emulator";
import { type Instrumenter, type TracingContext, type TracingSpan, useInstrumenter } from "@azure/core-tracing";
import { AzureLogger, setLogLevel } from "@azure/logger";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AuthenticatedUser, createIdentityClient } from "../../src/index.js";
import { useEmulator } from "../support/harness.js";
import { CheckThenActStore } from "../support/scripted-store.js";

const { emulator, newService, newUser } = useEmulator();

interface RecordedSpan {
  readonly name: string;
  readonly parent: string | undefined;
  status: string;
}

class RecordingInstrumenter implements Instrumenter {
  readonly spans: RecordedSpan[] = [];
  readonly printed: unknown[] = [];

  startSpan(name: string, { tracingContext }: { tracingContext?: TracingContext }) {
    const parent = tracingContext?.getValue(SPAN) as string | undefined;
    const record: RecordedSpan = { name, parent, status: "unset" };
    this.spans.push(record);
    const span: TracingSpan = {
      setStatus: (status) => {
        record.status = status.status;
        this.printed.push(status);
      },
      setAttribute: (key, value) => void this.printed.push(key, value),
      end() {},
      recordException: (error) => void this.printed.push(error),
      isRecording: () => true,
      addEvent: (event, options) => void this.printed.push(event, options),
    };
    const context = tracingContext ?? emptyContext(new Map());
    return { span, tracingContext: context.setValue(SPAN, name) };
  }

  withContext<Args extends unknown[], Callback extends (...args: Args) => ReturnType<Callback>>(
    _context: TracingContext,
    callback: Callback,
    ...args: Args
  ): ReturnType<Callback> {
    return callback(...args);
  }

  parseTraceparentHeader(): TracingContext | undefined {
    return undefined;
  }

  createRequestHeaders(): Record<string, string> {
    return {};
  }
}

const SPAN = Symbol("span");

function emptyContext(values: ReadonlyMap<symbol, unknown>): TracingContext {
  return {
    getValue: (key) => values.get(key),
    setValue: (key, value) => emptyContext(new Map(values).set(key, value)),
    deleteValue: (key) => emptyContext(new Map([...values].filter(([name]) => name !== key))),
  };
}

describe("diagnostics", () => {
  const logged: string[] = [];
  let instrumenter = new RecordingInstrumenter();
  const log = AzureLogger.log;

  beforeEach(() => {
    logged.length = 0;
    instrumenter = new RecordingInstrumenter();
    useInstrumenter(instrumenter);
    AzureLogger.log = (...args) => void logged.push(args.map(String).join(" "));
    setLogLevel("verbose");
  });

  afterEach(() => {
    setLogLevel(undefined);
    AzureLogger.log = log;
  });

  it("wrap each method in a span, with the SDK's spans below it, and mark failures", async () => {
    const { service } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    await service.getUser(user);
    await service.issueToken(user);
    await service.revokeTokens(user);
    await service.deleteUser(user);
    await service.issueToken(user).catch(() => {});
    const own = instrumenter.spans.filter(({ name }) => name.startsWith("AcsAuthService."));
    expect(own.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "AcsAuthService.getOrCreateUser success",
      "AcsAuthService.getUser success",
      "AcsAuthService.issueToken success",
      "AcsAuthService.revokeTokens success",
      "AcsAuthService.deleteUser success",
      "AcsAuthService.issueToken error",
    ]);
    expect(instrumenter.spans).toContainEqual(
      expect.objectContaining({ name: "CommunicationIdentity-createUser", parent: "AcsAuthService.getOrCreateUser" }),
    );
  });

  it("pass the store its options: signal, tracing and the user's assertion", async () => {
    const { service, store } = newService();
    const user: AuthenticatedUser = {
      ...newUser(),
      accessToken: "assertion",
      scopes: [],
      clientId: undefined,
      claims: {},
    };
    await service.getOrCreateUser(user);
    for (const options of store.seenOptions) {
      expect(options).toMatchObject({ userAssertion: "assertion", abortSignal: expect.any(AbortSignal) });
      expect(options.tracingOptions?.tracingContext).toBeDefined();
    }
    expect(store.seenOptions).toHaveLength(2);
  });

  it("hold no token, key, or id of a user or identity, in success and in failure", async () => {
    const { connectionString } = emulator().communication;
    const accessKey = connectionString.replace(/^.*accesskey=/i, "");
    const errors: unknown[] = [];
    const secrets = new Set<string>([accessKey]);
    const { service, orphans } = newService({ store: new CheckThenActStore() });
    const user: AuthenticatedUser = {
      ...newUser(),
      accessToken: await emulator().mintToken({ user: "user-one" }),
      scopes: [],
      clientId: undefined,
      claims: {},
    };
    secrets.add(user.accessToken).add(user.objectId);
    const { token, user: identity } = await service.issueToken(user, { createIfMissing: true });
    secrets.add(token).add(identity.communicationUserId);

    const faults: Fault[] = [
      { status: 401, code: "Denied" },
      { status: 500 },
      { connection: "reset" },
      { connection: "reset", stage: "after" },
    ];
    for (const fault of faults) {
      emulator().faults.add({ service: "communication", ...fault });
      errors.push(await service.issueToken(user).catch((error: unknown) => error));
      errors.push(await service.deleteUser(user).catch((error: unknown) => error));
      errors.push(await service.getOrCreateUser(newUser()).catch((error: unknown) => error));
      emulator().faults.clear();
    }
    const denied = createIdentityClient(
      connectionString.replace(accessKey, "d3Jvbmcta2V5LXRoYXQtbXVzdC1ub3Qtc2hvdw=="),
    );
    secrets.add("d3Jvbmcta2V5LXRoYXQtbXVzdC1ub3Qtc2hvdw==");
    errors.push(
      await newService({ identityClient: denied })
        .service.getOrCreateUser(newUser())
        .catch((error) => error),
    );
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    expect(orphans.length).toBeGreaterThan(0);

    const ownLogLines = logged.filter((line) => line.includes("acs-auth"));
    const ownSpans = instrumenter.printed.filter((value) => typeof value !== "string" || !value.startsWith("http"));
    const printed = [
      ...ownLogLines,
      ...[...errors, ...ownSpans].map(
        (value) => `${inspect(value, { depth: 9, showHidden: true })} ${JSON.stringify(value)}`,
      ),
    ];
    expect(ownLogLines.length).toBeGreaterThan(0);
    for (const secret of secrets) {
      for (const text of printed)
        expect(text.includes(secret), `${secret.slice(0, 12)}… in: ${text.slice(0, 300)}`).toBe(false);
    }
  });
});
