package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// Mozilla's "intermediate" configuration, version 5.7: TLS 1.2 suites by
// OpenSSL's names.
const (
	ecdheSuites = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:" +
		"ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
	suites      = ecdheSuites + ":DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305"
	suitesTLS13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
)

// chainFile is the full chain: the one that certbot renews where the
// certificate is from Let's Encrypt and nothing can be written, otherwise the
// file that the remedy or openssl.fetch_intermediate writes.
func (p *Params) chainFile() string {
	if len(certificates(p.BundlePEM)) == 0 && strings.Contains(p.Issuer, "Let's Encrypt") {
		return p.live() + "/fullchain.pem"
	}
	return p.bundleFile()
}

// writeBundle writes the corrected chain, where there is one.
func (p *Params) writeBundle() string { return writePEM(p.bundleFile(), certificates(p.BundlePEM)) }

func proxyTitle(p *Params, server string) lang.Text {
	return fillText(text("@SERVER@: take TLS on port @FRONT@ and hand the webhook to the bot; @BOT@. Then call setWebhook with the new URL",
		"@SERVER@: принимать TLS на порту @FRONT@ и передавать вебхук боту; @BOTRU@. Затем вызовите setWebhook с новым URL"),
		"@SERVER@", server, "@FRONT@", p.frontPort(), "@BOT@", botAddressEN(p), "@BOTRU@", botAddressRU(p))
}

// botAddressEN says where the bot is taken to listen, and whether that is a
// guess.
func botAddressEN(p *Params) string {
	if _, addr := p.backend(); p.botPort() != "8080" || p.Port == 8080 {
		return "the bot is taken to listen on " + addr + eitherWay(p, ", with TLS or without")
	}
	return "the bot is assumed on 127.0.0.1:8080, put its own port there"
}

func botAddressRU(p *Params) string {
	if _, addr := p.backend(); p.botPort() != "8080" || p.Port == 8080 {
		return "считаем, что бот слушает " + addr + eitherWay(p, ", с TLS или без")
	}
	return "порт бота неизвестен, взят 127.0.0.1:8080: поставьте свой"
}

// eitherWay are words for a bot of which only the host can tell how it speaks.
func eitherWay(p *Params, words string) string {
	if scheme, _ := p.backend(); scheme == "https" {
		return words
	}
	return ""
}

// indent moves lines one level in.
func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n    ") + "\n"
}
