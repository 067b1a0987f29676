package rules

import (
	"fmt"
	"strings"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type certLintArgs struct {
	Errors       int         `json:"errors"`
	Warnings     int         `json:"warnings"`
	Certificates []int       `json:"certificates"` // positions, as presented
	Groups       []lintGroup `json:"groups"`
}

// lintGroup is what is said about one thing.
type lintGroup struct {
	Group string   `json:"group"`
	Count int      `json:"count"`
	IDs   []string `json:"ids"`
}

func ruleCertLint() Rule {
	return Rule{
		ID: "cert.lint", Stage: StageCertificate, Rank: 798,
		Severity: Notice, Basis: Observed,
		Sources: []Source{
			citeRFC(5280, "4"),
			{Name: "baseline", URL: "https://cabforum.org/working-groups/server/baseline-requirements/documents/"},
			{Name: "zlint", URL: "https://github.com/zmap/zlint"},
		},
		Title: lang.Text{
			EN: `The certificates depart from the rules for certificates in places that Telegram does not mind`,
			RU: `Сертификаты кое в чём отступают от правил для сертификатов; Telegram это не мешает`,
		},
		Detail: lang.Text{
			EN: `A linter finds errors: {{.Errors}}, warnings: {{.Warnings}}, in certificates {{nths .Certificates}}. They are about {{lints .Groups}}. None of it keeps Telegram from delivering; other clients, and auditors of CAs, may be stricter. The whole list stands under "Lint".`,
			RU: `Анализатор нашёл ошибок: {{.Errors}}, предупреждений: {{.Warnings}}, в сертификатах {{nths .Certificates}}. Они касаются {{lints .Groups}}. Доставке в Telegram ничто из этого не мешает; другие клиенты и аудиторы УЦ бывают строже. Весь список — в разделе «Соответствие правилам».`,
		},
		Meaning: lang.Text{
			EN: "zlint compares each certificate with RFC 5280, the CA/Browser Forum's requirements and the policies of root programs. Its findings are advice: Telegram's OpenSSL does not look at them, and they never change the verdict.",
			RU: "zlint сверяет каждый сертификат с RFC 5280, требованиями CA/Browser Forum и политиками хранилищ корневых сертификатов. Это советы: OpenSSL на стороне Telegram на такое не смотрит, и на вердикт они не влияют.",
		},
		Example: certLintArgs{
			Errors: 1, Warnings: 1, Certificates: []int{0},
			Groups: []lintGroup{
				{Group: facts.LintNames, Count: 1, IDs: []string{"w_subject_common_name_included"}},
				{Group: facts.LintIssuance, Count: 1, IDs: []string{"e_sub_cert_aia_missing"}},
			},
		},
		Check:    checkCertLint,
		Remedies: remedy.List(remedy.OtherLint),
	}
}

// checkCertLint counts errors and warnings. What is a mere notice stands in
// the list alone.
func checkCertLint(f *facts.Facts) *Hit {
	var a certLintArgs
	byGroup := map[string]*lintGroup{}
	seen := map[int]bool{}
	for _, x := range f.Lint {
		switch x.Status {
		case "error":
			a.Errors++
		case "warn":
			a.Warnings++
		default:
			continue
		}
		if !seen[x.Certificate] {
			seen[x.Certificate] = true
			a.Certificates = append(a.Certificates, x.Certificate)
		}
		g := byGroup[x.Group]
		if g == nil {
			g = &lintGroup{Group: x.Group, IDs: []string{}}
			byGroup[x.Group] = g
		}
		g.Count++
		if id := shown(x.ID); !contains(g.IDs, id) {
			g.IDs = append(g.IDs, id)
		}
	}
	if a.Errors+a.Warnings == 0 {
		return nil
	}
	for _, name := range facts.LintGroups() {
		if g := byGroup[name]; g != nil {
			a.Groups = append(a.Groups, *g)
		}
	}
	return &Hit{Args: a}
}

// lintPhrase says what a group is about; in Russian after «касаются».
var lintPhrase = map[string]lang.Text{
	facts.LintNames:      {EN: "names", RU: "имён"},
	facts.LintValidity:   {EN: "validity", RU: "срока действия"},
	facts.LintKey:        {EN: "key and signature", RU: "ключа и подписи"},
	facts.LintUsage:      {EN: "what the certificate may be used for", RU: "назначения сертификата"},
	facts.LintIdentifier: {EN: "key identifiers", RU: "идентификаторов ключей"},
	facts.LintSubject:    {EN: "the subject", RU: "поля subject"},
	facts.LintIssuance:   {EN: "policy and the addresses of the CA", RU: "политик и адресов УЦ"},
	facts.LintEncoding:   {EN: "encoding", RU: "кодирования"},
	facts.LintOther:      {EN: "other things", RU: "прочего"},
}

func lintPhrases(l lang.Lang, groups []lintGroup) string {
	items := make([]string, len(groups))
	for i, g := range groups {
		items[i] = fmt.Sprintf("%s (%d)", lintPhrase[g.Group].In(l), g.Count)
	}
	return strings.Join(items, ", ")
}
