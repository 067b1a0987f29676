package explain

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"hookcheck/checker/remedy"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// readWebhook says what an answer of getWebhookInfo means.
func (a *Answer) readWebhook(ix *index, o Options) {
	w := a.Webhook
	t, err := target.Parse(w.URL)
	known := w.URL != "" && err == nil
	if e := w.LastError; e != nil && w.URL != "" {
		m, _, ok := ix.meaning(read(e.Message))
		if !ok {
			m = unknownError(e.Message)
		}
		m.Findings = narrowed(m.Findings, w, known && t.IsIP)
		a.Meanings = append(a.Meanings, m)
		a.Notes = append(a.Notes, ageNote(w))
	}
	if w.URL == "" {
		a.Notes = append(a.Notes, urlEmpty())
	} else {
		a.Notes = append(a.Notes, w.notes(o)...)
	}
	if known {
		a.Check = w.check(t)
		a.Notes = append(a.Notes, urlNotes(t, w)...)
	}
	if w.LastError == nil || w.LastError.State == Old || w.URL == "" {
		a.Silent = silentFor(w)
	}
}

func unknownError(message string) Meaning {
	return Meaning{
		ID: "delivery.unknown", Matched: message,
		Title: lang.Text{EN: "Telegram reports an error that is not known here", RU: "Telegram сообщает об ошибке, которая здесь не известна"},
		Text: lang.Text{
			EN: "Check the webhook: the check tries each step by itself and names what fails.",
			RU: "Проверьте вебхук: проверка пройдёт каждый шаг и назовёт тот, что не удался.",
		},
	}
}

// narrowed leaves out what the answer rules out: a needless upload where
// nothing was uploaded, a missing one where a file was, rules for addresses
// where the host is a name. With an upload, faults of the upload come first.
func narrowed(ids []string, w *Webhook, isIP bool) []string {
	custom := w.HasCustomCertificate
	out := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		switch {
		case id == "cert.ip_needs_san":
			return !isIP || custom != nil && *custom
		case id == "cert.ip_needs_common_name":
			return !isIP || custom != nil && !*custom
		case id == "cert.self_signed":
			return custom != nil && *custom
		case strings.HasPrefix(id, "upload."):
			return custom != nil && !*custom
		}
		return false
	})
	if custom != nil && *custom {
		slices.SortStableFunc(out, func(a, b string) int { return rankUpload(a) - rankUpload(b) })
	}
	return out
}

func rankUpload(id string) int {
	if strings.HasPrefix(id, "upload.") {
		return 0
	}
	return 1
}

func (w *Webhook) check(t target.Target) *Check {
	f := Found{}
	if custom := w.HasCustomCertificate; custom != nil {
		f.Call, f.Uploads = true, *custom
	}
	c := checkOf(t, f)
	c.IPAddress = w.IPAddress
	return c
}

// ageNote says whether the error still holds.
func ageNote(w *Webhook) Meaning {
	e := w.LastError
	switch e.State {
	case Recent:
		return Meaning{
			ID: "webhook.error_recent", Title: sentence("The error is fresh: %s", "Ошибка свежая: %s", e.ago()),
			Text: lang.Text{
				EN: "Telegram tries again within two minutes, so it still holds, unless you mended something since.",
				RU: "Telegram повторяет попытки не реже чем раз в две минуты, так что она актуальна — если только вы с тех пор ничего не исправили.",
			},
		}
	case Old:
		return Meaning{
			ID: "webhook.error_old", Title: sentence("The error is old: %s", "Ошибка старая: %s", e.ago()),
			Text: lang.Text{
				EN: "A success does not clear last_error_message; it goes only when the webhook is set anew. Retries come within two minutes, so a fault that lasted would have a newer date. Send the bot a message and look again.",
				RU: "Успешная доставка не стирает last_error_message; он исчезает, только если задать вебхук заново. Повторы идут не реже чем раз в две минуты, так что у непрошедшей ошибки дата была бы новее. Напишите боту и посмотрите ещё раз.",
			},
		}
	}
	return Meaning{
		ID: "webhook.error_unclear", Title: lang.Text{EN: "It is unclear whether the error still holds", RU: "Неясно, держится ли ошибка до сих пор"},
		Text: lang.Text{
			EN: "Its date is missing, lies in the future, or does not fit the updates that wait. Send the bot a message, wait two minutes and call getWebhookInfo again: a newer last_error_date means that it lasts.",
			RU: "Её даты нет, она в будущем или не вяжется с ожидающими обновлениями. Напишите боту, подождите две минуты и снова вызовите getWebhookInfo: если last_error_date стала новее, ошибка держится.",
		},
		Remedies: []remedy.Remedy{remedy.TelegramCheck(nil)},
	}
}

