package remedy

import (
	_ "embed"
	"strings"

	"hookcheck/internal/lang"
)

// The program that puts rules of ufw before its others.
//
//go:embed data/ufw.sh
var ufwProgram string

// ufwCommand is a change of ufw's rules, with ufw's own files kept for the
// undo. Each rule goes to the top: the last one stands first. Rules that
// somebody wrote into before.rules would still come before them.
func ufwCommand(p *Params, id string, title lang.Text, prepare string, rules ...string) Remedy {
	keep := "keep=/var/backups/hookcheck/" + id + "-" + p.port() + "\n"
	prepare += "name=hookcheck-" + strings.TrimPrefix(id, "ufw.") + "-" + p.port() + " port=" + p.port() + "\n"
	head := prepare + "rules=\"\n"
	for _, rule := range rules {
		head += rule + " to any port " + p.port() + "\n"
	}
	r := command(id, title, keep+head+"\" # each of them by ufw prepend, which puts it first\n"+plumbing+remember+ufwProgram, keep+plumbingBack+undoFiles+"ufw reload\n")
	r.Apply = "ufw status verbose\n"
	return r
}

// UFWOpen opens the port before any other rule.
func UFWOpen(p *Params) Remedy {
	return ufwCommand(p, "ufw.open", fillText(text("ufw: open port @PORT@, before every other rule",
		"ufw: открыть порт @PORT@, раньше всех прочих правил"), "@PORT@", p.port()), "", "allow in proto tcp from 0.0.0.0/0")
}

// UFWOpenInterface opens the port on one interface.
func UFWOpenInterface(p *Params) Remedy {
	return ufwCommand(p, "ufw.open_interface", interfaceTitle(p, "ufw"), publicInterface(p), "allow in on $(public_interface) proto tcp from 0.0.0.0/0")
}

// UFWTelegramOnly admits Telegram's ranges and nobody else.
func UFWTelegramOnly(p *Params) Remedy {
	rules := []string{"deny in proto tcp from 0.0.0.0/0"}
	for _, n := range TelegramRanges() {
		rules = append(rules, "allow in proto tcp from "+n.String())
	}
	return ufwCommand(p, "ufw.telegram_only", telegramOnlyTitle(p, "ufw"), "", rules...)
}
