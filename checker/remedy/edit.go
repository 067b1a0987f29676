package remedy

import (
	_ "embed"
	"strconv"
	"strings"

	"hookcheck/internal/lang"
)

// The programs that put directives into a server's configuration, in place of
// those that stand there. They need what Debian's base system has: perl.
var (
	//go:embed data/files.pl
	editFiles string
	//go:embed data/nginx.pl
	editNginx string
	//go:embed data/apache.pl
	editApache string
	//go:embed data/haproxy.pl
	editHAProxy string
)

// botMark stands in directives where the bot's own address belongs.
const botMark = "bot.invalid:1"

// edit is one change of a configuration.
type edit struct {
	server  server
	task    string // see the end of the server's program
	names   string // directives that give way
	lines   string // directives to put there
	prepare string // shell before, such as writing the file that lines names
	tls     bool   // needs a certificate and key, linked by linkCertificate
}

// server is what differs between the servers.
type server struct {
	program *string
	conf    string // shell that sets $conf
	apply   string // test, then reload; start where it does not run
}

// undoFiles puts back the bytes of every changed file and removes new ones.
const undoFiles = `# the files as they were before; edits made since are lost
if [ -d "$keep" ]; then
  (cd "$keep" && find . ! -type d ! -name .new -print0) | while IFS= read -r -d '' f; do
    if [ -L "$keep/$f" ]; then cp -a --remove-destination "$keep/$f" "/$f"; else cat "$keep/$f" > "/$f"; fi
  done
  if [ -e "$keep/.new" ]; then while IFS= read -r f; do rm -f "$f"; done < "$keep/.new"; fi
  rm -rf "$keep"
fi
`

// remember keeps a file as it was before the first change, or that there was
// none.
const remember = `remember() {
  if [ -e "$keep$1" ] || [ -L "$keep$1" ] || grep -qsxF "$1" "$keep/.new"; then return; fi
  mkdir -p -m 700 "$keep${1%/*}"
  if [ -e "$1" ] || [ -L "$1" ]; then cp -a "$1" "$keep$1"; else echo "$1" >> "$keep/.new"; fi
}
`

// editing makes a remedy of a change.
func editing(p *Params, id string, title, place lang.Text, e edit) Remedy {
	keep := "keep=/var/backups/hookcheck/" + id + "-" + fileName(p.host()) + "-" + p.port() + "\n"
	prepare := ""
	if e.tls {
		prepare += p.rememberLinks() + p.linkCertificate()
	}
	if prepare += e.prepare; prepare != "" {
		prepare = remember + prepare
	}
	path, _ := p.servedPath()
	if strings.Contains(e.lines, botMark) {
		prepare += findBot(p)
	}
	body := keep + e.server.conf + prepare +
		"lines=" + quoteLines(e.lines) + "\n" +
		"perl - \"$keep\" \"$conf\" " + shellAlways(p.host()) + " " + p.port() + " " + shellAlways(path) + " \"$lines\" " + e.task + " " + e.names + " <<'PERL'\n" +
		editFiles + "\n" + *e.server.program + "PERL\n"
	return Remedy{
		ID: id, Platform: platformOf(id), Kind: Command, Title: title,
		Where: text(editsBefore.EN+place.EN+editsAfter.EN, editsBefore.RU+place.RU+editsAfter.RU),
		Body:  lang.Both(body), Apply: e.server.apply, Undo: keep + undoFiles + e.server.conf + e.server.apply,
		lines: strings.ReplaceAll(e.lines, botMark, "127.0.0.1:8080"),
	}
}

// Outline is a body for a reader: a program that stands in a here-document or
// after a mark of plumbing is left out, the values that it is given stay.
func Outline(body string) string {
	for _, mark := range []string{plumbing, plumbingBack} {
		if head, program, found := strings.Cut(body, mark); found {
			return head + strings.TrimSuffix(mark, ":\n") + ": " + strconv.Itoa(strings.Count(program, "\n")) + " lines of shell …\n"
		}
	}
	head, program, found := strings.Cut(body, " <<'PERL'\n")
	if !found {
		return body
	}
	call := head[strings.LastIndexByte(head, '\n')+1:]
	if strings.HasSuffix(program, "PERL\n") && strings.HasPrefix(call, "perl - ") {
		return strings.TrimSuffix(head, call) + "# … then a program of " + strconv.Itoa(strings.Count(program, "\n")) + " lines puts them in place\n"
	}
	return body
}

// quoteLines quotes directives, which may stand on several lines, for a shell.
func quoteLines(s string) string {
	quoted := "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	return strings.ReplaceAll(quoted, botMark, `'"$bot"'`)
}

// rememberLinks remembers what linkCertificate writes.
func (p *Params) rememberLinks() string {
	return "remember " + p.file("-proxy.pem") + "\nremember " + p.file("-proxy.key") + "\n"
}

// rememberBundle writes the corrected chain. Where none could be built the
// file has to be there already.
func (p *Params) rememberBundle() string {
	if p.writeBundle() == "" {
		return p.needBundle()
	}
	return "remember " + p.bundleFile() + "\n" + p.writeBundle()
}

// needBundle is the corrected chain, written where it is known.
func (p *Params) needBundle() string {
	if text := p.writeBundle(); text != "" {
		return text
	}
	return fill("if [ ! -s @FILE@ ]; then\n  echo 'no chain yet in @FILE@: fetch the intermediate first' >&2\n  exit 1\nfi\n", "@FILE@", p.chainFile())
}

// dropBundle takes it away again.
func (p *Params) dropBundle() string {
	if p.writeBundle() == "" {
		return ""
	}
	return "rm -f " + shell(p.bundleFile()) + "\n"
}

// findBot sets $bot: the program on this machine, other than a web server,
// that takes a POST to the webhook's path.
func findBot(p *Params) string {
	_, addr := p.backend()
	path, _ := p.routePath()
	return fill(`# the bot's own address; name it yourself as BOT=127.0.0.1:PORT where the search is wrong
find_bot() {
  local address
  for address in @ADDR@ $(ss -ltnpH | grep -vE '"(nginx|apache2|httpd|haproxy|caddy)"' | awk '{ n = split($4, a, ":"); if (!seen[a[n]]++) print "127.0.0.1:" a[n] }'); do
    case $(curl -s -m 3 -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -d '{"update_id":0}' "http://$address"@PATH@ || true) in
      2??|401|403) echo "$address"; return ;;
    esac
  done
  echo 'no program here answers a POST to the path: taking @ADDR@' >&2
  echo @ADDR@
}
bot=${BOT:-$(find_bot)}
`, "@ADDR@", addr, "@PATH@", shellAlways(path))
}
