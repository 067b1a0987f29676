#!/usr/bin/env bash
# Runs everything that has to pass, on a fresh Debian-like machine with Go:
# installs the servers that the tests are run against, checks that generated
# files are fresh, vets, and runs the tests with the race detector.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(openssl nginx-light iproute2 iptables nftables apache2-bin haproxy ca-certificates)

install_packages() {
  local missing=() p
  for p in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    echo "error: these packages are missing: ${missing[*]}" >&2
    echo "hint: run as root, or: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  # Nothing here may start a server of its own on the machine.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

fresh() { # fresh WHAT COMMAND...: the command must not change a committed file
  local what=$1; shift
  "$@"
  if ! git diff --exit-code --stat -- . || [ -n "$(git ls-files --others --exclude-standard)" ]; then
    echo "error: $what is stale" >&2
    echo "hint: run: $*, and commit what it writes" >&2
    git status --short >&2
    exit 1
  fi
}

install_packages
if [ -n "${CI:-}" ]; then
  fresh "generated templ code" go tool templ generate -log-level error
  fresh "the fixtures below testdata/certs" go generate ./internal/testpki
fi
test -z "$(gofmt -l $(git ls-files '*.go' | grep -v _templ.go))" || { echo "error: gofmt wants changes" >&2; exit 1; }
go vet ./...
go test -race -count=1 -timeout 30m ./...
