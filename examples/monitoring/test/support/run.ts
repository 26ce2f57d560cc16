import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** Runs the example and resolves to what it writes to stdout. */
export async function run(environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: "", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const [exitCode] = await once(child, "close");
  if (exitCode !== 0) throw new Error(`The example ended with exit code ${exitCode}.`);
  return output;
}
