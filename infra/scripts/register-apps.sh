#!/usr/bin/env bash
# Registers the server and a single-page app for it in Entra ID, or brings both registrations up to date. Prints
# SERVER_CLIENT_ID and WEB_CLIENT_ID. Needs a signed-in Azure CLI and the right to register applications.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=graph.sh
source graph.sh

[[ $# -eq 3 ]] || { echo "Usage: register-apps.sh <name> <origin of the page> <identity store>" >&2; exit 2; }
name=$1 origin=$2 store=$3

ACS_APP_ID=1fd5118e-2576-4263-8130-9503064c837a
# Ids of scopes are unique within an application only, and must stay what they are.
SCOPE_ID=6f1d7a52-5f0c-4c0e-9c3d-0d4f6a1be7b1

server="applications(uniqueName='acs-auth-server-$name')"
web="applications(uniqueName='acs-auth-web-$name')"

graph_permissions=""
if [[ $store == graph ]]; then
  user_read_write=$(delegated_permission "$GRAPH_APP_ID" User.ReadWrite)
  graph_permissions="{ \"resourceAppId\": \"$GRAPH_APP_ID\", \"resourceAccess\": [{ \"id\": \"$user_read_write\", \"type\": \"Scope\" }] }"
fi

# server_api [<client id of the page>]: the page needs no consent, once it is registered.
server_api() {
  local clients=""
  if [[ -n ${1:-} ]]; then clients="{ \"appId\": \"$1\", \"delegatedPermissionIds\": [\"$SCOPE_ID\"] }"; fi
  cat <<JSON
{
  "requestedAccessTokenVersion": 2,
  "oauth2PermissionScopes": [{
    "id": "$SCOPE_ID",
    "value": "access_as_user",
    "type": "User",
    "isEnabled": true,
    "adminConsentDisplayName": "Chat and call as the signed-in user",
    "adminConsentDescription": "Allows the app to get Azure Communication Services tokens for the signed-in user.",
    "userConsentDisplayName": "Chat and call as you",
    "userConsentDescription": "Allows the app to get Azure Communication Services tokens for you."
  }],
  "preAuthorizedApplications": [$clients]
}
JSON
}

web_id=$(graph_find "$web" appId)

# xms_cc tells the server which clients can answer a claims challenge.
graph_upsert "$server" <<JSON
{
  "displayName": "acs-auth server ($name)",
  "signInAudience": "AzureADMyOrg",
  "requiredResourceAccess": [$graph_permissions],
  "optionalClaims": { "accessToken": [{ "name": "xms_cc" }] },
  "api": $(server_api "$web_id")
}
JSON
server_id=$(eventually graph_get "$server" appId)

ensure_service_principal "$ACS_APP_ID" > /dev/null
manage_calls=$(delegated_permission "$ACS_APP_ID" Teams.ManageCalls)
manage_chats=$(delegated_permission "$ACS_APP_ID" Teams.ManageChats)

graph_upsert "$web" <<JSON
{
  "displayName": "acs-auth web ($name)",
  "signInAudience": "AzureADMyOrg",
  "spa": { "redirectUris": ["$origin/redirect", "$origin/"] },
  "requiredResourceAccess": [
    { "resourceAppId": "$server_id", "resourceAccess": [{ "id": "$SCOPE_ID", "type": "Scope" }] },
    {
      "resourceAppId": "$ACS_APP_ID",
      "resourceAccess": [{ "id": "$manage_calls", "type": "Scope" }, { "id": "$manage_chats", "type": "Scope" }]
    }
  ]
}
JSON
web_id=$(eventually graph_get "$web" appId)

graph_upsert "$server" <<JSON
{
  "displayName": "acs-auth server ($name)",
  "identifierUris": ["api://$server_id"],
  "api": $(server_api "$web_id")
}
JSON

eventually ensure_service_principal "$server_id" > /dev/null
eventually ensure_service_principal "$web_id" > /dev/null
echo "SERVER_CLIENT_ID=$server_id"
echo "WEB_CLIENT_ID=$web_id"
