package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// healthy is a server that answered a test update with 200.
func healthy() *facts.Facts {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	ev := &evidence.Evidence{
		Schema: evidence.Schema, Tool: "hookcheck 0.1.0", ID: "id-1", Kind: evidence.Live,
		CheckedAt: now, DurationMS: 40,
		Target: target.Target{
			Input: "https://bot.example.org:8443/hook", URL: "https://bot.example.org:8443/hook", Scheme: "https",
			Host: "bot.example.org", ASCIIHost: "bot.example.org", Port: 8443, Path: "/hook", IsURL: true,
		},
		Request:   evidence.Request{Post: true},
		DNS:       &evidence.DNS{Outcome: evidence.DNSOK, A: []string{"198.51.100.7"}},
		Addresses: []evidence.Address{{IP: "198.51.100.7", TCP: evidence.TCPOpen}},
		TLS: &evidence.TLS{
			Main:     evidence.Handshake{Outcome: evidence.HelloOK, Version: "tls1.3", Cipher: "TLS_AES_256_GCM_SHA384"},
			Versions: map[string]string{"tls1.2": "accepted", "tls1.3": "accepted", "tls1.0": "refused"},
		},
		HTTP:   &evidence.HTTP{Outcome: evidence.HTTPResponse, Status: 200, Reason: "OK", DurationMS: 7, Server: "nginx/1.24.0"},
		Stages: []evidence.StageTime{{ID: "tls", DurationMS: 12}},
	}
	leaf := &cert.Cert{
		SHA256: "aa", Raw: []byte{0x30, 0}, NotBefore: now.AddDate(0, -1, 0), NotAfter: now.AddDate(0, 2, 0),
		Subject: cert.Name{Text: "CN = bot.example.org"}, Issuer: cert.Name{Text: "CN = CA", Org: []string{"Example CA"}},
		Key: cert.Key{Algorithm: "RSA", Bits: 2048}, SAN: &cert.SAN{DNS: []string{"bot.example.org"}},
	}
	root := &cert.Cert{SHA256: "bb", Raw: []byte{0x30, 1}, Subject: cert.Name{Text: "CN = CA"}}
	f := &facts.Facts{
		Ev: ev, Target: &ev.Target, Now: now, Host: "bot.example.org", Port: 8443, Live: true, Leaf: leaf,
		Chain: facts.Chain{
			Presented: []facts.Presented{{Cert: leaf, DER: leaf.Raw, Role: facts.RoleLeaf}},
			Trusted:   true, Public: true, Path: []*cert.Cert{leaf, root}, Root: root,
			RootLists: []string{"mozilla"}, Corrected: []*cert.Cert{leaf}, RootIncluded: -1,
		},
		Names:  facts.Names{Judged: true, Match: true},
		Upload: facts.Upload{Needed: UploadNone},
		TLS:    facts.TLS{SNISent: true},
		HTTP:   facts.HTTP{Tried: true, Status: 200},
	}
	f.Net.First, f.Net.FirstIP = &ev.Addresses[0], "198.51.100.7"
	return f
}

type seen struct {
	What string `json:"what"`
}

// found makes a finding of a rule that exists for this test alone.
func found(id string, s rules.Severity, undecided bool) rules.Finding {
	stage, _, _ := strings.Cut(id, ".")
	if stage == "cert" {
		stage = "certificate"
	}
	return rules.Finding{
		Rule: rules.Rule{
			ID: id, Stage: rules.Stage(stage), Basis: rules.Documented, Reporter: rules.ByGetWebhookInfo,
			Title:   lang.Text{EN: "The thing is {{.What}}", RU: "Всё {{.What}}"},
			Detail:  lang.Text{EN: "Detail {{.What}}.", RU: "Подробно {{.What}}."},
			Sources: []rules.Source{{Name: "guide", URL: "https://core.telegram.org/bots/webhooks"}},
			Remedies: func(*remedy.Params) []remedy.Remedy {
				return []remedy.Remedy{
					{ID: "apache.x", Platform: remedy.Apache, Kind: remedy.Config, Title: lang.Both("a")},
					{ID: "nginx.x", Platform: remedy.Nginx, Kind: remedy.Config, Title: lang.Text{EN: "n", RU: "н"}},
				}
			},
		},
		Hit: rules.Hit{Args: seen{"off"}}, Severity: s, Undecided: undecided, Predicted: "error of " + id,
	}
}

