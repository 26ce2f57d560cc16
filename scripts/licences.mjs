// Writes docs/licences.md.
import { licences } from "./check/licences.mjs";

licences({ write: true });