func urlEmpty() Meaning {
	return Meaning{
		ID: "webhook.url_empty", Title: lang.Text{EN: "No webhook is set: `url` is empty", RU: "Вебхук не задан: `url` пуст"},
		Text: lang.Text{
			EN: "It was never set, or taken away: by deleteWebhook, by setWebhook with an empty url, by another program with the same token, or by Telegram after 23 hours of 410.",
			RU: "Его не задавали либо его сняли: вызов deleteWebhook, вызов setWebhook с пустым url, другая программа с тем же токеном или сам Telegram после 23 часов ответов 410.",
		},
	}
}

// notes are about single fields.
func (w *Webhook) notes(o Options) []Meaning {
	var out []Meaning
	if c := w.HasCustomCertificate; c != nil && *c {
		out = append(out, customCertificate(w))
	}
	if n := w.PendingUpdateCount; n != nil && *n > 0 {
		out = append(out, pendingNote(int(min(*n, 1<<31-1))))
	}
	if n := w.MaxConnections; n != nil && *n > 0 && *n < 5 && w.PendingUpdateCount != nil && *w.PendingUpdateCount > 0 {
		out = append(out, Meaning{
			ID:    "webhook.max_connections",
			Title: lang.Text{EN: fmt.Sprintf("max_connections is only %d", *n), RU: fmt.Sprintf("max_connections всего %d", *n)},
			Text: lang.Text{
				EN: "Telegram then sends that many updates at a time, so one slow answer holds up the others. The default is 40, up to 100 are allowed.",
				RU: "Telegram шлёт не больше стольких обновлений одновременно, и один медленный ответ задерживает остальные. По умолчанию 40, можно до 100.",
			},
		})
	}
	out = append(out, w.addressNotes(o)...)
	if len(w.AllowedUpdates) > 0 {
		list := strings.Join(w.AllowedUpdates, ", ")
		out = append(out, Meaning{
			ID:    "webhook.allowed_updates",
			Title: lang.Text{EN: "Only these kinds of updates are sent: " + list, RU: "Присылаются только эти виды обновлений: " + list},
			Text: lang.Text{
				EN: "All others are dropped without an error. To widen the list, call setWebhook with allowed_updates.",
				RU: "Остальные отбрасываются без ошибки. Чтобы расширить список, вызовите setWebhook с allowed_updates.",
			},
		})
	}
	if t := w.LastSyncErrorDate; t != nil {
		at := t.Format(time.RFC3339)
		out = append(out, Meaning{
			ID:    "webhook.synchronization_error",
			Title: lang.Text{EN: "Telegram had trouble fetching the bot's updates, last at " + at, RU: "У Telegram были перебои с получением обновлений бота, последний раз " + at},
			Text: lang.Text{
				EN: "That is between the Bot API server and Telegram's data centres. Nothing on your server causes it or mends it.",
				RU: "Это происходит между сервером Bot API и дата-центрами Telegram. Ваш сервер тут ни при чём, и исправлять на нём нечего.",
			},
		})
	}
	return out
}

func customCertificate(w *Webhook) Meaning {
	m := Meaning{
		ID: "webhook.custom_certificate", Title: lang.Text{EN: "A certificate was uploaded with setWebhook", RU: "В setWebhook загружен сертификат"},
		Text: lang.Text{
			EN: "The uploaded file is then all that Telegram trusts. That is right for a self-signed certificate or a CA of your own; with a certificate of a public CA (Let's Encrypt and the like) it is what breaks delivery: set the webhook again without a file.",
			RU: "Тогда Telegram доверяет только загруженному файлу. Для самоподписанного сертификата или собственного УЦ это правильно; с сертификатом публичного УЦ (Let's Encrypt и подобные) доставку ломает именно это: задайте вебхук заново без файла.",
		},
		Findings: []string{"upload.not_needed", "upload.different_certificate", "upload.not_an_anchor"},
	}
	if p := w.params(); p != nil {
		m.Remedies = remedy.List(remedy.TelegramClearCertificate)(p)
	}
	return m
}

func pendingNote(n int) Meaning {
	return Meaning{
		ID: "webhook.pending",
		Title: lang.Text{
			EN: strconv.Itoa(n) + " " + lang.Plural(lang.EN, n, "update waits", "", "updates wait"),
			RU: strconv.Itoa(n) + " " + lang.Plural(lang.RU, n, "обновление ждёт", "обновления ждут", "обновлений ждут") + " доставки",
		},
		Text: lang.Text{
			EN: "They come as soon as delivery works, and are dropped after 24 hours. A number that grows while no error is reported means that the bot answers too slowly.",
			RU: "Они придут, как только доставка заработает, а через 24 часа пропадут. Если число растёт, а об ошибках не сообщается, бот отвечает слишком медленно.",
		},
	}
}

