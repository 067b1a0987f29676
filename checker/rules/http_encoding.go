package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type encodingArgs struct {
	Path    string `json:"path"`
	Outcome string `json:"outcome"` // bad_body, bad_encoding, bad_transfer
	Value   string `json:"value,omitempty"`
}

func ruleHTTPEncoding() Rule {
	return Rule{
		ID: "http.encoding", Stage: StageHTTP, Rank: 975, Severity: Blocker, Basis: FromSource,
		Predicted: "Unsupported Media Type: unsupported content-encoding", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("HttpReader.cpp"), citeRFC(9110, "8.4"), citeRFC(9112, "7.1")},
		Title: lang.Text{
			EN: `The body of the answer is encoded in a way that Telegram cannot read`,
			RU: `Тело ответа закодировано так, что Telegram его не прочитает`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Outcome "bad_encoding"}}The answer's Content-Encoding{{with .Value}} ({{.}}){{end}} is neither gzip nor deflate, the two that Telegram asks for{{else if eq .Outcome "bad_transfer"}}The answer's Transfer-Encoding{{with .Value}} ({{.}}){{end}} is not chunked{{else}}Chunks or compression of the body are damaged{{end}}. The status does not count then: the update is delivered again. Plain uncompressed 200 with an empty body is all that is needed.`,
			RU: `{{if eq .Outcome "bad_encoding"}}Content-Encoding ответа{{with .Value}} ({{.}}){{end}} — не gzip и не deflate, а Telegram просит только их{{else if eq .Outcome "bad_transfer"}}Transfer-Encoding ответа{{with .Value}} ({{.}}){{end}} — не chunked{{else}}Повреждены блоки (chunked) или сжатие тела{{end}}. Код ответа тогда не учитывается, и обновление доставляется снова. Достаточно обычного несжатого ответа 200 с пустым телом.`,
		},
		Meaning: lang.Text{
			EN: `A proxy or framework compresses with br or zstd although the request allows gzip and deflate alone, or the body is not framed as its headers say.`,
			RU: `Прокси или фреймворк сжимает ответ через br или zstd, хотя запрос допускает только gzip и deflate, либо тело не соответствует своим заголовкам.`,
		},
		Example: encodingArgs{Path: "/webhook", Outcome: evidence.HTTPBadEncoding, Value: "br"},
		Check: func(f *facts.Facts) *Hit {
			if f.HTTP.Problem != facts.HTTPEncoding {
				return nil
			}
			args := encodingArgs{Path: pathOf(f)}
			if h := f.Ev.HTTP; h != nil {
				args.Outcome = h.Outcome
				switch h.Outcome {
				case evidence.HTTPBadEncoding:
					args.Value = shown(h.Headers["content-encoding"])
				case evidence.HTTPBadTransfer:
					args.Value = shown(h.Headers["transfer-encoding"])
				}
			}
			return &Hit{Args: args, Predicted: f.HTTP.Predicted}
		},
		Remedies: remedy.List(remedy.OtherNotHTTP),
	}
}
