/** What startup probes may fail at most: https://learn.microsoft.com/azure/templates/microsoft.app/containerapps */
const MOST_FAILURES = 10;

/** The image of the example server, and how the container app uses it. */
export function imageProblems(image: string, app: string): string[] {
  const run = image.slice(image.lastIndexOf("\nFROM "));
  const port = /PORT=(\d+)/.exec(run)?.[1];
  const target = /var port = (\d+)/.exec(app)?.[1];
  const paths = [...app.matchAll(/httpGet: \{ path: '([^']+)'/g)].map(([, path]) => path);
  const failures = [...app.matchAll(/failureThreshold: (\d+)/g)].map(([, times]) => Number(times));
  return [
    ...(run.includes("\nUSER node\n") ? [] : ["the image runs with rights"]),
    ...(/\nHEALTHCHECK [^\n]*\\\n[^\n]*\/health`/.test(run) ? [] : ["the image has no check of /health"]),
    ...(port === target ? [] : [`the image listens on ${port}, and requests are sent to ${target}`]),
    ...(paths.length > 0 ? [] : ["no probe asks for /health"]),
    ...paths.filter((path) => path !== "/health").map((path) => `a probe asks for ${path}, which the server lacks`),
    ...failures
      .filter((times) => times > MOST_FAILURES)
      .map((times) => `a probe may fail ${times} times, and ${MOST_FAILURES} are documented`),
  ];
}
