import { createRequire } from "node:module";
import { inspect } from "node:util";
import * as esmLogging from "@azure/logger";
import { vi } from "vitest";

/** Something that was said where an operator or a caller may read it. */
export interface Utterance {
  readonly outlet: string;
  /** Whether acs-auth itself said it, and not an SDK below it. */
  readonly isOurs: boolean;
  readonly text: string;
}

const CONSOLE = ["debug", "error", "info", "log", "trace", "warn"] as const;

/** The SDKs may be loaded twice, as ES modules and as CommonJS, each with a logger of its own. */
const LOGGERS: readonly (typeof esmLogging)[] = [esmLogging, createRequire(import.meta.url)("@azure/logger")];

/** Takes down all that is logged, printed or warned of, at the most talkative level, until it is stopped. */
export function listen(): { readonly said: Utterance[]; stop(): void } {
  const said: Utterance[] = [];
  const originals = LOGGERS.map(({ AzureLogger }) => AzureLogger.log);
  for (const { AzureLogger, setLogLevel } of LOGGERS) {
    setLogLevel("verbose");
    AzureLogger.log = (...args) => {
      const text = args.map(shown).join(" ");
      said.push({ outlet: "log", isOurs: /\bacs-auth\b/.test(text.split(" ", 1)[0] ?? ""), text });
    };
  }
  const hear =
    (outlet: string) =>
    (...args: readonly unknown[]) => {
      said.push({ outlet, isOurs: true, text: args.map(shown).join(" ") });
    };
  const warned = hear("warning");
  process.on("warning", warned);
  const spies = [
    ...CONSOLE.map((method) => vi.spyOn(console, method).mockImplementation(hear(`console.${method}`))),
    ...(["stdout", "stderr"] as const).map((stream) =>
      vi.spyOn(process[stream], "write").mockImplementation((chunk) => {
        hear(stream)(chunk);
        return true;
      }),
    ),
  ];
  return {
    said,
    stop() {
      for (const spy of spies) spy.mockRestore();
      process.off("warning", warned);
      for (const [index, { AzureLogger, setLogLevel }] of LOGGERS.entries()) {
        AzureLogger.log = originals[index] ?? AzureLogger.log;
        setLogLevel(undefined);
      }
    },
  };
}

/** Whatever can be seen of an error, by any way of printing it. */
export function everythingOf(error: unknown): string {
  const { message, stack, cause, errors = [] }: Partial<AggregateError> = Object(error);
  const printed = [
    message,
    stack,
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true, maxStringLength: null }),
  ];
  const below = [...(cause === undefined ? [] : [cause]), ...errors];
  return [...printed, ...below.map(everythingOf)].join("\n");
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : inspect(value, { depth: null, showHidden: true, maxStringLength: null });
}
