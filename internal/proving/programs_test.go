package proving

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/report"
)

// program is a bot that ends TLS itself. Where its source or command line says
// @HERE@, first what is broken stands there, then the remedy's body.
type program struct {
	name, finding, remedy string
	broken                string
	source, run           string
}

const (
	pythonBot = `import http.server, ssl
class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
    def log_message(self, *a): pass
@HERE@
server = http.server.ThreadingHTTPServer(("0.0.0.0", 8443), Hook)
if context: server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
`
	pythonOwn = "context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)\ncontext.load_cert_chain('/etc/pki-test/@PEM@', '/etc/pki-test/key.pem')\n"
	nodeBot   = "const handler = (q, a) => { q.resume(); q.on('end', () => a.end()); };\n@HERE@"
	nodeOwn   = "const fs = require('fs');\nrequire('https').createServer({cert: fs.readFileSync('/etc/pki-test/@PEM@'), key: fs.readFileSync('/etc/pki-test/key.pem')@MORE@}, handler).listen(8443, '0.0.0.0');\n"
)

func programs() []program {
	python := func(broken string) program {
		return program{source: pythonBot, run: "start /usr/bin/python3 /etc/bot", broken: strings.ReplaceAll(broken, "@PEM@", "full.pem")}
	}
	node := func(more string) program {
		return program{source: nodeBot, run: "start node --tls-min-v1.0 /etc/bot", broken: strings.NewReplacer("@PEM@", "full.pem", "@MORE@", more).Replace(nodeOwn)}
	}
	leaf := func(p program) program { p.broken = strings.Replace(p.broken, "full.pem", "leaf.pem", 1); return p }
	named := func(p program, name, finding, remedy string) program {
		p.name, p.finding, p.remedy = name, finding, remedy
		return p
	}
	return []program{
		named(leaf(python(pythonOwn)), "Python: chain", "chain.intermediate_missing", "python.fullchain"),
		named(python("context = None\n"), "Python: plain HTTP", "tls.plaintext_http", "python.tls"),
		named(python(pythonOwn+"context.minimum_version = ssl.TLSVersion.TLSv1\ncontext.maximum_version = ssl.TLSVersion.TLSv1_1\ncontext.set_ciphers('ALL:@SECLEVEL=0')\n"), "Python: versions", "tls.version_too_old", "python.tls_versions"),
		named(python(pythonOwn+"context.maximum_version = ssl.TLSVersion.TLSv1_2\ncontext.set_ciphers('ECDHE-ECDSA-ARIA256-GCM-SHA384')\n"), "Python: ciphers", "tls.no_common_cipher", "python.ciphers"),
		named(leaf(node("")), "Node: chain", "chain.intermediate_missing", "node.fullchain"),
		named(program{source: nodeBot, run: "start node /etc/bot", broken: "require('http').createServer(handler).listen(8443, '0.0.0.0');\n"}, "Node: plain HTTP", "tls.plaintext_http", "node.tls"),
		named(node(", maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0'"), "Node: versions", "tls.version_too_old", "node.tls_versions"),
		named(node(", maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-ARIA256-GCM-SHA384'"), "Node: ciphers", "tls.no_common_cipher", "node.ciphers"),
	}
}

// startProgram runs a program in the background, after the one before ended.
const startProgram = `if [ -e /run/bot.pid ]; then kill $(cat /run/bot.pid) || true; sleep 0.3; fi
start() { "$@" > /var/log/bot 2>&1 & echo $! > /run/bot.pid; }
`

func TestProgramRemedies(t *testing.T) {
	for _, name := range []string{"node", "python3"} {
		need(t, name)
	}
	for _, p := range programs() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.prove(t, newGround(t, strings.HasPrefix(p.finding, "chain.")))
		})
	}
}

func (p program) prove(t *testing.T, g ground) {
	t.Helper()
	for name, text := range issued(pki(t)) {
		g.bot.write(t, name, []byte(text))
	}
	launch := func(here string) {
		g.bot.write(t, "/etc/bot", []byte(strings.Replace(p.source, "@HERE@", here, 1)))
		g.bot.run(t, startProgram+strings.Replace(p.run, "@HERE@", strings.TrimSpace(here), 1))
	}
	launch(p.broken)
	broken := trial{}.awaitLong(t, g, func(r result) bool { return r.finding(p.finding) != nil })
	fix := broken.remedy(t, p.finding, p.remedy)
	g.bot.run(t, fix.Apply)
	launch(fix.Body)
	trial{}.awaitLong(t, g, func(r result) bool { return r.report.Verdict == report.Works })
	if !t.Failed() {
		proven(p.finding, p.remedy)
	}
}

// awaitLong waits for programs that take their time to start.
func (c trial) awaitLong(t *testing.T, g ground, wanted func(result) bool) result {
	t.Helper()
	target := cmp.Or(c.target, hookURL)
	for range 30 {
		if r := g.check(t, target, c.flags...); wanted(r) {
			return r
		}
		time.Sleep(300 * time.Millisecond)
	}
	t.Log(g.bot.run(t, "tail -n 20 /var/log/bot; ss -ltn"))
	return c.await(t, g, target, "the program", wanted)
}
