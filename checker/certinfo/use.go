package certinfo

import (
	"fmt"
	"strings"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/internal/lang"
)

// validity says it in words: "expires in 9 days, on 2026-06-10 at 12:00 UTC".
func (e *explainer) validity(c *cert.Cert) {
	from, to := c.NotBefore.UTC(), c.NotAfter.UTC()
	var text string
	switch {
	case e.now.Before(from):
		text = fmt.Sprintf(lang.Text{EN: "not valid yet: begins in %s, %s; expires %s", RU: "ещё не действует: начнёт через %s, %s; истекает %s"}.In(e.l),
			e.span(from.Sub(e.now)), e.moment(from), e.moment(to))
	case e.now.After(to):
		text = fmt.Sprintf(lang.Text{EN: "expired %s ago, %s", RU: "истёк %s назад, %s"}.In(e.l), e.span(e.now.Sub(to)), e.moment(to))
	default:
		text = fmt.Sprintf(lang.Text{EN: "expires in %s, %s; valid since %s", RU: "истекает через %s, %s; действует с %s"}.In(e.l),
			e.span(to.Sub(e.now)), e.moment(to), from.Format(time.DateOnly))
	}
	e.add(label.validity, text)
}

func (e *explainer) moment(t time.Time) string {
	return t.Format(lang.Text{EN: "on 2006-01-02 at 15:04 UTC", RU: "2006-01-02 в 15:04 UTC"}.In(e.l))
}

type unit struct{ en, ens, one, few, many string }

var (
	minutes = unit{"minute", "minutes", "минуту", "минуты", "минут"}
	hours   = unit{"hour", "hours", "час", "часа", "часов"}
	days    = unit{"day", "days", "день", "дня", "дней"}
	years   = unit{"year", "years", "год", "года", "лет"}
)

// span is a length of time in one unit.
func (e *explainer) span(d time.Duration) string {
	const day = 24 * time.Hour
	n, u := int(d/(365*day)), years
	switch {
	case d < 2*time.Hour:
		n, u = int(d/time.Minute), minutes
	case d < 2*day:
		n, u = int(d/time.Hour), hours
	case d < 730*day:
		n, u = int(d/day), days
	}
	if e.l == lang.RU {
		return fmt.Sprintf("%d %s", n, lang.Plural(e.l, n, u.one, u.few, u.many))
	}
	return fmt.Sprintf("%d %s", n, lang.Plural(e.l, n, u.en, u.ens, u.ens))
}

// use says what the certificate may do.
func (e *explainer) use(c *cert.Cert) {
	if c.IsCA() {
		text := lang.Text{EN: "may sign certificates", RU: "может подписывать сертификаты"}.In(e.l)
		if b := c.BasicConstraints; b != nil && b.PathLen == 0 {
			text = lang.Text{EN: "may sign certificates, but not those of other CAs", RU: "может подписывать сертификаты, но не других УЦ"}.In(e.l)
		} else if b != nil && b.PathLen > 0 {
			text += fmt.Sprintf(lang.Text{EN: ", with at most %d more %s on the way to a server's", RU: ", до сертификата сервера — не больше %d %s"}.In(e.l), b.PathLen,
				lang.Text{EN: lang.Plural(lang.EN, b.PathLen, "CA", "CAs", "CAs"), RU: lang.Plural(lang.RU, b.PathLen, "УЦ", "УЦ", "УЦ")}.In(e.l))
		}
		e.add(label.ca, text)
	}
	e.add(label.usage, strings.Join(usageBits(c.KeyUsage), ", "))
	var uses []string
	for _, oid := range c.ExtKeyUsage {
		if t, ok := purposes[oid]; ok {
			oid = t.In(e.l)
		}
		uses = append(uses, oid)
	}
	e.add(label.extUsage, strings.Join(uses, ", "))
}

// usageBits names the bits that are set, as RFC 5280, 4.2.1.3 does.
func usageBits(u *cert.KeyUsage) []string {
	if u == nil {
		return nil
	}
	var out []string
	for _, bit := range []struct {
		set  bool
		name string
	}{
		{u.DigitalSignature, "digitalSignature"}, {u.ContentCommitment, "nonRepudiation"},
		{u.KeyEncipherment, "keyEncipherment"}, {u.DataEncipherment, "dataEncipherment"},
		{u.KeyAgreement, "keyAgreement"}, {u.CertSign, "keyCertSign"}, {u.CRLSign, "cRLSign"},
	} {
		if bit.set {
			out = append(out, bit.name)
		}
	}
	return out
}
