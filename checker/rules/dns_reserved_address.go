package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type reservedAddressArgs struct {
	Host  string `json:"host"`
	IP    string `json:"ip"`
	Block string `json:"block"`
	Use   string `json:"use"` // private, loopback, …: what the block is for
	IsIP  bool   `json:"is_ip"`
}

func ruleDNSReservedAddress() Rule {
	return Rule{
		ID: "dns.reserved_address", Stage: StageDNS, Rank: 330, Severity: Blocker, Basis: FromSource,
		Predicted: badWebhook + "IP address 10.0.0.1 is reserved", Reporter: BySetWebhook,
		Sources: []Source{citeUtils("port/IPAddress.cpp"), citeServer("WebhookActor.cpp"), citeRFC(6890, "2.2.2")},
		// How such an address answers tells nothing: Telegram never dials it.
		Silences: []string{"tcp.*", "tls.undecided", "http.undecided"},
		Title: lang.Text{
			EN: `{{if .IsIP}}{{.IP}}{{else}}{{.Host}} resolves to {{.IP}}, which{{end}} is reserved and not on the public internet`,
			RU: `{{if .IsIP}}{{.IP}} — зарезервированный адрес{{else}}{{.Host}} указывает на зарезервированный адрес {{.IP}}{{end}}, из интернета он недоступен`,
		},
		Detail: lang.Text{
			EN: `{{.IP}} lies in {{.Block}} ({{template "use" .Use}}). setWebhook refuses every address of such blocks: no connection from Telegram could arrive there. Where DNS gives several IPv4 addresses, the first one counts.` + reservedUseEN,
			RU: `{{.IP}} входит в {{.Block}} ({{template "use" .Use}}). Адреса из таких блоков setWebhook отклоняет: соединение от Telegram туда не дойдёт. Если в DNS несколько адресов IPv4, учитывается первый.` + reservedUseRU,
		},
		Meaning: lang.Text{
			EN: `The first IPv4 address belongs to a block that is not routed on the internet: private networks, loopback, carrier-grade NAT, documentation, multicast and others. A server behind a router needs the router's public address and port forwarding, or a tunnel.`,
			RU: `Первый адрес IPv4 принадлежит блоку, который в интернете не маршрутизируется: частные сети, loopback, NAT провайдера, адреса для документации, мультикаст и другие. Серверу за роутером нужен внешний адрес роутера и проброс порта либо туннель.`,
		},
		Example: reservedAddressArgs{Host: "bot.example.org", IP: "10.0.0.1", Block: "10.0.0.0/8", Use: "private"},
		Check: func(f *facts.Facts) *Hit {
			if f.Net.Reserved == "" {
				return nil
			}
			return &Hit{
				Args: reservedAddressArgs{
					Host: f.Host, IP: f.Net.FirstIP, Block: f.Net.Reserved, Use: reservedUse(f.Net.Reserved), IsIP: f.IsIP,
				},
				Predicted: badWebhook + "IP address " + f.Net.FirstIP + " is reserved",
			}
		},
		Remedies: remedy.List(remedy.DNSPublicAddress, remedy.OtherPortForwarding, remedy.OtherTunnel, remedy.OtherLocalAPI),
	}
}

// reservedUse says what a block is set aside for (RFC 6890, 2.2.2).
func reservedUse(block string) string {
	switch block {
	case "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16":
		return "private"
	case "127.0.0.0/8":
		return "loopback"
	case "100.64.0.0/10":
		return "cgnat"
	case "169.254.0.0/16":
		return "link-local"
	case "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24":
		return "documentation"
	case "198.18.0.0/15":
		return "benchmark"
	case "224.0.0.0/3":
		return "multicast"
	}
	return "special"
}

const (
	reservedUseEN = `{{define "use"}}{{if eq . "private"}}private networks{{else if eq . "loopback"}}the machine itself{{else if eq . "cgnat"}}a provider's shared NAT{{else if eq . "link-local"}}link-local{{else if eq . "documentation"}}examples in documentation{{else if eq . "benchmark"}}benchmarks{{else if eq . "multicast"}}multicast and future use{{else}}special purposes{{end}}{{end}}`
	reservedUseRU = `{{define "use"}}{{if eq . "private"}}частные сети{{else if eq . "loopback"}}сама машина{{else if eq . "cgnat"}}общий NAT провайдера{{else if eq . "link-local"}}link-local{{else if eq . "documentation"}}примеры в документации{{else if eq . "benchmark"}}нагрузочные испытания{{else if eq . "multicast"}}мультикаст и резерв{{else}}особое назначение{{end}}{{end}}`
)
