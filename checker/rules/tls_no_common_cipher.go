package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTLSNoCommonCipher() Rule {
	return Rule{
		ID: "tls.no_common_cipher", Stage: StageTLS, Rank: 530, Severity: Blocker, Basis: Observed,
		Predicted: handshakeFailure(), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeNetwork("SslCtx.cpp"), citeRFC(8446, "4.1.1")},
		Title: lang.Text{
			EN: `Server and Telegram share no cipher suite or key exchange group`,
			RU: `У сервера и Telegram нет общего набора шифров или группы обмена ключами`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} answered the hello of Telegram's client with the alert {{or .Alert "handshake_failure (40)"}}. Telegram offers OpenSSL's default list for TLS 1.2 and 1.3: AES-GCM, ChaCha20 and AES-CBC with ECDHE, DHE or RSA, and the groups X25519, P-256, X448, P-521, P-384. 3DES, RC4, export suites and servers that insist on ML-KEM are out. Where the suites are ordinary, look at the certificate file: nginx loads one that starts with a CA's certificate if the CA's key is of another kind (RSA, ECDSA) than the server's, and then answers like this. Put the server's own certificate first.`,
			RU: `На приветствие клиента Telegram {{.Addr}} ответил оповещением {{or .Alert "handshake_failure (40)"}}. Telegram предлагает стандартный список OpenSSL для TLS 1.2 и 1.3: AES-GCM, ChaCha20 и AES-CBC с ECDHE, DHE или RSA, группы X25519, P-256, X448, P-521, P-384. 3DES, RC4, экспортные наборы и серверы, которым нужен только ML-KEM, не подойдут. Если наборы обычные, проверьте файл сертификата: nginx загружает и такой, который начинается с сертификата УЦ, если ключ УЦ другого типа (RSA, ECDSA), чем у сервера, и тогда отвечает именно так. Поставьте сертификат сервера первым.`,
		},
		Meaning: lang.Text{
			EN: `The server's list of suites, groups or signature algorithms is so narrow or so old that nothing of it is in Telegram's offer; a server that has no certificate of a suitable kind looks the same.`,
			RU: `Список наборов шифров, групп или алгоритмов подписи на сервере настолько узок или стар, что не пересекается с предложением Telegram; так же выглядит сервер без сертификата подходящего типа.`,
		},
		Example: alertArgs{endpoint: exampleEndpoint(), Alert: "handshake_failure (40)"},
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSNoCipher, 0, alertOf(f))
		},
		Remedies: remedy.List(remedy.NginxCiphers, remedy.ApacheCiphers, remedy.HAProxyCiphers, remedy.CaddyCiphers,
			remedy.JavaCiphers, remedy.OpenSSLCiphers, remedy.NodeCiphers, remedy.PythonCiphers),
	}
}

func handshakeFailure() string { return sslError("0A000410", "sslv3 alert handshake failure") }
