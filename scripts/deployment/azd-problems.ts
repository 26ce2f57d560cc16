import { parse } from "yaml";

const HOOKS = ["preprovision", "postprovision"] as const;

interface AzdFile {
  readonly infra: { readonly path: string };
  readonly hooks: { readonly [Hook in (typeof HOOKS)[number]]?: { readonly run: string } };
  readonly services: Readonly<Record<string, { readonly docker: { readonly path: string } }>>;
}

export interface AzdSurroundings {
  /** The services that resources of the template are tagged with. */
  readonly taggedServices: readonly string[];
  isFile(path: string): boolean;
  isProgram(path: string): boolean;
}

/** What `azure.yaml` names and is not there. */
export function azdProblems(text: string, { taggedServices, isFile, isProgram }: AzdSurroundings): string[] {
  const { infra, hooks, services }: AzdFile = parse(text);
  const files = [`${infra.path}/main.bicep`, ...Object.values(services).map(({ docker }) => docker.path)];
  return [
    ...files.filter((path) => !isFile(path)).map((path) => `there is no ${path}`),
    ...HOOKS.flatMap((hook) => hookProblems(hook, hooks[hook]?.run, isProgram)),
    ...Object.keys(services)
      .filter((name) => !taggedServices.includes(name))
      .map((name) => `no resource is tagged as the service ${name}`),
    ...taggedServices
      .filter((name) => !Object.hasOwn(services, name))
      .map((name) => `there is no service ${name}, as which a resource is tagged`),
  ];
}

function hookProblems(hook: string, run: string | undefined, isProgram: AzdSurroundings["isProgram"]): string[] {
  if (run === undefined) return [`nothing is run ${hook}`];
  return isProgram(run) ? [] : [`${run} cannot be run`];
}
