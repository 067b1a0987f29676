package rules

import (
	"net"
	"net/netip"
	"strconv"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
)

// endpoint is where Telegram connects to. Rules about reaching it embed this
// in their arguments.
type endpoint struct {
	Host string `json:"host"`
	Port int    `json:"port"`
	IP   string `json:"ip,omitempty"`
	// Dialled is address and port where --connect-to named another port.
	Dialled string `json:"dialled,omitempty"`
}

func endpointOf(f *facts.Facts) endpoint {
	e := endpoint{Host: f.Host, Port: f.Port, IP: f.Net.FirstIP}
	if to, err := netip.ParseAddrPort(f.Ev.Request.ConnectTo); err == nil && int(to.Port()) != f.Port {
		e.Dialled = to.String()
	}
	return e
}

// DialPort is the port that was tried.
func (e endpoint) DialPort() int {
	if to, err := netip.ParseAddrPort(e.Dialled); err == nil {
		return int(to.Port())
	}
	return e.Port
}

// Addr is the address as it was dialled, or the host where none is known.
func (e endpoint) Addr() string {
	host := e.IP
	if host == "" {
		host = e.Host
	}
	return net.JoinHostPort(host, strconv.Itoa(e.DialPort()))
}

// exampleEndpoint stands in the catalogue, which is shown without a check.
func exampleEndpoint() endpoint {
	return endpoint{Host: "bot.example.org", Port: 8443, IP: "198.51.100.7"}
}

// openPort are the fixes that let everybody in, one a firewall.
func openPort() []remedy.Constructor {
	return []remedy.Constructor{remedy.UFWOpen, remedy.IPTablesOpen, remedy.NFTablesOpen, remedy.FirewalldOpen}
}

// narrowPort are those that open a port on one interface, or to Telegram.
func narrowPort() []remedy.Constructor {
	return []remedy.Constructor{
		remedy.UFWOpenInterface, remedy.IPTablesOpenInterface, remedy.NFTablesOpenInterface, remedy.FirewalldOpenInterface,
		remedy.UFWTelegramOnly, remedy.IPTablesTelegramOnly, remedy.NFTablesTelegramOnly, remedy.FirewalldTelegramOnly,
	}
}

// badWebhook begins what setWebhook answers where it refuses a webhook
// (telegram-bot-api, Client::on_webhook_closed).
const badWebhook = "Bad Request: bad webhook: "

// tlsHit is what a rule about one kind of broken handshake reports. The client
// judges the certificate as soon as it comes, so a fault that strikes later
// (late) ranks behind the faults of trust.
func tlsHit(f *facts.Facts, p facts.TLSProblem, late int, args any) *Hit {
	if f.TLS.Problem != p {
		return nil
	}
	return &Hit{Args: args, Predicted: f.TLS.Predicted, Rank: afterTrust(f, late)}
}

// afterTrust returns a rank where Telegram's client had the certificates before
// the handshake failed, 0 where it had not.
func afterTrust(f *facts.Facts, rank int) int {
	if f.Ev.TLS == nil || f.Ev.TLS.Main.Version == "" || f.Ev.TLS.Main.Version == "ssl3" || len(f.Ev.Presented) == 0 {
		return 0
	}
	return rank
}

// sslError is how the client words what its TLS library reports.
func sslError(code, reason string) string {
	return "SSL error {error:" + code + ":SSL routines::" + reason + "}"
}
