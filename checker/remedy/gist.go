package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// What stands around the place that an edit changes.
var (
	editsBefore = lang.Text{
		EN: "shell on the bot's host, as root (needs perl; files changed are kept in /var/backups/hookcheck for the undo). It changes ",
		RU: "командная строка сервера бота, от root (нужен perl; прежние файлы сохраняются в /var/backups/hookcheck для отмены). Меняет ",
	}
	editsAfter = lang.Text{
		EN: ". By hand: the text after `lines=` is what belongs there",
		RU: ". Вручную: туда вписывается текст после `lines=`",
	}
)

// Place is where a fix goes for who makes it by hand: the place alone.
func Place(where string) string {
	for _, l := range lang.All() {
		if place, ok := strings.CutPrefix(where, editsBefore.In(l)); ok {
			return strings.TrimSuffix(place, editsAfter.In(l))
		}
	}
	return where
}

// Gist is what a long body comes to, for who reads it or does it by hand: the
// directives that it puts in, or the firewall's rules. ok is false where the
// body is its own best account.
func Gist(body string) (text string, ok bool) {
	if Outline(body) == body {
		return "", false
	}
	if text, ok = between(body, "\nlines='", "'\nperl - "); ok {
		text = strings.NewReplacer(`'\''`, "'", `'"$bot"'`, "127.0.0.1:8080").Replace(text)
	} else if text, ok = shortForm(body); !ok {
		text, ok = rulesOf(body)
	}
	text = strings.Trim(text, "\n")
	return text + "\n", ok && text != ""
}

// Brief is a long body in short: its gist, or where it puts in nothing (it
// takes away, or writes a file anew) the command without the program.
func Brief(body string) (text string, ok bool) {
	if text, ok = Gist(body); ok {
		return text, true
	}
	text = Outline(body)
	return text, text != body
}

// rulesOf are the rules that a body hands to ufw or firewalld.
func rulesOf(body string) (string, bool) {
	if list, ok := between(body, "\nrules=\"\n", "\n\" # each of them by ufw prepend"); ok {
		list = strings.ReplaceAll(list, "$(public_interface)", "INTERFACE")
		return "ufw prepend " + strings.ReplaceAll(list, "\n", "\nufw prepend "), true
	}
	list, ok := between(body, "\nrules=(\n  ", "\n)\n")
	return "firewall-cmd --permanent " + strings.ReplaceAll(list, "\n  ", "\nfirewall-cmd --permanent "), ok
}

// shortForm is the comment that firewall bodies begin with.
func shortForm(body string) (string, bool) {
	body = strings.ReplaceAll("\n"+body, shortNext, "\x00")
	text, ok := between(body, "\n"+shortMark, "\n")
	return strings.ReplaceAll(text, "\x00", "\n"), ok
}

func between(s, begin, end string) (string, bool) {
	_, rest, found := strings.Cut(s, begin)
	if !found {
		return "", false
	}
	inside, _, found := strings.Cut(rest, end)
	return inside, found
}

// WritesChain tells whether a body carries the corrected chain with it.
func WritesChain(body string) bool { return strings.Contains(body, "-fullchain.pem <<'PEM'") }
