package rules

import (
	"reflect"
	"slices"
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// reachCase states how a set-up deviates from a healthy one and what the rules
// of the way there say, in order.
type reachCase struct {
	name   string
	change func(*facts.Facts)
	want   []string
	// of the first finding
	predicted string
	undecided bool
	vantage   bool
}

// healthy is a bot that Telegram delivers to.
func healthy() *facts.Facts {
	first := evidence.Address{IP: "93.184.216.34", TCP: evidence.TCPOpen, TLS: evidence.HelloOK, LeafSHA256: "aa"}
	ev := &evidence.Evidence{
		Kind:      evidence.Live,
		Request:   evidence.Request{Post: true},
		DNS:       &evidence.DNS{Outcome: evidence.DNSOK, A: []string{first.IP}, AAAA: []string{"2001:db8::7"}},
		Addresses: []evidence.Address{first},
		TLS: &evidence.TLS{
			Main:     evidence.Handshake{SNI: "bot.example.org", Outcome: evidence.HelloOK, Version: "tls1.3"},
			Versions: map[string]string{"tls1.2": "accepted", "tls1.3": "accepted"},
		},
		Presented: [][]byte{{0x30}},
		HTTP:      &evidence.HTTP{Outcome: evidence.HTTPResponse, Status: 200, Reason: "OK"},
		Target: target.Target{
			URL: "https://bot.example.org:8443/webhook", Scheme: "https", Host: "bot.example.org", ASCIIHost: "bot.example.org",
			Port: 8443, Path: "/webhook", IsURL: true,
		},
	}
	return &facts.Facts{
		Ev: ev, Target: &ev.Target, Host: "bot.example.org", Port: 8443, Live: true,
		Net:   facts.Net{First: &ev.Addresses[0], FirstIP: first.IP},
		TLS:   facts.TLS{BestVersion: "tls1.3", SNISent: true},
		Chain: facts.Chain{Trusted: true, RootIncluded: -1},
		Names: facts.Names{Judged: true, Match: true, All: []string{"bot.example.org"}},
		HTTP:  facts.HTTP{Tried: true, Status: 200, Reason: "OK"},
	}
}

func TestHealthyIsSilent(t *testing.T) {
	if got := idsOf(t, reachRules(), healthy()); len(got) > 0 {
		t.Errorf("a healthy bot gets %v", got)
	}
}

// TestFilesAreNotAServer: none of these rules speaks about a pasted file.
func TestFilesAreNotAServer(t *testing.T) {
	for _, tt := range reachCases() {
		f := healthy()
		tt.change(f)
		f.Ev.Kind = evidence.Files
		if got := idsOf(t, reachRules(), f); len(got) > 0 {
			t.Errorf("%s: files get %v", tt.name, got)
		}
	}
}

func reachCases() []reachCase {
	return slices.Concat(urlCases(), dnsCases(), tcpCases(), tlsCases(), httpCases())
}

func TestReachRules(t *testing.T) {
	fired := map[string]bool{}
	for _, tt := range reachCases() {
		t.Run(tt.name, func(t *testing.T) {
			f := healthy()
			tt.change(f)
			found, err := run(reachRules(), f)
			if err != nil {
				t.Fatal(err)
			}
			checkFindings(t, tt, found)
			for _, x := range found {
				fired[x.Rule.ID] = true
			}
		})
	}
	for _, r := range reachRules() {
		if !fired[r.ID] {
			t.Errorf("no case makes %s fire", r.ID)
		}
	}
}

func checkFindings(t *testing.T, tt reachCase, found []Finding) {
	t.Helper()
	var ids []string
	for _, x := range found {
		ids = append(ids, x.Rule.ID)
		if got, want := reflect.TypeOf(x.Args), reflect.TypeOf(x.Rule.Example); got != want {
			t.Errorf("%s: arguments are a %v, the example a %v", x.Rule.ID, got, want)
		}
		for _, l := range lang.All() {
			title, detail, err := x.Rule.Texts(l, x.Args)
			if err != nil {
				t.Fatalf("%s: %v", x.Rule.ID, err)
			}
			checkText(t, "title", title, l)
			checkText(t, "detail", detail, l)
		}
	}
	if !slices.Equal(ids, tt.want) {
		t.Fatalf("got %v, want %v", ids, tt.want)
	}
	if len(found) == 0 {
		return
	}
	first := found[0]
	if first.Predicted != tt.predicted {
		t.Errorf("predicted %q, want %q", first.Predicted, tt.predicted)
	}
	if first.Undecided != tt.undecided || first.Vantage != tt.vantage {
		t.Errorf("undecided %t, vantage %t, want %t, %t", first.Undecided, first.Vantage, tt.undecided, tt.vantage)
	}
}

// dead leaves nothing after a connection that ended so.
func dead(f *facts.Facts, outcome string) {
	f.Ev.Addresses[0].TCP = outcome
	f.Ev.TLS, f.Ev.HTTP, f.Ev.Presented = nil, nil, nil
	f.TLS, f.HTTP, f.Chain = facts.TLS{}, facts.HTTP{}, facts.Chain{}
}

// noAddressFound leaves nothing after DNS.
func noAddressFound(f *facts.Facts, d evidence.DNS) {
	dead(f, "")
	f.Ev.DNS, f.Ev.Addresses, f.Net = &d, nil, facts.Net{}
}

// broken is a handshake that ended before the certificates came.
func broken(f *facts.Facts, p facts.TLSProblem, predicted string) {
	f.Ev.TLS.Main.Outcome = evidence.HelloAlert
	f.Ev.HTTP, f.Ev.Presented = nil, nil
	f.TLS.Problem, f.TLS.Predicted = p, predicted
	f.HTTP, f.Chain = facts.HTTP{}, facts.Chain{}
}

// answer is the test update answered so.
func answer(f *facts.Facts, p facts.HTTPProblem, status int, reason string) {
	f.Ev.HTTP.Status, f.Ev.HTTP.Reason = status, reason
	f.HTTP.Problem, f.HTTP.Status, f.HTTP.Reason = p, status, reason
}
