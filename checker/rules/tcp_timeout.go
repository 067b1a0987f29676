package rules

import (
	"slices"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTCPTimeout() Rule {
	return Rule{
		ID: "tcp.timeout", Stage: StageTCP, Rank: 430, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true,
		Predicted: "Connection timed out", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeServer("WebhookActor.cpp"), citeRFC(9293, "3.8.3")},
		Title: lang.Text{
			EN: `{{.Addr}} does not answer: a firewall drops the connection, or the host is down`,
			RU: `{{.Addr}} не отвечает: соединение отбрасывает межсетевой экран или машина выключена`,
		},
		Detail: lang.Text{
			EN: `Not a single packet came back from {{.Addr}}. Usually a firewall drops what arrives on port {{.DialPort}}: on the server itself, or at the provider (security group). If it admits only Telegram ({{list telegram}}), all is well and nobody else can see it: that is why the verdict stays open. Look at getWebhookInfo, or watch on the server for Telegram's packets.`,
			RU: `От {{.Addr}} не пришло ни одного пакета. Обычно входящее на порт {{.DialPort}} отбрасывает межсетевой экран: на самом сервере или у провайдера (группа безопасности). Если он пропускает только Telegram ({{list telegram}}), всё в порядке, но снаружи этого не увидеть, поэтому вердикт остаётся открытым. Проверьте getWebhookInfo или посмотрите на сервере, приходят ли пакеты от Telegram.`,
		},
		Meaning: lang.Text{
			EN: `The connection got no answer at all. Most often a firewall drops it; one that admits Telegram's addresses alone looks just the same from anywhere else, hence the result is "unknown" and not "fails".`,
			RU: `На подключение не пришло никакого ответа. Чаще всего его отбрасывает межсетевой экран; но и экран, открытый только для адресов Telegram, снаружи выглядит точно так же, поэтому итог — «не выяснено», а не «не работает».`,
		},
		Example: exampleEndpoint(),
		Check:   func(f *facts.Facts) *Hit { return tcpHit(f, evidence.TCPTimeout) },
		Remedies: remedy.List(slices.Concat(openPort(), []remedy.Constructor{remedy.OtherCloudFirewall, remedy.OtherKnock}, narrowPort(),
			[]remedy.Constructor{remedy.OtherTestFromServer, remedy.OtherDockerPorts, remedy.OtherFail2ban, remedy.OtherCGNAT, remedy.OtherBlocking})...),
	}
}
