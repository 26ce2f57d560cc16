/** Where the emulator keeps its certificate authority. */
export const certificates = process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? ".acs-auth-emulator";
