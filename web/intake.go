package web

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/explain"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
	"hookcheck/web/templates"
)

// maxBox bounds what may be pasted into the one box of the front page.
const maxBox = 100_000

// puttyKey begins a private key in PuTTY's format.
const puttyKey = "PuTTY-User-Key-File-"

// intake is what the one box was taken for: exactly one of files, check and
// answer is filled in.
type intake struct {
	files  []checker.File
	check  *checkInput
	answer *explain.Answer
	text   string
	asked  asked
}

// takeIn reads the form of the front page and decides what it is about.
func (s *server) takeIn(c echo.Context) (intake, *problem) {
	files, p := formFiles(c, "file")
	if p != nil {
		return intake{}, p
	}
	if len(files) > 0 {
		return intake{files: files}, nil
	}
	form, p := formOf(c)
	if p != nil {
		return intake{}, p
	}
	box := form.values["target"]
	if len(box) > maxBox {
		return intake{}, newProblem(http.StatusUnprocessableEntity,
			"target: longer than 100000 characters; expected host, host:port or an https URL", "target: больше 100000 знаков; нужны хост, хост:порт или URL с https").at("target")
	}
	if data, ok := pastedCertificate(box); ok {
		return intake{files: []checker.File{pasted(c, data)}}, nil
	}
	text := string(box)
	said := asked{uploadUnknown: value(c, "upload") == "unknown"}
	if p := notTheWebhook(text); p != nil {
		return intake{}, p
	}
	whole, cut := explain.Whole(strings.TrimSpace(text))
	if t, err := target.Parse(whole); err == nil && isAddress(t, text) {
		if said.redacted = cut; cut {
			said.typed = safeText(text)
		}
		return s.takeInCheck(c, whole, said)
	}
	answer := s.decode(c, text)
	if answer.Recognised() && answer.Kind != explain.WebhookCall {
		return intake{answer: answer, text: text}, nil
	}
	found, ok := explain.Find(text)
	if !ok {
		found, ok = explain.Bare(text)
	}
	if !ok {
		return intake{}, notAnAddress(text)
	}
	if t, err := target.Parse(found.Target); err == nil && strings.ContainsAny(t.Host, "${<%") {
		return intake{}, variable()
	}
	said.found, said.redacted = &found, found.Partial
	said.uploadUnknown = said.uploadUnknown || found.Uploads
	return s.takeInCheck(c, found.Target, said)
}

// pastedCertificate is a certificate in a text: PEM, or bare base64 of DER.
func pastedCertificate(text []byte) ([]byte, bool) {
	if holdsKey(text) || bytes.Contains(text, []byte("-----BEGIN ")) {
		return text, true
	}
	if first := bytes.TrimSpace(text); len(first) < 200 || !bytes.HasPrefix(first, []byte("MI")) {
		return nil, false
	}
	bare := bytes.Join(bytes.Fields(text), nil)
	defer clear(bare)
	data := make([]byte, base64.StdEncoding.DecodedLen(len(bare)))
	n, err := base64.StdEncoding.Decode(data, bare)
	return data[:n], err == nil
}

// holdsKey tells a text with a private key in PEM or in PuTTY's format.
func holdsKey(text []byte) bool {
	return bytes.Contains(text, []byte("PRIVATE KEY")) || bytes.Contains(text, []byte(puttyKey))
}

// isAddress tells an address from a word that happens to be a possible host,
// such as the name of an error, and from a call of the Bot API.
func isAddress(t target.Target, text string) bool {
	if strings.ContainsAny(strings.TrimSpace(text), " \n\t{") || strings.Contains(t.Host, "(") || t.ASCIIHost == "api.telegram.org" && t.Path != "" && t.Path != "/" {
		return false
	}
	dotted := strings.ContainsAny(t.ASCIIHost, ".:")
	return dotted || !explain.Decode(text, explain.Options{}).Recognised()
}

// notAnAddress says what is wrong: of one word, where it breaks the form of an
// address; of a text, that nothing in it is known.
func notAnAddress(text string) *problem {
	if text = strings.TrimSpace(text); text == "" || !strings.ContainsAny(text, " \n\t") {
		if _, p := parseTarget(text); p != nil {
			return p
		}
	}
	if strings.Contains(strings.ToLower(strings.ReplaceAll(text, "_", "")), "setwebhook") {
		return variable()
	}
	return newProblem(http.StatusUnprocessableEntity,
		"target: that is neither an address nor anything known here; expected a host, host:port, a webhook URL, a setWebhook call, a certificate, getWebhookInfo's answer, an error text or a line of a server's log",
		"target: это не адрес и не что-либо знакомое; нужны хост, хост:порт, URL вебхука, вызов setWebhook, сертификат, ответ getWebhookInfo, текст ошибки или строка журнала сервера").at("target")
}

// variable answers a call that names the address by a variable.
func variable() *problem {
	return newProblem(http.StatusUnprocessableEntity,
		"target: a variable stands where the address belongs; expected the address itself, which getWebhookInfo shows in url",
		"target: на месте адреса стоит переменная; нужен сам адрес — getWebhookInfo показывает его в url").at("target")
}

