import { all, type Template, treeOf } from "./bicep.js";

/** What the hosts read, and Node.js. */
const PLATFORM = [
  "NODE_ENV",
  "SCM_DO_BUILD_DURING_DEPLOYMENT",
  "WEBSITE_RUN_FROM_PACKAGE",
  "WEBSITES_CONTAINER_STOP_TIME_LIMIT",
];

/** What azd sets, and what docs/deploy.md has the reader set. */
const GIVEN_TO_AZD = ["AZURE_ENV_NAME", "AZURE_LOCATION", "ACS_DATA_LOCATION"];

/** The settings of the server, on whichever host. */
export function settingProblems(template: Template, read: readonly string[]): string[] {
  const given = Object.entries(template).flatMap(([file, text]) =>
    all(treeOf(text), "object").flatMap((object) => {
      const [, name] = /^\{ name: '([A-Z][A-Z_]+)', (?:value|secretRef): /.exec(object.text) ?? [];
      return name ? [{ file, name }] : [];
    }),
  );
  const hosts = Object.keys(template).filter((file) => template[file]?.includes("server.settings"));
  return [
    ...["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "MANAGED_IDENTITY_CLIENT_ID", "IDENTITY_STORE"]
      .filter((name) => !given.some((setting) => setting.name === name))
      .map((name) => `the server is not given ${name}`),
    ...hosts
      .filter((host) => !given.some(({ file, name }) => file === host && name === "MAPPING_KEYS"))
      .map((host) => `${host}: the server is not given MAPPING_KEYS`),
    ...given
      .filter(({ name }) => !read.includes(name) && !PLATFORM.includes(name))
      .map(({ file, name }) => `${file}: nothing reads ${name}`),
  ];
}

/** The variables of azd's environment that the parameters, the scripts and the guide use. */
export function environmentProblems(
  outputs: readonly string[],
  { parameters, scripts, guide }: { readonly parameters: string; readonly scripts: Template; readonly guide: string },
): string[] {
  const texts = Object.values(scripts).join("\n");
  const set = namesIn(texts, /azd env set ([A-Z_]+)/g);
  const known = [...outputs, ...set, ...GIVEN_TO_AZD];
  const optional = [...namesIn(parameters, /\$\{([A-Z_]+)=/g), ...namesIn(texts, /\$\{([A-Z_]+):-/g)];
  const used = [
    ["main.parameters.json", namesIn(parameters, /\$\{([A-Z_]+)\}/g)],
    ...Object.entries(scripts).map(
      ([file, text]) => [file, namesIn(text, /"[^"\n]*?\$((?:AZURE|SERVER|MANAGED|WEB)_[A-Z_]+)/g)] as const,
    ),
    ["deploy.md", namesIn(guide, /azd env get-value ([A-Z_]+)/g)],
  ] as const;
  return used.flatMap(([file, names]) =>
    names
      .filter((name) => !known.includes(name) && !optional.includes(name))
      .map((name) => `${file}: nothing sets ${name}`),
  );
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) => name);
}
