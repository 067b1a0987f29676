package report

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// StageOf says how one stage went while the check is still under way: in holds
// what was observed so far.
func StageOf(in Input, id rules.Stage) (Stage, error) {
	var findings []Finding
	for _, x := range in.Findings {
		title, _, err := x.Rule.Texts(in.Lang, x.Args)
		if err != nil {
			return Stage{}, fmt.Errorf("writing finding %s: %w", x.Rule.ID, err)
		}
		findings = append(findings, Finding{
			ID: x.Rule.ID, Severity: string(x.Severity), Stage: string(x.Rule.Stage), Title: title, Undecided: x.Undecided,
		})
	}
	all := stages(in.Facts, findings, in.Lang)
	i := slices.IndexFunc(all, func(s Stage) bool { return s.ID == string(id) })
	if i < 0 {
		return Stage{}, fmt.Errorf("no stage %q", id)
	}
	return all[i], nil
}

func stages(f *facts.Facts, findings []Finding, l lang.Lang) []Stage {
	took := map[string]int64{}
	for _, s := range f.Ev.Stages {
		took[s.ID] = s.DurationMS
	}
	out := make([]Stage, 0, len(rules.Stages()))
	for _, id := range rules.Stages() {
		status, text := stage(f, id)
		s := Stage{ID: string(id), Status: status, DurationMS: took[string(id)], Summary: text.In(l)}
		if worst := worstOf(findings, string(id)); worst != nil {
			s.Status, s.Summary = statusOf(worst), sentence(worst.Title)
		}
		out = append(out, s)
	}
	return out
}

// worstOf returns the first of the gravest findings of a stage, nil where
// there is nothing graver than a notice.
func worstOf(findings []Finding, stage string) *Finding {
	var worst *Finding
	for i := range findings {
		x := &findings[i]
		if x.Stage != stage || gravity(x) == 0 {
			continue
		}
		if worst == nil || gravity(x) > gravity(worst) {
			worst = x
		}
	}
	return worst
}

func gravity(x *Finding) int {
	switch statusOf(x) {
	case Fail:
		return 3
	case Undecided:
		return 2
	case Warn:
		return 1
	}
	return 0
}

func statusOf(x *Finding) Status {
	switch {
	case x.Severity == string(rules.Notice):
		return Pass
	case x.Undecided:
		return Undecided
	case x.Severity == string(rules.Blocker):
		return Fail
	}
	return Warn
}

// stage says how a stage went where no finding speaks for it.
func stage(f *facts.Facts, id rules.Stage) (Status, lang.Text) {
	switch id {
	case rules.StageURL:
		return stageURL(f)
	case rules.StageDNS:
		return stageDNS(f)
	case rules.StageTCP:
		return stageTCP(f)
	case rules.StageTLS:
		return stageTLS(f)
	case rules.StageChain:
		return stageChain(f)
	case rules.StageCertificate:
		return stageCertificate(f)
	case rules.StageUpload:
		return stageUpload(f)
	}
	return stageHTTP(f)
}

var (
	filesOnly  = lang.Text{EN: "Files were read, no server was contacted.", RU: "Проверялись файлы, соединения с сервером не было."}
	notReached = lang.Text{EN: "Not reached.", RU: "До этого не дошло."}
)

func stageURL(f *facts.Facts) (Status, lang.Text) {
	if !f.Live {
		return Skip, filesOnly
	}
	return Pass, sprint("Telegram accepts %s with port %d.", "Telegram принимает %s с портом %d.", f.Target.Host, f.Port)
}

func stageDNS(f *facts.Facts) (Status, lang.Text) {
	d := f.Ev.DNS
	switch {
	case !f.Live:
		return Skip, filesOnly
	case d == nil:
		return Skip, notReached
	case d.Outcome == evidence.DNSSkipped || f.Ev.Request.ConnectTo != "":
		return Skip, sprint("Not asked: %s was dialled instead.", "DNS не опрашивался: подключались к %s.", f.Ev.Request.ConnectTo)
	case d.Outcome == evidence.DNSLiteral:
		return Pass, lang.Text{EN: "The host is an IP address, there is nothing to resolve.", RU: "Хост — IP-адрес, разрешать нечего."}
	case len(d.A) == 0:
		return Undecided, notReached
	case len(d.A) == 1:
		return Pass, sprint("Resolves to %s.", "Имя указывает на %s.", d.A[0])
	}
	return Pass, sprint("Resolves to %s; Telegram uses the first.", "Имя указывает на %s; Telegram берёт первый адрес.", strings.Join(atMost(d.A, 4), ", "))
}

