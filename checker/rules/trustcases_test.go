package rules

import (
	"net"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
)

// trustCase is one situation. The lists are substrings that evidence and
// texts must hold.
type trustCase struct {
	rule, name string
	silent     bool
	change     func(*trustWorld)
	beside     []string // rules that may fire as well
	evidence   []string
	en, ru     []string
	predicted  string
}

// chainCases are about what is presented.
func chainCases() []trustCase {
	return []trustCase{
		{
			rule: "chain.intermediate_missing", name: "leaf alone, issuer fetched",
			change: func(w *trustWorld) {
				w.present(w.leaf)
				w.Chain.Missing = []facts.Missing{{Subject: "CN = Inter", KeyID: "AB12", AIA: []string{"http://ca.test/i.der"}, Cert: w.inter}}
				w.Chain.Corrected = []*cert.Cert{w.leaf, w.inter}
				w.fault(facts.IntermediateMissing, w.leaf, 0, "CN = Inter")
			},
			evidence: []string{`"wanted":"CN = Inter"`, `"aia":["http://ca.test/i.der"]`, `"found":true`, `"sent":1`},
			en:       []string{`"CN = Inter"`, "alone", "http://ca.test/i.der", "AB12", "browser", "is at hand"},
			ru:       []string{"«CN = Inter»", "http://ca.test/i.der", "Браузер", "готова"},
		},
		{
			rule: "chain.intermediate_missing", name: "nobody knows it",
			change: func(w *trustWorld) {
				w.fault(facts.IntermediateMissing, w.inter, 1, "CN = Root")
			},
			evidence: []string{`"found":false`, `"sent":2`, `"aia":[]`},
			en:       []string{"Of the 2 certificates", `"CN = Inter" (no. 2 as sent)`, "could not be obtained"},
			ru:       []string{"(2)", "№ 2 из присланных", "не удалось"},
		},
		{
			rule: "chain.leaf_not_first", name: "CA first",
			change: func(w *trustWorld) {
				w.present(w.inter, w.leaf)
				w.Chain.OutOfOrder = true
				w.fault(facts.LeafNotFirst, w.leaf, 1, "")
			},
			evidence: []string{`"subject":"CN = bot.example.org"`, `"position":1`},
			en:       []string{`"CN = Inter"`, "no. 2"}, ru: []string{"«CN = Inter»", "№ 2"},
		},
		{
			rule: "chain.order", name: "swapped",
			change: func(w *trustWorld) {
				upper := trustCA("Upper", "Root")
				w.inter.Issuer = upper.Subject
				w.present(w.leaf, upper, w.inter)
				w.Chain.Path = []*cert.Cert{w.leaf, w.inter, upper, w.root}
				w.Chain.OutOfOrder = true
			},
			en: []string{
				`Sent: "CN = bot.example.org" (no. 1 as sent), "CN = Upper" (no. 2 as sent), "CN = Inter" (no. 3 as sent).`,
				`runs: "CN = bot.example.org" (no. 1 as sent), "CN = Inter" (no. 3 as sent), "CN = Upper" (no. 2 as sent).`,
			},
			ru: []string{"«CN = Upper» (№ 2 из присланных)"},
		},
		{
			rule: "chain.duplicate", name: "one",
			change: func(w *trustWorld) {
				w.present(w.leaf, w.inter, w.inter)
				w.Chain.Duplicates = []int{2}
			},
			evidence: []string{`"positions":[2]`},
			en:       []string{"A certificate is sent twice", `"CN = Inter" (no. 3 as sent) repeats`}, ru: []string{"Сертификат прислан повторно", "№ 3"},
		},
		{
			rule: "chain.duplicate", name: "two",
			change: func(w *trustWorld) {
				w.present(w.leaf, w.inter, w.inter, w.inter)
				w.Chain.Duplicates = []int{2, 3}
			},
			en: []string{"Certificates are", "repeat certificates"}, ru: []string{"Сертификаты присланы", "повторяют"},
		},
		{
			rule: "chain.unrelated", name: "left over",
			change: func(w *trustWorld) {
				w.present(w.leaf, w.inter, trustCA("Old", "Older"))
				w.Chain.Unrelated = []int{2}
			},
			evidence: []string{`"subject":"CN = Old"`},
			en:       []string{`"CN = Old" (no. 3 as sent)`}, ru: []string{"«CN = Old»"},
		},
		{
			rule: "chain.root_included", name: "last",
			change: func(w *trustWorld) {
				w.present(w.leaf, w.inter, w.root)
				w.Chain.RootIncluded = 2
			},
			evidence: []string{`"subject":"CN = Root"`, `"position":2`}, en: []string{`"CN = Root" (no. 3 as sent)`}, ru: []string{"«CN = Root»"},
		},
		{
			rule: "chain.root_included", name: "the server's own self-signed certificate", silent: true,
			change: func(w *trustWorld) { w.selfSigned(); w.Chain.RootIncluded = 0 },
		},
		{
			rule: "chain.untrusted_root", name: "sent, upload suffices",
			change: func(w *trustWorld) {
				w.present(w.leaf, w.inter, w.root)
				w.fault(facts.UntrustedRoot, w.root, 2, "")
			},
			evidence: []string{`"root_known":true`, `"root_sent":true`, `"would_fail":[]`},
			en:       []string{`"CN = Root" (no. 3 as sent)`, "2029-11-24T03:00:00Z", "this very root"}, ru: []string{"«CN = Root»", "именно этот"},
		},
		{
			rule: "chain.untrusted_root", name: "something else would fail",
			change: func(w *trustWorld) {
				w.fault(facts.UntrustedRoot, w.root, -1, "CN = Root")
				w.Chain.WouldFail = []facts.FaultKind{facts.Expired, facts.NameMismatch, facts.Expired}
			},
			evidence: []string{`"would_fail":["cert.expired","cert.name_mismatch"]`, `"root_sent":false`},
			en:       []string{"does not send", "would not be enough", "it has expired; it is not for this host"},
			ru:       []string{"не присылает", "недостаточно", "истёк; он выпущен не для этого хоста"},
		},
		{
			rule: "chain.untrusted_root", name: "root unknown",
			change: func(w *trustWorld) {
				w.fault(facts.UntrustedRoot, w.inter, 1, "CN = Root")
				w.Chain.WouldFail = []facts.FaultKind{facts.UntrustedRoot}
			},
			evidence: []string{`"root_known":false`, `"issuer":"CN = Root"`, `"would_fail":[]`},
			en:       []string{`issued by "CN = Root"`, "neither sent nor found"}, ru: []string{"«CN = Root»", "не прислан и не найден"},
		},
		{
			rule: "chain.root_not_in_documented_list", name: "new root",
			change: func(w *trustWorld) {
				w.Chain.NotInOlderList, w.Chain.RootLists = true, []string{"mozilla"}
			},
			evidence: []string{`"lists":["mozilla"]`}, en: []string{`"CN = Root"`, "Ubuntu 22.04"}, ru: []string{"«CN = Root»", "Ubuntu 22.04"},
		},
		{
			rule: "chain.root_not_in_documented_list", name: "root uploaded", silent: true,
			change: func(w *trustWorld) { w.Chain.NotInOlderList = true; w.uploaded(w.root) },
		},
		{
			rule: "chain.distrust_after", name: "root uploaded", silent: true,
			change: func(w *trustWorld) { w.Chain.DistrustAfter = trustNow().AddDate(0, 0, -40); w.uploaded(w.root) },
		},
		{
			rule: "chain.distrust_after", name: "after the date",
			change:   func(w *trustWorld) { w.Chain.DistrustAfter = trustNow().AddDate(0, 0, -40) },
			evidence: []string{`"distrust_after":"2026-10-15T03:00:00Z"`},
			en:       []string{"2026-10-15T03:00:00Z", "2026-10-25T03:00:00Z"}, ru: []string{"2026-10-15T03:00:00Z"},
		},
	}
}

