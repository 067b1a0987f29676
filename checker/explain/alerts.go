package explain

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// alert is what Telegram's client sends when it refuses a chain: OpenSSL's
// table from verification errors to alerts (ssl/statem/statem_lib.c).
type alert struct {
	code  int
	id    string
	names []string // as servers and languages write it, folded
	rules []string // of those that predict "certificate verify failed"
	head  lang.Text
	text  lang.Text
}

var alerts = []alert{
	{
		code: 48, id: "log.alert_unknown_ca", names: []string{"unknown ca", "unknown certificate authority", "ca is unknown"},
		rules: []string{
			"chain.intermediate_missing", "upload.not_needed", "cert.self_signed", "upload.different_certificate", "chain.untrusted_root",
			"upload.not_an_anchor", "upload.trust_settings", "chain.leaf_not_first", "chain.too_deep", "chain.not_a_ca", "chain.path_length", "tls.wrong_site",
		},
		head: lang.Text{EN: "The client found no path to a root that it trusts (unknown_ca)", RU: "Клиент не нашёл пути к корневому сертификату, которому доверяет (unknown_ca)"},
		text: lang.Text{
			EN: "If it was Telegram: an intermediate certificate is missing, the certificate is self-signed and was not uploaded, or a wrong file was. Names and dates are not the trouble.",
			RU: "Если это был Telegram: не хватает промежуточного сертификата; сертификат самоподписанный и не загружен; или загружен не тот файл. Имена и сроки тут ни при чём.",
		},
	},
	{
		code: 42, id: "log.alert_bad_certificate", names: []string{"bad certificate", "certificate is bad"},
		rules: []string{
			"cert.name_mismatch", "tls.wrong_site", "cert.common_name_ignored", "cert.ip_needs_san", "cert.ip_needs_common_name", "cert.weak_key",
			"cert.weak_signature", "cert.not_yet_valid", "chain.intermediate_not_yet_valid", "chain.name_constraint", "cert.critical_extension", "cert.unparsable",
		},
		head: lang.Text{EN: "The client refuses the certificate: the name or the key (bad_certificate)", RU: "Клиент отвергает сертификат из-за имени или ключа (bad_certificate)"},
		text: lang.Text{
			EN: "If it was Telegram: the certificate is not for the host of the webhook, or its key or signature is too weak. The chain leads to a trusted root.",
			RU: "Если это был Telegram: сертификат выдан не на хост вебхука либо у него слабый ключ или подпись. Сама цепочка ведёт к доверенному корневому.",
		},
	},
	{
		code: 45, id: "log.alert_certificate_expired", names: []string{"certificate expired", "expired certificate", "certificate has expired"},
		rules: []string{"cert.expired", "chain.intermediate_expired", "chain.root_expired", "tls.wrong_site"},
		head:  lang.Text{EN: "A certificate of the chain has expired (certificate_expired)", RU: "У сертификата из цепочки истёк срок (certificate_expired)"},
		text: lang.Text{
			EN: "The server's own or an intermediate one. If it was renewed, the server still serves the old file: reload it.",
			RU: "У сертификата сервера или у промежуточного. Если его уже продлили, сервер отдаёт старый файл: перечитайте конфигурацию.",
		},
	},
	{
		code: 43, id: "log.alert_unsupported_certificate", names: []string{"unsupported certificate", "certificate is not supported"},
		rules: []string{"cert.usage", "chain.intermediate_usage"},
		head:  lang.Text{EN: "The certificate is not meant for TLS servers (unsupported_certificate)", RU: "Сертификат не предназначен для серверов TLS (unsupported_certificate)"},
		text: lang.Text{
			EN: "Its extended key usage or key usage does not allow serving TLS. It has to be issued anew.",
			RU: "Расширения extendedKeyUsage или keyUsage не разрешают серверу работать по TLS. Сертификат нужно перевыпустить.",
		},
	},
	{
		code: alertDecryptError, id: "log.alert_decrypt_error", names: []string{"decrypt error", "error decrypting message"},
		rules: []string{"chain.bad_signature", "cert.unparsable"},
		head:  lang.Text{EN: "A signature in the chain or the handshake is wrong (decrypt_error)", RU: "Неверна подпись в цепочке или рукопожатии (decrypt_error)"},
		text: lang.Text{
			EN: "A damaged certificate, an issuer with the right name and another key, or a private key that does not belong to the certificate.",
			RU: "Повреждённый сертификат, издатель с тем же именем и другим ключом или закрытый ключ не от этого сертификата.",
		},
	},
	{
		code: 46, id: "log.alert_certificate_unknown", names: []string{"certificate unknown", "unknown certificate"},
		head: lang.Text{EN: "The client refuses the certificate and does not say why (certificate_unknown)", RU: "Клиент отвергает сертификат, не называя причины (certificate_unknown)"},
		text: lang.Text{
			EN: "Telegram's client rarely sends this alert; browsers, Java and programs that do not trust your certificate do. Look whether the address is one of Telegram's.",
			RU: "Клиент Telegram присылает это оповещение редко; обычно это браузеры, Java и программы, которые не доверяют вашему сертификату. Посмотрите, принадлежит ли адрес Telegram.",
		},
	},
	{
		code: 70, id: "log.alert_protocol_version", names: []string{"protocol version", "protocol version not supported"},
		rules: []string{"tls.version_too_old"},
		head:  lang.Text{EN: "The client refuses the version of TLS (protocol_version)", RU: "Клиент не принимает версию TLS (protocol_version)"},
		text: lang.Text{
			EN: "The server offers less than TLS 1.2. Switch on 1.2 and 1.3.",
			RU: "Сервер предлагает TLS ниже 1.2. Включите 1.2 и 1.3.",
		},
	},
	{
		code: 40, id: "log.alert_handshake_failure", names: []string{"handshake failure"},
		rules: []string{"tls.no_common_cipher", "tls.dh_too_small", "tls.version_too_old"},
		head:  lang.Text{EN: "The client refuses the parameters of the handshake (handshake_failure)", RU: "Клиент не принимает параметры рукопожатия (handshake_failure)"},
		text: lang.Text{
			EN: "Weak Diffie-Hellman parameters, an old version, or nothing in common.",
			RU: "Слабые параметры Диффи — Хеллмана, старая версия или нет ничего общего.",
		},
	},
	{
		code: 71, id: "log.alert_insufficient_security", names: []string{"insufficient security"},
		rules: []string{"tls.dh_too_small", "tls.version_too_old"},
		head:  lang.Text{EN: "The client finds the handshake too weak (insufficient_security)", RU: "Клиенту не хватает стойкости рукопожатия (insufficient_security)"},
		text: lang.Text{
			EN: "A short Diffie-Hellman group or an old version of TLS. Use ECDHE with TLS 1.2 and 1.3.",
			RU: "Короткая группа Диффи — Хеллмана или старая версия TLS. Перейдите на ECDHE с TLS 1.2 и 1.3.",
		},
	},
}

