package rules

import (
	"strings"

	"hookcheck/checker/certfile"
	"hookcheck/internal/lang"
)

// faultPhrase says in a clause what a certificate would still be refused for.
var faultPhrase = map[string]lang.Text{
	"chain.untrusted_root":             {EN: "the root itself is not known here", RU: "сам корневой сертификат здесь неизвестен"},
	"chain.intermediate_expired":       {EN: "an intermediate certificate has expired", RU: "срок действия промежуточного сертификата истёк"},
	"chain.intermediate_not_yet_valid": {EN: "a CA certificate is not valid yet", RU: "срок действия сертификата УЦ ещё не начался"},
	"chain.root_expired":               {EN: "the root certificate has expired", RU: "срок действия корневого сертификата истёк"},
	"chain.not_a_ca":                   {EN: "a certificate of the chain is not allowed to sign others", RU: "одному из сертификатов цепочки не разрешено подписывать другие"},
	"chain.path_length":                {EN: "the chain is longer than a CA in it permits", RU: "цепочка длиннее, чем разрешает один из УЦ в ней"},
	"chain.name_constraint":            {EN: "a CA of the chain is not allowed to issue for this name", RU: "одному из УЦ цепочки не разрешено выпускать сертификаты на это имя"},
	"chain.bad_signature":              {EN: "a signature in the chain does not verify", RU: "одна из подписей в цепочке не сходится"},
	"chain.intermediate_usage":         {EN: "a CA certificate is not meant for servers", RU: "сертификат УЦ не предназначен для серверов"},
	"chain.too_deep":                   {EN: "the chain has more than 10 intermediates", RU: "в цепочке больше 10 промежуточных сертификатов"},
	"chain.too_complex":                {EN: "the chain could not be verified to its end", RU: "цепочку не удалось проверить до конца"},
	"cert.expired":                     {EN: "it has expired", RU: "срок его действия истёк"},
	"cert.not_yet_valid":               {EN: "it is not valid yet", RU: "срок его действия ещё не начался"},
	"cert.name_mismatch":               {EN: "it is not for this host", RU: "он выпущен не для этого хоста"},
	"cert.common_name_ignored":         {EN: "the host is in its common name alone, which does not count beside the DNS names in its SAN", RU: "имя хоста есть только в common name, а при наличии DNS-имён в SAN оно не учитывается"},
	"cert.ip_needs_san":                {EN: "it has no iPAddress entry for this address in its SAN", RU: "в его SAN нет записи iPAddress с этим адресом"},
	"cert.ip_needs_common_name":        {EN: "with an upload Telegram looks for the address in the common name, not in an iPAddress entry of the SAN", RU: "при загруженном файле Telegram ищет адрес в common name, а не в записи iPAddress внутри SAN"},
	"cert.usage":                       {EN: "its key usage forbids it to serve TLS", RU: "его key usage не разрешает обслуживать TLS"},
	"cert.critical_extension":          {EN: "it has a critical extension that OpenSSL does not know", RU: "в нём есть критическое расширение, неизвестное OpenSSL"},
	"cert.unparsable":                  {EN: "it is damaged", RU: "он повреждён"},
	"cert.weak_key":                    {EN: "its key is too weak", RU: "его ключ слишком слабый"},
	"cert.weak_signature":              {EN: "it is signed with a digest that is too weak", RU: "он подписан со слишком слабым алгоритмом хеширования"},
}

// faultPhrases joins the clauses of several rules; a rule without one appears
// by its id.
func faultPhrases(l lang.Lang, ids []string) string {
	clauses := make([]string, len(ids))
	for i, id := range ids {
		clauses[i] = id
		if t, ok := faultPhrase[id]; ok {
			clauses[i] = t.In(l)
		}
	}
	return strings.Join(clauses, "; ")
}

// formatPhrase says what kind of file was uploaded.
func formatPhrase(l lang.Lang, name string) string {
	return certfile.Describe(certfile.Format(name)).In(l)
}
