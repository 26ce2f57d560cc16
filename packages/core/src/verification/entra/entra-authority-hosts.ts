/**
 * The sign-in hosts of the Microsoft clouds.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export const EntraAuthorityHosts = {
  /** Every tenant that is in no national cloud. */
  global: "https://login.microsoftonline.com",
  /** Azure Government: GCC High and DoD. */
  usGovernment: "https://login.microsoftonline.us",
  /** Azure operated by 21Vianet. */
  china: "https://login.partner.microsoftonline.cn",
} as const;
