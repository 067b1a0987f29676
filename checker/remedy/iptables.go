package remedy

// saveIPTables makes the rules outlive a boot: Debian and Ubuntu load
// /etc/iptables/rules.v4 by netfilter-persistent, RHEL with iptables-services
// /etc/sysconfig/iptables.
const saveIPTables = `if command -v netfilter-persistent >/dev/null; then
  netfilter-persistent save
elif [ -e /etc/sysconfig/iptables ]; then
  iptables-save > /etc/sysconfig/iptables
else
  install -d /etc/iptables
  # without dates and counters: the same rules give the same file
  iptables-save | sed -e '/^#/d' -e 's/^\(:.*\) \[[0-9:]*\]$/\1 [0:0]/' > /etc/iptables/rules.v4
  echo 'saved in /etc/iptables/rules.v4: the package iptables-persistent loads it at boot' >&2
fi
`

var iptablesWhere = text(
	"shell on the bot's host, as root; where ufw or firewalld runs use theirs instead. The rules in force are saved for the next boot (Debian, Ubuntu: netfilter-persistent, /etc/iptables/rules.v4; RHEL: /etc/sysconfig/iptables)",
	"командная строка сервера бота, от root; если работает ufw или firewalld, берите вариант для них. Действующие правила сохраняются до следующей загрузки (Debian, Ubuntu: netfilter-persistent, /etc/iptables/rules.v4; RHEL: /etc/sysconfig/iptables)")

// dropRule deletes a rule as often as it stands there.
func dropRule(table, rule string) string {
	return "while iptables -w" + table + " -D " + rule + " 2>/dev/null; do :; done\n"
}

// IPTablesOpen opens the port to all, before whatever blocks it.
func IPTablesOpen(p *Params) Remedy {
	rule := "INPUT -p tcp --dport " + p.port() + " -m comment --comment hookcheck -j ACCEPT"
	r := command("iptables.open", fillText(text("iptables: open port @PORT@", "iptables: открыть порт @PORT@"), "@PORT@", p.port()),
		dropRule("", rule)+"iptables -w -I "+insertAt(rule)+"\n"+saveIPTables,
		dropRule("", rule)+saveIPTables)
	r.Where, r.Apply = iptablesWhere, "iptables -w -S INPUT\n"
	return r
}

// IPTablesOpenInterface opens the port on one interface.
func IPTablesOpenInterface(p *Params) Remedy {
	rule := "INPUT -i \"$dev\" -p tcp --dport " + p.port() + " -m comment --comment hookcheck -j ACCEPT"
	r := command("iptables.open_interface", interfaceTitle(p, "iptables"),
		publicInterface+dropRule("", rule)+"iptables -w -I "+insertAt(rule)+"\n"+saveIPTables,
		publicInterface+dropRule("", rule)+saveIPTables)
	r.Where, r.Apply = iptablesWhere, "iptables -w -S INPUT\n"
	return r
}

// insertAt turns "CHAIN rule" into "CHAIN 1 rule": appended after a DROP a
// rule does nothing.
func insertAt(rule string) string {
	for i := range rule {
		if rule[i] == ' ' {
			return rule[:i] + " 1" + rule[i:]
		}
	}
	return rule
}

// IPTablesTelegramOnly admits Telegram's ranges and nobody else. The jump
// stands first, so that a broad ACCEPT further down no longer counts.
func IPTablesTelegramOnly(p *Params) Remedy {
	chain := "HOOKCHECK-" + p.port()
	jump := "INPUT -p tcp --dport " + p.port() + " -j " + chain
	body := "iptables -w -N " + chain + " 2>/dev/null || iptables -w -F " + chain + "\n" +
		"iptables -w -A " + chain + " -i lo -j ACCEPT\n" +
		eachRange("iptables -w -A "+chain+" -s @NET@ -j ACCEPT\n") +
		"iptables -w -A " + chain + " -j DROP\n" +
		dropRule("", jump) + "iptables -w -I " + insertAt(jump) + "\n" + saveIPTables
	undo := dropRule("", jump) +
		"if iptables -w -F " + chain + " 2>/dev/null; then iptables -w -X " + chain + "; fi\n" + saveIPTables
	r := command("iptables.telegram_only", telegramOnlyTitle(p, "iptables"), body, undo)
	r.Where, r.Apply = iptablesWhere, "iptables -w -S\n"
	return r
}

// IPTablesRedirect leads a port that Telegram connects to, to the bot's own.
func IPTablesRedirect(p *Params) Remedy {
	front, bot := p.frontPort(), p.botPort()
	nat := "PREROUTING -p tcp -m addrtype --dst-type LOCAL --dport " + front + " -m comment --comment hookcheck -j REDIRECT --to-ports " + bot
	admit := "INPUT -p tcp --dport " + bot + " -m conntrack --ctstate DNAT -m comment --comment hookcheck -j ACCEPT"
	r := command("iptables.redirect", redirectTitle(p, "iptables"),
		dropRule(" -t nat", nat)+"iptables -w -t nat -I "+insertAt(nat)+"\n"+
			dropRule("", admit)+"iptables -w -I "+insertAt(admit)+"\n"+saveIPTables,
		dropRule(" -t nat", nat)+dropRule("", admit)+saveIPTables)
	r.Where, r.Apply = iptablesWhere, "iptables -w -t nat -S PREROUTING\n"
	return r
}
