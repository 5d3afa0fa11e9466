# Prints the URL to give to Belco. It contains the key of ReceiveWebhook only, because a host key opens every function.
# Prints the key once only, and never in a pipeline, because other people read its log.
$ErrorActionPreference = 'Stop'

$again = "az functionapp function keys list --subscription $env:AZURE_SUBSCRIPTION_ID --resource-group $env:AZURE_RESOURCE_GROUP " +
    "--name $env:BELCO_APP_NAME --function-name ReceiveWebhook --query default --output tsv"
if ($env:BELCO_URL_SHOWN -eq 'true' -or $env:CI -or $env:TF_BUILD) {
    Write-Output "Belco calls $($env:BELCO_WEBHOOK_URL)?code=<key>. The key: $again"
    exit 0
}

# The host creates the key when it first starts.
for ($try = 1; -not ($key = Invoke-Expression $again); $try++) {
    if ($try -ge 12) {
        Write-Error "ReceiveWebhook has no key yet. If the app does not start, its log says why; docs/deploying.md says where to look. Then: $again"
    }
    Start-Sleep -Seconds 10
}

Write-Output ''
Write-Output 'Give this URL to Belco. It is not shown again; whoever has it can post webhooks:'
Write-Output "  $($env:BELCO_WEBHOOK_URL)?code=$key"
azd env set BELCO_URL_SHOWN true
