package rules

// The documents that rules cite.

const (
	guideURL = "https://core.telegram.org/bots/webhooks"
	faqURL   = "https://core.telegram.org/bots/faq"
	apiURL   = "https://core.telegram.org/bots/api#setwebhook"
)

// guide is Telegram's guide to webhooks.
func guide() Source { return Source{Name: "guide", URL: guideURL} }

func faq() Source { return Source{Name: "faq", URL: faqURL} }

func api() Source { return Source{Name: "api", URL: apiURL} }

// botAPI cites a file of Telegram's published Bot API server.
func botAPI(file string) Source {
	return Source{Name: "client", URL: "https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/" + file}
}

// tdlib cites a file of the network library beneath it.
func tdlib(file string) Source {
	return Source{Name: "client", URL: "https://github.com/tdlib/td/blob/master/" + file}
}

// rfc cites a section such as "rfc8446#section-6.2".
func rfc(section string) Source {
	return Source{Name: "rfc", URL: "https://www.rfc-editor.org/rfc/" + section}
}
