#!/usr/bin/env bash
# Lets a managed identity act as the server's application, in place of a client secret.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=graph.sh
source graph.sh

[[ $# -eq 2 ]] || { echo "Usage: trust-identity.sh <client id of the server> <principal id of the managed identity>" >&2; exit 2; }

authority=$(az cloud show --query endpoints.activeDirectory --output tsv)
tenant=$(az account show --query tenantId --output tsv)
graph_upsert "applications(appId='$1')/federatedIdentityCredentials(name='managed-identity')" <<JSON
{
  "issuer": "${authority%/}/$tenant/v2.0",
  "subject": "$2",
  "audiences": ["api://AzureADTokenExchange"]
}
JSON
