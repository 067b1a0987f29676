package rules

import (
	"net/netip"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type ipv6OnlyArgs struct {
	Host    string   `json:"host"`
	AAAA    []string `json:"aaaa"`
	Literal bool     `json:"literal"` // the URL holds the address itself
}

func ruleDNSIPv6Only() Rule {
	return Rule{
		ID: "dns.ipv6_only", Stage: StageDNS, Rank: 320, Severity: Blocker, Basis: Documented,
		Predicted: badWebhook + "IPv6-only addresses are not allowed", Reporter: BySetWebhook,
		Sources: []Source{citeGuide(""), citeServer("WebhookActor.cpp")},
		Title: lang.Text{
			EN: `{{.Host}} has an IPv6 address only`,
			RU: `У {{.Host}} есть только IPv6-адрес`,
		},
		Detail: lang.Text{
			EN: `{{if .Literal}}The URL names the IPv6 address {{.Host}} itself{{else}}DNS answers with {{list .AAAA}} (AAAA) and with no A record{{end}}. Telegram connects over IPv4 alone. An AAAA record beside an A record does no harm.`,
			RU: `{{if .Literal}}В URL стоит сам IPv6-адрес {{.Host}}{{else}}В DNS есть {{list .AAAA}} (AAAA), но нет записи A{{end}}. Telegram подключается только по IPv4. Запись AAAA рядом с записью A ничему не мешает.`,
		},
		Meaning: lang.Text{
			EN: `The host can be reached over IPv6 alone, and Telegram delivers over IPv4 alone. A server without an IPv4 address of its own needs a proxy or a tunnel that has one.`,
			RU: `Хост доступен только по IPv6, а Telegram доставляет обновления только по IPv4. Серверу без собственного IPv4-адреса нужен прокси или туннель, у которого он есть.`,
		},
		Example: ipv6OnlyArgs{Host: "bot.example.org", AAAA: []string{"2001:db8::7"}},
		Check: func(f *facts.Facts) *Hit {
			if !ipv6Only(f) {
				return nil
			}
			return &Hit{Args: ipv6OnlyArgs{Host: f.Host, AAAA: append([]string{}, f.Ev.DNS.AAAA...), Literal: f.IsIP}}
		},
		Remedies: remedy.List(remedy.DNSARecordIPv4, remedy.OtherIPv4Proxy),
	}
}

// ipv6Only tells that Telegram finds an address and none that it would use.
func ipv6Only(f *facts.Facts) bool {
	d := f.Ev.DNS
	if d == nil || f.Ev.Request.ConnectTo != "" {
		return false
	}
	if f.IsIP {
		ip, err := netip.ParseAddr(f.Host)
		return err == nil && ip.Is6()
	}
	return d.Outcome == evidence.DNSOK && len(d.A) == 0 && len(d.AAAA) > 0
}
