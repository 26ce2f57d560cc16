import { abort } from "./abort.js";
import { capabilities } from "./capabilities.js";
import type { CaseGroup } from "./conformance-case.js";
import { copies } from "./copies.js";
import { insertionRaces } from "./insertion-races.js";
import { isolation } from "./isolation.js";
import { keys } from "./keys.js";
import { listing } from "./listing.js";
import { lostReplies } from "./lost-replies.js";
import { oneCaller } from "./one-caller.js";
import { outage } from "./outage.js";
import { processes } from "./processes.js";
import { removalRaces } from "./removal-races.js";

export const caseGroups: readonly CaseGroup[] = [
  capabilities,
  oneCaller,
  copies,
  keys,
  isolation,
  insertionRaces,
  removalRaces,
  processes,
  outage,
  lostReplies,
  abort,
  listing,
];
