package rules

import (
	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type chainUntrustedRootArgs struct {
	Top       certRef  `json:"top"`        // the root, or the topmost certificate where the root is not known
	Known     bool     `json:"root_known"` // Top is the root itself
	Sent      bool     `json:"root_sent"`
	Issuer    string   `json:"issuer"` // of Top
	WouldFail []string `json:"would_fail"`
}

func ruleChainUntrustedRoot() Rule {
	return Rule{
		ID: "chain.untrusted_root", Stage: StageChain, Rank: 615,
		Severity: Blocker, Basis: Documented,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide("setting-a-verified-webhook-with-an-untrusted-root"), citeGuide("supported-certificates"), citeNetwork("SslCtx.cpp")},
		Title: lang.Text{
			EN: `The chain ends at a root that Telegram does not trust: {{quote .Issuer}}`,
			RU: `Цепочка ведёт к корневому сертификату, которому Telegram не доверяет: {{quote .Issuer}}`,
		},
		Detail: lang.Text{
			EN: `{{if .Known}}The chain ends at the root {{which .Top}}, SHA-256 {{fp .Top.SHA256}}, valid until {{date .Top.NotAfter}}{{if not .Sent}}, which the server does not send{{end}}{{else}}The topmost certificate, {{which .Top}}, was issued by {{quote .Issuer}}, a CA that no list of public roots holds{{end}}. ` +
				`Telegram trusts the public roots of its system (Mozilla's list) alone; that a browser or a company's computers trust this one, because it was installed there, counts for nothing. ` +
				`{{if not .Known}}The root was neither sent nor found: get it from the CA and hand it to setWebhook as certificate; it then is all that Telegram trusts for this webhook.{{else if .WouldFail}}To upload this root would not be enough, since something else would still fail: {{faults .WouldFail}}.{{else}}Handed to setWebhook as certificate, this very root makes Telegram accept the chain as it is sent.{{end}}`,
			RU: `{{if .Known}}Цепочка заканчивается корневым сертификатом {{which .Top}}, SHA-256 {{fp .Top.SHA256}}, действует до {{date .Top.NotAfter}}{{if not .Sent}}; сервер его не присылает{{end}}{{else}}Верхний сертификат {{which .Top}} выпустил {{quote .Issuer}} — такого УЦ нет ни в одном списке публичных корневых сертификатов{{end}}. ` +
				`Telegram доверяет только публичным корневым сертификатам своей системы (список Mozilla); то, что этому доверяет браузер или компьютеры компании, где он установлен вручную, роли не играет. ` +
				`{{if not .Known}}Корневой сертификат не прислан и не найден: возьмите его у УЦ и передайте в setWebhook параметром certificate — тогда для этого вебхука Telegram будет доверять только ему.{{else if .WouldFail}}Загрузить этот корневой сертификат недостаточно, останется ещё помеха: {{faults .WouldFail}}.{{else}}Если передать в setWebhook параметром certificate именно этот корневой сертификат, Telegram примет присланную цепочку.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The chain is complete up to a CA that is in no public list, such as a company's own CA, a national one, or a test CA. Telegram accepts it once that root is uploaded with setWebhook; a certificate of a public CA needs no upload.",
			RU: "Цепочка доходит до УЦ, которого нет в публичных списках: собственного УЦ компании, государственного, тестового. Telegram примет её, если передать этот корневой сертификат в setWebhook; сертификату публичного УЦ загрузка не нужна.",
		},
		Example: chainUntrustedRootArgs{
			Top: exampleAt(exampleRoot(), 2), Known: true, Sent: true, Issuer: exampleRoot().Subject, WouldFail: []string{},
		},
		Check:    checkChainUntrustedRoot,
		Remedies: untrustedRootRemedies,
	}
}

func checkChainUntrustedRoot(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.UntrustedRoot)
	if ft == nil {
		return nil
	}
	a := chainUntrustedRootArgs{
		Top: refOf(ft), Sent: ft.Position >= 0, Known: namesItself(ft.Cert), WouldFail: []string{},
	}
	a.Issuer = a.Top.Issuer
	if a.Known {
		a.WouldFail = wouldFail(f)
	}
	return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
}

// namesItself tells whether subject and issuer are the same name, as in a
// root.
func namesItself(c *cert.Cert) bool {
	return c != nil && string(c.Subject.Canonical) == string(c.Issuer.Canonical) && c.Subject.Text == c.Issuer.Text
}
