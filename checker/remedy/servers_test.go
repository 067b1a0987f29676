package remedy

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The tests in this file have the real servers read what the remedies say.
// Only paths are changed: to a directory of the test.

// files makes a certificate and key under every name that remedies use.
func files(t *testing.T, p *Params) (root string, replace func(string) string) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	root = t.TempDir()
	replace = func(s string) string {
		return strings.NewReplacer(dir, root, "/etc/letsencrypt/live", root+"/live", "/etc/nginx/conf.d", root,
			"/etc/haproxy/haproxy.cfg", root+"/haproxy.cfg").Replace(s)
	}
	run(t, replace(OpenSSLSelfSigned(p).Body.EN))
	live := replace(p.live())
	if err := os.MkdirAll(live, 0o755); err != nil {
		t.Fatal(err)
	}
	copyTo(t, replace(p.file(".pem")), live+"/fullchain.pem", live+"/chain.pem", replace(p.bundleFile()), replace(p.file("-chain.pem")))
	copyTo(t, replace(p.file(".key")), live+"/privkey.pem")
	run(t, replace(p.joinPEM()))
	run(t, "printf '%s %s\\n' "+shell(replace(p.haproxyPEM()))+" "+shell(p.host())+" > "+shell(replace(p.file("-crt-list.txt"))))
	return root, replace
}

func copyTo(t *testing.T, from string, to ...string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range to {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// run executes a body as the contract says: bash -e, no input.
func run(t *testing.T, script string) string {
	t.Helper()
	out, err := exec.Command("bash", "-e", "-c", script).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n--- from\n%s", err, out, script)
	}
	return string(out)
}

// eachConfig hands over the configurations of a platform in several
// situations; with hostile paths only those that hold the path.
func eachConfig(t *testing.T, platform string, use func(name, root string, p *Params, id, body string)) {
	t.Helper()
	count, known := 0, map[string]bool{}
	each := func(name, root string, p *Params, replace func(string) string) {
		for _, r := range All(p) {
			if r.Platform == platform && r.lines != "" && !known[r.ID+r.lines] {
				known[r.ID+r.lines] = true
				use(name+": "+r.ID, root, p, r.ID, replace(r.lines))
				count++
			}
		}
	}
	for _, name := range []string{"ip", "odd", "token", "sample"} {
		p := situations()[name]
		root, replace := files(t, p)
		each(name, root, p, replace)
		if name != "sample" {
			continue
		}
		for _, h := range hostile {
			q := Sample()
			q.Path, q.URL = "/"+h, "https://bot.example.org:8443/"+h
			each("path "+h, root, q, replace)
		}
	}
	if count < 40 {
		t.Errorf("only %d configurations were read", count)
	}
}

// accepts writes a configuration, has the server test it and reports.
func accepts(t *testing.T, what, conf string, command ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, arg := range command {
		command[i] = strings.ReplaceAll(arg, "CONF", file)
	}
	if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s\n--- from\n%s", what, err, out, conf)
	}
}

func lookPath(t *testing.T, program string) string {
	t.Helper()
	for _, dir := range []string{"", "/usr/sbin/", "/usr/local/sbin/"} {
		if path, err := exec.LookPath(dir + program); err == nil {
			return path
		}
	}
	t.Skipf("%s is not installed", program)
	return ""
}

func TestNginxReadsIt(t *testing.T) {
	nginx := lookPath(t, "nginx")
	eachConfig(t, Nginx, func(name, root string, p *Params, id, body string) {
		if id == "nginx.proxy" {
			accepts(t, name, nginxFrame(root, body), nginx, "-t", "-q", "-c", "CONF", "-p", root)
			return
		}
		if id == "nginx.upstream" {
			body = "proxy_pass " + body + ";\n"
		}
		if id == "nginx.upstream" || id == "nginx.allow_telegram" {
			body = "location /x {\n" + body + "}\n"
		}
		if !strings.Contains(body, "ssl_certificate ") {
			body += "ssl_certificate " + root + strings.TrimPrefix(p.bundleFile(), dir) + ";\n"
		}
		if !strings.Contains(body, "ssl_certificate_key ") {
			body += "ssl_certificate_key " + root + strings.TrimPrefix(p.file(".key"), dir) + ";\n"
		}
		accepts(t, name, nginxFrame(root, "server {\n"+body+"}\n"), nginx, "-t", "-q", "-c", "CONF", "-p", root)
	})
}

// nginxFrame is a whole configuration that writes nowhere but to root.
func nginxFrame(root, servers string) string {
	temp := ""
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temp += kind + "_temp_path " + root + "/" + kind + ";\n"
	}
	return "pid " + root + "/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n" + temp + servers + "}\n"
}

