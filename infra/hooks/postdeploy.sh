#!/bin/sh
# Prints the URL to give to Belco. It contains the key of ReceiveWebhook only, because a host key opens every function.
# Prints the key once only, and never in a pipeline, because other people read its log.
set -eu

again="az functionapp function keys list --subscription $AZURE_SUBSCRIPTION_ID --resource-group $AZURE_RESOURCE_GROUP \
--name $BELCO_APP_NAME --function-name ReceiveWebhook --query default --output tsv"
if [ "${BELCO_URL_SHOWN:-}" = true ] || [ -n "${CI:-}${TF_BUILD:-}" ]; then
  echo "Belco calls $BELCO_WEBHOOK_URL?code=<key>. The key: $again"
  exit 0
fi

# The host creates the key when it first starts.
tries=0
until key=$($again) && [ -n "$key" ]; do
  tries=$((tries + 1))
  if [ "$tries" -ge 12 ]; then
    echo "ReceiveWebhook has no key yet. If the app does not start, its log says why; docs/deploying.md says where to look." >&2
    echo "Then: $again" >&2
    exit 1
  fi
  sleep 10
done

echo
echo "Give this URL to Belco. It is not shown again; whoever has it can post webhooks:"
echo "  $BELCO_WEBHOOK_URL?code=$key"
azd env set BELCO_URL_SHOWN true
