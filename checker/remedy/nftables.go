package remedy

import (
	_ "embed"
	"strings"

	"hookcheck/internal/lang"
)

// The program that puts rules on top of the chains that are there, once, and
// includes them from the file that a boot loads.
//
//go:embed data/nftables.sh
var nftablesProgram string

var nftWhere = text(
	"shell on the bot's host, as root; where ufw or firewalld runs use theirs instead. The ruleset file (Debian, Ubuntu: /etc/nftables.conf; RHEL: /etc/sysconfig/nftables.conf) gets one include line for the next boot",
	"командная строка сервера бота, от root; если работает ufw или firewalld, берите вариант для них. В файл правил (Debian, Ubuntu: /etc/nftables.conf; RHEL: /etc/sysconfig/nftables.conf) добавляется одна строка include для следующей загрузки")

// nft is one set of rules for nftables.
type nft struct {
	id, name string // the remedy, and the mark that its rules carry
	title    lang.Text
	port     string
	prepare  string // shell before, which may set the variables
	from     string // match of those who come in, "" for all
	extra    string // chains of a table of its own
	undo     string // shell that undoes what prepare did
	after    string
	short    string // what it comes to, for a reader
}

func (n nft) remedy() Remedy {
	head := inShort(n.short) + "name=" + n.name + " port=" + n.port + " redirect=\n" + "from=" + quoteLines(n.from) + "\n" +
		"keep=/var/backups/hookcheck/" + n.id + "-" + n.port + "\n"
	r := command(n.id, n.title, head+"extra="+quoteLines(n.extra)+"\n"+n.prepare+plumbing+nftablesProgram+"put\n"+n.after,
		head+plumbingBack+nftablesProgram+"take_away\n"+n.undo)
	r.Where, r.Apply = nftWhere, "nft list ruleset\n"
	return r
}

// nftNets is Telegram's networks as a set.
func nftNets() string { return "{ " + nets() + " }" }

// NFTablesOpen opens the port to all, before whatever blocks it.
func NFTablesOpen(p *Params) Remedy {
	return nft{id: "nftables.open", name: "hookcheck-open-" + p.port(), port: p.port(),
		short: "nft insert rule FAMILY TABLE CHAIN tcp dport " + p.port() + " accept\n",
		title: fillText(text("nftables: open port @PORT@", "nftables: открыть порт @PORT@"), "@PORT@", p.port())}.remedy()
}

// NFTablesOpenInterface opens the port on one interface.
func NFTablesOpenInterface(p *Params) Remedy {
	return nft{id: "nftables.open_interface", name: "hookcheck-dev-" + p.port(), port: p.port(), title: interfaceTitle(p, "nftables"),
		short:   "nft insert rule FAMILY TABLE CHAIN iifname INTERFACE tcp dport " + p.port() + " accept\n",
		prepare: publicInterface(p) + "from=\"iifname $(public_interface)\"\n"}.remedy()
}

// NFTablesTelegramOnly admits Telegram's ranges and nobody else: a drop before
// the addresses are translated stands before every broad accept, and before a
// port that is redirected or published by Docker.
func NFTablesTelegramOnly(p *Params) Remedy {
	return nft{id: "nftables.telegram_only", name: "hookcheck-only-" + p.port(), port: p.port(), title: telegramOnlyTitle(p, "nftables"),
		from: strings.TrimSuffix(eachRange("ip saddr @NET@\n"), "\n"), short: "nft insert rule FAMILY TABLE CHAIN ip saddr " + nftNets() + " tcp dport " + p.port() + " accept\n",
		extra: fill(`  chain prerouting {
    type filter hook prerouting priority -110
    iifname != "lo" fib daddr type local tcp dport @PORT@ ip saddr != @NETS@ counter drop
  }`, "@PORT@", p.port(), "@NETS@", nftNets())}.remedy()
}

// NFTablesRedirect leads a port that Telegram connects to, to the bot's own.
func NFTablesRedirect(p *Params) Remedy {
	if p.Plain {
		return Remedy{} // no TLS comes of it
	}
	return nft{id: "nftables.redirect", name: "hookcheck-to-" + p.botPort(), port: p.frontPort(), title: redirectTitle(p, "nftables"),
		short: "nft add rule ip TABLE PREROUTING fib daddr type local tcp dport " + p.frontPort() + " redirect to :" + p.botPort() + "\n",
		prepare: redirectHead(p) + publicInterface(p) + redirectProgram + `choose_port
find_bot_address
redirect=yes
there="redirect to :$bot"
if [ -n "$to" ]; then there="dnat to $to:$bot"; fi
extra="  chain prerouting {
    type nat hook prerouting priority -100
    fib daddr type local tcp dport $port $there comment \"$name\"
  }"
if [ -n "$loopback" ]; then
  extra+="
  chain loopback {
    type filter hook prerouting priority -300
    iifname != lo ip daddr 127.0.0.0/8 drop
  }"
fi
`, undo: redirectHead(p) + redirectProgram + "close_loopback\n", after: "tell\n"}.remedy()
}
