for file in /etc/ufw/user.rules /etc/ufw/user6.rules; do
  if [ -e "$file" ]; then remember "$file"; fi
done
first() { # VERDICT [SOURCE [INTERFACE]]: a rule for the port, before all others
  local rule="in ${3:+on $3 }proto tcp from ${2:-0.0.0.0/0} to any port $port"
  # ufw knows a rule by all but its verdict, and would leave it where it stands
  sed -n "s|^### tuple ### \([a-z]*\)[a-z_-]* tcp $port 0.0.0.0/0 any ${2:-0.0.0.0/0} in${3:+_$3}\( comment=.*\)\?\$|\1|p" /etc/ufw/user.rules | while read -r verdict; do
    ufw delete "$verdict" $rule >/dev/null
  done
  ufw prepend "$1" $rule
}
finish() {
  if ! grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then echo 'ufw is not enabled: its rules do nothing yet' >&2; fi
}
