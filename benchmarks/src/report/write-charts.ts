import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Contestant } from "../servers/contestants.js";
import type { Results } from "./results.js";

const FOLDER = fileURLToPath(new URL("../results/", import.meta.url));

const SHOWN: readonly (readonly [Contestant, string])[] = [
  ["reference", "sample's steps"],
  ["reference-known-host", "sample's steps, host known to MSAL"],
  ["ours", "acs-auth"],
  ["ours-reuse", "acs-auth, token reuse"],
];

const SITUATIONS = [
  ["emulator-join", "first join"],
  ["emulator-cold", "first request of a known user"],
  ["emulator-warm", "user comes back"],
] as const;

interface Bar {
  readonly situation: string;
  readonly contestant: string;
  readonly latency: number;
  readonly calls: number;
}

/** Writes the results and their chart to `benchmarks/results/`. */
export async function writeCharts(results: Results): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}results.json`, `${JSON.stringify(results, null, 2)}\n`);
  const view = new View(parse(compile(chart(results)).spec), { renderer: "none" });
  writeFileSync(`${FOLDER}latency-and-calls.svg`, `${await view.toSVG()}\n`);
  view.finalize();
}

/** Latency and remote calls side by side. The background makes it readable on dark pages too. */
function chart(results: Results): TopLevelSpec {
  const { processor, cores, node } = results.machine;
  const panel = (field: "latency" | "calls", title: string, format: string) => ({
    title,
    width: 300,
    height: { step: 16 },
    encoding: {
      x: { field, type: "quantitative" as const, title: null, axis: { tickCount: 4 } },
      y: { field: "contestant", type: "nominal" as const, title: null, sort: null, axis: null },
    },
    layer: [
      {
        mark: { type: "bar" as const },
        encoding: {
          color: {
            field: "contestant",
            type: "nominal" as const,
            sort: SHOWN.map(([, label]) => label),
            scale: { range: ["#8c8c8c", "#bdbdbd", "#0b6bcb", "#14a38b"] },
            legend: { title: null, orient: "bottom" as const, columns: 2, labelLimit: 300 },
          },
        },
      },
      {
        mark: { type: "text" as const, align: "left" as const, dx: 4 },
        encoding: { text: { field, type: "quantitative" as const, format } },
      },
    ],
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    padding: 16,
    title: {
      text: "A user's requests, with Entra ID at 60, Graph at 80 and ACS at 40 ms",
      offset: 14,
      subtitle: `${processor}, ${cores} cores, Node ${node}; medians of ${results.rounds} rounds`,
      anchor: "start",
    },
    data: { values: bars(results) },
    vconcat: SITUATIONS.map(([, situation]) => ({
      title: { text: situation, anchor: "start" as const },
      transform: [{ filter: { field: "situation", equal: situation } }],
      hconcat: [panel("latency", "milliseconds, median", ",.0f"), panel("calls", "remote calls", ".0f")],
    })),
    config: { font: "sans-serif", view: { stroke: null }, axis: { gridColor: "#eeeeee" } },
  };
}

function bars({ loads }: Results): Bar[] {
  return SITUATIONS.flatMap(([scenario, situation]) =>
    SHOWN.flatMap(([name, contestant]) => {
      const figures = loads[scenario]?.[name];
      if (!figures) return [];
      const { entra, graph, communication } = figures.calls;
      return [{ situation, contestant, latency: figures.p50.median, calls: entra + graph + communication }];
    }),
  );
}
