#!/usr/bin/env bash
# Run by azd before it provisions: the app registrations, and with the Graph store the first mapping key.
set -euo pipefail
cd "$(dirname "$0")"

store=${IDENTITY_STORE:-cosmos}
origin=${WEB_ORIGIN:-http://localhost:5173}
registered=$(./register-apps.sh "$AZURE_ENV_NAME" "$origin" "$store")
web_client_id=$(sed -n 's/^WEB_CLIENT_ID=//p' <<< "$registered")
azd env set SERVER_CLIENT_ID "$(sed -n 's/^SERVER_CLIENT_ID=//p' <<< "$registered")"
azd env set WEB_CLIENT_ID "$web_client_id"
azd env set TEAMS_CLIENT_ID "$web_client_id"
azd env set CORS_ORIGINS "$origin"

# The key of an environment that is there already must stay what it is: mappings that it signed could not be read any more.
if [[ $store == graph && -z ${MAPPING_KEYS:-} ]]; then
  vault=""
  exists=$(az group exists --name "rg-$AZURE_ENV_NAME")
  if [[ $exists == true ]]; then
    vault=$(az keyvault list --resource-group "rg-$AZURE_ENV_NAME" --query "[?tags.\"azd-env-name\"] | [0].name" --output tsv)
  fi
  if [[ -z $vault ]]; then
    deleted=$(az keyvault list-deleted --resource-type vault \
      --query "[?properties.tags.\"azd-env-name\"=='$AZURE_ENV_NAME'].name | [0]" --output tsv)
    [[ -z $deleted ]] || { echo "The deleted Key Vault $deleted has the keys of this environment: recover it first." >&2; exit 1; }
    azd env set MAPPING_KEYS "$(date +%Y-%m):$(head -c 32 /dev/urandom | base64)"
  fi
fi
