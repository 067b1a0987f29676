runs=
if firewall-cmd -q --state 2>/dev/null; then runs=yes; fi
fw() { if [ -n "$runs" ]; then firewall-cmd "$@"; else firewall-offline-cmd "$@"; fi; }
zones() {
  if [ -n "$wanted" ] && fw --get-zone-of-interface="$wanted" 2>/dev/null; then return; fi
  fw --get-default-zone
  if [ -n "$wanted" ]; then return; fi
  if [ -n "$runs" ]; then firewall-cmd --get-active-zones | sed -n 's/^\([^ ]\+\).*/\1/p'; fi
  grep -lsE '<(interface|source) ' /etc/firewalld/zones/*.xml | sed 's|.*/||; s|\.xml$||'
}
each_zone() { # OPTION...: in what is on disk, and in what runs
  local zone
  for zone in $(zones | sort -u); do
    if [ -n "$runs" ]; then
      firewall-cmd -q --permanent --zone="$zone" "$@"
    fi
    fw -q --zone="$zone" "$@"
  done
}
folder=/etc/firewalld/zones
put() {
  local new=
  if [ ! -d "$keep" ]; then
    new=yes
    mkdir -p -m 700 "$keep"
    cp -a "$folder" "$keep/before"
  fi
  each_zone "${rules[@]}"
  # the copies that firewalld makes of its files are left as they were
  find "$folder" -name '*.old' -delete
  find "$keep/before" -name '*.old' -exec cp -a -t "$folder" {} +
  if [ -n "$new" ]; then cp -a "$folder" "$keep/after"; fi
}
take_away() { # the bytes from before, where nothing else changed since
  local unchanged= file
  if [ -d "$keep/after" ] && diff -r "$folder" "$keep/after" >/dev/null; then unchanged=yes; fi
  each_zone "${rules[@]/#--add/--remove}"
  if [ -n "$unchanged" ]; then
    cp -a "$keep/before/." "$folder/"
    (cd "$folder" && find . -type f) | while IFS= read -r file; do
      if [ ! -e "$keep/before/$file" ]; then rm -f "$folder/$file"; fi
    done
  fi
  rm -rf "$keep"
}
