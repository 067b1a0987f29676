package explain

import (
	"slices"

	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// Silent tells why a bot may be silent although the webhook works, in the
// order in which it is worth looking.
func Silent() []Meaning {
	return []Meaning{
		{
			ID:    "silent.allowed_updates",
			Title: lang.Text{EN: "The kind of update is not among allowed_updates", RU: "Нужного вида обновлений нет в allowed_updates"},
			Text: lang.Text{
				EN: "Telegram sends only the kinds that were asked for, and setWebhook keeps the old list where the parameter is left out. chat_member, message_reaction and message_reaction_count never come unless they are listed.",
				RU: "Telegram присылает только запрошенные виды, а setWebhook без этого параметра оставляет прежний список. chat_member, message_reaction и message_reaction_count без явного указания не приходят никогда.",
			},
		},
		{
			ID:    "silent.fails_inside",
			Title: lang.Text{EN: "The bot answers 200 and fails inside", RU: "Бот отвечает 200, а внутри ошибка"},
			Text: lang.Text{
				EN: "For Telegram a 2xx is a delivered update. An exception after it, a handler that matches nothing, or a call to the Bot API that is refused shows only in the bot's own log.",
				RU: "Для Telegram ответ 2xx — доставленное обновление. Исключение после него, не сработавший обработчик или отклонённый вызов Bot API видны только в журнале самого бота.",
			},
		},
		{
			ID:    "silent.privacy_mode",
			Title: lang.Text{EN: "Privacy mode hides messages in groups", RU: "В группах сообщения скрывает режим приватности"},
			Text: lang.Text{
				EN: "By default a bot in a group sees commands, replies to it and mentions alone. @BotFather, /setprivacy, changes that; the bot has to be removed from the group and added again.",
				RU: "По умолчанию бот в группе видит только команды, ответы себе и упоминания. Это меняется у @BotFather командой /setprivacy; после этого бота нужно удалить из группы и добавить заново.",
			},
		},
		{
			ID:    "silent.second_program",
			Title: lang.Text{EN: "A second program uses the same token", RU: "Тот же токен использует вторая программа"},
			Text: lang.Text{
				EN: "It sets its own URL, or deletes the webhook and polls, and takes the updates. Call getWebhookInfo several times and watch `url`. If no program of yours does it, revoke the token with @BotFather.",
				RU: "Она задаёт свой URL либо снимает вебхук и опрашивает getUpdates — и забирает обновления себе. Вызовите getWebhookInfo несколько раз и следите за `url`. Если ни одна из ваших программ этого не делает, отзовите токен у @BotFather.",
			},
			Remedies: remedy.List(remedy.TelegramCheck)(&remedy.Params{}),
		},
		{
			ID:    "silent.webhook_deleted",
			Title: lang.Text{EN: "The webhook was deleted", RU: "Вебхук снят"},
			Text: lang.Text{
				EN: "An empty `url` means so: another instance called deleteWebhook as it stopped (libraries do), a program began to poll, or the server answered 410 for 23 hours.",
				RU: "Об этом говорит пустой `url`: другой экземпляр при остановке вызвал deleteWebhook (так делают библиотеки), какая-то программа начала опрос или сервер 23 часа отвечал 410.",
			},
		},
		{
			ID:    "silent.pending",
			Title: lang.Text{EN: "Updates wait behind one that fails", RU: "Обновления ждут за тем, на котором ошибка"},
			Text: lang.Text{
				EN: "pending_update_count above zero that does not fall: the bot fails or is slow. Updates older than 24 hours are dropped. setWebhook with drop_pending_updates=true throws away all that wait.",
				RU: "pending_update_count больше нуля и не убывает: бот падает или не успевает. Обновления старше 24 часов пропадают. setWebhook с drop_pending_updates=true выбрасывает всё, что накопилось.",
			},
		},
		{
			ID:    "silent.pinned_address",
			Title: lang.Text{EN: "ip_address is pinned to an old server", RU: "ip_address закреплён за старым сервером"},
			Text: lang.Text{
				EN: "Then Telegram delivers there, whatever DNS says. Compare `ip_address` in getWebhookInfo with the server's address; setWebhook without ip_address lets go of it.",
				RU: "Тогда Telegram доставляет обновления туда, что бы ни говорил DNS. Сравните `ip_address` в getWebhookInfo с адресом сервера; setWebhook без ip_address снимает закрепление.",
			},
		},
	}
}

// silentFor leaves out what the answer of getWebhookInfo rules out.
func silentFor(w *Webhook) []Meaning {
	return slices.DeleteFunc(Silent(), func(m Meaning) bool {
		switch m.ID {
		case "silent.webhook_deleted":
			return w.URL != ""
		case "silent.pending":
			return w.PendingUpdateCount != nil && *w.PendingUpdateCount == 0
		case "silent.pinned_address":
			return w.IPAddress == ""
		}
		return false
	})
}
