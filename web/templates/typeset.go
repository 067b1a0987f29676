package templates

import (
	"reflect"
	"regexp"
	"strings"
	"sync"
)

// What must not end a line in Russian: a word of one letter, the sign of a
// number; and what must not begin one: a dash, a unit.
var (
	lonely = regexp.MustCompile(`(^|[ («\x{a0}])([вВкКоОсСуУиИаАяЯ]|№) `)
	units  = regexp.MustCompile(`([0-9]) (с|мс|бит|бита|байт|байта|КиБ|МиБ)([^\p{L}]|$)`)
	dash   = strings.NewReplacer(" — ", "\u00a0— ")
)

// typeset puts spaces that do not break where Russian wants them. It leaves
// English as it is.
func typeset(s string) string {
	s = lonely.ReplaceAllString(dash.Replace(s), "$1$2\u00a0")
	s = units.ReplaceAllString(s, "$1\u00a0$2$3")
	return lonely.ReplaceAllString(s, "$1$2\u00a0") // two such words in a row share a space
}

// russianSet are the Russian words, typeset.
var russianSet = sync.OnceValue(func() *Messages {
	set := russian
	v := reflect.ValueOf(&set).Elem()
	for i := range v.NumField() {
		v.Field(i).SetString(typeset(v.Field(i).String()))
	}
	return &set
})
