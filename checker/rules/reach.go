package rules

import (
	"net"
	"strconv"

	"hookcheck/checker/facts"
)

// endpoint is where Telegram connects to. Rules about reaching it embed this
// in their arguments.
type endpoint struct {
	Host string `json:"host"`
	Port int    `json:"port"`
	IP   string `json:"ip,omitempty"`
}

func endpointOf(f *facts.Facts) endpoint {
	return endpoint{Host: f.Host, Port: f.Port, IP: f.Net.FirstIP}
}

// Addr is the address as one dials it, or the host where none is known.
func (e endpoint) Addr() string {
	host := e.IP
	if host == "" {
		host = e.Host
	}
	return net.JoinHostPort(host, strconv.Itoa(e.Port))
}

// exampleEndpoint stands in the catalogue, which is shown without a check.
func exampleEndpoint() endpoint {
	return endpoint{Host: "bot.example.org", Port: 8443, IP: "198.51.100.7"}
}

// badWebhook begins what setWebhook answers where it refuses a webhook
// (telegram-bot-api, Client::on_webhook_closed).
const badWebhook = "Bad Request: bad webhook: "
