package proving

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

func TestIPTablesRemedies(t *testing.T)  { proveWalls(t, iptablesWalls()) }
func TestNFTablesRemedies(t *testing.T)  { proveWalls(t, nftWalls()) }
func TestUFWRemedies(t *testing.T)       { proveWalls(t, ufwWalls()) }
func TestFirewalldRemedies(t *testing.T) { proveWalls(t, firewalldWalls()) }

func proveWalls(t *testing.T, walls []wall) {
	for _, name := range []string{"iptables", "nft", "ufw", "nginx", "ipset", "firewalld"} {
		need(t, name)
	}
	for _, w := range walls {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, false)
			g.serve(t)
			g.bot.startBot(t, "0.0.0.0:22") // ports that no remedy may touch
			g.bot.startBot(t, "0.0.0.0:9999")
			g.bot.run(t, w.setup)
			broken := w.await(t, g, inside, w.finding)
			for _, kind := range strings.Fields(cmp.Or(w.kinds, "open open_interface telegram_only")) {
				w.prove(t, g, broken, kind)
			}
			for _, script := range w.broad {
				w.narrow(t, g, broken, script)
			}
		})
	}
}

// serve runs a healthy nginx on the bot's host.
func (g ground) serve(t *testing.T) {
	t.Helper()
	site := "server { listen 8443 ssl; listen 8444 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; " + answers + " }\n"
	for name, text := range with(pki(t), nginxSite, site) {
		g.bot.write(t, name, []byte(text))
	}
	g.bot.run(t, "nginx")
}

// await checks from an address; finding "" means that it works.
func (w wall) await(t *testing.T, g ground, from, finding string) result {
	t.Helper()
	g.from(t, from)
	c := trial{}
	if finding == "tcp.timeout" {
		c.flags = []string{"--timeout", "1s"}
	}
	return c.await(t, g, hookURL, finding+" from "+from, func(r result) bool {
		if finding == "" {
			return r.exit == 0
		}
		return r.finding(finding) != nil
	})
}

// reach tells which ports of the bot's host an address gets to.
func (g ground) reach(t *testing.T, from string) string {
	t.Helper()
	g.from(t, from)
	return g.telegram.run(t, "for p in 22 9999 8443; do if timeout 0.5 bash -c ': < /dev/tcp/"+botIP+"/'$p 2>/dev/null; then echo $p open; else echo $p shut; fi; done")
}

// prove runs a remedy: it opens the port to whom it says, and changes no other
// port; it does no more when applied again, holds after a boot, and is undone.
func (w wall) prove(t *testing.T, g ground, broken result, kind string) {
	t.Helper()
	id := w.platform + "." + kind
	fix := broken.remedy(t, w.finding, id)
	tool := tools[w.platform]
	before, files := g.bot.run(t, tool.show), g.bot.etc(t)
	ports := map[string]string{inside: g.reach(t, inside), outside: g.reach(t, outside)}
	holds := func(when string) {
		t.Helper()
		for from, was := range ports {
			open := from == inside || kind != "telegram_only"
			want := strings.Replace(was, "8443 open", "8443 shut", 1)
			if open {
				want = strings.Replace(was, "8443 shut", "8443 open", 1)
			}
			got := g.reach(t, from)
			if when == "booted" { // what was opened until the next boot is shut now
				got, want = got[strings.Index(got, "8443"):], want[strings.Index(want, "8443"):]
			}
			if got != want {
				t.Errorf("%s, %s, from %s:\n%s\nwas\n%s", id, when, from, got, was)
			}
		}
	}
	g.bot.run(t, fix.Body)
	g.bot.run(t, fix.Apply)
	w.await(t, g, inside, "")
	holds("applied")
	once := g.bot.run(t, tool.show)
	changes := g.bot.etc(t)
	g.bot.run(t, fix.Body)
	if twice := g.bot.run(t, tool.show); twice != once {
		t.Errorf("%s: applied twice:\n%s\n--- once:\n%s", id, twice, once)
	}
	if names := changed(changes, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("%s: applied twice it changes %v", id, names)
	}
	if !w.drifts {
		g.bot.run(t, tool.flush+tool.boot)
		if booted := g.bot.run(t, tool.show); booted != once {
			t.Errorf("%s: after a boot:\n%s\n--- before:\n%s", id, booted, once)
		}
		holds("booted")
	}
	g.bot.run(t, fix.Undo)
	if after := g.bot.run(t, tool.show); after != before {
		t.Errorf("%s: after undo:\n%s\n--- before:\n%s", id, after, before)
	}
	if names := changed(files, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("%s: after undo %v differ", id, names)
	}
	w.await(t, g, inside, w.finding)
	if w.drifts {
		g.bot.run(t, fix.Body+tool.flush+tool.boot)
		w.await(t, g, inside, "")
		if now := g.reach(t, outside); strings.Contains(now, "8443 open") == (kind == "telegram_only") {
			t.Errorf("%s: after a boot: %s", id, now)
		}
		g.bot.run(t, fix.Undo+tool.flush+w.setup)
	}
	if !t.Failed() {
		proven(w.finding, id)
	}
}

// narrow lets only Telegram in where a rule let everybody in: inserting
// another rule would limit nothing.
func (w wall) narrow(t *testing.T, g ground, broken result, broad string) {
	t.Helper()
	tool := tools[w.platform]
	if !slices.Contains([]string{"ufw", "firewalld"}, w.platform) {
		g.bot.run(t, tool.flush)
	}
	g.bot.run(t, broad)
	if now := g.reach(t, outside); !strings.Contains(now, "8443 open") {
		t.Fatalf("after %s: %s", broad, now)
	}
	fix := broken.remedy(t, w.finding, w.platform+".telegram_only")
	g.bot.run(t, fix.Body)
	w.await(t, g, inside, "")
	if now := g.reach(t, outside); now != "22 open\n9999 open\n8443 shut\n" && now != "22 open\n9999 shut\n8443 shut\n" {
		t.Errorf("after %s and %s:\n%s", broad, fix.ID, now)
	}
	g.bot.run(t, fix.Undo)
}
