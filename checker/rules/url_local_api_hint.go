package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type localAPIHintArgs struct {
	Refused []string `json:"refused"` // ids of the rules that --local lifts
}

func ruleURLLocalAPIHint() Rule {
	return Rule{
		ID: "url.local_api_hint", Stage: StageURL, Rank: 190, Severity: Notice, Basis: Documented,
		Sources: []Source{
			{Name: "api", URL: "https://core.telegram.org/bots/api#using-a-local-bot-api-server"},
			citeServer("WebhookActor.cpp"),
		},
		Title: lang.Text{
			EN: `A self-hosted Bot API server would accept this`,
			RU: `Собственный сервер Bot API такой вебхук принял бы`,
		},
		Detail: lang.Text{
			EN: `Telegram's own servers refuse it ({{list .Refused}}). A Bot API server that you run yourself with --local lifts exactly these rules: plain HTTP, any port, IPv6 and private addresses are fine there.`,
			RU: `Серверы Telegram его отклонят ({{list .Refused}}). У сервера Bot API, который вы запускаете сами с ключом --local, именно этих ограничений нет: годятся обычный HTTP, любой порт, IPv6 и частные адреса.`,
		},
		Meaning: lang.Text{
			EN: `Appears beside a refused scheme, port or address. Whoever runs telegram-bot-api with --local next to the bot may ignore that finding, since the client skips these checks in local mode; for everyone else it changes nothing.`,
			RU: `Появляется рядом с отказом из-за схемы, порта или адреса. Если рядом с ботом работает telegram-bot-api с ключом --local, на этот отказ можно не смотреть: в локальном режиме клиент таких проверок не делает. Для остальных ничего не меняется.`,
		},
		Example: localAPIHintArgs{Refused: []string{"url.port_unsupported"}},
		Check: func(f *facts.Facts) *Hit {
			if refused := liftedByLocal(f); len(refused) > 0 {
				return &Hit{Args: localAPIHintArgs{Refused: refused}}
			}
			return nil
		},
		Remedies: remedy.List(remedy.OtherLocalAPI),
	}
}

// liftedByLocal are the rules that fire and that --local switches off. Other
// schemes than http stay unknown to it too.
func liftedByLocal(f *facts.Facts) []string {
	if notHTTPS(f) && f.Target.Scheme != "http" {
		return nil
	}
	var ids []string
	for _, r := range []struct {
		id    string
		fires bool
	}{
		{"url.not_https", notHTTPS(f)},
		{"url.port_unsupported", !portSupported(f.Port)},
		{"dns.ipv6_only", ipv6Only(f)},
		{"dns.reserved_address", f.Net.Reserved != ""},
	} {
		if r.fires {
			ids = append(ids, r.id)
		}
	}
	return ids
}