func build(t *testing.T, f *facts.Facts, l lang.Lang, findings ...rules.Finding) *Report {
	t.Helper()
	r, err := Build(Input{Evidence: f.Ev, Facts: f, Findings: findings, Lang: l})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestVerdict(t *testing.T) {
	blocker := func(id string) rules.Finding { return found(id, rules.Blocker, false) }
	open := func(id string) rules.Finding { return found(id, rules.Blocker, true) }
	for _, c := range []struct {
		name     string
		change   func(*facts.Facts)
		findings []rules.Finding
		want     Verdict
	}{
		{name: "nothing found", want: Works},
		{name: "warning", findings: []rules.Finding{found("cert.wildcard", rules.Warning, false)}, want: Works},
		{name: "undecided notice", findings: []rules.Finding{found("http.x", rules.Notice, true)}, want: Works},
		{name: "undecided warning", findings: []rules.Finding{found("tcp.checked_from_itself", rules.Warning, true)}, want: Unknown},
		{name: "undecided blocker", findings: []rules.Finding{open("tcp.timeout")}, want: Unknown},
		{name: "decided beats undecided", findings: []rules.Finding{open("http.server_error"), blocker("cert.expired")}, want: Fails},
		{name: "self-signed", change: selfSigned, findings: []rules.Finding{blocker("cert.self_signed")}, want: WorksIfUploaded},
		{name: "untrusted root", change: selfSigned, findings: []rules.Finding{blocker("chain.untrusted_root")}, want: WorksIfUploaded},
		{name: "self-signed and expired", change: selfSigned, findings: []rules.Finding{blocker("cert.self_signed"), blocker("cert.expired")}, want: Fails},
		{name: "self-signed seen from itself", change: selfSigned, findings: []rules.Finding{blocker("cert.self_signed"), found("tcp.checked_from_itself", rules.Warning, true)}, want: Fails},
		{name: "would fail after upload", change: func(f *facts.Facts) {
			selfSigned(f)
			f.Chain.WouldFail = []facts.FaultKind{facts.Usage}
		}, findings: []rules.Finding{blocker("cert.self_signed")}, want: Fails},
		{name: "root not at hand", change: func(f *facts.Facts) { f.Chain.Trusted = false }, findings: []rules.Finding{blocker("chain.untrusted_root")}, want: Fails},
		{name: "other blocker with an upload at hand", change: selfSigned, findings: []rules.Finding{blocker("cert.expired")}, want: Fails},
		{name: "untrusted without a finding", change: func(f *facts.Facts) { f.Chain.Trusted = false }, want: Unknown},
		{name: "answer without a finding", change: func(f *facts.Facts) { f.HTTP.Problem = facts.HTTPClosed }, want: Unknown},
		{name: "handshake without a finding", change: func(f *facts.Facts) { f.TLS.Problem = facts.TLSSlow }, want: Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := healthy()
			if c.change != nil {
				c.change(f)
			}
			if got := build(t, f, lang.EN, c.findings...).Verdict; got != c.want {
				t.Errorf("verdict %s, want %s", got, c.want)
			}
		})
	}
}

func selfSigned(f *facts.Facts) {
	f.Chain.Trusted = false
	f.Upload.Needed, f.Upload.NeededPEM = UploadLeaf, "PEM"
}

func TestFirstBlockerSpeaksForTelegram(t *testing.T) {
	r := build(t, healthy(), lang.EN,
		found("cert.expired", rules.Blocker, false), found("http.not_found", rules.Blocker, false), found("cert.wildcard", rules.Warning, false))
	if r.Telegram.PredictedError != "error of cert.expired" || r.Telegram.ReportedBy != "getWebhookInfo" {
		t.Errorf("telegram: %+v", r.Telegram)
	}
	if want := "Telegram cannot deliver updates to bot.example.org:8443: the thing is off (and 1 more fault)."; r.Summary != want {
		t.Errorf("summary %q, want %q", r.Summary, want)
	}
	r = build(t, healthy(), lang.EN, found("cert.wildcard", rules.Warning, false))
	if r.Telegram.PredictedError != "" || r.Telegram.ReportedBy != "" {
		t.Errorf("a warning predicts an error: %+v", r.Telegram)
	}
}

func TestRemediesOfTheLikelyPlatformComeFirst(t *testing.T) {
	r := build(t, healthy(), lang.RU, found("chain.order", rules.Warning, false))
	got := r.Findings[0].Remedies
	if len(got) != 2 || got[0].Platform != "nginx" || got[0].Title != "н" {
		t.Errorf("remedies %+v", got)
	}
	if len(r.Hints) != 1 || r.Hints[0].Sign != "Server: nginx/1.24.0" {
		t.Errorf("hints %+v", r.Hints)
	}
}

func TestSameEvidenceSameBytes(t *testing.T) {
	encode := func() []byte {
		b, err := json.Marshal(build(t, healthy(), lang.EN, found("cert.wildcard", rules.Warning, false)))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := encode()
	for range 20 {
		if !bytes.Equal(first, encode()) {
			t.Fatal("two reports of the same evidence differ")
		}
	}
}
