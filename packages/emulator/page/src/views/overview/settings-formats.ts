type Settings = Readonly<Record<string, string>>;

export interface SettingsFormat {
  readonly name: string;
  readonly write: (settings: Settings) => string;
}

const lines = (line: (name: string, value: string) => string) => (settings: Settings) =>
  Object.entries(settings)
    .map(([name, value]) => line(name, value))
    .join("\n");

export const settingsFormats: readonly [SettingsFormat, ...SettingsFormat[]] = [
  { name: "bash", write: lines((name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`) },
  { name: "PowerShell", write: lines((name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`) },
  {
    name: ".env",
    write: lines((name, value) => `${name}=${value.includes("'") ? JSON.stringify(value) : `'${value}'`}`),
  },
];
