package remedy

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// inNamespace runs a script with a network and an /etc of its own.
func inNamespace(t *testing.T, script string) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root for network namespaces")
	}
	const private = "mount --make-rprivate /\nmount -t tmpfs none /mnt\ncp -a /etc /mnt/etc\nmount --bind /mnt/etc /etc\nip link set lo up\n"
	if err := exec.Command("unshare", "-n", "-m", "bash", "-e", "-c", private).Run(); err != nil {
		t.Skipf("no namespaces here: %v", err)
	}
	out, err := exec.Command("unshare", "-n", "-m", "bash", "-e", "-c", private+script).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n--- from\n%s", err, out, script)
	}
	return string(out)
}

// scenario applies a remedy twice, loads what was saved as a boot does, and
// undoes it; show prints the state.
func scenario(r Remedy, setup, show, boot string) string {
	sub := func(s string) string { return "(\n" + s + ") >/dev/null 2>&1\n" }
	return setup + "show() { " + show + "; }\n" +
		"before=$(show)\n" + sub(r.Body.EN) + "once=$(show)\n" + sub(r.Body.EN) + "twice=$(show)\n" +
		boot + "\nbooted=$(show)\n" + sub(r.Undo) + "after=$(show)\n" +
		`echo "$once"
[ "$before" != "$once" ] || { echo 'FAULT: nothing changed'; }
[ "$once" = "$twice" ] || { echo 'FAULT: applied twice'; echo "$twice"; }
[ "$once" = "$booted" ] || { echo 'FAULT: after boot'; echo "$booted"; }
[ "$before" = "$after" ] || { echo 'FAULT: after undo'; echo "$after"; }
`
}

func TestFirewallRemedies(t *testing.T) {
	tools := map[string]struct{ program, setup, show, boot, blocking string }{
		IPTables: {"iptables", "iptables -P INPUT DROP\niptables -A INPUT -p tcp --dport 8443 -j REJECT\n",
			"iptables-save | grep ^-A", "iptables -F; iptables -t nat -F; iptables-restore < /etc/iptables/rules.v4", "-j REJECT"},
		NFTables: {"nft", "cat > /etc/nftables.conf <<'N'\nflush ruleset\ntable inet filter {\n chain input {\n  type filter hook input priority 0; policy drop;\n  tcp dport 8443 counter drop\n }\n}\nN\nprintf %s \"$(cat /etc/nftables.conf)\" > /etc/nftables.conf\nnft -f /etc/nftables.conf\n",
			"nft -s list ruleset", "nft flush ruleset; nft -f /etc/nftables.conf", "counter drop\n"},
		UFW: {"ufw", "ufw default deny incoming >/dev/null\nufw allow 22/tcp >/dev/null\nufw deny 8443/tcp >/dev/null\nufw deny 8000:9000/tcp >/dev/null\nufw --force enable >/dev/null\n",
			"ufw status numbered", "ufw reload >/dev/null", "8000:9000"},
	}
	cases := []struct {
		make Constructor
		want []string // in this order, before the rule that blocks
	}{
		{IPTablesOpen, []string{"--dport 8443", "-j ACCEPT"}},
		{IPTablesTelegramOnly, []string{"-j HOOKCHECK-8443"}},
		{IPTablesRedirect, []string{"--ctstate DNAT"}},
		{NFTablesOpen, []string{"tcp dport 8443 counter accept"}},
		{NFTablesTelegramOnly, []string{"ip saddr 149.154.160.0/20", "ip saddr 91.108.4.0/22"}},
		{NFTablesRedirect, []string{"ct status dnat"}},
		{UFWOpen, []string{"8443/tcp                   ALLOW"}},
		{UFWTelegramOnly, []string{"ALLOW IN    91.108.4.0/22", "8443/tcp                   DENY"}},
	}
	for _, c := range cases {
		r := c.make(Sample())
		tool := tools[r.Platform]
		t.Run(r.ID, func(t *testing.T) {
			lookPath(t, tool.program)
			out := inNamespace(t, scenario(r, tool.setup, tool.show, tool.boot))
			if strings.Contains(out, "FAULT") {
				t.Errorf("%s", out)
			}
			at := 0
			for _, want := range append(c.want, tool.blocking) {
				i := strings.Index(out[at:], want)
				if i < 0 {
					t.Fatalf("no %q in its place:\n%s", want, out)
				}
				at += i
			}
		})
	}
}
