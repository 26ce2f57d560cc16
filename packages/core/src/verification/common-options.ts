import { checkNumber } from "./option-checks.js";

/** What every token verifier can be given. */
export interface CommonVerifierOptions {
  /** How far the clocks may differ when `exp`, `nbf` and `iat` are checked, in seconds. Default 60, at most 300. */
  readonly clockToleranceInSeconds?: number;
  /** The longest token accepted, in characters. Default 16,384. */
  readonly maxTokenLength?: number;
}

export interface CommonVerifierSettings {
  readonly toleranceInSeconds: number;
  readonly maxLength: number;
}

export function commonSettings(options: CommonVerifierOptions): CommonVerifierSettings {
  const { clockToleranceInSeconds = 60, maxTokenLength = 16 * 1024 } = options;
  return {
    toleranceInSeconds: checkNumber(clockToleranceInSeconds, "clockToleranceInSeconds", 0, 300),
    maxLength: checkNumber(maxTokenLength, "maxTokenLength", 1, 1024 * 1024),
  };
}
