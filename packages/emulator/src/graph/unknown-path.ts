import { type GraphError, notEmulated, unknownSegment } from "./graph-error.js";

/** The error for a path that no route has: it names the first segment that leads nowhere. */
export function unknownPath(path: string): GraphError {
  const [version = "", root = "", ...rest] = path.split("/").slice(1);
  if (version === "beta") return notEmulated("The emulator knows version 1.0 only.");
  if (version !== "v1.0") return unknownSegment(version);
  if (root !== "me" && root !== "users") return unknownSegment(root);
  const [collection = "", , property = ""] = root === "me" ? rest : rest.slice(1);
  return unknownSegment(collection === "extensions" ? property : collection);
}
