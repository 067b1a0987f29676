package web_test

import (
	"strings"
	"testing"

	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
)

// TestGistOfLongCommands: a command with a program inside shows the lines that
// it puts in place, before the command itself.
func TestGistOfLongCommands(t *testing.T) {
	s, n := newSite(t, nil), 0
	for _, r := range rules.All() {
		if r.Remedies == nil {
			continue
		}
		long := 0
		for _, m := range r.Remedies(remedy.Sample()) {
			if m.Kind != remedy.Note && remedy.Outline(m.Body.EN) != m.Body.EN {
				long++
			}
			if remedy.Steps(m.Apply) != m.Apply {
				long++
			}
		}
		n += long
		if got := strings.Count(s.get("/rules/"+r.ID).Body.String(), `class="gist"`); got != long {
			t.Errorf("%s: %d long commands, %d show their lines", r.ID, long, got)
		}
	}
	if n < 10 {
		t.Errorf("only %d long commands", n)
	}
	if body := s.get("/rules/chain.intermediate_missing").Body.String(); !strings.Contains(body, "<code>ssl_certificate /etc/ssl/hookcheck/bot.example.org-fullchain.pem;</code>") {
		t.Error("the directive of nginx is not shown")
	}
}

// TestAsidesStandApart: what is said beside a fix's title is parted from it.
func TestAsidesStandApart(t *testing.T) {
	s, n := newSite(t, nil), 0
	for _, r := range rules.All() {
		body := s.get("/rules/" + r.ID).Body.String()
		n += strings.Count(body, `<span class="aside">`)
		if apart := strings.Count(body, ` <span class="aside">`); apart != strings.Count(body, `<span class="aside">`) {
			t.Errorf("%s: a title runs into what is said beside it", r.ID)
		}
	}
	if n < 10 {
		t.Errorf("only %d asides", n)
	}
}
