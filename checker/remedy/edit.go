package remedy

import (
	_ "embed"
	"regexp"
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
	//go:embed data/nginx-http.pl
	editNginxHTTP string
	//go:embed data/apache.pl
	editApache string
	//go:embed data/apache-http.pl
	editApacheHTTP string
	//go:embed data/haproxy.pl
	editHAProxy string
	//go:embed data/haproxy-http.pl
	editHAProxyHTTP string
	//go:embed data/caddy.pl
	editCaddy string
)

// botMark stands in directives where the bot's own address belongs.
const botMark = "bot.invalid:1"

// edit is one change of a configuration.
type edit struct {
	server  server
	task    string // see the end of the server's program
	names   string // directives that give way, or what else the task takes
	lines   string // directives to put there
	plain   string // those for a bot that is found to speak HTTP where its URL says https
	port    string // of the site, the webhook's where empty
	prepare string // shell before, such as writing the file that lines names
	tls     bool   // needs a certificate and key, linked by linkCertificate
	restart bool   // a reload does not move a listening socket
}

// server is what differs between the servers.
type server struct {
	programs []*string
	find     string // shell that sets $conf, and what check and reload use
	check    string // shell that tests the configuration, a single command
	process  string // its name in the list of sockets, a regular expression
	reload   string // shell; starts it where it does not run
	restart  string
}

// program is the whole of the server's program.
func (s server) program() string {
	program := editFiles
	for _, part := range s.programs {
		program += "\n" + *part
	}
	return program
}

// applied tests, then reloads.
func (s server) applied(restart bool) string {
	if restart {
		return s.find + s.check + "\n" + s.restart
	}
	return s.find + s.check + "\n" + s.reload
}

// undoFiles puts back the bytes of every changed file and removes new ones.
const undoFiles = `# the files as they were before; edits made since are lost
if [ -d "$keep" ]; then
  (cd "$keep" && find . ! -type d ! -name .new -print0) | while IFS= read -r -d '' f; do
    if [ -L "$keep/$f" ]; then cp -a --remove-destination "$keep/$f" "/$f"; else cat "$keep/$f" > "/$f"; fi
  done
  if [ -e "$keep/.new" ]; then while IFS= read -r f; do rm -f "$f"; done < "$keep/.new"; fi
  rm -rf "$keep"
  rmdir /etc/ssl/hookcheck /var/backups/hookcheck 2>/dev/null || true
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

// allOrNothing takes back what was done when a later step fails. What an
// earlier run did stays.
const allOrNothing = `give_up() {
  [ -z "$first" ] || restore
  echo 'stopped: the configuration is as it was' >&2
}
`

// editing makes a remedy of a change.
func editing(p *Params, id string, title, place lang.Text, e edit) Remedy {
	port := editPort(p, e)
	keep := "keep=/var/backups/hookcheck/" + id + "-" + fileName(p.host()) + "-" + port + "\n"
	undo := "restore() {\n" + indent(undoFiles) + "}\n"
	prepare := ""
	if e.tls {
		prepare += p.rememberLinks() + p.linkCertificate()
	}
	prepare += e.prepare
	path, _ := p.servedPath()
	if strings.Contains(e.lines, botMark) {
		prepare += findBot(p, e.server, e.task == "redirect")
	}
	lines := "$lines"
	if e.plain != "" && e.plain != e.lines {
		lines = "${plain:-$lines}"
		prepare += plainBot(p, e.plain)
	}
	body := remember + undo + allOrNothing + e.server.find + keep +
		"first=; [ -d \"$keep\" ] || first=yes\ntrap give_up EXIT\n" + prepare +
		"lines=" + quoteLines(e.lines) + "\n" +
		"perl - \"$keep\" \"$conf\" " + shellAlways(p.host()) + " " + port + " " + shellAlways(path) + " " + shellAlways(p.ip()) +
		" \"" + lines + "\" \"" + shellText(e.server.check) + "\" " + strings.TrimSpace(e.task+" "+e.names) + " <<'PERL' || exit 1\n" +
		e.server.programFor(e.task) + "PERL\ntrap - EXIT\n"
	after := editsAfter
	if e.lines == "" { // it takes away, or rewrites a file of certificates
		after = lang.Text{}
	}
	return Remedy{
		ID: id, Platform: platformOf(id), Kind: Command, Title: title,
		Where: text(editsBefore.EN+place.EN+after.EN, editsBefore.RU+place.RU+after.RU),
		Body:  lang.Both(body), Apply: e.server.applied(e.restart), Undo: keep + undoFiles + e.server.applied(e.restart),
		lines: strings.ReplaceAll(e.lines, botMark, "127.0.0.1:8080"),
	}
}

// shellText makes a command part of a text in double quotes, its variables
// filled in there.
func shellText(command string) string {
	return strings.ReplaceAll(command, `"`, `'`)
}

var shellFunction = regexp.MustCompile(`(?m)^[a-z_]+\(\) \{[^\n]*\n(?:.*\n)*?\}\n`)

// plainLines is what plainBot sets.
var plainLines = regexp.MustCompile(`(?ms)^plain=\nif .*?^fi\n`)