// How an alert is introduced in OpenSSL's text, Go, Java, rustls and others,
// once underscores are spaces and words are lower case.
var (
	alertNumber = regexp.MustCompile(`\balert (?:number|code is) ([0-9]{1,3})\b`)
	alertName   = regexp.MustCompile(`(?:(?:\btls )?\b(?:(?:fatal|received) )*alert(?: received)?|\berror: tls|\btls|\bno peer certificate received)[:.( '"]+(?:alert )?(?:(?:fatal|warning)[ -]+)?((?:[a-z]+ ){0,3}[a-z]+)`)
)

// alertIn is the alert that a text names, -1 where it names none.
func alertIn(r reading) int {
	for _, reason := range codesIn(r.text) {
		if reason >= alertReasons && reason < alertReasons+256 {
			return reason - alertReasons
		}
	}
	text := spaced(r)
	if m := alertNumber.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n < 256 {
			return n
		}
	}
	for _, m := range alertName.FindAllStringSubmatch(text, maxFound) {
		for _, a := range alerts {
			if slices.ContainsFunc(a.names, func(name string) bool { return strings.HasPrefix(m[1]+" ", name+" ") }) {
				return a.code
			}
		}
	}
	return -1
}

// spaced makes "UnknownCA", "unknown_ca" and "unknown ca" one.
func spaced(r reading) string {
	var b strings.Builder
	prev := ' '
	for _, c := range r.shown {
		if unicode.IsUpper(c) && unicode.IsLower(prev) {
			b.WriteByte(' ')
		}
		if c == '_' {
			c = ' '
		}
		b.WriteRune(unicode.ToLower(c))
		prev = c
	}
	return strings.Join(strings.Fields(b.String()), " ") + " " + r.text
}

// alertMeaning explains an alert in a server's log. A rule about trust that no
// alert lists stands at the end of each that is about certificates.
func alertMeaning(code int, all []rules.Rule) (Meaning, bool) {
	table := alerts
	i := slices.IndexFunc(table, func(a alert) bool { return a.code == code })
	if i < 0 {
		return Meaning{}, false
	}
	a := table[i]
	listed := func(id string) bool {
		return slices.ContainsFunc(table, func(a alert) bool { return slices.Contains(a.rules, id) })
	}
	var others []string
	for _, r := range all {
		if aboutCertificates(code) && r.Predicted == rules.VerifyFailed && (len(a.rules) == 0 || !listed(r.ID)) {
			others = append(others, r.ID)
		}
	}
	return Meaning{
		ID: a.id, Title: a.head, Text: a.text,
		Findings: append(slices.Clone(a.rules), byFrequency(others, all)...),
	}, true
}

const (
	alertIllegalParameter = 47
	alertDecryptError     = 51
)

func aboutCertificates(code int) bool {
	return code >= 42 && code <= 48 && code != alertIllegalParameter || code == alertDecryptError
}