// chainFaultCases are about a path that exists and is refused.
func chainFaultCases() []trustCase {
	return []trustCase{
		{
			rule: "chain.too_deep", name: "counted",
			change: func(w *trustWorld) {
				w.Chain.Path = make([]*cert.Cert, 13)
				for i := range w.Chain.Path {
					w.Chain.Path[i] = trustCA(strings.Repeat("x", i+1), "y")
				}
				w.fault(facts.TooDeep, nil, -1, "")
			},
			evidence: []string{`"intermediates":11`, `"limit":10`}, en: []string{"11 intermediates", "at most 10"}, ru: []string{"11 промежуточных", "не больше 10"},
		},
		{
			rule: "chain.too_deep", name: "cut off",
			change:   func(w *trustWorld) { w.fault(facts.TooDeep, nil, -1, "") },
			evidence: []string{`"intermediates":0`, `"sent":2`}, en: []string{"sends 2 certificates"}, ru: []string{"(2)"},
		},
		{
			rule: "chain.intermediate_expired", name: "two",
			change: func(w *trustWorld) {
				w.inter.NotAfter = trustNow().AddDate(0, 0, -9)
				upper := trustCA("Upper", "Root")
				upper.NotAfter = trustNow().AddDate(0, 0, -2)
				w.fault(facts.IntermediateExpired, w.inter, 1, "")
				w.fault(facts.IntermediateExpired, upper, -1, "")
			},
			evidence: []string{`"not_after":"2026-11-15T03:00:00Z"`, `"checked_at":"2026-11-24T03:00:00Z"`},
			en:       []string{"9 days ago", "2026-11-15T03:00:00Z", `as well: "CN = Upper"`}, ru: []string{"9 дней назад", "Просрочены также: «CN = Upper»"},
		},
		{
			rule: "chain.intermediate_not_yet_valid", name: "clock ahead",
			change: func(w *trustWorld) {
				w.inter.NotBefore = trustNow().AddDate(0, 0, 2)
				w.fault(facts.IntermediateNotYet, w.inter, 1, "")
			},
			en: []string{"2026-11-26T03:00:00Z", "in 2 days"}, ru: []string{"через 2 дня"},
		},
		{
			rule: "chain.root_expired", name: "uploaded",
			change: func(w *trustWorld) {
				w.root.NotAfter = trustNow().AddDate(0, 0, -21)
				w.uploaded(w.root)
				w.fault(facts.RootExpired, w.root, -1, "")
			},
			evidence: []string{`"uploaded":true`}, en: []string{"21 days ago", "same key and name"}, ru: []string{"21 день назад", "тем же ключом"},
		},
		{
			rule: "chain.not_a_ca", name: "CA:FALSE",
			change:   func(w *trustWorld) { w.fault(facts.NotACA, w.inter, 1, "CA:FALSE") },
			evidence: []string{`"reason":"CA:FALSE"`}, en: []string{"say CA:FALSE", "no. 2"}, ru: []string{"записано CA:FALSE"},
		},
		{
			rule: "chain.not_a_ca", name: "no keyCertSign",
			change: func(w *trustWorld) { w.fault(facts.NotACA, w.inter, 1, "keyCertSign") },
			en:     []string{"lacks keyCertSign"}, ru: []string{"нет keyCertSign"},
		},
		{
			rule: "chain.not_a_ca", name: "uploaded root without basicConstraints",
			change:   func(w *trustWorld) { w.fault(facts.NotACA, w.root, -1, "basicConstraints absent") },
			evidence: []string{`"anchor":true`}, en: []string{"has no basicConstraints", "CA certificate anew"}, ru: []string{"расширения basicConstraints в нём нет"},
		},
		{
			rule: "chain.path_length", name: "pathlen 0",
			change: func(w *trustWorld) {
				upper := trustCA("Upper", "Root")
				upper.BasicConstraints.PathLen = 0
				w.inter.Issuer = upper.Subject
				w.present(w.leaf, w.inter, upper)
				w.Chain.Path = []*cert.Cert{w.leaf, w.inter, upper, w.root}
				w.fault(facts.PathLength, upper, 2, "")
			},
			evidence: []string{`"limit":0`, `"below":1`}, en: []string{"pathlen:0", "1 follows"}, ru: []string{"pathlen:0", "под ним 1 УЦ"},
		},
		{
			rule: "chain.name_constraint", name: "permitted elsewhere",
			change: func(w *trustWorld) {
				_, block, _ := net.ParseCIDR("10.0.0.0/8")
				w.inter.NameConstraints = &cert.NameConstraints{
					Permitted: []cert.Subtree{{Kind: "dns", Value: "corp.test"}, {Kind: "ip", Net: block}},
					Excluded:  []cert.Subtree{{Kind: "dns", Value: "bad.test"}},
				}
				w.fault(facts.NameConstraint, w.leaf, 0, "")
				w.Chain.Faults[0].Code = "PERMITTED_VIOLATION"
			},
			evidence: []string{`"permitted":["DNS:corp.test","IP:10.0.0.0/8"]`, `"names":["bot.example.org"]`, `"unreadable":false`},
			en:       []string{"may issue for DNS:corp.test, IP:10.0.0.0/8 alone and not for DNS:bad.test"}, ru: []string{"разрешено DNS:corp.test", "запрещено DNS:bad.test"},
		},
		{
			rule: "chain.name_constraint", name: "not understood",
			change: func(w *trustWorld) {
				w.fault(facts.NameConstraint, w.leaf, 0, "")
				w.Chain.Faults[0].Code = "UNSUPPORTED_CONSTRAINT_TYPE"
			},
			evidence: []string{`"unreadable":true`}, en: []string{"does not understand"}, ru: []string{"не понимает"},
		},
		{
			rule: "chain.bad_signature", name: "same name, other key",
			change: func(w *trustWorld) { w.fault(facts.BadSignature, w.leaf, 0, "") },
			en:     []string{`key of "CN = Inter" (no. 2 as sent)`, "SHA256-RSA"}, ru: []string{"не ключом «CN = Inter»"},
		},
		{
			rule: "chain.intermediate_usage", name: "clients only",
			change: func(w *trustWorld) {
				w.inter.ExtKeyUsage = []string{"1.3.6.1.5.5.7.3.2", "1.2.3"}
				w.fault(facts.IntermediateUsage, w.inter, 1, "extendedKeyUsage")
			},
			evidence: []string{`"extended_key_usage":["clientAuth (1.3.6.1.5.5.7.3.2)","1.2.3"]`},
			en:       []string{"holds clientAuth (1.3.6.1.5.5.7.3.2), 1.2.3, and not serverAuth"}, ru: []string{"записано clientAuth"},
		},
		{
			rule: "chain.too_complex", name: "budget",
			change: func(w *trustWorld) { w.fault(facts.ChainBudget, nil, -1, "") },
			en:     []string{"sends 2 certificates", "stays open"}, ru: []string{"2 сертификата", "открытым"},
		},
		{
			rule: "chain.too_complex", name: "algorithm",
			change: func(w *trustWorld) {
				w.fault(facts.ChainBudget, w.leaf, 0, "1.2.643.7.1.1.3.2")
			},
			evidence: []string{`"algorithm":"1.2.643.7.1.1.3.2"`}, en: []string{"signed with 1.2.643.7.1.1.3.2"}, ru: []string{"алгоритмом 1.2.643.7.1.1.3.2"},
		},
	}
}
