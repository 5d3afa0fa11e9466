#!/usr/bin/env bash
# Prints the notes of a release: what CHANGELOG.md says about its version. Fails if the tag is not the version that is built,
# or if the changelog does not say that this version is released.
# Usage, in the root: .github/release-notes.sh v1.2.3
set -euo pipefail

tag=$1
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)

fail() {
  echo "$1" >&2
  exit 1
}

if [ "$tag" != "v$version" ]; then
  fail "The tag is $tag, but the version in Directory.Build.props is $version. Change the version, or push the tag v$version."
fi

heading=$(awk -v start="## [$version]" 'index($0, start) == 1 { print; exit }' CHANGELOG.md)
if [ -z "$heading" ]; then
  fail "CHANGELOG.md has no section for $version. Add \"## [$version] - $(date +%F)\", with what is new."
fi
if ! [[ $heading =~ ^'## '\[.*\]' - '[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
  fail "CHANGELOG.md has no date for $version: \"$heading\". Write \"## [$version] - $(date +%F)\"."
fi

# On GitHub, each line break in a release's notes is shown. So a paragraph or a list item becomes one line.
notes=$(awk -v heading="$heading" '
  /^## / { inside = $0 == heading; next }
  !inside || /^\[[^]]+\]: / { next }
  {
    wrapped = text && !/^ *(- |#|$)/
    if (wrapped) sub(/^ */, " "); else if (begun) printf "\n"
    if (/[^ ]/) begun = 1
    text = /[^ ]/ && !/^#/
    printf "%s", $0
  }' CHANGELOG.md)
if [ -z "$notes" ]; then
  fail "CHANGELOG.md says nothing about $version. Write what is new below \"$heading\"."
fi
printf '%s\n' "$notes"
