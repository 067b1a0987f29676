package explain

import (
	"fmt"
	"time"

	"hookcheck/internal/lang"
)

// takenFor says what a text was taken for.
var takenFor = map[Kind]lang.Text{
	Empty:         {EN: "nothing", RU: "пустой текст"},
	Unknown:       {EN: "a text that is not known here", RU: "неизвестный текст"},
	WebhookInfo:   {EN: "the answer of getWebhookInfo", RU: "ответ getWebhookInfo"},
	SetWebhook:    {EN: "an answer of setWebhook", RU: "ответ setWebhook"},
	DeliveryError: {EN: "an error that Telegram reports about a webhook (last_error_message)", RU: "ошибка, которую Telegram сообщает о вебхуке (last_error_message)"},
	ServerLog:     {EN: "a line of a server's log", RU: "строка из журнала сервера"},
	ToolOutput:    {EN: "what curl, openssl or a browser says", RU: "сообщение curl, openssl или браузера"},
	WebhookCall:   {EN: "a call of setWebhook", RU: "вызов setWebhook"},
	APICall:       {EN: "a call of the Bot API", RU: "вызов Bot API"},
	APIAnswer:     {EN: "an answer of the Bot API", RU: "ответ Bot API"},
}

// summary is the answer in one sentence.
func (a *Answer) summary() lang.Text {
	switch {
	case a.Kind == Empty:
		return lang.Text{EN: "There is no text to explain.", RU: "Нет текста, который нужно объяснить."}
	case a.Kind == Unknown:
		return lang.Text{EN: "This text is not known here, so nothing is said about it.", RU: "Этот текст здесь не известен, поэтому и сказать о нём нечего."}
	case a.Webhook != nil:
		return a.Webhook.summary()
	}
	t := a.Meanings[0].Title
	return lang.Text{EN: t.EN + ".", RU: t.RU + "."}
}

func (w *Webhook) summary() lang.Text {
	switch {
	case w.URL == "":
		return lang.Text{EN: "No webhook is set.", RU: "Вебхук не задан."}
	case w.LastError == nil:
		return lang.Text{
			EN: "Telegram reports no error since the webhook was set.",
			RU: "С тех пор как вебхук задан, Telegram об ошибках не сообщает.",
		}
	case w.LastError.State == Recent:
		return sentence("Telegram's last attempt failed %s.", "Последняя попытка Telegram не удалась %s.", w.LastError.ago())
	case w.LastError.State == Old:
		return sentence("The reported error is an old one (%s): a success does not clear it.",
			"Ошибка старая (%s): успешная доставка её не стирает.", w.LastError.ago())
	}
	return lang.Text{
		EN: "Telegram reports an error; whether it still holds cannot be told from this answer.",
		RU: "Telegram сообщает об ошибке; держится ли она до сих пор, по этому ответу не понять.",
	}
}

func sentence(en, ru string, with lang.Text) lang.Text {
	return lang.Text{EN: fmt.Sprintf(en, with.EN), RU: fmt.Sprintf(ru, with.RU)}
}

// ago is the age of an error in words.
func (e *LastError) ago() lang.Text {
	d := max(time.Duration(e.AgeSeconds)*time.Second, 0)
	return lang.Text{EN: agoIn(lang.EN, d), RU: agoIn(lang.RU, d)}
}

func agoIn(l lang.Lang, d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return lang.Text{EN: "less than a minute ago", RU: "меньше минуты назад"}.In(l)
	case d < 2*time.Hour:
		return counted(l, int(d/time.Minute), [2]string{"minute", "minutes"}, [3]string{"минуту", "минуты", "минут"})
	case d < 2*day:
		return counted(l, int(d/time.Hour), [2]string{"hour", "hours"}, [3]string{"час", "часа", "часов"})
	}
	return counted(l, int(d/day), [2]string{"day", "days"}, [3]string{"день", "дня", "дней"})
}

func counted(l lang.Lang, n int, en [2]string, ru [3]string) string {
	if l == lang.RU {
		return fmt.Sprintf("%d %s назад", n, lang.Plural(l, n, ru[0], ru[1], ru[2]))
	}
	return fmt.Sprintf("%d %s ago", n, lang.Plural(l, n, en[0], en[1], en[1]))
}
