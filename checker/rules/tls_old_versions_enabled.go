package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type oldVersionsArgs struct {
	Old  []string `json:"old"`
	Best string   `json:"best,omitempty"`
}

func ruleTLSOldVersionsEnabled() Rule {
	return Rule{
		ID: "tls.old_versions_enabled", Stage: StageTLS, Rank: 584, Severity: Notice, Basis: Documented,
		Sources: []Source{citeGuide(""), citeRFC(8996, "")},
		Title: lang.Text{
			EN: `Besides newer versions the server accepts {{versions .Old}}`,
			RU: `Кроме новых версий сервер принимает {{versions .Old}}`,
		},
		Detail: lang.Text{
			EN: `Accepted are {{versions .Old}}{{with .Best}} and, best of all, {{version .}}{{end}}. Telegram takes the best, so delivery is not affected. The old versions are retired (RFC 8996) and better switched off.`,
			RU: `Сервер принимает {{versions .Old}}{{with .Best}}, а лучшая версия — {{version .}}{{end}}. Telegram выбирает лучшую, на доставку это не влияет. Старые версии выведены из употребления (RFC 8996), их лучше отключить.`,
		},
		Meaning: lang.Text{
			EN: `TLS 1.0 or 1.1 is enabled beside 1.2 or 1.3. It has no effect on Telegram; scanners and auditors complain about it.`,
			RU: `Рядом с 1.2 или 1.3 включены TLS 1.0 или 1.1. На Telegram это не влияет, но сканеры и аудиторы на такое жалуются.`,
		},
		Example: oldVersionsArgs{Old: []string{"tls1.0", "tls1.1"}, Best: "tls1.3"},
		Check: func(f *facts.Facts) *Hit {
			if len(f.TLS.Old) == 0 {
				return nil
			}
			return &Hit{Args: oldVersionsArgs{Old: f.TLS.Old, Best: f.TLS.BestVersion}}
		},
		Remedies: newerVersions(),
	}
}
