package rules

import (
	"time"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type certNotYetValidArgs struct {
	Cert      certRef   `json:"certificate"`
	CheckedAt time.Time `json:"checked_at"`
}

func ruleCertNotYetValid() Rule {
	return Rule{
		ID: "cert.not_yet_valid", Stage: StageCertificate, Rank: 715,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "4.1.2.5"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The certificate becomes valid only {{rel .Cert.NotBefore .CheckedAt}}`,
			RU: `Сертификат начнёт действовать только {{rel .Cert.NotBefore .CheckedAt}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} is valid from {{date .Cert.NotBefore}}; checked at {{date .CheckedAt}} by the checker's clock. Telegram refuses a certificate before its time. A self-signed one gets such a date where the clock of the machine that made it is ahead: set the clock right (timedatectl tells) and make it anew, or wait until then.`,
			RU: `{{which .Cert}} действует с {{date .Cert.NotBefore}}; проверено {{date .CheckedAt}} по часам проверяющего. Раньше срока Telegram сертификат не принимает. У самоподписанного такая дата появляется, если часы машины, где он создан, спешат: исправьте часы (покажет timedatectl) и создайте сертификат заново или дождитесь срока.`,
		},
		Meaning: lang.Text{
			EN: "The start of validity lies in the future. Certificates of public CAs are dated back a little, so this is nearly always a private or self-signed one made by a wrong clock.",
			RU: "Начало срока действия лежит в будущем. Публичные УЦ ставят дату чуть раньше текущей, поэтому почти всегда это собственный или самоподписанный сертификат, созданный при неверных часах.",
		},
		Example: certNotYetValidArgs{
			Cert: exampleAt(exampleRef("CN = bot.example.org", exampleIntermediate().Subject, "3f", 1, 90), 0), CheckedAt: exampleNow(),
		},
		Check:    checkCertNotYetValid,
		Remedies: remedy.List(remedy.OtherClock, remedy.OtherReload, remedy.CertbotRenew, remedy.OpenSSLSelfSigned),
	}
}

func checkCertNotYetValid(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.NotYetValid)
	if ft == nil {
		return nil
	}
	return &Hit{Args: certNotYetValidArgs{Cert: refOf(ft), CheckedAt: f.Now.UTC()}}
}
