#!/usr/bin/env bash
# Posts Belco's six samples to two receivers, and compares the rows that their read APIs return.
# Usage: infra/local/compare.sh http://localhost:7071 http://localhost:7072
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

conversation=api/shops/G4ag3eGyiKibrGcM7/conversations/sSzxq7tMBFmCY28o8

post() {
  dotnet run --project src/BelcoFunctions.Cli -- send tests/Payloads --url "$1/api/webhooks/belco"
}

# The receivers may differ in receivedAt only. Everything else comes from Belco.
read_rows() {
  for _ in $(seq 60); do
    rows=$(curl --silent --fail "$1/$conversation" || true)
    if [ "$(jq .conversation.events <<<"$rows")" = 6 ]; then
      jq --sort-keys 'del(.timeline[].receivedAt)' <<<"$rows"
      return
    fi
    sleep 1
  done
  echo "$1 did not project six events within a minute: $rows" >&2
  return 1
}

post "$1"
post "$2"
first=$(read_rows "$1")
second=$(read_rows "$2")
diff <(echo "$first") <(echo "$second")
echo "$(jq '.timeline | length' <<<"$first") timeline rows, and the conversation, are the same."
