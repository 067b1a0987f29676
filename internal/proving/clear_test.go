package proving

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/explain"
	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/internal/testpki"
)

// explained is what `hookcheck explain` makes of a text.
func explained(t *testing.T, text string) explain.Document {
	t.Helper()
	out, err := exec.Command(command(t), "explain", "--format", "json", "--lang", "en", text).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var d explain.Document
	if err := json.Unmarshal(out, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// fix is a remedy of any meaning.
func fix(t *testing.T, d explain.Document, id string) explain.Fix {
	t.Helper()
	for _, m := range d.Meanings {
		if i := slices.IndexFunc(m.Remedies, func(f explain.Fix) bool { return f.ID == id }); i >= 0 {
			return m.Remedies[i]
		}
	}
	t.Fatalf("%s offers no %s", d.Summary, id)
	return explain.Fix{}
}

// TestClearWebhook: what is offered where a webhook is in the way takes it
// away, certificate and all, and keeps the updates that wait.
func TestClearWebhook(t *testing.T) {
	need(t, "curl")
	for name, text := range map[string]string{
		"polling":     "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
		"already set": `{"ok":true,"result":true,"description":"Webhook is already set"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := startHost(t)
			h.webhook(t, hook{URL: hookURL, Certificate: true, Connections: 77, Address: botIP, Secret: secret, Updates: `["message"]`, Pending: 3})
			h.startAPI(t)
			run := func(script string) string { return h.run(t, strings.ReplaceAll(script, "<TOKEN>", botToken)) }
			clear := fix(t, explained(t, text), "telegram.delete_webhook")
			out := run(clear.Body + clear.Apply)
			if c := h.last(t); c.Method != "deleteWebhook" || c.Now != (hook{Updates: `["message"]`, Pending: 3}) || !strings.Contains(out, "Webhook was deleted") {
				t.Errorf("%s leaves %+v: %s", c.Method, c.Now, out)
			}
			if again := run(clear.Body); !strings.Contains(again, "Webhook is already deleted") {
				t.Errorf("the second time: %s", again)
			}
			look := fix(t, explained(t, "Webhook was set"), "telegram.get_webhook_info")
			info := run("{ " + strings.TrimSpace(look.Body) + "; } 2>/dev/null")
			if d := explained(t, info); d.Webhook == nil || d.Webhook.URL != "" {
				t.Errorf("getWebhookInfo, explained: %+v", d.Webhook)
			}
			if !t.Failed() {
				proven("", "telegram.delete_webhook")
				proven("", "telegram.get_webhook_info")
			}
		})
	}
}

func (h *host) last(t *testing.T) call {
	t.Helper()
	calls := h.calls(t)
	c := calls[len(calls)-1]
	if c.Fault != "" {
		t.Errorf("%s: %s", c.Method, c.Fault)
	}
	return c
}

// TestPinnedAddress: of two addresses one does not answer; the call pins the
// one that does, and its undo unpins it.
func TestPinnedAddress(t *testing.T) {
	need(t, "curl")
	const finding, dead = "dns.addresses_differ", "45.90.10.3"
	g := newGround(t, false)
	g.bot.run(t, "ip addr add "+publicIP+"/32 dev b0; ip addr add "+dead+"/32 dev b0")
	g.telegram.run(t, "ip route add "+publicIP+"/32 dev t0 src "+inside+"; ip route add "+dead+"/32 dev t0 src "+inside)
	g.telegram.background(t, []string{namesVariable + "=127.0.0.1:53 " + publicIP + " " + dead}, executable(t))
	for name, text := range with(pki(t), nginxSite, "server { listen "+publicIP+":8443 ssl; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; "+answers+" }\n") {
		g.bot.write(t, name, []byte(text))
	}
	g.bot.run(t, "nginx")
	before := hook{URL: hookURL, Connections: 77, Updates: `["message"]`}
	g.bot.webhook(t, before)
	g.bot.startAPI(t)
	broken := g.resolved(t, hookURL)
	for range 20 { // until the name server is up
		if broken.finding(finding) != nil {
			break
		}
		time.Sleep(200 * time.Millisecond)
		broken = g.resolved(t, hookURL)
	}
	pin := broken.remedy(t, finding, "telegram.ip_address")
	run := func(script string) hook {
		g.bot.run(t, strings.ReplaceAll(script, "<TOKEN>", botToken))
		return g.bot.sent(t).Now
	}
	want := before
	want.Address = publicIP
	got := run(pin.Body + pin.Apply)
	if got != want {
		t.Errorf("the webhook is\n%+v, want\n%+v", got, want)
	}
	pinned := g.resolved(t, hookURL, "--connect-to", got.Address)
	pinned.expect(t, "works", 0, nil)
	if pinned.finding(finding) != nil {
		t.Error("the other address still counts")
	}
	if got := run(pin.Undo); got != before {
		t.Errorf("after undo the webhook is\n%+v, want\n%+v", got, before)
	}
	if !t.Failed() {
		proven(finding, "telegram.ip_address")
	}
}

// resolved checks with the names that Telegram's side is told.
func (g ground) resolved(t *testing.T, target string, flags ...string) result {
	t.Helper()
	return runCheck(t, g.telegram.network(), append([]string{"--dns", "127.0.0.1", "--timeout", "6s"}, flags...), target)
}

// TestUploadNothing: a root given by file belongs to no dated list, so no check
// of a test's own server comes to this finding. The rule's own remedy is run.
func TestUploadNothing(t *testing.T) {
	need(t, "curl")
	const finding, id = "chain.root_not_in_documented_list", "telegram.upload_nothing"
	h := startHost(t)
	p := remedy.Sample()
	target := "https://" + testpki.Host + ":8443" + p.Path
	before := hook{URL: target, Connections: 77, Secret: secret, Updates: `["message"]`}
	h.webhook(t, before)
	h.startAPI(t)
	all := rules.All()
	r := all[slices.IndexFunc(all, func(r rules.Rule) bool { return r.ID == finding })]
	rs := r.Remedies(p)
	call := rs[slices.IndexFunc(rs, func(r remedy.Remedy) bool { return r.ID == id })]
	h.run(t, strings.NewReplacer("<TOKEN>", botToken, "<SECRET>", secret).Replace(call.Body.EN+call.Apply))
	sent := h.sent(t)
	if !p.SecretGiven {
		before.Secret = "" // not known to the check, and the text says so
	}
	if sent.Now != before || sent.Before != (hook{Updates: before.Updates}) {
		t.Errorf("the webhook was\n%+v\nand is\n%+v, want\n%+v after a deletion", sent.Before, sent.Now, before)
	}
	if !t.Failed() {
		proven(finding, id)
	}
}