// addressNotes compare the address that Telegram uses with the present ones.
func (w *Webhook) addressNotes(o Options) []Meaning {
	ip, err := netip.ParseAddr(w.IPAddress)
	if err != nil {
		return nil
	}
	differs := len(o.Addresses) > 0 && !slices.Contains(o.Addresses, ip)
	if t, err := target.Parse(w.URL); err == nil && t.IsIP && !strings.Contains(t.ASCIIHost, ":") {
		differs = t.ASCIIHost != ip.String()
	}
	if differs {
		return []Meaning{{
			ID:    "webhook.ip_address_differs",
			Title: lang.Text{EN: "Telegram connects to " + ip.String() + ", and the host's address is another one", RU: "Telegram подключается к " + ip.String() + ", а у хоста другой адрес"},
			Text: lang.Text{
				EN: "Either ip_address was pinned by setWebhook, or the server moved and Telegram still remembers the old address (about 30 minutes). Set the webhook again without ip_address; call deleteWebhook before, so that the call is not taken for a repetition.",
				RU: "Либо адрес закреплён параметром ip_address в setWebhook, либо сервер переехал, а Telegram ещё помнит старый адрес (около 30 минут). Задайте вебхук заново без ip_address; сначала вызовите deleteWebhook, иначе вызов сочтут повтором.",
			},
			Findings: []string{"dns.addresses_differ"},
		}}
	}
	if len(o.Addresses) > 0 {
		return nil
	}
	return []Meaning{{
		ID:    "webhook.ip_address",
		Title: lang.Text{EN: "Telegram connects to " + ip.String(), RU: "Telegram подключается к " + ip.String()},
		Text: lang.Text{
			EN: "Compare it with the server's address. If it is an old one, it was pinned with ip_address, or DNS changed less than half an hour ago.",
			RU: "Сравните этот адрес с адресом сервера. Если он старый, он закреплён параметром ip_address или запись в DNS изменилась меньше получаса назад.",
		},
	}}
}

// urlNotes are about the URL itself.
func urlNotes(t target.Target, w *Webhook) []Meaning {
	var out []Meaning
	if t.TokenInPath || strings.Contains(w.URL, "<TOKEN>") {
		out = append(out, Meaning{
			ID: "webhook.token_in_url", Title: lang.Text{EN: "The bot token stands in the URL", RU: "В URL стоит токен бота"},
			Text: lang.Text{
				EN: "It was hidden here. It also stands in access logs; a random path with secret_token is safer. If you pasted it anywhere public, revoke it with @BotFather.",
				RU: "Здесь он скрыт. Но он попадает и в журналы доступа; надёжнее случайный путь и secret_token. Если вы его где-то опубликовали, отзовите у @BotFather.",
			},
			Findings: []string{"url.token_in_path"},
		})
	}
	if t.Scheme != "https" || !slices.Contains([]int{443, 80, 88, 8443}, t.Port) {
		out = append(out, Meaning{
			ID: "webhook.local_server", Title: lang.Text{EN: "api.telegram.org would not take this URL", RU: "api.telegram.org такой URL не принял бы"},
			Text: lang.Text{
				EN: "Its scheme or port is one that only a self-hosted Bot API server run with --local allows. There the rules about TLS and addresses differ.",
				RU: "Такую схему или порт допускает только собственный сервер Bot API с ключом --local. Там другие правила для TLS и адресов.",
			},
			Findings: []string{"url.local_api_hint", "url.not_https", "url.port_unsupported"},
		})
	}
	return out
}

// params are what remedies are filled in with, nil where the URL is of no use.
func (w *Webhook) params() *remedy.Params {
	t, err := target.Parse(w.URL)
	if err != nil || w.URL == "" {
		return nil
	}
	p := &remedy.Params{
		Host: t.ASCIIHost, Port: t.Port, IsIP: t.IsIP, URL: t.URL, Path: t.Path, Token: strings.Contains(t.Path, "<TOKEN>"), Upload: "none",
	}
	if ip, err := netip.ParseAddr(w.IPAddress); err == nil {
		p.IP = ip.String()
	}
	if c := w.HasCustomCertificate; c != nil && *c {
		p.Upload, p.UploadHas = "given", true
	}
	return p
}
