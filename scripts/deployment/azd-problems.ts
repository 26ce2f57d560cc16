import { parse } from "yaml";

interface AzdFile {
  readonly infra: { readonly path: string };
  readonly hooks: Readonly<Record<string, { readonly run: string }>>;
  readonly services: Readonly<Record<string, { readonly docker: { readonly path: string } }>>;
}

export interface AzdSurroundings {
  /** The services that resources of the template are tagged with. */
  readonly taggedServices: readonly (string | undefined)[];
  isFile(path: string): boolean;
  isProgram(path: string): boolean;
}

/** What `azure.yaml` names and is not there. */
export function azdProblems(text: string, { taggedServices, isFile, isProgram }: AzdSurroundings): string[] {
  const { infra, hooks, services }: AzdFile = parse(text);
  const files = [`${infra.path}/main.bicep`, ...Object.values(services).map(({ docker }) => docker.path)];
  return [
    ...files.filter((path) => !isFile(path)).map((path) => `there is no ${path}`),
    ...Object.values(hooks)
      .filter(({ run }) => !isProgram(run))
      .map(({ run }) => `${run} cannot be run`),
    ...Object.keys(services)
      .filter((name) => !taggedServices.includes(name))
      .map((name) => `no resource is tagged as the service ${name}`),
  ];
}
