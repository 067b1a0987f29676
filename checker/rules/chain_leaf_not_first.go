package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainLeafNotFirstArgs struct {
	First certRef `json:"first"`
	Leaf  certRef `json:"leaf"`
	Sent  int     `json:"sent"`
}

func ruleChainLeafNotFirst() Rule {
	return Rule{
		ID: "chain.leaf_not_first", Stage: StageChain, Rank: 600,
		// The key that signs is not the first certificate's, so the handshake breaks too.
		Silences: []string{"tls.malformed"},
		Severity: Blocker, Basis: Documented,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide("supplying-an-intermediate-certificate"), citeRFC(5246, "7.4.2"), citeRFC(8446, "4.4.2")},
		Title: lang.Text{
			EN: `The server's own certificate is not the first one that it sends`,
			RU: `Собственный сертификат сервера прислан не первым`,
		},
		Detail: lang.Text{
			EN: `The first of the {{.Sent}} certificates sent is {{quote .First.Subject}}; the server's own, {{quote .Leaf.Subject}}, comes as {{nth .Leaf.Position}}. Telegram, like every TLS client, takes the first certificate for the server's own and judges name, usage and trust by it. Put the server's certificate first in the file, and after it the intermediate that issued it.`,
			RU: `Первым из присланных сертификатов (всего {{.Sent}}) идёт {{quote .First.Subject}}, а собственный сертификат сервера {{quote .Leaf.Subject}} стоит под {{nth .Leaf.Position}}. Telegram, как и любой клиент TLS, считает сертификатом сервера первый и по нему проверяет имя, назначение и доверие. Поставьте в файле сертификат сервера первым, а за ним — выпустивший его промежуточный.`,
		},
		Meaning: lang.Text{
			EN: "A file was joined the wrong way round: a CA certificate comes before the server's. TLS defines the first certificate as the server's own, so Telegram looks for the host name in the wrong one.",
			RU: "Файл склеен в обратном порядке: сертификат УЦ стоит раньше сертификата сервера. По протоколу TLS первый сертификат и есть сертификат сервера, поэтому Telegram ищет имя хоста не в том сертификате.",
		},
		Example:  chainLeafNotFirstArgs{First: exampleAt(exampleIntermediate(), 0), Leaf: exampleAt(exampleLeaf(), 1), Sent: 2},
		Check:    checkChainLeafNotFirst,
		Remedies: remedy.List(bundleInstallers()...),
	}
}

func checkChainLeafNotFirst(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.LeafNotFirst)
	if ft == nil {
		return nil
	}
	return &Hit{Args: chainLeafNotFirstArgs{
		First: presentedRef(f, 0), Leaf: refOf(ft), Sent: len(f.Chain.Presented),
	}}
}
