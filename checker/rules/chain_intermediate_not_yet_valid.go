package rules

import (
	"time"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainIntermediateNotYetValidArgs struct {
	Cert      certRef   `json:"certificate"`
	Others    []certRef `json:"others,omitempty"`
	CheckedAt time.Time `json:"checked_at"`
}

func ruleChainIntermediateNotYetValid() Rule {
	return Rule{
		ID: "chain.intermediate_not_yet_valid", Stage: StageChain, Rank: 635,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeOpenSSL(), citeRFC(5280, "6.1.3")},
		Title: lang.Text{
			EN: `The CA certificate {{quote .Cert.Subject}} is not valid yet`,
			RU: `Срок действия сертификата УЦ {{quote .Cert.Subject}} ещё не начался`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} becomes valid at {{date .Cert.NotBefore}} ({{rel .Cert.NotBefore .CheckedAt}}); checked at {{date .CheckedAt}}.{{with .Others}} The same holds for {{whiches .}}.{{end}} Telegram checks the dates of every certificate on the path. A CA made on a machine whose clock is ahead, or in another time zone taken for UTC, gives such a date: set that clock right and make the CA certificate anew, or wait.`,
			RU: `{{which .Cert}} начнёт действовать {{date .Cert.NotBefore}} ({{rel .Cert.NotBefore .CheckedAt}}); проверено {{date .CheckedAt}}.{{with .Others}} То же относится к {{whiches .}}.{{end}} Telegram проверяет срок действия каждого сертификата на пути. Такая дата появляется, когда на машине, где создан УЦ, часы спешат или местное время принято за UTC: исправьте часы и перевыпустите сертификат УЦ или подождите.`,
		},
		Meaning: lang.Text{
			EN: "A CA certificate on the path has a start date that lies in the future. It happens with private CAs, nearly always because of a wrong clock.",
			RU: "У сертификата УЦ на пути дата начала действия в будущем. Бывает у собственных УЦ, почти всегда из-за неверных часов.",
		},
		Example: chainIntermediateNotYetValidArgs{
			Cert: exampleAt(exampleRef("O = Example CA, CN = Example Intermediate", "O = Example CA, CN = Example Root", "a7", 2, 1000), 1), CheckedAt: exampleNow(),
		},
		Check:    checkChainIntermediateNotYetValid,
		Remedies: remedy.List(remedy.OtherClock, remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainIntermediateNotYetValid(f *facts.Facts) *Hit {
	refs := refsOf(f, facts.IntermediateNotYet)
	if len(refs) == 0 {
		return nil
	}
	return &Hit{Args: chainIntermediateNotYetValidArgs{Cert: refs[0], Others: refs[1:], CheckedAt: f.Now.UTC()}}
}
