package remedy

import (
	_ "embed"
	"strings"

	"hookcheck/internal/lang"
)

// The programs that put rules before those that stand there, once, and keep
// them for the next boot.
//
//go:embed data/iptables.sh
var iptablesProgram string

var iptablesWhere = text(
	"shell on the bot's host, as root; where ufw or firewalld runs use theirs instead. The rules go into the file that a boot loads as well (Debian, Ubuntu: /etc/iptables/rules.v4, by the package iptables-persistent; RHEL: /etc/sysconfig/iptables)",
	"командная строка сервера бота, от root; если работает ufw или firewalld, берите вариант для них. Правила записываются и в файл, который читается при загрузке (Debian, Ubuntu: /etc/iptables/rules.v4, пакет iptables-persistent; RHEL: /etc/sysconfig/iptables)")

// tables is one set of rules for iptables.
type tables struct {
	id, name string // the remedy, and the mark that its rules carry
	title    lang.Text
	port     string
	prepare  string // shell before, which may set from
	from     string // matches of those who come in, a line each; "" for all
	limit    bool   // nobody else comes in
	undo     string // shell that undoes what prepare did
	after    string
	short    string // what it comes to, for a reader
}

// iptables puts the rules at the top: after a DROP they would do nothing.
func (t tables) remedy() Remedy {
	head := inShort(t.short) + "name=" + t.name + " port=" + t.port + " extra= redirect=\n" + "from=" + quoteLines(t.from) + "\n"
	limit := "limit=\n"
	if t.limit {
		limit = "limit=yes # everybody else is dropped, before any other rule can let them in\n"
	}
	keep := "keep=/var/backups/hookcheck/" + t.id + "-" + t.port + "\n"
	head += limit + keep
	r := command(t.id, t.title, head+t.prepare+plumbing+iptablesProgram+"put\n"+t.after, head+plumbingBack+iptablesProgram+"take_away\n"+t.undo)
	r.Where, r.Apply = iptablesWhere, "iptables -w -S\n"
	return r
}

// iptablesFrom is the matches of Telegram's networks.
func iptablesFrom() string { return strings.TrimSuffix(eachRange("-s @NET@\n"), "\n") }

// IPTablesOpen opens the port to all, before whatever blocks it.
func IPTablesOpen(p *Params) Remedy {
	return tables{id: "iptables.open", name: "hookcheck-open-" + p.port(), port: p.port(),
		short: "iptables -I INPUT -p tcp --dport " + p.port() + " -j ACCEPT\n",
		title: fillText(text("iptables: open port @PORT@", "iptables: открыть порт @PORT@"), "@PORT@", p.port())}.remedy()
}

// IPTablesOpenInterface opens the port on one interface.
func IPTablesOpenInterface(p *Params) Remedy {
	return tables{id: "iptables.open_interface", name: "hookcheck-dev-" + p.port(), port: p.port(),
		short: "iptables -I INPUT -i INTERFACE -p tcp --dport " + p.port() + " -j ACCEPT\n",
		title: interfaceTitle(p, "iptables"), prepare: publicInterface(p) + "from=\"-i $(public_interface)\"\n"}.remedy()
}

// IPTablesTelegramOnly admits Telegram's ranges and nobody else: a drop in the
// table mangle stands before every broad ACCEPT and before a port that is
// redirected or published by Docker.
func IPTablesTelegramOnly(p *Params) Remedy {
	return tables{id: "iptables.telegram_only", name: "hookcheck-only-" + p.port(), port: p.port(),
		short: eachRange("iptables -I INPUT -s @NET@ -p tcp --dport "+p.port()+" -j ACCEPT\n") +
			"and in the table mangle: -p tcp --dport " + p.port() + " from elsewhere -j DROP\n",
		title: telegramOnlyTitle(p, "iptables"), from: iptablesFrom(), limit: true}.remedy()
}
