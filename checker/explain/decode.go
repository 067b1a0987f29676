package explain

import (
	"encoding/json"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// Options are what is known beside the text.
type Options struct {
	Now time.Time // errors are dated against it
	// Addresses are the host's present IPv4 addresses, where they were looked
	// up; ip_address is compared with them.
	Addresses []netip.Addr
}

// catalogue is the index of all rules, which never changes while a program runs.
var catalogue = sync.OnceValue(func() *index { return newIndex(rules.All()) })

// Decode says what a pasted text means. It never fails: what it cannot read is
// Unknown, with a hint.
func Decode(text string, o Options) *Answer {
	text, cut := clean(text)
	a := &Answer{Kind: Unknown, Cut: cut}
	if strings.TrimSpace(text) == "" {
		a.Kind, a.Hint = Empty, hintPaste
		return a
	}
	ix := catalogue()
	found := objects(text)
	if w, ok := webhookInfo(text, found, o.Now); ok {
		a.Kind, a.Webhook = WebhookInfo, w
		a.readWebhook(ix, o)
		return a
	}
	for _, f := range found {
		if r, ok := f.reading(); ok {
			a.add(ix, r)
		}
	}
	if len(a.Meanings) == 0 {
		a.readLines(ix, text)
	}
	a.findWebhook(text)
	if a.Kind == Unknown {
		a.Hint = hintFor(text)
		if a.Check != nil {
			a.Hint = hintCheck
		}
	}
	return a
}

// Host is the host whose present addresses are worth knowing: one with a name,
// for which getWebhookInfo gave an address.
func (a *Answer) Host() (target.Target, bool) {
	if a.Webhook == nil || a.Webhook.IPAddress == "" {
		return target.Target{}, false
	}
	t, err := target.Parse(a.Webhook.URL)
	return t, err == nil && !t.IsIP
}

// findWebhook offers to check the webhook that the text names, and reads a
// call of the Bot API that stands alone.
func (a *Answer) findWebhook(text string) {
	found, ok := Find(text)
	if ok {
		if t, err := target.Parse(found.Target); err == nil {
			a.Check = checkOf(t, found)
		}
	}
	switch {
	case a.Kind != Unknown:
	case ok && found.Call:
		a.Kind = WebhookCall
		a.Meanings = append(a.Meanings, callMeaning(found))
	case strings.Contains(text, "api.telegram.org/") && apiCall.MatchString(text):
		a.Kind = APICall
		a.Meanings = append(a.Meanings, apiCallMeaning)
	}
}

// reading is an answer of the Bot API that holds a description.
func (f fields) reading() (reading, bool) {
	text := f.text("description")
	if _, ok := f["ok"]; !ok || text == "" {
		return reading{}, false
	}
	r := read(text)
	var code int
	if json.Unmarshal(f["error_code"], &code) == nil {
		r.code = code
	}
	return r, true
}

func (a *Answer) readLines(ix *index, text string) {
	all := lines(text)
	for _, line := range all {
		r := read(line)
		if a.add(ix, r) && a.Kind == ServerLog {
			a.addPeers(line)
		}
		if len(a.Meanings) == maxFound {
			break
		}
	}
	if len(a.Meanings) == 0 && len(all) > 1 { // a text that was wrapped
		a.add(ix, read(strings.Join(all, " ")))
	}
	if slices.ContainsFunc(a.Meanings, func(m Meaning) bool { return strings.HasPrefix(m.ID, "log.alert_") }) { // it says why
		a.Meanings = slices.DeleteFunc(a.Meanings, func(m Meaning) bool { return m.ID == "log.hung_up" })
	}
	a.notePeers()
}

// add takes up what a piece means; the first one says what the text is.
func (a *Answer) add(ix *index, r reading) bool {
	m, kind, ok := ix.meaning(r)
	if !ok {
		return false
	}
	if a.Kind == Unknown {
		a.Kind = kind
	}
	if !slices.ContainsFunc(a.Meanings, func(old Meaning) bool { return old.ID == m.ID }) {
		a.Meanings = append(a.Meanings, m)
	}
	return true
}

var address = regexp.MustCompile(`\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b`)

// addPeers notes the public addresses of a log line, to tell Telegram's from
// anybody's.
func (a *Answer) addPeers(line string) {
	for _, s := range address.FindAllString(line, maxFound) {
		ip, err := netip.ParseAddr(s)
		if err != nil || !ip.IsGlobalUnicast() || ip.IsPrivate() || len(a.Peers) == maxFound {
			continue
		}
		p := Peer{IP: s, Telegram: slices.ContainsFunc(remedy.TelegramRanges(), func(n netip.Prefix) bool { return n.Contains(ip) })}
		if !slices.Contains(a.Peers, p) {
			a.Peers = append(a.Peers, p)
		}
	}
}

func (a *Answer) notePeers() {
	if len(a.Peers) == 0 {
		return
	}
	i := slices.IndexFunc(a.Peers, func(p Peer) bool { return p.Telegram })
	if i >= 0 {
		a.Notes = append(a.Notes, Meaning{
			ID:    "log.from_telegram",
			Title: lang.Text{EN: a.Peers[i].IP + " is in Telegram's networks", RU: a.Peers[i].IP + " — из сетей Telegram"},
			Text: lang.Text{
				EN: "The line was caused by Telegram's client, so it is about your webhook.",
				RU: "Строку вызвал клиент Telegram, так что речь о вашем вебхуке.",
			},
		})
		return
	}
	a.Notes = append(a.Notes, Meaning{
		ID:    "log.not_telegram",
		Title: lang.Text{EN: a.Peers[0].IP + " is not in Telegram's networks", RU: a.Peers[0].IP + " — не из сетей Telegram"},
		Text: lang.Text{
			EN: "Browsers, scanners and monitors cause such lines as well. Telegram connects from 149.154.160.0/20 and 91.108.4.0/22; behind a proxy the log shows the proxy's address.",
			RU: "Такие строки оставляют и браузеры, сканеры, мониторинг. Telegram подключается из 149.154.160.0/20 и 91.108.4.0/22; за прокси в журнале стоит адрес прокси.",
		},
	})
}

var (
	hintPaste = lang.Text{
		EN: "paste the whole answer of getWebhookInfo, an error text, or a line of the server's log",
		RU: "вставьте ответ getWebhookInfo целиком, текст ошибки или строку из журнала сервера",
	}
	hintCheck = lang.Text{
		EN: "this looks like an address: hookcheck check tests it",
		RU: "похоже на адрес: его проверит hookcheck check",
	}
	hintFile = lang.Text{
		EN: "this looks like a certificate: hookcheck pem checks certificate files",
		RU: "похоже на сертификат: файлы сертификатов проверяет hookcheck pem",
	}
	hintKey = lang.Text{
		EN: "a private key was pasted: treat it as leaked and make a new one; nothing of it was kept",
		RU: "вставлен закрытый ключ: считайте его раскрытым и создайте новый; здесь он не сохранён",
	}
)

var looksLikeTarget = regexp.MustCompile(`^(?:https?://\S+|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::[0-9]{1,5})?(?:/\S*)?)$`)

func hintFor(text string) lang.Text {
	switch text = strings.TrimSpace(text); {
	case strings.Contains(text, "[private key removed]"):
		return hintKey
	case strings.Contains(text, "-----BEGIN "):
		return hintFile
	case looksLikeTarget.MatchString(text):
		return hintCheck
	}
	return hintPaste
}
