package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/internal/lang"
)

// memberText is a member that may hold a private key: bytes of its own, which can be
// overwritten as a string cannot. It is nil where the member is missing.
type memberText []byte

// UnmarshalText takes the text over and leaves nothing of it behind.
func (t *memberText) UnmarshalText(b []byte) error {
	*t = append(make([]byte, 0, len(b)), b...)
	clear(b)
	return nil
}

// passed is a member that is passed over without a copy.
type passed struct{}

// UnmarshalJSON accepts anything.
func (*passed) UnmarshalJSON([]byte) error { return nil }

// readJSON reads one JSON document; unknown members are an error, so that a
// misspelt one is not silently ignored.
func readJSON(c echo.Context, into any) *problem {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return newProblem(http.StatusUnsupportedMediaType, "expected Content-Type: application/json", "нужен Content-Type: application/json")
	}
	data, p := readBody(c)
	if p != nil {
		return p
	}
	var members map[string]passed
	if err := json.Unmarshal(data, &members); err != nil {
		return jsonProblem(err)
	}
	for name := range members {
		if !hasMember(into, name) {
			name = clip(name, 60)
			return newProblem(http.StatusBadRequest, fmt.Sprintf("there is no member %q", name), fmt.Sprintf("поля «%s» нет", name)).at(name)
		}
	}
	if err := json.Unmarshal(data, into); err != nil {
		return jsonProblem(err)
	}
	return nil
}

func jsonProblem(err error) *problem {
	var te *json.UnmarshalTypeError
	if errors.As(err, &te) && te.Field != "" {
		return newProblem(http.StatusBadRequest, te.Field+": expected "+jsonKind(te.Type).EN, te.Field+": ожидается "+jsonKind(te.Type).RU).at(te.Field)
	}
	return newProblem(http.StatusBadRequest, `expected one JSON object such as {"target":"bot.example.org:8443"}, and nothing after it`, `нужен один объект JSON, например {"target":"bot.example.org:8443"}, и ничего после него`)
}

// jsonKind is a Go type in JSON's words.
func jsonKind(t reflect.Type) lang.Text {
	switch t.Kind() {
	case reflect.Bool:
		return lang.Text{EN: "true or false", RU: "true или false"}
	case reflect.Int64:
		return lang.Text{EN: "a whole number", RU: "целое число"}
	}
	return lang.Text{EN: "a string", RU: "строка"}
}

// hasMember tells whether a document has a member, in any case, as
// encoding/json finds them.
func hasMember(document any, name string) bool {
	t := reflect.TypeOf(document).Elem()
	for i := range t.NumField() {
		if strings.EqualFold(t.Field(i).Tag.Get("json"), name) {
			return true
		}
	}
	return false
}
