package remedy

import (
	_ "embed"

	"hookcheck/internal/lang"
)

// The program that chooses a port for Telegram and looks where the bot listens.
//
//go:embed data/redirect.sh
var redirectProgram string

func redirectTitle(p *Params, tool string) lang.Text {
	return fillText(text(
		"@TOOL@: lead port @FRONT@ (where that is taken: 8443, 88 or 80) to the bot's port @BOT@. The bot keeps its own TLS; then call setWebhook with the URL that the command prints",
		"@TOOL@: направить порт @FRONT@ (если он занят: 8443, 88 или 80) на порт бота @BOT@. TLS остаётся за ботом; затем вызовите setWebhook с URL, который напечатает команда"),
		"@TOOL@", tool, "@FRONT@", p.frontPort(), "@BOT@", p.botPort())
}

// redirectHead sets $port, the port for Telegram, and $to, where the bot
// listens if not on every address.
func redirectHead(p *Params) string {
	return "bot=" + p.botPort() + " name=hookcheck-to-" + p.botPort() + "\n" +
		"host=" + shell(p.urlHost()) + " path=" + shellAlways(p.path()) + "\n" +
		"ports='" + p.frontPorts() + "'\n"
}

// frontPorts are the ports that Telegram connects to, the best one first.
func (p *Params) frontPorts() string {
	out := p.frontPort()
	for _, port := range []string{"443", "8443", "88", "80"} {
		if port != p.frontPort() && port != p.botPort() {
			out += " " + port
		}
	}
	return out
}

// IPTablesRedirect leads a port that Telegram connects to, to the bot's own.
func IPTablesRedirect(p *Params) Remedy {
	if p.Plain {
		return Remedy{} // no TLS comes of it
	}
	return tables{id: "iptables.redirect", name: "hookcheck-to-" + p.botPort(), port: p.frontPort(), title: redirectTitle(p, "iptables"),
		short: "iptables -t nat -I PREROUTING -p tcp -m addrtype --dst-type LOCAL --dport " + p.frontPort() + " -j REDIRECT --to-ports " + p.botPort() + "\n",
		prepare: redirectHead(p) + publicInterface(p) + redirectProgram + `choose_port
find_bot_address
redirect=yes
extra="nat: -I PREROUTING 1 -p tcp -m addrtype --dst-type LOCAL -m tcp --dport $port -m comment --comment $name -j ${to:+DNAT --to-destination $to:$bot}"
if [ -z "$to" ]; then extra+="REDIRECT --to-ports $bot"; fi
if [ -n "$loopback" ]; then extra+=$'\n'"raw: -I PREROUTING 1 ! -i lo -d 127.0.0.0/8 -m comment --comment $name -j DROP"; fi
`, undo: redirectHead(p) + redirectProgram + "close_loopback\n", after: "tell\n"}.remedy()
}
