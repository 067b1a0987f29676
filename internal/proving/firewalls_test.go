package proving

import (
	"strings"
	"testing"
)

// blocked is a ground whose firewalls shut the port, and the report that says
// so.
func blocked(t *testing.T, setup string) (ground, result) {
	t.Helper()
	g := newGround(t, false)
	g.serve(t)
	g.bot.startBot(t, "0.0.0.0:22")
	g.bot.run(t, setup)
	return g, wall{}.await(t, g, inside, "tcp.timeout")
}

// apply runs fixes of the report, or undoes them.
func (g ground) apply(t *testing.T, r result, undo bool, ids ...string) {
	t.Helper()
	for _, id := range ids {
		fix := r.remedy(t, "tcp.timeout", id)
		if undo {
			g.bot.run(t, fix.Undo)
		} else {
			g.bot.run(t, fix.Body+fix.Apply)
		}
	}
}

func (g ground) expect(t *testing.T, when string, inOpen, outOpen bool) {
	t.Helper()
	for from, want := range map[string]bool{inside: inOpen, outside: outOpen} {
		if now := g.reach(t, from); strings.Contains(now, "8443 open") != want || !strings.Contains(now, "22 open") {
			t.Errorf("%s, from %s:\n%s", when, from, now)
		}
	}
}

// TestFirewallsTogether: a host with three of them, each shut.
func TestFirewallsTogether(t *testing.T) {
	t.Parallel()
	g, r := blocked(t, nft("table inet x {\n"+input("5; policy drop;", "")+"}\n")+
		"ufw allow 22/tcp; ufw --force enable; iptables -I INPUT -p tcp --dport 8443 -j DROP")
	all := []string{"nftables.open", "ufw.open", "iptables.open"}
	g.apply(t, r, false, all...)
	g.expect(t, "opened", true, true)
	g.bot.run(t, "iptables -S") // which refuses tables that others have written to in their own way
	g.apply(t, r, false, "ufw.telegram_only")
	g.expect(t, "the iptables rule stands before ufw's", true, true)
	g.apply(t, r, false, "iptables.telegram_only")
	g.expect(t, "narrowed", true, false)
	g.apply(t, r, true, append([]string{"iptables.telegram_only", "ufw.telegram_only"}, all...)...)
	g.expect(t, "undone", false, false)
}

// TestLastFixCounts: of two fixes for one port the one that was applied last,
// in force and after a boot, whatever is undone first.
func TestLastFixCounts(t *testing.T) {
	for tool, setup := range map[string]string{
		"iptables": stateful + "iptables -P INPUT DROP", "nftables": nft("table inet x {\n" + input("5; policy drop;", "") + "}\n"),
	} {
		t.Run(tool, func(t *testing.T) {
			t.Parallel()
			g, r := blocked(t, setup)
			open, only := tool+".open", tool+".telegram_only"
			boot := tools[tool].flush + tools[tool].boot
			g.apply(t, r, false, only, open)
			g.expect(t, "open after only", true, true)
			g.bot.run(t, boot)
			g.expect(t, "open after only, booted", true, true)
			g.apply(t, r, false, only)
			g.expect(t, "only again", true, false)
			g.bot.run(t, boot)
			g.expect(t, "only again, booted", true, false)
			g.apply(t, r, true, open)
			g.expect(t, "open undone", true, false)
			g.apply(t, r, true, only)
			g.expect(t, "both undone", false, false)
		})
	}
}

// TestFirewalldStopped: the configuration is changed where the daemon does not
// run.
func TestFirewalldStopped(t *testing.T) {
	t.Parallel()
	const stop = "kill $(cat /run/firewalld.pid); while [ -e /run/firewalld.pid ]; do sleep 0.05; done\n"
	g, r := blocked(t, startFirewalld+"firewall-cmd -q --set-default-zone=drop; firewall-cmd -q --permanent --zone=drop --add-service=ssh; firewall-cmd -q --reload\n")
	g.bot.run(t, stop)
	files := g.bot.etc(t)
	g.apply(t, r, false, "firewalld.telegram_only")
	g.bot.run(t, startFirewalld)
	g.expect(t, "started again", true, false)
	g.bot.run(t, stop)
	g.apply(t, r, true, "firewalld.telegram_only")
	if names := changed(files, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("after undo %v differ", names)
	}
}

// TestConnectionLimit: a host that takes one connection of those that a check
// makes leaves the answer open, and is not said to work.
func TestConnectionLimit(t *testing.T) {
	t.Parallel()
	g := newGround(t, false)
	g.serve(t)
	g.bot.run(t, "iptables -A INPUT -p tcp --syn --dport 8443 -m limit --limit 1/hour --limit-burst 1 -j ACCEPT; iptables -A INPUT -p tcp --syn --dport 8443 -j REJECT")
	if r := g.check(t, hookURL); r.exit != 3 || r.finding("http.undecided") == nil || r.finding("tls.unfinished") != nil {
		t.Errorf("exit %d: %s", r.exit, r.report.Summary)
	}
}

// TestNetfilterPersistent: Debian's own program loads what the fixes keep, also
// where it has saved the rules itself since.
func TestNetfilterPersistent(t *testing.T) {
	t.Parallel()
	const unpacked = "/usr/local/lib/hookcheck-tests/netfilter-persistent"
	if !fileExists(unpacked + "/usr/sbin/netfilter-persistent") {
		t.Fatal("netfilter-persistent is not unpacked; scripts/test.sh does it")
	}
	const mount = "for d in share sbin; do mount -t overlay -o lowerdir=" + unpacked + "/usr/$d:/usr/$d none /usr/$d; done\n"
	g, r := blocked(t, mount+stateful+"iptables -P INPUT DROP; mkdir -p /etc/iptables; netfilter-persistent save\n")
	boot := tools["iptables"].flush + "netfilter-persistent start\n"
	for _, id := range []string{"iptables.open", "iptables.telegram_only"} {
		files := g.bot.etc(t)
		g.apply(t, r, false, id)
		g.bot.run(t, boot)
		g.expect(t, id+", booted", true, id == "iptables.open")
		g.apply(t, r, true, id)
		if names := changed(files, g.bot.etc(t)); len(names) > 0 {
			t.Errorf("%s: after undo %v differ", id, names)
		}
		g.apply(t, r, false, id)
		g.bot.run(t, "netfilter-persistent save")
		g.apply(t, r, true, id)
		g.bot.run(t, boot)
		g.expect(t, id+", saved and undone", false, false)
	}
}
