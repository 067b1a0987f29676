package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func rulePemKeyMatches() Rule {
	return Rule{
		ID: "pem.key_matches", Stage: StageCertificate, Rank: 789,
		Severity: Notice, Basis: Observed,
		Sources: []Source{citeSelfSigned(), citeRFC(8446, "4.4.3")},
		Title: lang.Text{
			EN: `The private key belongs to the server's certificate`,
			RU: `Закрытый ключ подходит к сертификату сервера`,
		},
		Detail: lang.Text{
			EN: `The key in {{.Key}} ({{.Algorithm}}) and the certificate {{quote .Subject}} have the same public key. The key was read on this machine, compared, and dropped.`,
			RU: `У ключа в {{.Key}} ({{.Algorithm}}) и у сертификата {{quote .Subject}} один и тот же открытый ключ. Ключ прочитан на этой машине, сравнён и отброшен.`,
		},
		Meaning: lang.Text{
			EN: "The local key given with --key belongs to the server's certificate.",
			RU: "Локальный ключ из --key подходит к сертификату сервера.",
		},
		Example: pemKeyArgs{Key: "bot.key", Algorithm: "EC P-256", Subject: "CN = bot.example.org", CertKey: "EC P-256"},
		Check: func(f *facts.Facts) *Hit {
			if f.Files.Key == nil || !f.Files.KeyFits {
				return nil
			}
			return &Hit{Args: pemKey(f)}
		},
		Remedies: remedy.List(),
	}
}
