package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hookcheck/internal/lang"
)

// problem is an error answer. Nothing internal goes into it: the cause is
// logged where it is made.
type problem struct {
	Status int
	Field  string    // the member of the request that is at fault
	detail lang.Text // may be empty

	retryAfter int // seconds, for the Retry-After header
}

// problemDoc is a problem as the API shows it (RFC 9457).
type problemDoc struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Field  string `json:"field,omitempty"`
}

// Error makes a problem an error that handlers return.
func (p *problem) Error() string { return http.StatusText(p.Status) + ": " + p.detail.EN }

// newProblem takes the detail in English and in Russian.
func newProblem(status int, en, ru string) *problem {
	return &problem{Status: status, detail: lang.Text{EN: en, RU: ru}}
}

func (p *problem) at(field string) *problem { p.Field = field; return p }

func (p *problem) retry(seconds int) *problem { p.retryAfter = seconds; return p }

// saying is the problem with the words of a page.
func (p *problem) saying(text string) *problem {
	q := *p
	q.detail = lang.Text{EN: text, RU: text}
	return &q
}

// doc is the problem in the language of a request.
func (p *problem) doc(c echo.Context) problemDoc {
	l := answerLang(c)
	return problemDoc{Type: "about:blank", Title: statusText(p.Status).In(l), Status: p.Status, Detail: p.detail.In(l), Field: p.Field}
}

func (p *problem) write(c echo.Context) error {
	if p.retryAfter > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	body, err := json.Marshal(p.doc(c))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Vary", "Accept-Language")
	return c.Blob(p.Status, "application/problem+json", body)
}

// statusText names a status for people.
func statusText(status int) lang.Text {
	ru := map[int]string{
		http.StatusBadRequest: "Неверный запрос", http.StatusNotFound: "Не найдено", http.StatusMethodNotAllowed: "Метод не поддерживается",
		http.StatusRequestEntityTooLarge: "Слишком большой запрос", http.StatusUnsupportedMediaType: "Тип содержимого не поддерживается",
		http.StatusUnprocessableEntity: "Запрос нельзя выполнить", http.StatusTooManyRequests: "Слишком много запросов",
		http.StatusInternalServerError: "Внутренняя ошибка сервера", http.StatusServiceUnavailable: "Сервис временно недоступен",
	}[status]
	if ru == "" {
		ru = "Ошибка " + strconv.Itoa(status)
	}
	return lang.Text{EN: http.StatusText(status), RU: ru}
}
