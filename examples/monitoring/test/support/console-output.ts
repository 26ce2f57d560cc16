import { runInNewContext } from "node:vm";

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What `ConsoleSpanExporter` prints of a span. */
export interface Span {
  readonly name: string;
  readonly id: string;
  readonly traceId: string;
  readonly parentSpanContext?: { readonly traceId: string; readonly spanId: string };
  readonly attributes: Attributes;
}

/** What `ConsoleMetricExporter` prints of a metric. */
export interface Figure {
  readonly descriptor: { readonly name: string };
  readonly dataPoints: readonly {
    readonly attributes: Attributes;
    readonly value: number | { readonly count: number };
  }[];
}

export function spansIn(output: string): Span[] {
  return objectsIn<Span>(output).filter((value) => "traceId" in value);
}

export function figuresIn(output: string): Figure[] {
  return objectsIn<Figure>(output).filter((value) => "descriptor" in value);
}

/** Both exporters print objects as they would stand in JavaScript. */
function objectsIn<T>(output: string): T[] {
  return [...output.matchAll(/^\{$[\s\S]*?^\}$/gm)].map(([text]) => runInNewContext(`(${text})`));
}
