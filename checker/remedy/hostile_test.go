package remedy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stubs take the place of the programs that commands call: each prints its
// name and does nothing, so that a whole body can be run.
var stubs = strings.Fields(`apachectl apache2ctl a2enmod awk base64 caddy cat certbot chgrp chmod cmp cp curl cut find firewall-cmd
	firewall-offline-cmd getent grep haproxy head iconv install ip iptables iptables-save ip6tables keytool ln ls mkdir mktemp mv nft
	netfilter-persistent nginx openssl perl pidof python3 rm sed sort ss stat sysctl systemctl tcpdump test timedatectl timeout touch-stub
	tr tail tee ufw update-crypto-policies xargs conntrack ipset date sh service dirname basename readlink chown docker fail2ban-client
	dnf yum apt-get apt modprobe hookcheck dig diff comm uniq wc tac rev od seq sleep id`)

// sandbox is a directory with nothing but stubs on the path. A command that a
// value smuggled in leaves a file behind.
func sandbox(t *testing.T) (root string, run func(name, script string)) {
	t.Helper()
	root = t.TempDir()
	bin := filepath.Join(root, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range stubs {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/bash\n[ -t 0 ] || while read -r line; do :; done\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	// The bait: a hostile value calls it.
	if err := os.WriteFile(filepath.Join(bin, "pwn"), []byte("#!/bin/bash\n: > "+root+"/pwned\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal(err)
	}
	return root, func(name, script string) {
		t.Helper()
		// No redirection may reach the machine: files go below root.
		script = strings.NewReplacer(dir, root+"/ssl", "/etc/", root+"/etc/", "/var/", root+"/var/", "/run/", root+"/run/", "/proc/", root+"/proc/").Replace(script)
		cmd := exec.Command(bash, "-c", script)
		cmd.Dir, cmd.Env = root, []string{"PATH=" + bin, "HOME=" + root}
		_ = cmd.Run() // whether it gets through is for other tests
		if _, err := os.Stat(root + "/pwned"); err == nil {
			os.Remove(root + "/pwned")
			t.Errorf("%s: a value ran as a command:\n%.3000s", name, script)
		}
	}
}

// baits try to run pwn from within every kind of quotes.
var baits = []string{
	"$(pwn)", "`pwn`", "'$(pwn)'", "\"$(pwn)\"", "';pwn;'", "\";pwn;\"", ";pwn;", "&pwn&", "|pwn|", "\npwn\n", "\r\npwn\r\n", "x\\';pwn;'", "${x:-$(pwn)}",
	"PEM\npwn\n", "CNF\npwn\n", "HOOK\npwn\n", "PERL\npwn\n", "<(pwn)", "a b;pwn", "-e;pwn", "$'\\n'pwn", "'\"'\"$(pwn)", "\\$(pwn)", "@HOST@$(pwn)", "@PATH@`pwn`", "\u2028pwn\u2029$(pwn)",
}

// TestNothingIsInjected runs each command with values that want to run one of
// their own.
func TestNothingIsInjected(t *testing.T) {
	_, run := sandbox(t)
	ran := 0
	for _, bait := range baits {
		p := baited(bait)
		var all strings.Builder
		for _, r := range All(p) {
			for _, script := range []string{r.Body.EN, r.Apply, r.Undo} {
				if script == r.Body.EN && r.Kind != Command {
					continue
				}
				fmt.Fprintf(&all, "(\n%s\n) </dev/null >/dev/null 2>&1\n", strings.TrimSuffix(script, "\n"))
				ran++
			}
		}
		run(fmt.Sprintf("%q", bait), all.String())
	}
	if ran < 2000 {
		t.Errorf("only %d scripts ran", ran)
	}
}

// baited has a value in every field that a target, a server or a file fills.
func baited(s string) *Params {
	return &Params{
		Host: s, Port: 8443, IP: s, URL: "https://" + s + "/" + s, Path: "/" + s, SecretGiven: true, Upload: "leaf", UploadHas: true,
		UploadPEM: s + testPEM + s, UploadForm: "pkcs12", UploadName: s, BundlePEM: s + testPEM + s, LeafPEM: testPEM + s, Missing: []string{s},
		AIA: []string{s}, Issuer: s, Names: []string{s, s + ".example.org"}, Location: "https://x.example/" + s, Status: 403, Likely: []string{s},
		OtherIPs: []string{s}, Pinned: s, Edge: s, SelfSigned: true,
	}
}

// TestTheTrapWorks: a value that is not quoted is caught.
func TestTheTrapWorks(t *testing.T) {
	root, run := sandbox(t)
	run("quoted", "cat "+shell("$(pwn)"))
	cmd := exec.Command("bash", "-c", "cat $(pwn)")
	cmd.Env = []string{"PATH=" + root + "/bin"}
	_ = cmd.Run()
	if _, err := os.Stat(root + "/pwned"); err != nil {
		t.Error("the bait left nothing behind")
	}
}

// FuzzRemedies: whatever stands in the fields, every remedy keeps its form and
// each of its scripts is one that bash can read.
func FuzzRemedies(f *testing.F) {
	addHostile(f)
	for _, s := range baits {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if mark.MatchString(s) || placeholder.MatchString(s) || quotedHeads.MatchString(s) || strings.ContainsAny(s, "–—“”‘’") {
			t.Skip("what form looks for may stand in a value")
		}
		for _, r := range All(baited(s)) {
			if err := form(r); err != nil {
				t.Errorf("%s with %q: %v", r.ID, s, err)
			}
			if r.Kind == Note {
				continue
			}
			// A value's line would begin one of the script.
			for _, code := range []string{r.Body.EN, r.Apply, r.Undo} {
				for line := range strings.Lines(code) {
					if strings.HasPrefix(line, "pwn") {
						t.Errorf("%s with %q: a line of its own in\n%s", r.ID, s, code)
					}
				}
			}
		}
	})
}
