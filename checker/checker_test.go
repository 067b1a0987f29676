package checker

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
)

// offline is a checker by the roots of testpki, for everything but Check.
func offline(t testing.TB) *Checker {
	t.Helper()
	roots, err := rootstore.FromPEM("roots.pem", testpki.PublicRoot().PEM())
	if err != nil {
		t.Fatal(err)
	}
	return &Checker{Roots: roots, GivenRoots: true, Clock: func() time.Time { return testpki.Epoch }}
}

// live is evidence of a server that presents nodes.
func live(t testing.TB, nodes ...*testpki.Node) *evidence.Evidence {
	t.Helper()
	tg, err := target.Parse("https://" + testpki.Host + ":8443/hook")
	if err != nil {
		t.Fatal(err)
	}
	return &evidence.Evidence{
		Schema: evidence.Schema, Kind: evidence.Live, CheckedAt: testpki.Epoch, Target: tg,
		Request:   evidence.Request{Post: true, ConnectTo: "127.0.0.1"},
		DNS:       &evidence.DNS{Outcome: evidence.DNSSkipped},
		Addresses: []evidence.Address{{IP: "127.0.0.1", TCP: evidence.TCPOpen, TLS: evidence.HelloOK}},
		TLS: &evidence.TLS{
			Main:     evidence.Handshake{SNI: testpki.Host, Outcome: evidence.HelloOK, Version: "tls1.3", Chain: testpki.DERs(nodes...)},
			Versions: map[string]string{"tls1.2": "accepted", "tls1.3": "accepted"},
		},
		Presented: testpki.DERs(nodes...),
	}
}

// TestSecretsTravelOnlyWhereTelegramGoes: path, credentials and secret token
// are sent only where the client would send them.
func TestSecretsTravelOnlyWhereTelegramGoes(t *testing.T) {
	c := offline(t)
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	for _, x := range []struct {
		name   string
		ev     *evidence.Evidence
		change func(*evidence.Evidence)
		want   bool
	}{
		{name: "full chain", ev: live(t, leaf, ca), want: true},
		{name: "leaf alone", ev: live(t, leaf)},
		{name: "self-signed", ev: live(t, testpki.SelfSigned([]string{testpki.Host}))},
		{name: "another name", ev: live(t, ca.Leaf("other.example.net"), ca)},
		{name: "expired", ev: live(t, leaf, ca), change: func(e *evidence.Evidence) { e.CheckedAt = testpki.Epoch.AddDate(2, 0, 0) }},
		{name: "unsupported port", ev: live(t, leaf, ca), change: func(e *evidence.Evidence) { e.Target.Port = 3000 }},
		{name: "upload that cannot be read", ev: live(t, leaf, ca), change: func(e *evidence.Evidence) {
			e.Upload = &evidence.Upload{Size: 5, Format: "text"}
		}},
		{name: "needless upload", ev: live(t, leaf, ca), change: func(e *evidence.Evidence) {
			e.Upload = &evidence.Upload{Size: 5, Format: "pem", OpenSSLAccepts: true, Certificates: testpki.DERs(leaf)}
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			if x.change != nil {
				x.change(x.ev)
			}
			if got := c.accepts(x.ev); got != x.want {
				t.Errorf("accepts: %v, want %v", got, x.want)
			}
		})
	}
}

func TestWantsTheIssuerThatIsMissing(t *testing.T) {
	c := offline(t)
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{testpki.Host}, testpki.AIA("http://ca.example.net/1.der"))
	ev := live(t, leaf)
	got := c.wants(ev)
	if len(got) != 1 || got[0].URL != "http://ca.example.net/1.der" || len(got[0].ForSHA256) != 64 {
		t.Fatalf("wants %+v", got)
	}
	ev.Fetched = []evidence.Fetched{{URL: got[0].URL, ForSHA256: got[0].ForSHA256, Certificates: testpki.DERs(ca)}}
	if again := c.wants(ev); len(again) != 0 {
		t.Errorf("still wants %+v", again)
	}
	if ev = live(t, leaf, ca); len(c.wants(ev)) != 0 {
		t.Error("wants something for a whole chain")
	}
}

func TestRedact(t *testing.T) {
	const token = "123456789:AAEhBP0av28TUqGHBLoVRZGkxzDQLGbFyZ8"
	ev := &evidence.Evidence{HTTP: &evidence.HTTP{
		Reason: "No sesame_77", Location: "https://a.example/bot" + token, BodyStart: "got sesame_77 and " + token,
		Server: "sesame_77", Headers: map[string]string{"via": token}, Error: token,
	}}
	redact(ev, "sesame_77")
	raw, err := json.Marshal(ev)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"sesame_77", "AAEhBP0av28"} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%s is still there: %s", secret, raw)
		}
	}
	redact(&evidence.Evidence{}, "x")
}

// TestReplayUsesTheRootsOfTheCheck: a program with other roots gives the same
// report.
func TestReplayUsesTheRootsOfTheCheck(t *testing.T) {
	ca := testpki.PublicCA()
	c := offline(t)
	res, err := c.CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: "chain.pem", Data: testpki.Bundle(ca.Leaf(testpki.Host), ca)}}})
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := rootstore.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	again, err := (&Checker{Roots: embedded}).Replay(res.Evidence)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lang.All() {
		a, b := encode(t, res, l), encode(t, again, l)
		if string(a) != string(b) {
			t.Errorf("the replay differs:\n%s\n%s", a, b)
		}
	}
	if rep, _ := again.Report(lang.EN); rep.Verdict != report.Works {
		t.Errorf("verdict %s", rep.Verdict)
	}
}

func encode(t testing.TB, r *Result, l lang.Lang) []byte {
	t.Helper()
	rep, err := r.Report(l)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// FuzzReplay: saved evidence comes from strangers, with a bug report.
func FuzzReplay(f *testing.F) {
	ca := testpki.PublicCA()
	for _, nodes := range [][]*testpki.Node{
		{ca.Leaf(testpki.Host), ca}, {ca.Leaf(testpki.Host)}, {testpki.SelfSigned([]string{testpki.Host})}, {},
	} {
		ev := live(f, nodes...)
		ev.HTTP = &evidence.HTTP{Outcome: evidence.HTTPResponse, Status: 302, Location: "https://a.example/"}
		seed, err := json.Marshal(ev)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	c := offline(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var ev evidence.Evidence
		if json.Unmarshal(data, &ev) != nil {
			return
		}
		res, err := c.Replay(&ev)
		if err != nil {
			return
		}
		for _, l := range lang.All() {
			if _, err := res.Report(l); err != nil {
				t.Fatal(err)
			}
		}
	})
}
