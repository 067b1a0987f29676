package report

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// changes says how the corrected chain differs from what was presented: what
// was added and from where, what was left out and why, whether the order moved.
func changes(f *facts.Facts, l lang.Lang) []string {
	c := &f.Chain
	if len(c.Corrected) == 0 || sameChain(c) {
		return nil
	}
	var out []string
	say := func(t lang.Text, args ...any) { out = append(out, fmt.Sprintf(t.In(l), args...)) }
	last, moved := -1, false
	for _, link := range c.Corrected {
		at := slices.IndexFunc(c.Presented, func(p facts.Presented) bool { return p.Cert != nil && p.Cert.SHA256 == link.SHA256 })
		if at < 0 {
			say(lang.Text{EN: "added: %s%s", RU: "добавлен: %s%s"}, shorten(link.Subject.Text), whence(f, link, l))
			continue
		}
		moved = moved || at < last
		last = at
	}
	if moved {
		say(lang.Text{EN: "put in order: each certificate is followed by its issuer", RU: "порядок исправлен: за каждым сертификатом следует его издатель"})
	}
	for _, role := range []facts.Role{facts.RoleRoot, facts.RoleDuplicate, facts.RoleUnrelated, facts.RoleIntermediate} {
		if gone := leftOut(c, role); len(gone) > 0 {
			say(leftOutWords[role], strings.Join(gone, ", "))
		}
	}
	return out
}

func sameChain(c *facts.Chain) bool {
	return slices.EqualFunc(c.Presented, c.Corrected, func(p facts.Presented, x *cert.Cert) bool {
		return p.Cert != nil && p.Cert.SHA256 == x.SHA256
	})
}

// whence is where a link that was not presented was found.
func whence(f *facts.Facts, link *cert.Cert, l lang.Lang) string {
	for _, fetched := range f.Ev.Fetched {
		if slices.ContainsFunc(fetched.Certificates, func(der []byte) bool { return bytes.Equal(der, link.Raw) }) {
			return fmt.Sprintf(lang.Text{EN: " (from %s)", RU: " (взят с %s)"}.In(l), shorten(fetched.URL))
		}
	}
	for _, up := range f.Upload.Certificates {
		if up.SHA256 == link.SHA256 {
			return lang.Text{EN: " (from the uploaded file)", RU: " (из загруженного файла)"}.In(l)
		}
	}
	return ""
}

// leftOut are the places, from 1, of presented certificates of a role that the
// corrected chain does without. A duplicate's first copy stays.
func leftOut(c *facts.Chain, role facts.Role) []string {
	var out []string
	for _, p := range c.Presented {
		kept := p.Cert != nil && slices.ContainsFunc(c.Corrected, func(x *cert.Cert) bool { return x.SHA256 == p.Cert.SHA256 })
		if p.Role == role && (!kept || role == facts.RoleDuplicate) {
			out = append(out, strconv.Itoa(p.Position+1))
		}
	}
	return out
}

var leftOutWords = map[facts.Role]lang.Text{
	facts.RoleRoot:         {EN: "left out, a root: no. %s", RU: "убран корневой: № %s"},
	facts.RoleDuplicate:    {EN: "left out, a duplicate: no. %s", RU: "убран повтор: № %s"},
	facts.RoleUnrelated:    {EN: "left out, of another chain: no. %s", RU: "убран посторонний: № %s"},
	facts.RoleIntermediate: {EN: "left out, not needed: no. %s", RU: "убран лишний: № %s"},
}
