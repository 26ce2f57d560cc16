#!/usr/bin/env bash
# Run by azd after it has provisioned: the identity becomes the application's credential, and the mapping key, which Key
# Vault has now, is forgotten here.
set -euo pipefail
cd "$(dirname "$0")"

./trust-identity.sh "$SERVER_CLIENT_ID" "$MANAGED_IDENTITY_PRINCIPAL_ID"
if [[ -n ${MAPPING_KEYS:-} ]]; then azd env set MAPPING_KEYS ""; fi
