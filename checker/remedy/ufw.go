package remedy

import (
	_ "embed"

	"hookcheck/internal/lang"
)

// The program that puts rules of ufw before its others.
//
//go:embed data/ufw.sh
var ufwProgram string

// ufwCommand is a change of ufw's rules, with ufw's own files kept for the
// undo. Each rule goes to the top: the last one stands first.
func ufwCommand(p *Params, id string, title lang.Text, rules string) Remedy {
	keep := "keep=/var/backups/hookcheck/" + id + "-" + p.port() + "\n"
	r := command(id, title, keep+"port="+p.port()+"\n"+remember+ufwProgram+rules+"finish\n", keep+undoFiles+"ufw reload\n")
	r.Apply = "ufw status verbose\n"
	return r
}

// UFWOpen opens the port before any other rule.
func UFWOpen(p *Params) Remedy {
	return ufwCommand(p, "ufw.open", fillText(text("ufw: open port @PORT@, before every other rule",
		"ufw: открыть порт @PORT@, раньше всех прочих правил"), "@PORT@", p.port()), "first allow\n")
}

// UFWOpenInterface opens the port on one interface.
func UFWOpenInterface(p *Params) Remedy {
	return ufwCommand(p, "ufw.open_interface", interfaceTitle(p, "ufw"), publicInterface(p)+"first allow 0.0.0.0/0 \"$(public_interface)\"\n")
}

// UFWTelegramOnly admits Telegram's ranges and nobody else.
func UFWTelegramOnly(p *Params) Remedy {
	return ufwCommand(p, "ufw.telegram_only", telegramOnlyTitle(p, "ufw"), "first deny\n"+eachRange("first allow @NET@\n"))
}
