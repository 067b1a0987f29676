package explain

import (
	"slices"

	"hookcheck/internal/lang"
)

// toolLines are what curl and openssl s_client say of a server that somebody
// tried by hand.
func toolLines() []entry {
	mark := func(pieces ...string) func(reading) bool {
		return func(r reading) bool {
			return containsAny(r.text, "curl: (", "verify return code", "verify error:num", "verification error", "ssl certificate problem") &&
				slices.ContainsFunc(pieces, func(p string) bool { return containsAny(r.text, p) })
		}
	}
	return []entry{
		{
			id: "tool.no_issuer", kind: ToolOutput, when: mark("unable to get local issuer", "unable to get issuer", "unable to verify the first"),
			also: []string{"chain.intermediate_missing", "chain.untrusted_root"},
			head: lang.Text{EN: "The tool finds no path from the server's certificate to a root", RU: "Программа не находит пути от сертификата сервера к корневому"},
			text: lang.Text{
				EN: "If it called the webhook, this is what Telegram meets too: nearly always the server does not send its intermediate certificate. If it called something else from the bot's host, the list of roots there is old or missing.",
				RU: "Если проверялся сам вебхук, то же самое видит и Telegram: почти всегда сервер не присылает промежуточный сертификат. Если с сервера бота обращались к чему-то другому, там устарел или отсутствует список корневых сертификатов.",
			},
		},
		{
			id: "tool.self_signed", kind: ToolOutput, when: mark("self-signed", "self signed"), also: []string{"cert.self_signed", "chain.untrusted_root"},
			head: lang.Text{EN: "The tool meets a self-signed certificate", RU: "Программе встретился самоподписанный сертификат"},
			text: lang.Text{
				EN: "Telegram accepts such a server once that certificate, or the root of the private CA, is uploaded with setWebhook.",
				RU: "Telegram примет такой сервер, если этот сертификат или корневой сертификат частного УЦ загружен в setWebhook.",
			},
		},
		{
			id: "tool.expired", kind: ToolOutput, when: mark("has expired"), also: []string{"cert.expired", "chain.intermediate_expired"},
			head: lang.Text{EN: "The tool finds an expired certificate", RU: "Программа нашла сертификат с истёкшим сроком"},
			text: lang.Text{
				EN: "Telegram refuses it as well. If it was renewed, the server has not been reloaded.",
				RU: "Telegram его тоже не примет. Если сертификат уже продлён, сервер не перечитал файл.",
			},
		},
		{
			id: "tool.name", kind: ToolOutput, when: mark("hostname mismatch", "ip address mismatch", "does not match target host", "no alternative certificate subject name"), also: []string{"cert.name_mismatch", "tls.wrong_site", "cert.ip_needs_san"},
			head: lang.Text{EN: "The certificate is for another name", RU: "Сертификат выдан на другое имя"},
			text: lang.Text{
				EN: "The names in the certificate do not cover the host that was asked for.",
				RU: "Имена в сертификате не покрывают запрошенный хост.",
			},
		},
	}
}
