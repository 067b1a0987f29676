package remedy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stubs take the place of the programs that commands call: they do nothing, so
// that a whole body can be run.
var stubs = strings.Fields(`apachectl apache2ctl a2enmod awk base64 caddy cat certbot chgrp chmod cmp cp curl cut find firewall-cmd
	firewall-offline-cmd getent grep haproxy head iconv install ip iptables iptables-save ip6tables keytool ln ls mkdir mktemp mv nft
	netfilter-persistent nginx openssl perl pidof python3 rm sed sort ss stat sysctl systemctl tcpdump test timedatectl timeout touch-stub
	tr tail tee ufw update-crypto-policies xargs conntrack ipset date sh service dirname basename readlink chown docker fail2ban-client
	dnf yum apt-get apt modprobe hookcheck dig diff comm uniq wc tac rev od seq sleep id`)

// sandbox is a directory with nothing but stubs on the path. A command that a
// value smuggled in leaves a file behind.
func sandbox(t *testing.T) (root string, run func(name string, scripts ...string)) {
	t.Helper()
	root = t.TempDir()
	bin := filepath.Join(root, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	nothing, err := exec.LookPath("true")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stubs {
		if err := os.Symlink(nothing, filepath.Join(bin, name)); err != nil {
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
	return root, func(name string, scripts ...string) {
		t.Helper()
		work := filepath.Join(root, "scripts")
		if err := os.RemoveAll(work); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(work, 0o755); err != nil {
			t.Fatal(err)
		}
		for i, script := range scripts {
			// No redirection may reach the machine: files go below root.
			script = strings.NewReplacer(dir, root+"/ssl", "/etc/", root+"/etc/", "/var/", root+"/var/", "/run/", root+"/run/", "/proc/", root+"/proc/").Replace(script)
			if err := os.WriteFile(filepath.Join(work, fmt.Sprintf("%04d", i)), []byte(script), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		// One by one: a script that bash cannot read must not hide the others.
		cmd := exec.Command(bash, "-c", `for f in scripts/*; do
  ( eval "$(<"$f")" ) </dev/null >/dev/null 2>&1
  if [ -e pwned ]; then echo "$f"; exit 1; fi
done`)
		cmd.Dir, cmd.Env = root, []string{"PATH=" + bin, "HOME=" + root}
		if out, err := cmd.CombinedOutput(); err != nil {
			os.Remove(root + "/pwned")
			script, _ := os.ReadFile(filepath.Join(root, strings.TrimSpace(string(out))))
			t.Errorf("%s: a value ran as a command in %s\n%.2000s", name, out, script)
		}
	}
}

// baits try to run pwn from within every kind of quotes.
var baits = []string{
	"$(pwn)`pwn`", "'$(pwn)'", "';pwn;'", "\";pwn;\"", ";pwn;&pwn&|pwn|", "\r\npwn\r\n", "x\\';pwn;'", "PEM\npwn\nCNF\npwn\nHOOK\npwn\nPERL\npwn\n", "'\"'\"$(pwn)",
}

// TestNothingIsInjected runs each command with values that want to run one of
// their own.
func TestNothingIsInjected(t *testing.T) {
	_, run := sandbox(t)
	ran := 0
	for _, bait := range baits {
		p := baited(bait)
		var all []string
		for _, r := range All(p) {
			scripts := []string{r.Apply, r.Undo}
			if r.Kind == Command {
				scripts = append(scripts, r.Body.EN)
			}
			for _, script := range scripts {
				if strings.Contains(script, "pwn") { // the others hold nothing of the value
					all = append(all, script)
				}
			}
		}
		ran += len(all)
		run(fmt.Sprintf("%q", bait), all...)
	}
	if ran < 300 {
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
