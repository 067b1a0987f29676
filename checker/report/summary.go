package report

import (
	"cmp"
	"fmt"
	"net"
	"strconv"
	"strings"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// summary is the verdict in one sentence.
func summary(f *facts.Facts, r *Report, l lang.Lang) string {
	where := place(f)
	cause := rootCause(r)
	var t lang.Text
	switch r.Verdict {
	case Fails:
		t = failing(f, r, where, cause)
	case Unknown:
		t = open(f, where, cause)
	case WorksIfUploaded:
		t = uploading(f, where)
	default:
		t = working(f, where)
	}
	return sentence(t.In(l))
}

func failing(f *facts.Facts, r *Report, where, cause string) lang.Text {
	more := lang.Text{}
	if n := blockers(r) - 1; n > 0 {
		more = lang.Text{
			EN: fmt.Sprintf(" (and %d more %s)", n, lang.Plural(lang.EN, n, "fault", "", "faults")),
			RU: fmt.Sprintf(" (и ещё %d %s)", n, lang.Plural(lang.RU, n, "неисправность", "неисправности", "неисправностей")),
		}
	}
	cause = strings.TrimRight(cause, ".")
	if ofFiles(r) {
		return lang.Text{
			EN: "These files cannot be used as they are: " + cause + more.EN,
			RU: "В таком виде эти файлы использовать нельзя: " + cause + more.RU,
		}
	}
	if !f.Live {
		return lang.Text{
			EN: "Telegram would refuse these certificates: " + cause + more.EN,
			RU: "Telegram отвергнет эти сертификаты: " + cause + more.RU,
		}
	}
	return lang.Text{
		EN: "Telegram cannot deliver updates to " + where + ": " + cause + more.EN,
		RU: "Telegram не может доставлять обновления на " + where + ": " + cause + more.RU,
	}
}

// open is about what could not be decided.
func open(f *facts.Facts, where, cause string) lang.Text {
	switch {
	case len(f.Ev.Presented) == 0 && !f.Live && cause != "":
		return sprint("There is nothing to judge: %s", "Оценивать нечего: %s", cause)
	case len(f.Ev.Presented) == 0 && !f.Live:
		return lang.Text{
			EN: "There is nothing to judge: no certificate was found in the input",
			RU: "Оценивать нечего: во входных данных нет сертификатов",
		}
	case !f.Live:
		return sprint("Whether Telegram would accept these certificates could not be decided: %s",
			"Не удалось выяснить, примет ли Telegram эти сертификаты: %s", cmp.Or(cause, "–"))
	}
	return sprint("Whether Telegram can deliver updates to %s could not be decided: %s",
		"Не удалось выяснить, дойдут ли обновления Telegram до %s: %s", where, cmp.Or(cause, "–"))
}

// ofFiles tells that the first blocker is about the files rather than about
// the certificates in them.
func ofFiles(r *Report) bool {
	for i := range r.Findings {
		if r.Findings[i].Severity == "blocker" {
			return strings.HasPrefix(r.Findings[i].ID, "pem.")
		}
	}
	return false
}

func uploading(f *facts.Facts, where string) lang.Text {
	if where == "" { // files, judged without a name
		return lang.Text{
			EN: "Telegram will accept these certificates once the self-signed certificate or root among them is uploaded with setWebhook",
			RU: "Telegram примет эти сертификаты, если передать самоподписанный или корневой сертификат из них в setWebhook",
		}
	}
	if f.Upload.Needed == UploadRoot {
		return sprint("Telegram will deliver updates to %s once the chain's root certificate is uploaded with setWebhook",
			"Telegram сможет доставлять обновления на %s, если передать корневой сертификат цепочки в setWebhook", where)
	}
	return sprint("Telegram will deliver updates to %s once its self-signed certificate is uploaded with setWebhook",
		"Telegram сможет доставлять обновления на %s, если передать самоподписанный сертификат в setWebhook", where)
}

func working(f *facts.Facts, where string) lang.Text {
	proviso := lang.Text{}
	if f.Live && !f.Upload.Given {
		proviso = lang.Text{
			EN: ", provided that no certificate was uploaded",
			RU: ", если в setWebhook не передавали certificate",
		}
	}
	var t lang.Text
	switch {
	case !f.Live && !f.Names.Judged:
		t = lang.Text{
			EN: "Telegram would accept these certificates (names were not judged)",
			RU: "Telegram примет эти сертификаты (имена не проверялись)",
		}
	case !f.Live:
		t = sprint("Telegram would accept these certificates for %s", "Telegram примет эти сертификаты для %s", f.Target.Host)
	case f.TLS.Unfinished && f.Ev.Request.Post:
		t = sprint("Telegram can make a TLS connection to %s; the answer to an update could not be seen from here",
			"Telegram установит TLS-соединение с %s; ответ на обновление отсюда увидеть нельзя", where)
	case !f.HTTP.Tried:
		t = sprint("Telegram can make a TLS connection to %s (only TLS was checked, no update was sent)",
			"Telegram установит TLS-соединение с %s (проверен только TLS, обновление не отправлялось)", where)
	default:
		t = sprint("Telegram can deliver updates to %s", "Telegram может доставлять обновления на %s", where)
	}
	return lang.Text{EN: t.EN + proviso.EN, RU: t.RU + proviso.RU}
}

// place names the endpoint: host and port, the port only where it is not 443.
func place(f *facts.Facts) string {
	host := f.Target.Host
	if f.Port == 443 || f.Port == 0 {
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(f.Port))
}

// rootCause is the title of the first blocker, or of what leaves the verdict
// open, as the end of a sentence.
func rootCause(r *Report) string {
	for _, wanted := range []func(*Finding) bool{
		func(x *Finding) bool { return x.Severity == "blocker" && (!x.Undecided || r.Verdict == Unknown) },
		func(x *Finding) bool { return x.Undecided },
	} {
		for i := range r.Findings {
			if wanted(&r.Findings[i]) {
				return lowerFirst(r.Findings[i].Title)
			}
		}
	}
	return ""
}

func blockers(r *Report) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == "blocker" {
			n++
		}
	}
	return n
}

func statusLine(h *evidence.HTTP) string {
	return fmt.Sprintf("%d %s", h.Status, h.Reason)
}
