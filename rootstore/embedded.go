package rootstore

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"hookcheck/internal/lang"
	"hookcheck/rootstore/index"
)

//go:generate go run ./gen -out data

//go:embed data/index.json
var indexJSON []byte

//go:embed data/roots.der
var rootsDER []byte

// Embedded is today's Mozilla list together with the documented one. Reading
// the index takes about a millisecond; a certificate is parsed when it is
// first needed.
func Embedded() (*Store, error) {
	var x index.Index
	if err := json.Unmarshal(indexJSON, &x); err != nil {
		return nil, fmt.Errorf("reading the embedded roots: %w", err)
	}
	return fromIndex(x, rootsDER)
}

func fromIndex(x index.Index, ders []byte) (*Store, error) {
	s := empty()
	count := map[string]int{}
	for _, r := range x.Roots {
		if r.Offset < 0 || r.Length <= 0 || r.Offset > len(ders)-r.Length {
			return nil, fmt.Errorf("reading the embedded roots: %s lies outside the file", r.SHA256)
		}
		der := ders[r.Offset : r.Offset+r.Length : r.Offset+r.Length]
		e := &root{der: der, sha256: r.SHA256, subject: r.Subject, lists: r.Lists, parse: lazily(der)}
		if r.DistrustAfter != nil {
			e.distrustAfter = *r.DistrustAfter
		}
		s.add(r.Key, e)
		for _, l := range r.Lists {
			count[l]++
		}
	}
	for _, l := range x.Lists {
		s.infos = append(s.infos, Info{Name: l.Name, Title: titles[l.Name], Source: l.Source, Date: l.Date, Count: count[l.Name]})
	}
	return s, nil
}

var titles = map[string]lang.Text{
	Mozilla: {
		EN: "Mozilla's list of today, from which systems take theirs",
		RU: "Нынешний список Mozilla, из которого берут свои списки операционные системы",
	},
	Documented: {
		EN: "An older list, the nearest at hand to Ubuntu 22.04's, which Telegram's guide links",
		RU: "Прежний список, ближайший из доступных к списку Ubuntu 22.04, на который ссылается руководство Telegram",
	},
	Given: {
		EN: "The roots given by --roots",
		RU: "Корневые сертификаты из файла --roots",
	},
	OwnSystem: {
		EN: "This machine's own list",
		RU: "Собственный список этой машины",
	},
}
