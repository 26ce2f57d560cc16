/** The Microsoft clouds in which Graph can create open extensions. */
export type GraphCloudName = "global" | "usGovernment" | "usGovernmentDoD";

/** Where a cloud's services are. */
export interface GraphCloud {
  /** The resource that access tokens are for. */
  readonly graphResource: string;
  readonly authorityHost: string;
}

const CLOUDS: Readonly<Record<GraphCloudName, GraphCloud>> = {
  global: { graphResource: "https://graph.microsoft.com", authorityHost: "https://login.microsoftonline.com" },
  usGovernment: { graphResource: "https://graph.microsoft.us", authorityHost: "https://login.microsoftonline.us" },
  usGovernmentDoD: {
    graphResource: "https://dod-graph.microsoft.us",
    authorityHost: "https://login.microsoftonline.us",
  },
};

/**
 * @throws TypeError for another name, China's too: Graph operated by 21Vianet cannot create open extensions.
 * @see https://learn.microsoft.com/graph/deployments
 * @see https://learn.microsoft.com/graph/api/opentypeextension-post-opentypeextension
 */
export function graphCloud(name: unknown): GraphCloud {
  if (typeof name === "string" && Object.hasOwn(CLOUDS, name)) return CLOUDS[name as GraphCloudName];
  throw new TypeError(
    `cloud must be one of ${Object.keys(CLOUDS).join(", ")}. In the China cloud, Graph cannot create open extensions.`,
  );
}
