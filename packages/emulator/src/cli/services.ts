import type { EmulatorPorts } from "../options.js";

/** What listens on a port, and the option that moves it. */
export interface CliService {
  readonly key: keyof EmulatorPorts;
  readonly name: string;
  readonly option: string;
}

const admin: CliService = { key: "admin", name: "The page", option: "--admin-port" };

export const services: readonly CliService[] = [
  { key: "entra", name: "Entra ID", option: "--entra-port" },
  { key: "communication", name: "ACS Identity", option: "--communication-port" },
  { key: "graph", name: "Microsoft Graph", option: "--graph-port" },
  admin,
];

export function serviceOnPort(port: number, ports: Required<EmulatorPorts>): CliService {
  return services.find(({ key }) => ports[key] === port) ?? admin;
}

/** The first two services that are to share a port; 0 is any free one. */
export function portTwice(ports: Required<EmulatorPorts>): readonly [CliService, CliService] | undefined {
  for (const [index, second] of services.entries()) {
    const first = services.slice(0, index).find(({ key }) => ports[key] !== 0 && ports[key] === ports[second.key]);
    if (first) return [first, second];
  }
  return undefined;
}
