package remedy

import (
	_ "embed"

	"hookcheck/internal/lang"
)

// The program that adds rich rules to firewalld's zones and policies, and
// direct ones before those that are there.
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

// wall is one set of rules for firewalld.
type wall struct {
	id, name string // the remedy, and the mark of its direct rules
	title    lang.Text
	prepare  string // shell that sets wanted, and may set from
	from     string // matches of those who come in, for rules of iptables
	limit    bool   // nobody else comes in
	rules    []string
}

// firewalldCommand adds rules to the running and to the permanent
// configuration: a reload would lose what somebody opened until the next one.
func firewalldCommand(p *Params, w wall) Remedy {
	limit := ""
	if w.limit {
		limit = "yes"
	}
	head := "keep=/var/backups/hookcheck/" + w.id + "-" + p.port() + "\n" +
		"name=" + w.name + "-" + p.port() + " port=" + p.port() + " limit=" + limit + "\nfrom=" + quoteLines(w.from) + "\n"
	head += "rules=(\n"
	for _, rule := range w.rules {
		head += "  " + rule + "\n"
	}
	head += ")\n"
	r := command(w.id, w.title, head+w.prepare+plumbing+firewalldProgram+"put\n", head+w.prepare+plumbingBack+firewalldProgram+"take_away\n")
	r.Apply = "firewall-offline-cmd --check-config\nif firewall-cmd -q --state; then firewall-cmd --list-all; fi\n"
	return r
}

const everyZone = "wanted= # every zone that is in use\n"

// FirewalldOpen opens the port in every zone, before its other rules.
func FirewalldOpen(p *Params) Remedy {
	return firewalldCommand(p, wall{id: "firewalld.open", name: "hookcheck-open", prepare: everyZone,
		title: fillText(text("firewalld: open port @PORT@", "firewalld: открыть порт @PORT@"), "@PORT@", p.port()),
		rules: []string{richRule(thirdPlace, "", p.port(), "accept")}})
}

// FirewalldOpenInterface opens the port in the zone of one interface.
func FirewalldOpenInterface(p *Params) Remedy {
	return firewalldCommand(p, wall{id: "firewalld.open_interface", name: "hookcheck-dev", title: interfaceTitle(p, "firewalld"),
		prepare: publicInterface(p) + "wanted=$(public_interface)\nfrom=\"-i $wanted\"\n",
		rules:   []string{richRule(thirdPlace, "", p.port(), "accept")}})
}

// FirewalldTelegramOnly admits Telegram's ranges and nobody else.
func FirewalldTelegramOnly(p *Params) Remedy {
	rules := []string{richRule(secondPlace, "", p.port(), "drop")}
	for _, n := range TelegramRanges() {
		rules = append(rules, richRule(firstPlace, n.String(), p.port(), "accept"))
	}
	return firewalldCommand(p, wall{id: "firewalld.telegram_only", name: "hookcheck-only", title: telegramOnlyTitle(p, "firewalld"),
		prepare: everyZone, from: iptablesFrom(), limit: true, rules: rules})
}
