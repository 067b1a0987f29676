package proving

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/testpki"
)

const (
	botIP    = "198.18.7.2"
	inside   = "149.154.167.220" // of Telegram's networks
	outside  = "203.0.113.9"
	hookURL  = "https://" + testpki.Host + ":8443/webhook"
	hookPort = "8443"
)

// ground is a bot's host and Telegram's side on one wire.
type ground struct{ bot, telegram *host }

func newGround(t *testing.T, aia bool) ground {
	t.Helper()
	g := ground{startHost(t), startHost(t)}
	sh(t, fmt.Sprintf("nsenter -t %d -n ip link add b0 type veth peer name t0 netns %d", g.bot.pid, g.telegram.pid))
	g.bot.run(t, "ip addr add "+botIP+"/24 dev b0; ip link set b0 up; ip route add default via 198.18.7.1")
	g.telegram.run(t, "ip addr add 198.18.7.1/24 dev t0; ip addr add "+inside+"/32 dev t0; ip addr add "+outside+"/32 dev t0; ip link set t0 up")
	g.from(t, inside)
	if aia {
		g.telegram.startBot(t, "198.18.7.1:80") // serves the intermediate as well
	}
	return g
}

// from chooses the address that Telegram's side connects from.
func (g ground) from(t *testing.T, source string) {
	t.Helper()
	g.telegram.run(t, "ip route replace "+botIP+"/32 dev t0 src "+source)
}

func (g ground) check(t *testing.T, target string, flags ...string) result {
	t.Helper()
	return runCheck(t, g.telegram.network(), append([]string{"--connect-to", botIP, "--timeout", "6s"}, flags...), target)
}

// trial is one broken set-up and the remedy that mends it.
type trial struct {
	name    string
	finding string
	remedy  string
	files   map[string]string
	start   string // starts the servers
	target  string // hookURL where empty
	after   string // target once it is mended, where the remedy moves it
	flags   []string
	left    []string // findings that may stay beside the mended one
	bot     string   // where the bot listens, "" for no bot
	boot    string   // loads what is on disk, as a boot does
	stays   []string // files that the undo leaves there
	alike   []string // other sites, which must show and answer the same as before
	renewed bool     // no file has to change, and undo brings nothing back
	spoil   string   // makes the server refuse its configuration
}

// prove runs a trial: the finding is there, the remedy taken from the report
// mends it, does no more when applied again, and is undone to the byte.
func (c trial) prove(t *testing.T, g ground) {
	t.Helper()
	if c.target == "" {
		c.target = hookURL
	}
	if c.after == "" {
		c.after = c.target
	}
	for name, text := range c.files {
		g.bot.write(t, name, []byte(text))
	}
	if c.bot != "" {
		g.bot.startBot(t, c.bot)
	}
	g.bot.run(t, c.start)
	broken := c.await(t, g, c.target, "the finding", func(r result) bool { return r.finding(c.finding) != nil })
	fix := broken.remedy(t, c.finding, c.remedy)
	original := g.bot.etc(t)
	others := map[string]string{}
	for _, name := range c.alike {
		others[name] = g.shown(t, name)
	}
	g.bot.run(t, fix.Body)
	g.bot.run(t, fix.Apply)
	works := func(r result) bool {
		for _, f := range r.report.Findings {
			if broken.finding(f.ID) == nil && !slices.Contains(c.left, f.ID) {
				return false // nothing new may come
			}
		}
		return r.report.Verdict == report.Works && r.finding(c.finding) == nil
	}
	c.await(t, g, c.after, "it to work", works)
	for name, before := range others {
		if now := g.shown(t, name); now != before {
			t.Errorf("%s showed %q, now %q", name, before, now)
		}
	}
	once := g.bot.etc(t)
	if len(changed(original, once)) == 0 && !strings.Contains(c.remedy, "_open") && !c.renewed {
		t.Error("the remedy changed no file")
	}
	g.bot.run(t, fix.Body)
	g.bot.run(t, fix.Apply)
	if names := changed(once, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("applied twice it changes %v", names)
	}
	c.await(t, g, c.after, "it to work after the second time", works)
	if c.boot != "" {
		g.bot.run(t, c.boot)
		c.await(t, g, c.after, "it to work after a boot", works)
	}
	// What is undone is broken again: a server may refuse to load it.
	out, err := g.bot.try(t, fix.Undo)
	names := slices.DeleteFunc(changed(original, g.bot.etc(t)), func(name string) bool { return slices.Contains(c.stays, name) })
	if len(names) > 0 {
		t.Errorf("after undo %v differ\n%s %v", names, out, err)
	}
	if err == nil && !c.renewed {
		c.await(t, g, c.target, "the finding after undo", func(r result) bool { return r.finding(c.finding) != nil })
	}
	if !t.Failed() {
		proven(c.finding, c.remedy)
	}
}

// await checks until it is as wanted: a reload takes effect a moment later.
func (c trial) await(t *testing.T, g ground, target, what string, wanted func(result) bool) result {
	t.Helper()
	var r result
	for range 12 {
		if r = g.check(t, target, c.flags...); wanted(r) {
			return r
		}
		time.Sleep(250 * time.Millisecond)
	}
	var ids []string
	for _, f := range r.report.Findings {
		ids = append(ids, f.ID+" "+string(f.Evidence))
	}
	t.Fatalf("waited for %s: verdict %s, findings %v\n%s", what, r.report.Verdict, ids, r.report.Summary)
	return r
}

func (r result) finding(id string) *report.Finding {
	for i, f := range r.report.Findings {
		if f.ID == id {
			return &r.report.Findings[i]
		}
	}
	return nil
}

// remedy is that of the report: the harness holds no directive of its own.
func (r result) remedy(t *testing.T, finding, id string) report.Remedy {
	t.Helper()
	f := r.finding(finding)
	var ids []string
	for _, fix := range f.Remedies {
		if fix.ID == id {
			return fix
		}
		ids = append(ids, fix.ID)
	}
	t.Fatalf("%s offers no %s: %v", finding, id, ids)
	return report.Remedy{}
}