func stageTCP(f *facts.Facts) (Status, lang.Text) {
	a := f.Net.First
	switch {
	case !f.Live:
		return Skip, filesOnly
	case a == nil:
		return Skip, notReached
	case a.TCP == evidence.TCPForbidden:
		return Skip, sprint("%s was not dialled.", "К %s не подключались.", a.IP)
	case a.TCP == evidence.TCPOpen:
		return Pass, sprint("%s accepts connections.", "%s принимает соединения.", dialled(f, a))
	}
	return Undecided, sprint("%s: the connection failed.", "%s: соединиться не удалось.", dialled(f, a))
}

// dialled is the address and port that were connected to: --connect-to may
// name a port of its own.
func dialled(f *facts.Facts, a *evidence.Address) string {
	if to, err := netip.ParseAddrPort(f.Ev.Request.ConnectTo); err == nil {
		return to.String()
	}
	return net.JoinHostPort(a.IP, strconv.Itoa(f.Port))
}

func stageTLS(f *facts.Facts) (Status, lang.Text) {
	t := f.Ev.TLS
	switch {
	case !f.Live:
		return Skip, filesOnly
	case t == nil || t.Main.Outcome == "" || t.Main.Outcome == evidence.HelloDial:
		return Skip, notReached
	case f.TLS.Problem != facts.TLSFine:
		return Undecided, lang.Text{EN: "The handshake was not finished.", RU: "Рукопожатие не завершено."}
	}
	h := handshake(f)
	what := strings.Join(nonEmpty(versionName(h.Version), h.Cipher, h.Group), ", ")
	return Pass, sprint("Handshake as Telegram makes it: %s.", "Рукопожатие с настройками Telegram: %s.", what)
}

func stageUpload(f *facts.Facts) (Status, lang.Text) {
	if !f.Upload.Given {
		return Skip, lang.Text{
			EN: "No uploaded file was named; judged as if none was.",
			RU: "Загруженный файл не указан; проверка идёт так, будто его нет.",
		}
	}
	if f.Chain.Trusted {
		return Pass, lang.Text{EN: "The uploaded file holds the right trust anchor.", RU: "В загруженном файле нужный доверенный сертификат."}
	}
	return Pass, lang.Text{EN: "Telegram can load the uploaded file.", RU: "Telegram может прочитать загруженный файл."}
}

func stageHTTP(f *facts.Facts) (Status, lang.Text) {
	h := f.Ev.HTTP
	switch {
	case !f.Live:
		return Skip, filesOnly
	case !f.Ev.Request.Post:
		return Skip, lang.Text{EN: "No test update was asked for.", RU: "Тестовое обновление не запрашивалось."}
	case f.TLS.Unfinished:
		return Skip, lang.Text{
			EN: "Not sent: Telegram's client can finish this handshake, this tool cannot.",
			RU: "Не отправлено: клиент Telegram завершит это рукопожатие, а эта программа — нет.",
		}
	case h != nil && h.Outcome == evidence.HTTPNotSent:
		return Skip, lang.Text{
			EN: "Not sent: Telegram would close the connection before.",
			RU: "Не отправлено: Telegram закрыл бы соединение раньше.",
		}
	case h != nil && h.Outcome == evidence.HTTPEndless:
		return Undecided, lang.Text{EN: "The answer was too long to be read to its end here.", RU: "Ответ слишком длинный, прочитать его здесь до конца не удалось."}
	case h == nil || !f.HTTP.Tried:
		return Skip, notReached
	case f.HTTP.Problem != facts.HTTPFine:
		return Undecided, lang.Text{EN: "The answer is not one that Telegram takes.", RU: "Такой ответ Telegram не примет."}
	}
	return Pass, sprint("The test update was answered with %s in %d ms.", "На тестовое обновление пришёл ответ %s за %d мс.",
		strings.TrimSpace(statusLine(h)), h.DurationMS)
}
