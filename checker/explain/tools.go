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
			return containsAny(r.text, "curl: (", "verify return code", "verify error:num", "verification error", "ssl certificate problem", "error: the certificate of", "error: cannot verify", "net::err_cert", "ssl_error_", "mozilla_pkix_") &&
				slices.ContainsFunc(pieces, func(p string) bool { return containsAny(r.text, p) })
		}
	}
	return []entry{
		{
			id: "tool.authority", kind: ToolOutput, any: []string{"err_cert_authority_invalid", "sec_error_unknown_issuer", "err_cert_invalid"},
			also: []string{"cert.self_signed", "chain.untrusted_root", "chain.intermediate_missing"},
			head: lang.Text{EN: "The browser does not know who issued the certificate", RU: "Браузер не знает, кто выдал сертификат"},
			text: lang.Text{
				EN: "Mostly the certificate is self-signed or from a CA of your own: Telegram accepts it once it, or that CA's root, is uploaded with setWebhook. Otherwise the server does not send its intermediate certificate.",
				RU: "Чаще всего сертификат самоподписанный или от собственного УЦ: Telegram его примет, если он сам или корневой сертификат УЦ загружен в setWebhook. Иначе сервер не присылает промежуточный сертификат.",
			},
		},
		{
			id: "tool.verified", kind: ToolOutput, any: []string{"verify return code: 0 (ok)", "verification: ok"},
			head: lang.Text{EN: "OpenSSL found a path to a root that this machine trusts", RU: "OpenSSL нашёл путь к корневому сертификату, которому доверяет эта машина"},
			text: lang.Text{
				EN: "The chain is complete then. The name is not compared unless `-verify_hostname` was given, and nothing is said about the answer to an update.",
				RU: "Значит, цепочка полная. Имя сравнивается только с ключом `-verify_hostname`, а об ответе на обновление здесь ничего не сказано.",
			},
		},
		{
			id: "tool.no_issuer", kind: ToolOutput, when: mark("unable to get local issuer", "unable to get issuer", "unable to verify the first", "have a known issuer", "cannot verify"),
			also: []string{"chain.intermediate_missing", "chain.untrusted_root"},
			head: lang.Text{EN: "The tool finds no path from the server's certificate to a root", RU: "Программа не находит пути от сертификата сервера к корневому"},
			text: lang.Text{
				EN: "If it called the webhook, this is what Telegram meets too: nearly always the server does not send its intermediate certificate. If it called something else from the bot's host, the list of roots there is old or missing.",
				RU: "Если проверялся сам вебхук, то же самое видит и Telegram: почти всегда сервер не присылает промежуточный сертификат. Если с сервера бота обращались к чему-то другому, там устарел или отсутствует список корневых сертификатов.",
			},
		},
		{
			id: "tool.self_signed", kind: ToolOutput, when: mark("self-signed", "self signed", "pkix_error_self_signed"), also: []string{"cert.self_signed", "chain.untrusted_root"},
			head: lang.Text{EN: "The tool meets a self-signed certificate", RU: "Программе встретился самоподписанный сертификат"},
			text: lang.Text{
				EN: "Telegram accepts such a server once that certificate, or the root of the private CA, is uploaded with setWebhook.",
				RU: "Telegram примет такой сервер, если этот сертификат или корневой сертификат частного УЦ загружен в setWebhook.",
			},
		},
		{
			id: "tool.expired", kind: ToolOutput, when: mark("has expired", "err_cert_date_invalid", "expired_certificate"), also: []string{"cert.expired", "chain.intermediate_expired"},
			head: lang.Text{EN: "The tool finds an expired certificate", RU: "Программа нашла сертификат с истёкшим сроком"},
			text: lang.Text{
				EN: "Telegram refuses it as well. If it was renewed, the server has not been reloaded.",
				RU: "Telegram его тоже не примет. Если сертификат уже продлён, сервер не перечитал файл.",
			},
		},
		{
			id: "tool.name", kind: ToolOutput, when: mark("hostname mismatch", "ip address mismatch", "does not match target host", "no alternative certificate subject name", "err_cert_common_name_invalid", "bad_cert_domain"), also: []string{"cert.name_mismatch", "tls.wrong_site", "cert.ip_needs_san"},
			head: lang.Text{EN: "The certificate is for another name", RU: "Сертификат выдан на другое имя"},
			text: lang.Text{
				EN: "The names in the certificate do not cover the host that was asked for.",
				RU: "Имена в сертификате не покрывают запрошенный хост.",
			},
		},
	}
}
