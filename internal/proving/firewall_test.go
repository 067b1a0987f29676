package proving

import (
	"testing"

	"hookcheck/checker/report"
)

// wall is a firewall: how it blocks, what it holds, and how a boot loads it.
type wall struct {
	name, platform string
	finding        string
	setup          string // after which the port is blocked
	show           string // its rules, without counters
	boot           string // flushes the rules and loads those on disk
}

const (
	showTables = "iptables-save | sed -e '/^#/d' -e 's/ \\[[0-9:]*\\]//'"
	showNFT    = "nft -s list ruleset"
	showUFW    = "ufw status numbered; cat /etc/ufw/user.rules"
	bootTables = "iptables -F; iptables -X; iptables -P INPUT ACCEPT; iptables -t nat -F; iptables-restore < /etc/iptables/rules.v4"
	bootNFT    = "nft flush ruleset; nft -f /etc/nftables.conf"
	bootUFW    = "iptables -F; iptables -X; iptables -P INPUT ACCEPT; /lib/ufw/ufw-init force-reload"
)

func nft(rules string) string {
	return "cat > /etc/nftables.conf <<'N'\n#!/usr/sbin/nft -f\nflush ruleset\n" + rules + "N\nnft -f /etc/nftables.conf\n"
}

func walls() []wall {
	const state = "  ct state established,related accept\n  iif lo accept\n  tcp dport 22 counter accept\n"
	return []wall{
		{"iptables policy", "iptables", "tcp.timeout", "iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\niptables -A INPUT -i lo -j ACCEPT\niptables -P INPUT DROP\n", showTables, bootTables},
		{"iptables DROP last", "iptables", "tcp.timeout", "iptables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\niptables -A INPUT -j DROP\n", showTables, bootTables},
		{"iptables REJECT", "iptables", "tcp.refused", "iptables -A INPUT -p tcp --dport 8443 -j REJECT\n", showTables, bootTables},
		{"nftables policy with counters", "nftables", "tcp.timeout", nft("table inet filter {\n counter blocked {}\n chain input {\n  type filter hook input priority filter; policy drop;\n" + state + "  counter name blocked\n }\n}\n"), showNFT, bootNFT},
		{"nftables reject", "nftables", "tcp.refused", nft("table ip web {\n chain in {\n  type filter hook input priority 0;\n  tcp dport { 8443, 9000-9010 } counter reject with tcp reset\n }\n}\n"), showNFT, bootNFT},
		{"ufw default deny", "ufw", "tcp.timeout", "ufw --force enable\n", showUFW, bootUFW},
		{"ufw deny rules", "ufw", "tcp.timeout", "ufw allow 22/tcp\nufw deny 8443/tcp\nufw deny 8000:9000/tcp\nufw deny from 203.0.113.0/24\nufw --force enable\n", showUFW, bootUFW},
		{"ufw reject", "ufw", "tcp.refused", "ufw reject 8443/tcp\nufw --force enable\n", showUFW, bootUFW},
	}
}

func TestFirewallRemedies(t *testing.T) {
	for _, name := range []string{"iptables", "nft", "ufw", "nginx"} {
		need(t, name)
	}
	for _, w := range walls() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, false)
			g.serve(t)
			g.bot.run(t, w.setup)
			broken := w.expect(t, g, inside, w.finding)
			kinds := []string{"open"}
			if w.finding == "tcp.timeout" {
				kinds = append(kinds, "open_interface", "telegram_only")
			}
			for _, kind := range kinds {
				w.prove(t, g, broken, w.platform+"."+kind)
			}
			if w.finding != "tcp.timeout" {
				return
			}
			// A broad rule that is there: inserting another would limit nothing.
			wide, only := broken.remedy(t, w.finding, w.platform+".open"), broken.remedy(t, w.finding, w.platform+".telegram_only")
			for _, script := range []string{wide.Body, wide.Apply, only.Body, only.Apply} {
				g.bot.run(t, script)
			}
			w.expect(t, g, inside, "")
			w.expect(t, g, outside, "tcp.timeout")
		})
	}
}

// serve runs a healthy nginx on the bot's host.
func (g ground) serve(t *testing.T) {
	t.Helper()
	for name, text := range with(pki(t), nginxSite, "server { listen 8443 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; "+answers+" }\n") {
		g.bot.write(t, name, []byte(text))
	}
	g.bot.run(t, "nginx")
}

// expect checks from an address; finding "" means that it works.
func (w wall) expect(t *testing.T, g ground, from, finding string) result {
	t.Helper()
	g.from(t, from)
	c := trial{flags: []string{"--timeout", "2s"}}
	return c.await(t, g, hookURL, finding+" from "+from, func(r result) bool {
		if finding == "" {
			return r.report.Verdict == report.Works
		}
		return r.finding(finding) != nil
	})
}

func (w wall) prove(t *testing.T, g ground, broken result, id string) {
	t.Helper()
	fix := broken.remedy(t, w.finding, id)
	works := func(when string) {
		t.Helper()
		w.expect(t, g, inside, "")
		if id == w.platform+".telegram_only" {
			w.expect(t, g, outside, "tcp.timeout")
		} else if w.name != "ufw deny rules" { // which shut the other address out as a whole
			w.expect(t, g, outside, "")
		}
	}
	before := g.bot.run(t, w.show)
	g.bot.run(t, fix.Body)
	g.bot.run(t, fix.Apply)
	works("applied")
	once := g.bot.run(t, w.show)
	g.bot.run(t, fix.Body)
	if twice := g.bot.run(t, w.show); twice != once {
		t.Errorf("%s: applied twice:\n%s\n--- once:\n%s", id, twice, once)
	}
	g.bot.run(t, w.boot)
	if booted := g.bot.run(t, w.show); booted != once {
		t.Errorf("%s: after a boot:\n%s\n--- before:\n%s", id, booted, once)
	}
	works("booted")
	g.bot.run(t, fix.Undo)
	if after := g.bot.run(t, w.show); after != before {
		t.Errorf("%s: after undo:\n%s\n--- before:\n%s", id, after, before)
	}
	w.expect(t, g, inside, w.finding)
	if !t.Failed() {
		proven(w.finding, id)
	}
}
