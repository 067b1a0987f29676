package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainRootIncludedArgs struct {
	Root certRef `json:"root"`
}

func ruleChainRootIncluded() Rule {
	return Rule{
		ID: "chain.root_included", Stage: StageChain, Rank: 686,
		Severity: Notice, Basis: Observed,
		Sources: []Source{citeRFC(8446, "4.4.2"), citeGuide("supplying-an-intermediate-certificate")},
		Title: lang.Text{
			EN: `The root certificate is sent along`,
			RU: `Вместе с цепочкой прислан корневой сертификат`,
		},
		Detail: lang.Text{
			EN: `{{which .Root}} is signed by itself, SHA-256 {{fp .Root.SHA256}}. Telegram trusts a root because it is in its own list or in the uploaded file, never because the server sends it; the copy only makes each handshake longer.`,
			RU: `{{which .Root}} подписан самим собой, SHA-256 {{fp .Root.SHA256}}. Telegram доверяет корневому сертификату потому, что он есть в его списке или в загруженном файле, а не потому, что его прислал сервер; копия только удлиняет рукопожатие.`,
		},
		Meaning: lang.Text{
			EN: "The presented chain holds its own root. It is allowed and superfluous: the client must know the root already.",
			RU: "В присланной цепочке есть и сам корневой сертификат. Это допустимо, но лишнее: клиент обязан знать корневой сертификат заранее.",
		},
		Example:  chainRootIncludedArgs{Root: exampleAt(exampleRoot(), 2)},
		Check:    checkChainRootIncluded,
		Remedies: remedy.List(bundleInstallers()...),
	}
}

// checkChainRootIncluded passes over position 0: a self-signed certificate
// that comes first is the server's own.
func checkChainRootIncluded(f *facts.Facts) *Hit {
	if f.Chain.RootIncluded <= 0 {
		return nil
	}
	return &Hit{Args: chainRootIncludedArgs{Root: presentedRef(f, f.Chain.RootIncluded)}}
}
