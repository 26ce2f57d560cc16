# shellcheck shell=bash
# Microsoft Graph through the Azure CLI. To be sourced.

GRAPH=https://graph.microsoft.com/v1.0
# shellcheck disable=SC2034
GRAPH_APP_ID=00000003-0000-0000-c000-000000000000

# graph_get <path> <JMESPath query>
graph_get() {
  az rest --method GET --url "$GRAPH/$1" --query "$2" --output tsv
}

# graph_find <path> <JMESPath query>: prints nothing for what is not there, and fails where that is not known.
graph_find() {
  local problem
  if { problem=$(graph_get "$1" "$2" 2>&1 >&3); } 3>&1; then return; fi
  [[ $problem == *Request_ResourceNotFound* ]] || { echo "$problem" >&2; return 1; }
}

# graph_upsert <path with an alternate key>, with the JSON on stdin: creates what is missing and updates what is there.
graph_upsert() {
  az rest --method PATCH --url "$GRAPH/$1" --headers Content-Type=application/json Prefer=create-if-missing \
    --body "$(cat)" --output none
}

# eventually <command> …: Entra ID may not show at once what was just written.
eventually() {
  local attempt
  for attempt in 1 2 3 4; do
    if "$@" 2>/dev/null; then return; fi
    sleep "$attempt"
  done
  "$@"
}

# graph_post <path>, with the JSON on stdin
graph_post() {
  az rest --method POST --url "$GRAPH/$1" --headers Content-Type=application/json --body "$(cat)" --output none
}

# ensure_service_principal <application id>: prints its object id
ensure_service_principal() {
  az ad sp show --id "$1" --query id --output tsv 2>/dev/null || az ad sp create --id "$1" --query id --output tsv
}

# delegated_permission <application id of the API> <scope>: prints the id of the scope
delegated_permission() {
  local id
  id=$(graph_get "servicePrincipals(appId='$1')?\$select=oauth2PermissionScopes" "oauth2PermissionScopes[?value=='$2'].id | [0]")
  [[ -n $id ]] || { echo "$1 has no delegated permission $2." >&2; return 1; }
  echo "$id"
}
