runs=
if firewall-cmd -q --state 2>/dev/null; then runs=yes; fi
fw() { if [ -n "$runs" ]; then firewall-cmd "$@"; else firewall-offline-cmd "$@"; fi; }
folder=/etc/firewalld
zones() {
  local bound='interface|source'
  if [ -n "$wanted" ]; then bound=source; fi
  if [ -z "$wanted" ] || ! fw --get-zone-of-interface="$wanted" 2>/dev/null; then fw --get-default-zone; fi
  # a source decides before an interface
  if [ -n "$runs" ]; then firewall-cmd --get-active-zones | awk -v bound="$bound" '/^[^ ]/ { zone = $1 } $1 ~ "^(" bound ")s:" { print zone }'; fi
  grep -lsE "<($bound) " $folder/zones/*.xml | sed 's|.*/||; s|\.xml$||'
}
policies() { grep -lsE '<egress-zone name="(HOST|ANY)"' $folder/policies/*.xml | sed 's|.*/||; s|\.xml$||'; }
each_place() { # OPTION...: in what is on disk, and in what runs
  local place
  for place in $(zones | sort -u | sed 's/^/--zone=/'; policies | sed 's/^/--policy=/'); do
    if [ -n "$runs" ]; then
      firewall-cmd -q --permanent "$place" "$@"
      if ! firewall-cmd "$place" --list-all >/dev/null 2>&1; then continue; fi
    fi
    fw -q "$place" "$@"
  done
}
# Rules that firewalld hands to iptables as they are (--direct) count before
# its zones: where there are such rules these go on top of them.
direct() { # OPTION...: in what is on disk, and in what runs
  if [ -n "$runs" ]; then firewall-cmd --permanent --direct "$@"; fi
  fw --direct "$@"
}
tables_of_others() {
  { direct --get-all-rules; direct --get-all-passthroughs; } | grep -v -e '--comment hookcheck-' |
    awk '$1 == "ipv4" { t = $2 ~ /^-/ ? "filter" : $2; for (i = 2; i < NF; i++) if ($i == "-t") t = $(i + 1); print t }' | sort -u
}
on_top() { # TABLE CHAIN MATCH... TARGET
  local table=$1 chain=$2
  shift 2
  direct -q --add-passthrough ipv4 -t "$table" -I "$chain" 1 "${@:1:$#-1}" -p tcp --dport "$port" -m comment --comment "$name" -j "${@: -1}"
}
put_direct() {
  local table chain who
  for table in $(tables_of_others); do
    for chain in PREROUTING INPUT; do
      case $table-$chain in raw-PREROUTING | mangle-* | filter-INPUT) ;; *) continue ;; esac
      if [ -n "$limit" ] && [ "$table" = filter ]; then on_top "$table" "$chain" DROP; fi
      while IFS= read -r who; do on_top "$table" "$chain" $who ACCEPT; done <<< "$from"
    done
  done
}
take_direct_away() {
  local rule
  direct --get-all-passthroughs | grep -e "--comment $name " | sort -u | while IFS= read -r rule; do
    direct -q --remove-passthrough $rule
  done
}
copies() { find "$1" -name '*.old' "${@:2}"; }
put() {
  local new=
  if [ ! -d "$keep" ]; then
    new=yes
    mkdir -p -m 700 "$keep"
    cp -a $folder "$keep/before"
  fi
  each_place "${rules[@]}"
  put_direct
  # the copies that firewalld makes of its files are left as they were
  copies $folder -delete
  (cd "$keep/before" && copies . -exec cp -a --parents -t $folder {} +)
  if [ -n "$new" ]; then cp -a $folder "$keep/after"; fi
}
take_away() { # the bytes from before, where nothing else changed since
  local unchanged= file
  if [ -d "$keep/after" ] && diff -r $folder "$keep/after" >/dev/null; then unchanged=yes; fi
  each_place "${rules[@]/#--add/--remove}"
  take_direct_away
  if [ -n "$unchanged" ]; then
    cp -a "$keep/before/." $folder/
    (cd $folder && find . -type f) | while IFS= read -r file; do
      if [ ! -e "$keep/before/$file" ]; then rm -f "$folder/$file"; fi
    done
  fi
  rm -rf "$keep"
}
