/**
 * The sign-in hosts of the Microsoft clouds. US Government covers GCC High and DoD.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export const EntraAuthorityHosts = {
  global: "https://login.microsoftonline.com",
  usGovernment: "https://login.microsoftonline.us",
  china: "https://login.partner.microsoftonline.cn",
} as const;
