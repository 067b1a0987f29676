addresses_on() { # PORT: the addresses on which something listens
  ss -ltnH "sport = :$1" 2>/dev/null | awk '{ sub(/:[0-9]+$/, "", $4); sub(/%.*/, "", $4); print $4 }' | sort -u
}
led_away() { # PORT: whether another rule already leads it somewhere
  {
    iptables-save 2>/dev/null || true
    nft list ruleset 2>/dev/null | awk '$1 == "chain" { compat = $2 ~ /^[A-Z]/ } !compat' # capitals are iptables' own
  } | grep -E ' (DNAT|REDIRECT|redirect|dnat) ' | grep -v -e "$name" | grep -qE "dports? [^a-z]*\b$1\b"
}
choose_port() {
  local best=${ports%% *}
  for port in $ports; do
    if addresses_on $port | grep -qv '^127\.\|^\[::1\]$' || led_away $port; then continue; fi
    if [ $port != $best ]; then echo "port $best is in use on this machine: port $port leads to the bot in its place" >&2; fi
    return
  done
  echo "ports $ports are all in use: let the web server that holds one of them pass the webhook on" >&2
  exit 1
}
loopback_file=/etc/sysctl.d/60-$name.conf
find_bot_address() { # a redirect reaches what listens on every address; what does not is named
  local found
  to= loopback=
  found=$(addresses_on $bot)
  case $'\n'$found$'\n' in
    *$'\n*\n'* | *$'\n0.0.0.0\n'* | *$'\n[::]\n'*) return ;;
    $'\n\n') echo "nothing listens on port $bot: start the bot" >&2; return ;;
  esac
  to=$(grep -m 1 -v '^\[' <<< "$found" || true)
  case $to in
    '') echo "the bot listens on $found alone: let it listen on 0.0.0.0" >&2; exit 1 ;;
    127.*) loopback=yes; open_loopback ;;
  esac
}
open_loopback() { # lets packets from outside be led to 127.0.0.1; others that come for it are dropped
  local dev
  dev=$(public_interface)
  if [ "$(cat "/proc/sys/net/ipv4/conf/$dev/route_localnet")" = 1 ]; then return; fi
  echo "net/ipv4/conf/$dev/route_localnet = 1" > "$loopback_file"
  echo 1 > "/proc/sys/net/ipv4/conf/$dev/route_localnet"
}
close_loopback() {
  local setting
  if [ ! -e "$loopback_file" ]; then return; fi
  setting=$(cut -d' ' -f1 "$loopback_file")
  if [ -e "/proc/sys/$setting" ]; then echo 0 > "/proc/sys/$setting"; fi
  rm "$loopback_file"
}
tell() { echo "port $port leads to the bot: call setWebhook with https://$host$(if [ $port != 443 ]; then echo ":$port"; fi)$path"; }
