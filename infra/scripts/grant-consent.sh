#!/usr/bin/env bash
# Consents, for all users of the tenant, to the delegated permissions of both applications. Needs a signed-in Azure CLI and
# an administrator who may do so, such as a Cloud Application Administrator.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=graph.sh
source graph.sh

[[ $# -eq 3 ]] || { echo "Usage: grant-consent.sh <client id of the server> <client id of the page> <identity store>" >&2; exit 2; }
server_id=$1 web_id=$2 store=$3

ACS_APP_ID=1fd5118e-2576-4263-8130-9503064c837a

# grant <client> <API> <scopes>
grant() {
  local client api existing
  client=$(ensure_service_principal "$1")
  api=$(ensure_service_principal "$2")
  existing=$(graph_get "oauth2PermissionGrants?\$filter=clientId eq '$client' and resourceId eq '$api' and consentType eq 'AllPrincipals'" "value[0].id")
  if [[ -n $existing ]]; then
    az rest --method PATCH --url "$GRAPH/oauth2PermissionGrants/$existing" --headers Content-Type=application/json \
      --body "{ \"scope\": \"$3\" }" --output none
  else
    graph_post oauth2PermissionGrants <<JSON
{ "clientId": "$client", "consentType": "AllPrincipals", "resourceId": "$api", "scope": "$3" }
JSON
  fi
}

if [[ $store == graph ]]; then grant "$server_id" "$GRAPH_APP_ID" User.ReadWrite; fi
grant "$web_id" "$ACS_APP_ID" "Teams.ManageCalls Teams.ManageChats"
