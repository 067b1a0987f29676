package proving

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// lab2 is two hosts on one wire, in network namespaces of their own: nothing
// of the machine's own network is touched.
type lab2 struct {
	bot, telegram string // namespaces
	botIP         string
}

func newLab(t *testing.T) lab2 {
	t.Helper()
	need(t, "ip")
	if os.Geteuid() != 0 {
		t.Fatal("network namespaces need root")
	}
	id := fmt.Sprint(os.Getpid() % 100000)
	l := lab2{bot: "hcb" + id, telegram: "hct" + id, botIP: "198.18.7.2"}
	for _, ns := range []string{l.bot, l.telegram} {
		sh(t, "ip netns add "+ns)
		t.Cleanup(func() { exec.Command("ip", "netns", "del", ns).Run() })
		sh(t, "ip -n "+ns+" link set lo up")
	}
	sh(t, fmt.Sprintf("ip -n %s link add b0 type veth peer name t0 netns %s", l.bot, l.telegram))
	sh(t, fmt.Sprintf("ip -n %s addr add %s/24 dev b0; ip -n %s link set b0 up", l.bot, l.botIP, l.bot))
	sh(t, fmt.Sprintf("ip -n %s addr add 198.18.7.1/24 dev t0; ip -n %s link set t0 up", l.telegram, l.telegram))
	return l
}

func sh(t *testing.T, script string) {
	t.Helper()
	if out, err := exec.Command("bash", "-ec", script).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
}

// TestFirewall: a port that drops leaves the question open, one that rejects
// does not, and neither does a host that is not there.
func TestFirewall(t *testing.T) {
	l := newLab(t)
	iptables := need(t, "iptables")
	from := strings.Fields("ip netns exec " + l.telegram)
	for _, c := range []struct {
		name, rule, verdict string
		exit                int
		blocker             string
	}{
		{"drops", "-A INPUT -p tcp --dport 8443 -j DROP", "unknown", 3, "tcp.timeout"},
		{"rejects", "-A INPUT -p tcp --dport 8443 -j REJECT --reject-with tcp-reset", "fails", 1, "tcp.refused"},
		{"rejects by ICMP", "-A INPUT -p tcp --dport 8443 -j REJECT --reject-with icmp-host-unreachable", "fails", 1, "tcp.unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sh(t, fmt.Sprintf("ip netns exec %s %s -F INPUT; ip netns exec %s %s %s", l.bot, iptables, l.bot, iptables, c.rule))
			got := runCheck(t, from, []string{"--connect-to", l.botIP, "--timeout", "2s"}, testpki.Host+":8443")
			got.expect(t, c.verdict, c.exit, []string{c.blocker})
		})
	}
}
