import { broadcastResponseToMainFrame } from "@azure/msal-browser/redirect-bridge";

// The sign-in service sends the browser here: a whole page goes back to where it came from, a hidden frame tells the
// page around it. Opened by hand there is nothing to pass on.
broadcastResponseToMainFrame().catch(() => location.replace("/"));
