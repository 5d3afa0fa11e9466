#!/usr/bin/env bash
# Posts bodies that a receiver must refuse. Checks for problem+json, which only the app's answer has, not the host's.
# Usage: infra/local/refusals.sh http://localhost:7071 http://localhost:7072
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${1:?Usage: infra/local/refusals.sh <base URL> ...}"

wrong=0

# Usage: refuses <base URL> <status> <what> <curl's options for the body>. Reads the body from standard input.
refuses() {
  local expected="$2 application/problem+json" answer
  # Removes the Expect header that curl adds for a large body, because most senders do not send it.
  answer=$(curl --silent --show-error --output /dev/null --write-out '%{http_code} %{content_type}' --max-time 60 \
    --header 'Expect:' --header 'Content-Type: application/json' --data-binary @- "${@:4}" "$1/api/webhooks/belco") || true
  if [ "$answer" = "$expected" ]; then
    echo "$1 answers $answer to $3."
  else
    echo "$1 answers '$answer' to $3, not '$expected'." >&2
    wrong=1
  fi
}

for receiver in "$@"; do
  # The Functions host passes an empty body to the app when there is no length.
  refuses "$receiver" 411 'a body without Content-Length' --header 'Transfer-Encoding: chunked' \
    < tests/Payloads/conversation.created.json
  # Above the app's limit of 4 MiB, and below the host's of 100 MiB.
  refuses "$receiver" 413 'a body of 50 MiB' < <(head -c $((50 * 1024 * 1024)) /dev/zero)
done
exit "$wrong"
