package rules

import "strconv"

// Where the rules of trust, names and uploads come from.

// citeGuide is a section of Telegram's webhook guide; "" is the whole of it.
func citeGuide(section string) Source {
	return Source{Name: "guide", URL: anchored("https://core.telegram.org/bots/webhooks", section)}
}

func citeSelfSigned() Source {
	return Source{Name: "self-signed", URL: "https://core.telegram.org/bots/self-signed"}
}

func citeFAQ() Source {
	return Source{Name: "faq", URL: "https://core.telegram.org/bots/faq#im-having-problems-with-webhooks"}
}

func citeSetWebhook() Source {
	return Source{Name: "api", URL: "https://core.telegram.org/bots/api#setwebhook"}
}

// citeNetwork is a file of the published client's network code.
func citeNetwork(file string) Source {
	return Source{Name: "client", URL: "https://github.com/tdlib/td/blob/master/tdnet/td/net/" + file}
}

// citeServer is a file of the published Bot API server.
func citeServer(file string) Source {
	return Source{Name: "client", URL: "https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/" + file}
}

func citeRFC(number int, section string) Source {
	if section != "" {
		section = "section-" + section
	}
	return Source{Name: "rfc", URL: anchored("https://www.rfc-editor.org/rfc/rfc"+strconv.Itoa(number), section)}
}

// citeOpenSSL is about the library that the client verifies with.
func citeOpenSSL() Source {
	return Source{Name: "openssl", URL: "https://docs.openssl.org/3.0/man1/openssl-verification-options/"}
}

func anchored(page, section string) string {
	if section == "" {
		return page
	}
	return page + "#" + section
}
