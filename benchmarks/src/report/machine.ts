import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";

/** What the figures were taken on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryInGb: number;
  readonly system: string;
  readonly node: string;
}

export function describeMachine(): Machine {
  return {
    processor: `${cpus()[0]?.model.trim() ?? "unknown"} (${arch()})`,
    cores: availableParallelism(),
    memoryInGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
  };
}
