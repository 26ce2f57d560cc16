export { type CertificateAuthority, createCertificateAuthority, type TlsCertificate } from "./certificates.js";
export type { TokenIntrospection } from "./communication/access-tokens.js";
export type { ErrorAnswer } from "./communication/communication-error.js";
export type { TokenStatus } from "./communication/issued-tokens.js";
export type { CommunicationOptions, UnknownBehaviour } from "./communication/options.js";
export { documentedRateLimits, type Operation, type RateLimits } from "./communication/rate-limiter.js";
export type { CommunicationState, IdentityState, TeamsUserState, TokenState } from "./communication/state.js";
export { defaultFixtures } from "./default-fixtures.js";
export type { EmulatedCommunication, EmulatedEntra, EmulatedGraph, Emulator, EmulatorState } from "./emulator.js";
export type {
  ConsentReference,
  EntraBehaviour,
  MintTokenRequest,
  MultiFactorRequirement,
  RotateKeysOptions,
} from "./entra/index.js";
export type * from "./fixtures.js";
export type { ClaimsRequirement } from "./graph/claims-challenges.js";
export type { Extension, ExtensionProperties } from "./graph/extensions.js";
export type { GraphErrorAnswer } from "./graph/graph-error.js";
export type { GraphOptions, UnknownGraphBehaviour } from "./graph/options.js";
export type { ReplicaLag } from "./graph/replica-lag.js";
export type { GraphState } from "./graph/state.js";
export type { EmulatorOptions, EmulatorPorts } from "./options.js";
export type { AddedFault, Fault, Faults } from "./server/faults.js";
export type { RequestCount, RequestCounters, ServiceName } from "./server/request-counters.js";
export type { ServerSettings } from "./server-settings.js";
export type { EmulatorSnapshot } from "./snapshot/snapshot.js";
export { startEmulator } from "./start-emulator.js";
