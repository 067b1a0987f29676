# The rest puts them on top of every chain that may drop what comes in: an
# accept in a table of its own would not help, a drop in any chain is final.
chains() { # HOOK...: family, table, chain and definition of the chains there
  nft list chains 2>/dev/null | awk -v hooks=" $* " '
    $1 == "table" { family = $2; table = $3 }
    $1 == "chain" { chain = $2 }
    $1 == "type" && $2 == "filter" && family ~ /^(inet|ip|netdev)$/ && index(hooks, " " $4 " ") {
      sub(/^[ \t]*/, ""); sub(/ *policy.*/, ""); print family, table, chain, $0
    }'
}
drops() { nft list chain "$1" "$2" "$3" 2>/dev/null | grep -qE 'policy drop|\b(drop|reject|jump|goto|vmap|queue|synproxy)\b'; }
shared() { [[ "$1 $2 $3" =~ ^ip\ (raw|mangle|filter)\ [A-Z]+$ ]]; } # with iptables, which reads plain rules alone
insert() { # MATCH HOOK...: rules on top of the chains
  local match=$1
  shift
  chains "$@" | while read -r family table chain definition; do
    if ! drops "$family" "$table" "$chain" || [ "$table" = firewalld ]; then continue; fi
    if shared "$family" "$table" "$chain" && [[ $match == *ct\ * ]]; then
      echo 'iptables or ufw holds rules of its own: where the port stays closed take that fix' >&2
      continue
    fi
    # a boot may load this file where the chain is not there yet
    printf 'add table %s %s\nadd chain %s %s %s { %s }\n' "$family" "$table" "$family" "$table" "$chain" "$definition"
    echo "insert rule $family $table $chain $match counter accept comment \"$name\""
  done
}
admit() { # MATCH HOOK...: those in $from
  local match=$1 who
  shift
  while IFS= read -r who; do insert "${who:+$who }$match" "$@"; done <<< "$from"
}
rules() {
  echo "# $name: made by hookcheck, and included by $conf"
  if [ -n "$extra" ]; then printf 'table %s {}\ndelete table %s\ntable %s {\n%s\n}\n' "$own_table" "$own_table" "$own_table" "$extra"; fi
  insert "tcp sport ${bot:-$port}" output # the replies
  if [ -n "$redirect" ]; then
    insert "tcp dport $bot ct status dnat ct original proto-dst $port" input
    insert "tcp dport $port" ingress prerouting
    return
  fi
  admit "tcp dport $port" ingress prerouting input
  if nft list ruleset 2>/dev/null | grep -qE '\b(redirect|dnat)\b'; then # such as published ports of containers
    admit "meta l4proto tcp ct status dnat ct direction original ct original proto-dst $port" input forward
  fi
}
own_table="ip ${name//-/_}"
conf=/etc/nftables.conf
if [ -e /etc/sysconfig/nftables.conf ]; then conf=/etc/sysconfig/nftables.conf; fi
own=/etc/nftables-$name.nft
line="include \"$own\""
forget() { # takes what carries this name out of the rules in force
  nft -a list ruleset 2>/dev/null | awk -v mark="comment \"$name\"" '
    $1 == "table" { family = $2; table = $3 }
    $1 == "chain" { chain = $2 }
    index($0, mark) && / # handle / { print "delete rule", family, table, chain, "handle", $NF }' | nft -f -
  if nft list table $own_table >/dev/null 2>&1; then nft delete table $own_table; fi
}
unsave() { # takes the include line out again
  if [ ! -e "$conf" ]; then return; fi
  sed -i --follow-symlinks -e "\\|^$line\$|d" "$conf"
  if [ "$(cat "$conf")" = "$new_conf" ]; then rm "$conf"; return; fi
  # the last line may have had no end
  if [ -e "$keep" ] && [ "$(cat "$conf")" = "$(cat "$keep")" ]; then cat "$keep" > "$conf"; fi
}
new_conf='#!/usr/sbin/nft -f
# made by hookcheck
flush ruleset'
save() {
  if [ ! -e "$conf" ]; then echo "$new_conf" > "$conf"; fi
  if [ ! -e "$keep" ]; then
    mkdir -p -m 700 "${keep%/*}"
    cp -a "$conf" "$keep"
  fi
  sed -i --follow-symlinks -e '$a\' "$conf"
  echo "$line" >> "$conf"
  if ! nft -c -f "$conf"; then
    unsave
    echo "the rules are in force but $conf does not load with them: they are gone after a boot" >&2
  elif [ -d /run/systemd/system ] && ! systemctl is-enabled -q nftables; then
    echo 'nothing loads them at boot yet: systemctl enable nftables (not where ufw or firewalld runs)' >&2
  fi
}
put() {
  forget
  unsave
  rules > "$own"
  nft -f "$own"
  save
}
take_away() {
  forget
  unsave
  rm -f "$own" "$keep"
}
