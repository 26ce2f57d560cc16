/** The parts that listen, each with its option and its usual port. */
export const PARTS = {
  page: { name: "Teams page", option: "--page-port", port: 5173 },
  server: { name: "Server", option: "--port", port: 5000 },
  entra: { name: "Entra ID", option: "--entra-port", port: 8443 },
  communication: { name: "ACS Identity", option: "--communication-port", port: 8444 },
  graph: { name: "Microsoft Graph", option: "--graph-port", port: 8445 },
  admin: { name: "Emulator", option: "--admin-port", port: 8446 },
} as const;

export type Part = keyof typeof PARTS;
export type Ports = Readonly<Record<Part, number>>;
