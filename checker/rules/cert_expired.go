package rules

import (
	"time"

	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certExpiredArgs struct {
	Cert      certRef   `json:"certificate"`
	CheckedAt time.Time `json:"checked_at"`
}

func ruleCertExpired() Rule {
	return Rule{
		ID: "cert.expired", Stage: StageCertificate, Rank: 710,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "4.1.2.5"), citeOpenSSL(), citeGuide("ssl-needs-a-certificate")},
		Title: lang.Text{
			EN: `The certificate expired {{rel .Cert.NotAfter .CheckedAt}}`,
			RU: `Срок действия сертификата истёк {{rel .Cert.NotAfter .CheckedAt}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}}, issued by {{quote .Cert.Issuer}}, was valid until {{date .Cert.NotAfter}}; checked at {{date .CheckedAt}}. Telegram refuses it, uploaded or not. Renew it, and make the server load the new file: where the renewal has already run, the server still holds the old certificate in memory until it is reloaded.`,
			RU: `{{which .Cert}}, издатель {{quote .Cert.Issuer}}, действовал до {{date .Cert.NotAfter}}; проверено {{date .CheckedAt}}. Telegram его отвергает, был он загружен или нет. Продлите сертификат и заставьте сервер прочитать новый файл: если сертификат уже продлён, сервер держит в памяти старый, пока не перечитает конфигурацию.`,
		},
		Meaning: lang.Text{
			EN: "The time of the server's certificate is over. Either nobody renewed it, or it was renewed and the server was not reloaded. A self-signed one has to be made anew and uploaded again.",
			RU: "Срок действия сертификата сервера прошёл. Либо его не продлили, либо продлили, но сервер не перечитал файл. Самоподписанный нужно создать заново и заново загрузить.",
		},
		Example: certExpiredArgs{
			Cert: exampleAt(exampleRef("CN = bot.example.org", exampleIntermediate().Subject, "3f", -99, -9), 0), CheckedAt: exampleNow(),
		},
		Check:    checkCertExpired,
		Remedies: expiredRemedies,
	}
}

func checkCertExpired(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.Expired)
	if ft == nil {
		return nil
	}
	return &Hit{Args: certExpiredArgs{Cert: refOf(ft), CheckedAt: f.Now.UTC()}}
}