// apacheModulesLine loads what the directives need, from Debian's directory.
func apacheModulesLine(t *testing.T) string {
	t.Helper()
	const where = "/usr/lib/apache2/modules/mod_"
	var b strings.Builder
	for _, m := range []string{"mpm_event", "authn_core", "authz_core", "authz_host", "socache_shmcb", "ssl", "proxy", "proxy_http", "rewrite", "remoteip"} {
		if _, err := os.Stat(where + m + ".so"); err != nil {
			t.Skip("apache's modules are elsewhere")
		}
		b.WriteString("LoadModule " + m + "_module " + where + m + ".so\n")
	}
	return b.String()
}

func TestApacheReadsIt(t *testing.T) {
	apache, modules := lookPath(t, "apache2"), apacheModulesLine(t)
	eachConfig(t, Apache, func(name, root string, p *Params, id, body string) {
		before, listen := modules+"ServerRoot "+root+"\nPidFile "+root+"/pid\nErrorLog /dev/stderr\nDefaultRuntimeDir "+root+"\nMutex file:"+root+"\nServerName localhost\n", "Listen 127.0.0.1:8443\n"
		switch id {
		case "apache.proxy":
			accepts(t, name, before+listen+body, apache, "-t", "-f", "CONF")
			return
		case "apache.listen_public":
			listen, body = body, ""
		}
		if !strings.Contains(body, "SSLCertificateKeyFile") {
			pem := "SSLCertificateFile " + root + strings.TrimPrefix(p.bundleFile(), dir) + "\n"
			if strings.Contains(body, "SSLCertificateFile") {
				pem = ""
			}
			body = "SSLEngine on\n" + pem + "SSLCertificateKeyFile " + root + strings.TrimPrefix(p.file(".key"), dir) + "\n" + body
		}
		conf := before + listen + "<VirtualHost *:8443>\n" + body + "</VirtualHost>\n"
		accepts(t, name, conf, apache, "-t", "-f", "CONF")
	})
}

func TestHAProxyReadsIt(t *testing.T) {
	haproxy := lookPath(t, "haproxy")
	eachConfig(t, HAProxy, func(name, _ string, _ *Params, id, body string) {
		global, frontend, backend := "", "bind :8443\n", "server bot 127.0.0.1:8080\n"
		switch id {
		case "haproxy.tls_versions", "haproxy.ciphers", "haproxy.dh":
			global = body
		case "haproxy.proxy":
			backend += body
		case "haproxy.listen_public":
			frontend = body + "\n"
		case "haproxy.route", "haproxy.upstream":
			first, rest, _ := strings.Cut(body, "\n")
			frontend += first + "\n"
			backend += rest
		case "haproxy.no_redirect":
			frontend += "http-request redirect scheme https unless { ssl_fc } || " + body + "\n"
		case "haproxy.proxy_protocol", "haproxy.client_certificate", "haproxy.pem":
			return
		default:
			frontend = "bind :8443 " + body + "\n"
		}
		conf := "global\n" + global + "defaults\nmode http\ntimeout connect 5s\ntimeout client 5s\ntimeout server 5s\nfrontend f\n" + frontend + "default_backend b\nbackend b\n" + backend
		accepts(t, name, conf, haproxy, "-c", "-q", "-f", "CONF")
	})
}

// TestProgramsCompile has perl read the programs that edit configurations, whole
// and as they are left for each task.
func TestProgramsCompile(t *testing.T) {
	perl := lookPath(t, "perl")
	for name, s := range map[string]server{"nginx": nginxServer, "apache": apacheServer, "haproxy": haproxyServer, "caddy": caddyServer} {
		whole := s.program()
		programs := map[string]string{"": whole}
		for _, branch := range regexp.MustCompile(`(?m)^(?:els)?if \(\$task eq '([a-z-]+)'\)`).FindAllStringSubmatch(whole, -1) {
			programs[branch[1]] = prune(whole, branch[1])
		}
		if len(programs) < 10 {
			t.Errorf("%s: only %d tasks are found", name, len(programs))
		}
		for task, program := range programs {
			cmd := exec.Command(perl, "-c", "-")
			cmd.Stdin = strings.NewReader(program)
			if out, err := cmd.CombinedOutput(); err != nil || strings.Count(string(out), "\n") != 1 {
				t.Errorf("%s, %s: %v\n%s", name, task, err, out)
			}
			t.Logf("%s, %s: %d of %d bytes", name, task, len(program), len(whole))
		}
	}
}
