package rules

import (
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type certExpiresSoonArgs struct {
	Cert      certRef   `json:"certificate"`
	Leaf      bool      `json:"leaf"` // the server's own, not an intermediate
	DaysLeft  int       `json:"days_left"`
	CheckedAt time.Time `json:"checked_at"`
}

const (
	soon = 14 * 24 * time.Hour
	// A certificate that lives less than shortLived is renewed late in its
	// life by design; a third of it is the time to worry then.
	shortLived = 42 * 24 * time.Hour
)

func ruleCertExpiresSoon() Rule {
	return Rule{
		ID: "cert.expires_soon", Stage: StageCertificate, Rank: 790,
		Severity: Warning, Basis: Observed,
		Sources: []Source{citeRFC(5280, "4.1.2.5"), {Name: "letsencrypt", URL: "https://letsencrypt.org/docs/integration-guide/"}},
		Title: lang.Text{
			EN: `{{if .Leaf}}The certificate{{else}}An intermediate certificate{{end}} expires {{rel .Cert.NotAfter .CheckedAt}}`,
			RU: `Срок действия {{if .Leaf}}сертификата{{else}}промежуточного сертификата{{end}} истекает {{rel .Cert.NotAfter .CheckedAt}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}}, issued by {{quote .Cert.Issuer}}, is valid until {{date .Cert.NotAfter}} ({{rel .Cert.NotAfter .CheckedAt}}). Telegram delivers until then and refuses from the next second on. {{if .Leaf}}Automatic renewal should have replaced it by now: see whether its timer runs, and whether the server is reloaded afterwards.{{else}}Take the CA's current intermediate into the chain file in time.{{end}}`,
			RU: `{{which .Cert}}, издатель {{quote .Cert.Issuer}}, действует до {{date .Cert.NotAfter}} (истекает {{rel .Cert.NotAfter .CheckedAt}}). До этого времени Telegram доставляет обновления, а со следующей секунды откажется. {{if .Leaf}}Автоматическое продление должно было его уже заменить: проверьте, работает ли таймер и перечитывает ли после него сервер новый файл.{{else}}Заранее поставьте в файл цепочки нынешний промежуточный сертификат УЦ.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "Less than 14 days are left, or less than a third of its life for a certificate made for under six weeks. Renewal tools act earlier, so the timer has probably stopped.",
			RU: "Осталось меньше 14 дней, а для сертификата со сроком меньше шести недель — меньше трети срока. Программы продления срабатывают раньше, так что таймер, скорее всего, не работает.",
		},
		Example: certExpiresSoonArgs{
			Cert: exampleAt(exampleRef("CN = bot.example.org", exampleIntermediate().Subject, "3f", -81, 9), 0), Leaf: true, DaysLeft: 9, CheckedAt: exampleNow(),
		},
		Check:    checkCertExpiresSoon,
		Remedies: remedy.List(remedy.CertbotTimer, remedy.OtherAcmeshRenew, remedy.CaddyRenew, remedy.OtherReload),
	}
}

// checkCertExpiresSoon looks at the server's certificate and then at the
// intermediates of its path; what has expired already has rules of its own.
func checkCertExpiresSoon(f *facts.Facts) *Hit {
	if f.Leaf == nil || f.Chain.Fault(facts.Expired) != nil {
		return nil
	}
	candidates := []*cert.Cert{f.Leaf}
	if n := len(f.Chain.Path); n > 2 {
		candidates = append(candidates, f.Chain.Path[1:n-1]...)
	}
	for i, c := range candidates {
		left := c.NotAfter.Sub(f.Now)
		if left > 0 && left < margin(c) && !c.NotBefore.After(f.Now) {
			return &Hit{Args: certExpiresSoonArgs{
				Cert: refTo(c, positionOf(f, c)), Leaf: i == 0,
				DaysLeft: int(left / (24 * time.Hour)), CheckedAt: f.Now.UTC(),
			}}
		}
	}
	return nil
}

// margin is how much of its life a certificate should have left.
func margin(c *cert.Cert) time.Duration {
	if life := c.NotAfter.Sub(c.NotBefore); life < shortLived {
		return life / 3
	}
	return soon
}
