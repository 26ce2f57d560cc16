/**
 * Headers name the user only where the platform's authentication stands in front of the application and strips them
 * from requests from outside. It says so in the environment.
 *
 * @throws TypeError if it does not.
 * @see https://learn.microsoft.com/azure/app-service/reference-app-settings#authentication--authorization
 */
export function checkPlatform(environment: NodeJS.ProcessEnv): void {
  const enabled = environment["WEBSITE_AUTH_ENABLED"]?.toLowerCase() === "true";
  if (enabled && environment["WEBSITE_SITE_NAME"]) return;
  throw new TypeError(
    "EasyAuthVerifier works only in Azure App Service and Azure Functions with authentication turned on, which set " +
      "WEBSITE_SITE_NAME and WEBSITE_AUTH_ENABLED. Elsewhere anybody could send the headers it trusts.",
  );
}
