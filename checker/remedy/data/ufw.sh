for file in /etc/ufw/user.rules /etc/ufw/user6.rules; do
  if [ -e "$file" ]; then remember "$file"; fi
done
word_after() { sed -n "s/.* $1 \([^ ]*\).*/\1/p" <<< "$rule"; }
while read -r verdict rule; do
  if [ -z "$verdict" ]; then continue; fi
  # ufw knows a rule by all but its verdict, and would leave it where it stands
  dev=$(word_after on)
  tuple="tcp $(word_after port) 0.0.0.0/0 any $(word_after from) in${dev:+_$dev}"
  sed -n "s|^### tuple ### \([a-z]*\)[a-z_-]* $tuple\( comment=.*\)\?\$|\1|p" /etc/ufw/user.rules | while read -r old; do
    ufw delete "$old" $rule >/dev/null
  done
  ufw prepend "$verdict" $rule
done <<< "$rules"
if ! grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then echo 'ufw is not enabled: its rules do nothing yet' >&2; fi
