package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainRootNotInDocumentedListArgs struct {
	Root  certRef  `json:"root"`
	Lists []string `json:"lists"` // that do hold it
}

func ruleChainRootNotInDocumentedList() Rule {
	return Rule{
		ID: "chain.root_not_in_documented_list", Stage: StageChain, Rank: 670,
		Severity: Warning, Basis: Documented,
		Sources: []Source{citeGuide("supported-certificates"), citeGuide("an-untrusted-root")},
		Title: lang.Text{
			EN: `The root {{quote .Root.Subject}} is not in the list that Telegram documents`,
			RU: `Корневого сертификата {{quote .Root.Subject}} нет в списке из документации Telegram`,
		},
		Detail: lang.Text{
			EN: `The chain ends at {{quote .Root.Subject}} (SHA-256 {{fp .Root.SHA256}}). Today's list of Mozilla holds this root; the older list that Telegram's guide links (ca-certificates of Ubuntu 22.04) does not. The guide says that roots are added now and then and advises to just try. If getWebhookInfo reports certificate verify failed nevertheless, send the chain to an older root (the cross-signed certificate that the CA offers) or upload this root.`,
			RU: `Цепочка заканчивается сертификатом {{quote .Root.Subject}} (SHA-256 {{fp .Root.SHA256}}). В нынешнем списке Mozilla он есть, а в более старом, на который ссылается руководство Telegram (ca-certificates из Ubuntu 22.04), — нет. Руководство говорит, что корневые сертификаты время от времени добавляют, и советует просто попробовать. Если getWebhookInfo всё же сообщит certificate verify failed, присылайте цепочку до более старого корневого (кросс-подписанный сертификат есть у УЦ) или передайте этот корневой в setWebhook.`,
		},
		Meaning: lang.Text{
			EN: "Only the current Mozilla list holds the root. Which list Telegram's servers use is not public; the guide points to an older one. New generations of Let's Encrypt roots are the usual case, and their cross-signs lead to a root that every list holds.",
			RU: "Корневой сертификат есть только в нынешнем списке Mozilla. Каким списком пользуются серверы Telegram, неизвестно; руководство ссылается на более старый. Обычный случай — новые корневые сертификаты Let's Encrypt; их кросс-подписи ведут к тому, который есть во всех списках.",
		},
		Example:  chainRootNotInDocumentedListArgs{Root: exampleRoot(), Lists: []string{"mozilla"}},
		Check:    checkChainRootNotInDocumentedList,
		Remedies: remedy.List(remedy.OtherCrossSign, remedy.TelegramUploadNothing),
	}
}

func checkChainRootNotInDocumentedList(f *facts.Facts) *Hit {
	if !f.Chain.NotInOlderList || f.Chain.Root == nil || f.Upload.Given {
		return nil
	}
	return &Hit{Args: chainRootNotInDocumentedListArgs{
		Root: refTo(f.Chain.Root, positionOf(f, f.Chain.Root)), Lists: allShown(f.Chain.RootLists),
	}}
}
