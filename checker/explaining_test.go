package checker

import (
	"fmt"
	"net"
	"slices"
	"testing"
	"time"

	"github.com/miekg/dns"

	"hookcheck/checker/explain"
	"hookcheck/checker/probe"
)

// TestExplainAddress: the address that Telegram uses is compared with DNS.
func TestExplainAddress(t *testing.T) {
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &dns.Server{PacketConn: pc, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg)
		m.SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			rr, _ := dns.NewRR(q.Question[0].Name + " 60 IN A 198.51.100.7")
			m.Answer = append(m.Answer, rr)
		}
		_ = w.WriteMsg(m)
	})}
	go srv.ActivateAndServe()
	t.Cleanup(func() { srv.Shutdown() })
	c := &Checker{Prober: probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: true}})}
	for ip, want := range map[string]string{"198.51.100.7": "", "203.0.113.9": "webhook.ip_address_differs"} {
		info := fmt.Sprintf(`{"ok":true,"result":{"url":"https://bot.example.org/","has_custom_certificate":false,"pending_update_count":0,"ip_address":%q}}`, ip)
		a := c.Explain(t.Context(), info, pc.LocalAddr().String(), time.Now())
		got := ""
		if i := slices.IndexFunc(a.Notes, func(m explain.Meaning) bool {
			return m.ID == "webhook.ip_address_differs" || m.ID == "webhook.ip_address"
		}); i >= 0 {
			got = a.Notes[i].ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", ip, got, want)
		}
	}
}
