package remedy

import (
	"slices"
	"strings"
)

// OtherAskCA tells what to ask of whoever issued the chain.
func OtherAskCA(p *Params) Remedy {
	return note("other.ask_ca", text("What to ask of the CA", "О чём просить УЦ"),
		fillText(text("Ask @ISSUER@ for a certificate for @HOST@ with: the name as dNSName in the SAN; RSA 2048 or P-256; SHA-256; key usage digitalSignature and keyEncipherment; extended key usage serverAuth; and intermediates that are CAs (basicConstraints CA:TRUE, keyCertSign), allow serverAuth, whose path length and name constraints permit it. Or use a public CA: certbot or Caddy get such a certificate free of charge.",
			"Запросите у @ISSUERRU@ сертификат для @HOSTRU@: имя в SAN как dNSName; RSA 2048 или P-256; SHA-256; key usage digitalSignature и keyEncipherment; extended key usage serverAuth; промежуточные — настоящие УЦ (basicConstraints CA:TRUE, keyCertSign), с допуском serverAuth и такими длиной пути и ограничениями имён, которые его разрешают. Или возьмите сертификат публичного УЦ: certbot и Caddy получат его бесплатно."),
			"@ISSUER@", orElse(prose(p.Issuer), "the issuer"), "@ISSUERRU@", orElse(prose(p.Issuer), "издателя"), "@HOST@", p.hostOr("the webhook's host"), "@HOSTRU@", p.hostOr("имени из URL вебхука")))
}

func orElse(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// OtherShorterChain asks for fewer intermediates.
func OtherShorterChain(p *Params) Remedy {
	return note("other.shorter_chain", text("A shorter chain", "Цепочка короче"),
		text("Telegram's client follows at most ten intermediates. Have the certificate issued by a CA nearer to the root, or upload (private CA) a self-signed root that stands nearer to the server's certificate.",
			"Клиент Telegram проходит не больше десяти промежуточных. Получите сертификат у УЦ, стоящего ближе к корневому, или загрузите (если УЦ ваш) самоподписанный корневой, который стоит ближе к сертификату сервера."))
}

// OtherRussianRoot explains the national root, where the chain is from it.
func OtherRussianRoot(p *Params) Remedy {
	if !p.sample() && !p.issuedBy("Russian Trusted", "Ministry of Digital Development", "Минцифры") {
		return Remedy{}
	}
	return note("other.russian_root", text("The Russian national root is not in Mozilla's list", "Корневого сертификата Минцифры нет в списке Mozilla"),
		text("Certificates of the national CA (Russian Trusted Root CA, offered through gosuslugi) are trusted in browsers that ship its root and nowhere else; Telegram's client goes by Mozilla's list. Either keep the certificate: send it with the intermediate Russian Trusted Sub CA and upload Russian Trusted Root CA (gosuslugi.ru/crt) as `certificate` in setWebhook. Or take a certificate of a public CA for the webhook's name, from Let's Encrypt for one: then nothing is uploaded.",
			"Сертификатам НУЦ Минцифры (Russian Trusted Root CA, их выдают через Госуслуги) верят только браузеры, в которые встроен его корневой; клиент Telegram сверяется со списком Mozilla. Можно оставить этот сертификат: отдавайте его вместе с промежуточным Russian Trusted Sub CA, а Russian Trusted Root CA (gosuslugi.ru/crt) передайте в `certificate` вызова setWebhook. Или возьмите для имени вебхука сертификат публичного УЦ, например Let's Encrypt: тогда загружать ничего не нужно."))
}

// issuedBy tells whether the issuer, or what is missing above, has one of the
// texts in its name.
func (p *Params) issuedBy(names ...string) bool {
	known := p.Issuer + "\n" + strings.Join(p.Missing, "\n")
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(known, name) })
}

// OtherCloudflareOrigin explains a certificate that is for Cloudflare alone.
func OtherCloudflareOrigin(p *Params) Remedy {
	if !p.sample() && !p.issuedBy("CloudFlare Origin", "CloudFlare, Inc.") {
		return Remedy{}
	}
	return note("other.cloudflare_origin", text("An Origin CA certificate is for Cloudflare alone", "Сертификату Origin CA верит только Cloudflare"),
		text("Nobody but Cloudflare trusts its Origin CA, and here the server was reached past Cloudflare: the record of the name is set to \"DNS only\", or the URL holds the server's address. Set the record to \"Proxied\", so that Cloudflare shows a public certificate (ports 443 and 8443 pass it), or have the server present a certificate of a public CA.",
			"Origin CA доверяет только сам Cloudflare, а запрос пришёл на сервер в обход Cloudflare: у записи имени стоит «DNS only» или в URL указан адрес сервера. Переключите запись на «Proxied» — тогда Cloudflare предъявит публичный сертификат (порты 443 и 8443 он пропускает) — или поставьте на сервер сертификат публичного УЦ."))
}

// OtherCrossSign asks for the cross-signed root.
func OtherCrossSign(p *Params) Remedy {
	return note("other.cross_sign", text("Send the cross-signed root too", "Отдавайте и кросс-подписанный корневой"),
		fillText(text("The chain ends at a root that older lists lack. The CA offers the same root signed by an older one (a cross-sign): append it to the chain that the server sends, after the intermediate; it harms nobody. Let's Encrypt: renew without `--preferred-chain` and serve fullchain.pem of @LIVE@ whole. Upload nothing: an uploaded file would be the only root that is trusted.",
			"Цепочка заканчивается корневым сертификатом, которого нет в старых списках. У УЦ есть тот же корневой, подписанный более старым (кросс-подпись): добавьте его в цепочку после промежуточного; никому это не мешает. Let's Encrypt: перевыпустите без `--preferred-chain` и отдавайте fullchain.pem из @LIVE@ целиком. Ничего не загружайте: загруженный файл стал бы единственным доверенным."), "@LIVE@", p.live()))
}

// OtherLint tells what lint findings are.
func OtherLint(p *Params) Remedy {
	return note("other.lint", text("For the next issue", "К следующему выпуску"),
		text("These are departures from the rules for certificates, not faults that stop Telegram. A public CA should be told; in a certificate of your own make it anew by the recipe for a self-signed one.",
			"Это отступления от правил для сертификатов; Telegram они не мешают. Публичному УЦ о них стоит сообщить; свой сертификат сделайте заново по рецепту для самоподписанного."))
}
