package remedy

import (
	_ "embed"

	"hookcheck/internal/lang"
)

// The program that adds rich rules to firewalld's zones.
//
//go:embed data/firewalld.sh
var firewalldProgram string

// The first places among the rules of a zone: Telegram's networks, the drop of
// everybody else, and a port open to all.
const (
	firstPlace  = "-32768"
	secondPlace = "-32767"
	thirdPlace  = "-32766"
)

func richRule(priority, source, port, action string) string {
	if source != "" {
		source = `source address="` + source + `" `
	}
	return shellAlways(`--add-rich-rule=rule priority="` + priority + `" family="ipv4" ` + source + `port port="` + port + `" protocol="tcp" ` + action)
}

// firewalldCommand adds rules to the running and to the permanent
// configuration: a reload would lose what somebody opened until the next one.
func firewalldCommand(p *Params, id string, title lang.Text, zones string, rules ...string) Remedy {
	head := "keep=/var/backups/hookcheck/" + id + "-" + p.port() + "\n"
	head += "rules=(\n"
	for _, rule := range rules {
		head += "  " + rule + "\n"
	}
	head += ")\n"
	r := command(id, title, head+zones+plumbing+firewalldProgram+"put\n", head+zones+plumbingBack+firewalldProgram+"take_away\n")
	r.Apply = "firewall-offline-cmd --check-config\nif firewall-cmd -q --state; then firewall-cmd --list-all; fi\n"
	return r
}

const everyZone = "wanted= # every zone that is in use\n"

// FirewalldOpen opens the port in every zone, before its other rules.
func FirewalldOpen(p *Params) Remedy {
	return firewalldCommand(p, "firewalld.open", fillText(text("firewalld: open port @PORT@", "firewalld: открыть порт @PORT@"), "@PORT@", p.port()),
		everyZone, richRule(thirdPlace, "", p.port(), "accept"))
}

// FirewalldOpenInterface opens the port in the zone of one interface.
func FirewalldOpenInterface(p *Params) Remedy {
	return firewalldCommand(p, "firewalld.open_interface", interfaceTitle(p, "firewalld"),
		publicInterface(p)+"wanted=$(public_interface)\n", richRule(thirdPlace, "", p.port(), "accept"))
}

// FirewalldTelegramOnly admits Telegram's ranges and nobody else.
func FirewalldTelegramOnly(p *Params) Remedy {
	rules := []string{richRule(secondPlace, "", p.port(), "drop")}
	for _, n := range TelegramRanges() {
		rules = append(rules, richRule(firstPlace, n.String(), p.port(), "accept"))
	}
	return firewalldCommand(p, "firewalld.telegram_only", telegramOnlyTitle(p, "firewalld"), everyZone, rules...)
}