// A bot's name, as people write it, and a link to the bot.
var botName = regexp.MustCompile(`^(?i:@[a-z][a-z0-9_]{3,31}|[a-z][a-z0-9_]{1,28}bot|(?:https?://)?(?:t|telegram)\.me/@?[a-z][a-z0-9_]{3,31}/?)$`)

// notTheWebhook says so where a bot was named in place of its webhook.
func notTheWebhook(text string) *problem {
	if !botName.MatchString(strings.TrimSpace(text)) {
		return nil
	}
	return newProblem(http.StatusUnprocessableEntity,
		"target: this names a bot, not its webhook; expected the webhook's address, which getWebhookInfo shows in url",
		"target: это имя бота, а не адрес его вебхука; нужен адрес вебхука — getWebhookInfo показывает его в url").at("target")
}

// takeInCheck reads what else the form says about a check of an address.
func (s *server) takeInCheck(c echo.Context, address string, said asked) (intake, *problem) {
	uploads, p := formFiles(c, "certificate")
	if p != nil {
		return intake{}, p
	}
	in := checkInput{target: address, secret: value(c, "secret_token")}
	if in.secret == "" && said.found != nil {
		in.secret = said.found.SecretToken
	}
	if said.redacted {
		no := false
		in.post = &no
	}
	if _, p := parseTarget(in.target); p != nil {
		return intake{}, p
	}
	if last, ok := s.kept.get(value(c, "again")); ok && len(uploads) == 0 && value(c, "upload") == "yes" && last.asked.upload != nil {
		uploads = append(uploads, *last.asked.upload)
	}
	switch {
	case len(uploads) > 0:
		in.certificate, said.uploadUnknown = &uploads[0], false
		said.upload = &uploads[0]
	case value(c, "upload") == "yes":
		return intake{}, newProblem(http.StatusUnprocessableEntity,
			"certificate: no file was chosen; expected the file that was passed to setWebhook, or the answer \"I don't know\"", "certificate: файл не выбран; нужен файл, который вы передали в setWebhook, или ответ «Не знаю»").at("certificate")
	}
	if p := checkSecret(in.secret); p != nil {
		return intake{}, p
	}
	said.forget()
	return intake{check: &in, asked: said}, nil
}

// checks answers the form: a report, an explanation, or the form again with
// what is wrong in it.
func (s *server) checks(c echo.Context) error {
	in, p := s.takeIn(c)
	if p != nil {
		return s.formAgain(c, p)
	}
	switch {
	case in.answer != nil && wantsEvents(c):
		return c.NoContent(http.StatusNoContent) // nothing to watch: the form is to be sent plainly
	case in.answer != nil:
		return s.explainPage(c, in.answer, in.text)
	case in.files != nil && wantsEvents(c):
		return c.NoContent(http.StatusNoContent)
	case in.files != nil:
		return s.judge(c, in.files)
	case wantsEvents(c):
		return s.live(c, in)
	}
	res, err := s.run(c, *in.check)
	if err != nil {
		return err
	}
	return s.keepAndShow(c, res, in.asked)
}

// judge answers with the report of certificate files.
func (s *server) judge(c echo.Context, files []checker.File) error {
	res, err := s.runFiles(c, files, "")
	if err != nil {
		return err
	}
	return s.keepAndShow(c, res, asked{})
}

// formAgain shows the front page with a line about the mistake.
func (s *server) formAgain(c echo.Context, p *problem) error {
	if p.Status != http.StatusUnprocessableEntity {
		return p
	}
	page := s.page(c, "home")
	if wantsEvents(c) { // the script shows the line in the form as it stands, files and all
		return p.saying(fieldText(page, p)).write(c)
	}
	form := s.form(page, safeText(value(c, "target")))
	form.Error, form.Open, form.Upload = fieldText(page, p), p.Field == "secret_token", value(c, "upload")
	if last, ok := s.kept.get(value(c, "again")); ok {
		remember(&form, last)
	}
	return renderPage(c, p.Status, templates.HomePage(templates.Home{Page: page, Form: form}))
}

// remember fills in the file of the last check, so that it need not be chosen
// again.
func remember(form *templates.Form, last *keptCheck) {
	if last.asked.upload != nil {
		form.Again, form.KeptFile = last.id, last.asked.upload.Name
	}
}

// safeText is a pasted text fit to stand in a form again.
func safeText(text string) string {
	if holdsKey([]byte(text)) {
		return ""
	}
	return explain.Redact(target.Redact(clip(strings.ToValidUTF8(text, "\uFFFD"), maxBox)))
}

// fieldText is the line about a mistake in the page's language.
func fieldText(page templates.Page, p *problem) string {
	if p.detail.IsZero() {
		return page.M.BadRequest
	}
	text := p.detail.In(lang.Lang(page.Lang))
	if p.Field == "secret_token" || p.Field == "password" { // which the sentence alone does not tell
		return text
	}
	return sentence(strings.TrimPrefix(text, p.Field+": "))
}

// keepAndShow keeps a result for a while and shows its report.
func (s *server) keepAndShow(c echo.Context, res *checker.Result, a asked) error {
	id := s.kept.keep(res, a)
	k, ok := s.kept.get(id)
	if !ok {
		return fmt.Errorf("keeping a report: it is gone at once")
	}
	c.Response().Header().Set("Content-Location", s.page(c, "home").Root+"/checks/"+id)
	return s.reportPage(c, k)
}