// Outline is a body for a reader: functions, and a program that stands in a
// here-document or after the mark plumbing, are left out, the values that they
// are given stay.
func Outline(body string) string {
	for _, mark := range []string{plumbing, plumbingBack} {
		if head, program, found := strings.Cut(body, mark); found {
			return head + strings.TrimSuffix(mark, ":\n") + ": " + strconv.Itoa(strings.Count(program, "\n")) + " lines of shell …\n"
		}
	}
	head, program, found := strings.Cut(body, " <<'PERL' || exit 1\n")
	if !found || !strings.HasSuffix(program, "PERL\ntrap - EXIT\n") {
		return body
	}
	call := head[strings.LastIndexByte(head, '\n')+1:]
	if !strings.HasPrefix(call, "perl - ") {
		return body
	}
	head = plainLines.ReplaceAllString(head, "# the same with http, where the bot is found to speak it …\n")
	head = strings.ReplaceAll(head, `'"$bot"'`, "$bot")
	short := shellFunction.ReplaceAllString(strings.TrimSuffix(head, call), "")
	short = strings.NewReplacer("first=; [ -d \"$keep\" ] || first=yes\n", "", "trap give_up EXIT\n", "").Replace(short)
	return short + "# … then a program of " + strconv.Itoa(strings.Count(program, "\n")) + " lines puts them in place and has the server test them\n"
}

// Steps is a command for a reader: what it does, without the functions that it
// brings along.
func Steps(command string) string { return shellFunction.ReplaceAllString(command, "") }

// editPort is the port of the site that an edit is about.
func editPort(p *Params, e edit) string {
	if e.port != "" {
		return e.port
	}
	return p.port()
}

// quoteLines quotes directives, which may stand on several lines, for a shell.
func quoteLines(s string) string {
	quoted := "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	return strings.ReplaceAll(quoted, botMark, `'"$bot"'`)
}

// findBot sets $bot: the program on this machine, other than the server
// itself, that takes a POST to the webhook's path. One that the configuration
// does not name yet comes first, or where it is only to be kept (known) last.
func findBot(p *Params, s server, known bool) string {
	path, prefix := p.routePath()
	good := "2??|401|403"
	if prefix {
		good += "|400|404|405" // the rest of the path is not known here
	}
	new, old := "echo \"$there\"; return", "old=${old:-$there}"
	if known {
		new, old = "new=${new:-$there}", "echo \"$there\"; return"
	}
	return fill(`# the bot's own address; where the search is wrong name it yourself: BOT=127.0.0.1:PORT
answers() {
  local line=
  { exec 3<> "/dev/tcp/${1%:*}/${1##*:}"; } 2>/dev/null || return 1
  printf 'POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{"update_id":0}' @PATH@ @HOST@ >&3 2>/dev/null || true
  IFS= read -r -t 3 line <&3 2>/dev/null || true
  exec 3>&-
  line=${line#HTTP/1.? }
  case ${line:0:3} in @GOOD@) return 0 ;; esac
  return 1
}
find_bot() {
  local there old= new=
  trap '' PIPE
  for there in $(ss -ltnpH | grep -vE '"(@PROCESS@)"' | awk '{ sub(/%[^:]*:/, ":", $4); sub(/^(\*|0\.0\.0\.0|\[::\]):/, "127.0.0.1:", $4); if (!seen[$4]++) print $4 }'); do
    answers "$(echo "$there" | tr -d '[]')" || continue
    if grep -rqsE "[:\"' ]${there##*:}([^0-9]|\$)" "${conf%/*}"; then @OLD@; else @NEW@; fi
  done
  echo "${old}${new}"
}
bot=${BOT:-$(find_bot)}
bot=${bot:-@MARK@}
`, "@PATH@", shellAlways(path), "@HOST@", shellAlways(p.host()), "@GOOD@", good, "@PROCESS@", s.process, "@OLD@", old, "@NEW@", new, "@MARK@", botMark)
}

// plainBot sets $plain where the bot's port takes connections but no TLS.
func plainBot(p *Params, lines string) string {
	_, addr := p.backend()
	return fill(`plain=
if (: < /dev/tcp/@AT@) 2>/dev/null && ! timeout 5 openssl s_client -connect @ADDR@ </dev/null 2>/dev/null | grep -q 'BEGIN CERTIFICATE'; then
  plain=@LINES@
fi
`, "@AT@", strings.Replace(addr, ":", "/", 1), "@ADDR@", addr, "@LINES@", quoteLines(lines))
}

// portFree stops where another program holds the port that is to be used.
func portFree(p *Params, s server) string {
	return fill(`owner=$(ss -ltnpH 'sport = :@PORT@' | grep -vE '"(@PROCESS@)"' | sed -n 's/.*users:(("\([^"]*\).*/\1/p' | head -n 1)
if [ -n "$owner" ]; then
  echo "port @PORT@ belongs to $owner: take the way that fits that program" >&2
  exit 1
fi
`, "@PORT@", p.frontPort(), "@PROCESS@", s.process)
}
