package rules

import (
	"time"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainIntermediateExpiredArgs struct {
	Cert      certRef   `json:"certificate"`
	Others    []certRef `json:"others,omitempty"` // expired as well
	CheckedAt time.Time `json:"checked_at"`
}

func ruleChainIntermediateExpired() Rule {
	return Rule{
		ID: "chain.intermediate_expired", Stage: StageChain, Rank: 630,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeOpenSSL(), citeRFC(5280, "6.1.3"), citeGuide("supplying-an-intermediate-certificate")},
		Title: lang.Text{
			EN: `The intermediate certificate {{quote .Cert.Subject}} expired {{rel .Cert.NotAfter .CheckedAt}}`,
			RU: `Срок действия промежуточного сертификата {{quote .Cert.Subject}} истёк {{rel .Cert.NotAfter .CheckedAt}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} was valid until {{date .Cert.NotAfter}} ({{rel .Cert.NotAfter .CheckedAt}}), issued by {{quote .Cert.Issuer}}, SHA-256 {{fp .Cert.SHA256}}.{{with .Others}} Expired as well: {{whiches .}}.{{end}} No other path leads to a trusted root. Telegram checks the dates of every certificate on the path, not of the server's alone. Replace it in the chain file with the one that the CA issues today; renewing the server's own certificate alone does not help where the old chain file stays in place.`,
			RU: `{{which .Cert}} действовал до {{date .Cert.NotAfter}} ({{rel .Cert.NotAfter .CheckedAt}}), издатель {{quote .Cert.Issuer}}, SHA-256 {{fp .Cert.SHA256}}.{{with .Others}} Просрочены также: {{whiches .}}.{{end}} Другого пути к доверенному корневому сертификату нет. Telegram проверяет срок действия каждого сертификата на пути, а не только серверного. Замените его в файле цепочки тем, который УЦ выдаёт сейчас; продлить один сертификат сервера мало, если файл цепочки останется старым.`,
		},
		Meaning: lang.Text{
			EN: "The only path to a trusted root runs through an intermediate certificate whose time is over. An expired certificate that merely lies beside a valid twin is harmless and is not reported.",
			RU: "Единственный путь к доверенному корневому проходит через промежуточный сертификат, срок действия которого истёк. Если рядом есть действующий двойник, истёкший сертификат не мешает и здесь не упоминается.",
		},
		Example: chainIntermediateExpiredArgs{
			Cert: exampleAt(exampleRef("O = Example CA, CN = Example Intermediate", "O = Example CA, CN = Example Root", "a7", -2000, -9), 1), CheckedAt: exampleNow(),
		},
		Check:    checkChainIntermediateExpired,
		Remedies: remedy.List(append([]remedy.Constructor{remedy.CertbotRenew}, bundleInstallers()...)...),
	}
}

func checkChainIntermediateExpired(f *facts.Facts) *Hit {
	refs := refsOf(f, facts.IntermediateExpired)
	if len(refs) == 0 {
		return nil
	}
	return &Hit{Args: chainIntermediateExpiredArgs{Cert: refs[0], Others: refs[1:], CheckedAt: f.Now.UTC()}}
}
