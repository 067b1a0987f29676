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
# What somebody wrote into before.rules counts before them all: the same rules
# go to the top of its chain, also for a port that it leads elsewhere.
before=/etc/ufw/before.rules
own_rules() { grep -s '^-[AI] ' $before | grep -v -e '--comment hookcheck-' | grep -vxF -f <(grep -h '^-[AI] ' /usr/share/ufw/before.rules /usr/share/ufw/iptables/before.rules 2>/dev/null); }
first_rules() { # each on top of the one before
  local verdict rule target from dev
  while read -r verdict rule; do
    if [ -z "$verdict" ]; then continue; fi
    from=$(word_after from) dev=$(word_after on) target=DROP
    if [ "$verdict" = allow ]; then target=ACCEPT; fi
    echo "-I ufw-before-input 1${dev:+ -i $dev}${from:+ -s $from} -p tcp -m conntrack --ctdir ORIGINAL --ctorigdstport $port -m comment --comment $name -j $target"
  done <<< "$rules"
}
if [ -n "$(own_rules)" ]; then
  remember $before
  text=$(grep -v -e "--comment $name " $before | awk -v new="$(first_rules)" '
    /^\*/ { filter = $1 == "*filter" }
    filter && !done && /^COMMIT/ { print new; done = 1 }
    { print }'; echo .)
  printf %s "${text%.}" > $before
  if grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then ufw reload; fi
fi
if ! grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then echo 'ufw is not enabled: its rules do nothing yet' >&2; fi
