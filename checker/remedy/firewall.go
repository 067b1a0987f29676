package remedy

import "hookcheck/internal/lang"

func telegramOnlyTitle(p *Params, tool string) lang.Text {
	return fillText(text(
		"@TOOL@: port @PORT@ for Telegram's networks alone. It closes the port to everyone else: not where a web site shares it",
		"@TOOL@: порт @PORT@ только для сетей Telegram. Для всех остальных он закрывается: не годится, если на нём ещё и сайт"),
		"@TOOL@", tool, "@PORT@", p.port())
}

func redirectTitle(p *Params, tool string) lang.Text {
	return fillText(text(
		"@TOOL@: lead port @FRONT@ to the bot's port @BOT@. The bot keeps its own TLS and must listen on 0.0.0.0, and nothing else may use port @FRONT@; then call setWebhook with the new URL",
		"@TOOL@: направить порт @FRONT@ на порт бота @BOT@. TLS остаётся за ботом; он должен слушать 0.0.0.0, а порт @FRONT@ не должен быть занят; затем вызовите setWebhook с новым URL"),
		"@TOOL@", tool, "@FRONT@", p.frontPort(), "@BOT@", p.botPort())
}

// ufwCommand is a change of ufw's rules, with ufw's own files kept for the
// undo.
func ufwCommand(p *Params, id string, title lang.Text, body string) Remedy {
	keep := "keep=/var/backups/hookcheck/" + id + "-" + p.port() + "\n"
	r := command(id, title, keep+remember+"for file in /etc/ufw/user.rules /etc/ufw/user6.rules; do\n  if [ -e \"$file\" ]; then remember \"$file\"; fi\ndone\n"+fill(body, "@PORT@", p.port()),
		keep+undoFiles+"ufw reload\n")
	r.Apply = "ufw status verbose\n"
	return r
}

// ufwForget takes the rules for the port out, whatever they say: ufw treats a
// rule for the same port as the same rule and leaves it where it stands.
const ufwForget = `for verdict in allow deny reject limit; do
  ufw delete "$verdict" proto tcp to any port @PORT@ >/dev/null 2>&1 || true
  ufw delete "$verdict" @PORT@ >/dev/null 2>&1 || true
done
`

// UFWOpen opens the port before any other rule.
func UFWOpen(p *Params) Remedy {
	return ufwCommand(p, "ufw.open", fillText(text("ufw: open port @PORT@ (rules for this port that stand there give way)",
		"ufw: открыть порт @PORT@ (прежние правила для этого порта убираются)"), "@PORT@", p.port()),
		ufwForget+"ufw prepend allow proto tcp to any port @PORT@\n")
}

// publicInterface sets $dev: the interface that leads to Telegram.
const publicInterface = `dev=$(ip -4 route get 149.154.160.1 | sed -n 's/.* dev \([^ ]*\).*/\1/p')
[ -n "$dev" ]
`

func interfaceTitle(p *Params, tool string) lang.Text {
	return fillText(text("@TOOL@: open port @PORT@ on the interface that leads to the Internet alone", "@TOOL@: открыть порт @PORT@ только на интерфейсе, который ведёт в интернет"),
		"@TOOL@", tool, "@PORT@", p.port())
}

// UFWOpenInterface opens the port on one interface.
func UFWOpenInterface(p *Params) Remedy {
	return ufwCommand(p, "ufw.open_interface", interfaceTitle(p, "ufw"),
		publicInterface+"ufw delete allow in on \"$dev\" to any port @PORT@ proto tcp >/dev/null 2>&1 || true\n"+
			"ufw prepend allow in on \"$dev\" to any port @PORT@ proto tcp\n")
}

// UFWTelegramOnly admits Telegram's ranges and nobody else.
func UFWTelegramOnly(p *Params) Remedy {
	admit := eachRange("ufw delete allow proto tcp from @NET@ to any port @PORT@ >/dev/null 2>&1 || true\n" +
		"ufw prepend allow proto tcp from @NET@ to any port @PORT@\n")
	return ufwCommand(p, "ufw.telegram_only", telegramOnlyTitle(p, "ufw"), ufwForget+"ufw prepend deny proto tcp to any port @PORT@\n"+admit)
}

// firewallCmd calls the permanent configuration, by the offline tool where the
// daemon does not run.
const firewallCmd = `fw() { if firewall-cmd --state >/dev/null 2>&1; then firewall-cmd --permanent "$@"; else firewall-offline-cmd "$@"; fi; }
`
const firewallReload = "if firewall-cmd --state >/dev/null 2>&1; then firewall-cmd --reload; fi\n"

func richRule(priority, source, port, action string) string {
	rule := `rule priority="` + priority + `" family="ipv4" `
	if source != "" {
		rule += `source address="` + source + `" `
	}
	return shellAlways(rule + `port port="` + port + `" protocol="tcp" ` + action)
}

// FirewalldOpen opens the port in the default zone, before its other rules.
func FirewalldOpen(p *Params) Remedy {
	rule := richRule("-100", "", p.port(), "accept")
	r := command("firewalld.open", fillText(text("firewalld: open port @PORT@", "firewalld: открыть порт @PORT@"), "@PORT@", p.port()),
		firewallCmd+"fw --add-rich-rule="+rule+"\n"+firewallReload,
		firewallCmd+"fw --remove-rich-rule="+rule+"\n"+firewallReload)
	r.Apply = firewallReload
	return r
}

// FirewalldTelegramOnly admits Telegram's ranges and nobody else.
func FirewalldTelegramOnly(p *Params) Remedy {
	port := p.port()
	body, undo := firewallCmd, firewallCmd
	body += "fw --remove-rich-rule=" + richRule("-100", "", port, "accept") + " >/dev/null 2>&1 || true\n"
	for _, n := range TelegramRanges() {
		rule := richRule("-200", n.String(), port, "accept")
		body += "fw --add-rich-rule=" + rule + "\n"
		undo += "fw --remove-rich-rule=" + rule + "\n"
	}
	drop := richRule("-150", "", port, "drop")
	r := command("firewalld.telegram_only", telegramOnlyTitle(p, "firewalld"),
		body+"fw --add-rich-rule="+drop+"\n"+firewallReload,
		undo+"fw --remove-rich-rule="+drop+"\n"+firewallReload)
	r.Apply = firewallReload
	return r
}
