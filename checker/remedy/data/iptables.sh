# The rest puts them there: into the backend or backends in use, without
# doubles, and into the file that a boot loads.
admit() { # CHAIN MATCH: those in $from, before every other rule
  while IFS= read -r who; do
    echo "-I $1 1 ${who:+$who }-p tcp $2 -m comment --comment $name -j ACCEPT"
  done <<< "$from"
}
in_table() { awk -v t="*$1" -v what="$2" '/^\*/ { here = $0 == t } here && $0 ~ what { found = 1 } END { exit !found }' <<< "$state"; }
rules() { # TABLE: its rules, seeing what is in $state
  local original="-m conntrack --ctdir ORIGINAL --ctorigdstport $port"
  local replies="-p tcp -m conntrack --ctstate ESTABLISHED --ctdir REPLY --ctorigdstport $port -m comment --comment $name -j ACCEPT"
  echo "$extra" | sed -n "s/^$1: //p"
  case $1 in
    raw) if in_table raw '(-j|:PREROUTING) DROP'; then admit PREROUTING "-m tcp --dport $port"; fi ;;
    mangle)
      if [ -n "$limit" ]; then
        echo ":$name - [0:0]"
        echo "-A $name -i lo -m comment --comment $name -j RETURN"
        while IFS= read -r who; do echo "-A $name $who -m comment --comment $name -j RETURN"; done <<< "$from"
        echo "-A $name -m comment --comment $name -j DROP"
        echo "-I PREROUTING 1 -p tcp -m addrtype --dst-type LOCAL -m tcp --dport $port -m comment --comment $name -j $name"
      fi
      if in_table mangle '(-j|:PREROUTING|:INPUT) DROP'; then
        admit PREROUTING "-m tcp --dport $port"
        admit INPUT "-m tcp --dport $port"
      fi ;;
    filter)
      if in_table filter '^(:OUTPUT DROP|-A OUTPUT )'; then echo "-I OUTPUT 1 $replies"; fi
      if [ -n "$redirect" ]; then admit INPUT "$original --ctstate DNAT"; return; fi
      admit INPUT "-m tcp --dport $port"
      if in_table nat '-j (DNAT|REDIRECT)'; then # such as Docker's published ports
        admit INPUT "$original"
        admit "$(if in_table filter '^:DOCKER-USER '; then echo DOCKER-USER; else echo FORWARD; fi)" "$original --ctstate DNAT"
      fi ;;
  esac
}
all_rules() { # in the form of iptables-save
  local table lines
  for table in raw mangle nat filter; do
    lines=$(rules $table)
    if [ -n "$lines" ]; then printf '*%s\n%s\nCOMMIT\n' $table "$lines"; fi
  done
}
backends() { # rules of one do not lift those of the other
  echo iptables
  if iptables -V | grep -q legacy; then
    if command -v iptables-nft-restore >/dev/null && nft list chain ip filter INPUT >/dev/null 2>&1; then echo iptables-nft; fi
  elif grep -qs . /proc/net/ip_tables_names && command -v iptables-legacy-restore >/dev/null; then
    echo iptables-legacy
  fi
}
forget() { # BACKEND: takes the rules of this name out again
  "$1-save" 2>/dev/null | awk -v name="$name" '
    /^\*/ { print }
    $1 == "-A" && $2 != name && / --comment / { for (i = 3; i < NF; i++) if ($i == "--comment" && $(i + 1) == name) { sub(/^-A/, "-D"); print; break } }
    $1 == ":" name { own = own "-F " name "\n-X " name "\n" }
    /^COMMIT/ { printf "%s", own; own = ""; print }' | "$1-restore" -w -n
}
saved=/etc/iptables/rules.v4
if [ -e /etc/sysconfig/iptables ]; then saved=/etc/sysconfig/iptables; fi
without() { # FILE: its text without our rules, and without tables that were added for them
  awk -v name="$name" '
    function flush() { printf "%s", held; held = "" }
    index($0, "--comment " name " ") || $1 == ":" name { next }
    held != "" && /^COMMIT/ { held = ""; next }
    held != "" && !/^\*/ { flush() }
    held != "" { held = held $0 "\n"; next }
    /^# hookcheck added this table$/ { held = $0 "\n"; next }
    { print } END { flush() }' "$1"
}
rewrite() { # FILE COMMAND...: its output in place of what is in the file
  local file=$1 text
  shift
  text=$("$@"; echo .)
  printf %s "${text%.}" > "$file"
}
unchanged_but_last_newline() { [ "$(cat "$1")" = "$(cat "$2")" ]; }
unsave() {
  if [ ! -e "$saved" ]; then return; fi
  rewrite "$saved" without "$saved"
  if grep -qxF '# hookcheck saved the rules that were in force' "$saved" && ! grep -q -e '--comment hookcheck-' "$saved"; then rm "$saved"
  elif [ -e "$keep$saved" ] && unchanged_but_last_newline "$saved" "$keep$saved"; then cat "$keep$saved" > "$saved"; fi
}
merge() { # FILE: its text with the rules of the standard input in their tables
  awk '
    FNR == NR { if (/^\*/) { table = $0; order[++n] = table } else if (!/^COMMIT/) add[table] = add[table] $0 "\n"; next }
    /^\*/ { table = $1; seen[table] = 1 }
    /^COMMIT/ && !done[table]++ { printf "%s", add[table] }
    { print }
    END { for (i = 1; i <= n; i++) if (!seen[order[i]]) printf "# hookcheck added this table\n%s\n%sCOMMIT\n", order[i], add[order[i]] }' - "$1"
}
save() {
  if [ ! -e "$saved" ]; then
    install -d "${saved%/*}"
    # without dates and counters: the same rules give the same file
    { echo '# hookcheck saved the rules that were in force'; sed -e '/^#/d' -e 's/^\(:.*\) \[[0-9:]*\]$/\1 [0:0]/' <<< "$state"; } > "$saved"
    if ! command -v netfilter-persistent >/dev/null && [ ! -e /etc/sysconfig ]; then
      echo "saved in $saved: the package iptables-persistent loads it at boot" >&2
    fi
  elif [ ! -e "$keep$saved" ]; then
    mkdir -p -m 700 "$keep${saved%/*}"
    cp -a "$saved" "$keep$saved"
  fi
  rewrite "$saved" without "$saved"
  rewrite "$saved" merge "$saved" <<< "$new"
}
put() {
  local backend new
  for backend in $(backends); do
    forget $backend
    state=$($backend-save 2>/dev/null)
    new=$(all_rules)
    $backend-restore -w -n <<< "$new"
    if [ $backend = iptables ]; then save; fi
  done
}
take_away() {
  local backend
  for backend in $(backends); do forget $backend; done
  unsave
  rm -rf "$keep"
}
