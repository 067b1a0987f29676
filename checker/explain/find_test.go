package explain

import (
	"slices"
	"strings"
	"testing"
)

const botToken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

// TestFind: where the webhook stands in what people paste.
func TestFind(t *testing.T) {
	const api, hook = "https://api.telegram.org/bot" + botToken, "https://bot.example.org:8443/hook"
	for _, tc := range []struct {
		text string
		want Found
	}{
		{`curl -F "url=` + hook + `" ` + api + `/setWebhook`, Found{Target: hook, Call: true}},
		{`curl -F "url=` + hook + `" -F "certificate=@bot.pem" ` + api + `/setWebhook`, Found{Target: hook, Call: true, Uploads: true}},
		{"$ curl -s \\\n  -F url=" + hook + " \\\n  -F secret_token=abc_1 \\\n  " + api + "/setWebhook\n", Found{Target: hook, Call: true, SecretToken: "abc_1"}},
		{api + "/setWebhook?url=" + hook + "&secret_token=s-1", Found{Target: hook, Call: true, SecretToken: "s-1"}},
		{api + "/setWebhook?url=https%3A%2F%2Fbot.example.org%3A8443%2Fhook", Found{Target: hook, Call: true}},
		{"curl " + api + "/setWebhook -d url=https%3A%2F%2Fbot.example.org%3A8443%2Fhook", Found{Target: hook, Call: true}},
		{"curl " + api + "/setWebhook -d 'url=" + hook + "&max_connections=10'", Found{Target: hook, Call: true}},
		{"curl http://127.0.0.1:8081/bot" + botToken + `/setWebhook\?url\=` + hook, Found{Target: hook, Call: true}},
		{`curl -X POST -H "Content-Type: application/json" -d '{"url":"https:\/\/bot.example.org:8443\/hook"}' ` + api + "/setWebhook", Found{Target: hook, Call: true}},
		{`curl -F "url=https://bot.example.org/bot` + botToken + `" ` + api + "/setWebhook", Found{Target: "https://bot.example.org/bot" + botToken, Call: true}},
		{`curl -F "url=https://bot.example.org/$BOT_TOKEN" https://api.telegram.org/bot$BOT_TOKEN/setWebhook`, Found{Target: "bot.example.org", Call: true, Partial: true}},
		{`curl -F "url=https://bot.example.org/<TOKEN>" https://api.telegram.org/bot<TOKEN>/setWebhook`, Found{Target: "bot.example.org", Call: true, Partial: true}},
		{"await bot.set_webhook(url=f\"https://bot.example.org:88/{TOKEN}\", certificate=open('cert.pem','rb'))", Found{Target: "bot.example.org:88", Call: true, Partial: true, Uploads: true}},
		{"bot.setWebhook('" + hook + "')", Found{Target: hook, Call: true}},
		{"application.run_webhook(listen='0.0.0.0', port=8443, secret_token='Abc', webhook_url='" + hook + "')", Found{Target: hook, Call: true, SecretToken: "Abc"}},
		{"$telegram->setWebhook('" + hook + "', ['certificate' => '/path/bot.crt']);", Found{Target: hook, Call: true, Uploads: true}},
		{"first look at this:\n" + hook + ".\nit does not work", Found{Target: hook}},
		{"see https://core.telegram.org/bots/webhooks and (" + hook + ")", Found{Target: hook}},
		{"[hook](" + hook + ")", Found{Target: hook}},
		{"https://a.example.org/x\nhttps://b.example.org:8443/y\nhttps://a.example.org/z", Found{Target: "https://a.example.org/x", Others: []string{"b.example.org:8443"}}},
		{`connect() failed while connecting to upstream, client: 91.108.6.97, request: "POST /hook HTTP/1.1", upstream: "http://127.0.0.1:5000/hook", host: "bot.example.org"`, Found{Target: "https://bot.example.org/hook"}},
		{`at=error code=H10 method=POST path="/hook" host=bot.example.org fwd="91.108.6.97" status=503`, Found{Target: "https://bot.example.org/hook"}},
		{`{"request":{"method":"POST","host":"bot.example.org:8443","uri":"/hook"},"status":502}`, Found{Target: hook}},
		{`webhook_url = "https://bot.example.org"`, Found{Target: "https://bot.example.org", Call: true}},
		{"http://bot.example.org/<TOKEN>", Found{Target: "http://bot.example.org", Partial: true}},
	} {
		got, ok := Find(tc.text)
		if !ok || got.Target != tc.want.Target || !slices.Equal(got.Others, tc.want.Others) || got.Call != tc.want.Call || got.Uploads != tc.want.Uploads || got.SecretToken != tc.want.SecretToken || got.Partial != tc.want.Partial {
			t.Errorf("%q\n\tgives %+v, want %+v", tc.text, got, tc.want)
		}
	}
	for _, text := range []string{"", "nothing here", api + "/getWebhookInfo", "https://api.telegram.org/bot<TOKEN>/setWebhook", "https://core.telegram.org/bots/api", strings.Repeat("https://", 9000), "https://%zz"} {
		if got, ok := Find(text); ok {
			t.Errorf("%.80q gives %+v", text, got)
		}
	}
}

func TestBare(t *testing.T) {
	for text, want := range map[string]string{
		` "bot.example.org:8443" `: "bot.example.org:8443", "<https://bot.example.org/x>": "https://bot.example.org/x", "'bot.example.org',": "bot.example.org",
		"my bot lives at bot.example.org:8443 and is silent": "bot.example.org:8443", "my site: bot.mysite.co.uk": "bot.mysite.co.uk", "203.0.113.9 is the address": "203.0.113.9",
		"run python bot.py please": "", "telegram.ext crashed": "", "no idea at all": "", "(localhost)": "localhost",
	} {
		if got, _ := Bare(text); got.Target != want {
			t.Errorf("%q gives %q, want %q", text, got.Target, want)
		}
	}
	if got, _ := Bare("a.example.org\nb.example.org:88\n"); got.Target != "a.example.org" || !slices.Equal(got.Others, []string{"b.example.org:88"}) {
		t.Errorf("two lines: %+v", got)
	}
}
