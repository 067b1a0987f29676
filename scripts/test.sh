#!/usr/bin/env bash
# Runs everything that has to pass, on a fresh Debian-like machine with Go:
# installs the servers that the tests are run against, checks that generated
# files are fresh, vets, and runs the tests with the race detector.
set -euo pipefail
cd "$(dirname "$0")/.."

# A program that the tests run, and the Debian packages that it takes.
needs=(
  gcc:gcc,libc6-dev # the race detector is linked with C
  openssl:openssl nginx:nginx-light a2enmod:apache2 haproxy:haproxy caddy:caddy curl:curl
  ip:iproute2 iptables:iptables nft:nftables ufw:ufw ipset:ipset firewalld:firewalld,dbus unshare:util-linux
  python3:python3 node:nodejs chromium:chromium npm:npm javac:default-jdk-headless certbot:certbot php:php-cli,php-curl,python3-requests sysctl:procps
)

install_packages() {
  local missing=() pair IFS=$' \t\n,'
  for pair in "${needs[@]}"; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null || missing+=(${pair#*:})
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    echo "error: these packages are missing: ${missing[*]}" >&2
    echo "hint: run as root, or: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  # Servers come with the packages but must not start on the machine itself.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Debian does not install netfilter-persistent beside ufw: its files are kept
# apart, and the proving ground puts them on a host that has no ufw.
persistent=/usr/local/lib/hookcheck-tests/netfilter-persistent
unpack_persistent() {
  if [ -e "$persistent/usr/sbin/netfilter-persistent" ]; then return; fi
  if [ "$(id -u)" -ne 0 ]; then echo "error: $persistent is missing; run as root once" >&2; exit 1; fi
  local folder package
  folder=$(mktemp -d)
  apt-get update -qq
  (cd "$folder" && apt-get download -qq netfilter-persistent iptables-persistent)
  mkdir -p "$persistent"
  for package in "$folder"/*.deb; do dpkg-deb -x "$package" "$persistent"; done
  rm -r "$folder"
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
unpack_persistent
if [ -n "${CI:-}" ]; then
  fresh "generated templ code" go tool templ generate -log-level error
  fresh "the fixtures below testdata/certs" go generate ./internal/testpki
  fresh "docs/findings.md" go generate ./internal/docgen
fi
unformatted=$(gofmt -l $(git ls-files "*.go" | grep -v _templ.go))
if [ -n "$unformatted" ]; then echo "error: gofmt wants changes in: $unformatted" >&2; exit 1; fi
go vet ./...
# Let's Encrypt's test server: certbot issues and renews at it, on loopback.
tools=$(mktemp -d)
GOBIN=$tools go install github.com/letsencrypt/pebble/v2/cmd/pebble@v2.10.1
export PATH="$PATH:$tools"
# The pages are looked at in Debian's Chromium; axe-core and Lighthouse come by npm.
export HOOKCHECK_BROWSER=required
for tool in axe lighthouse; do
  npm ci --prefix web/testdata/$tool --ignore-scripts --no-audit --no-fund --silent
done
export HOOKCHECK_AXE=required HOOKCHECK_LIGHTHOUSE=required
# What the proving ground has proven: each finding and fix, or why not.
# Besides, how our verdicts compare with those of the openssl command.
tables=$(mktemp -d)
trap 'rm -rf "$tables" "$tools"' EXIT
HOOKCHECK_TABLES=$tables HOOKCHECK_PROVING_TABLE=$tables/proving.txt go test -race -count=1 -timeout 30m ./...
go test -count=1 -run 'TestMonsters' ./checker/certfile # which the race detector would make too slow
cat "$tables"/*
