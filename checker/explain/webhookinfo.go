package explain

import (
	"encoding/json"
	"math"
	"strings"
	"time"
)

// maxObjects is how many opening braces of a text are tried as JSON.
const maxObjects = 40

// fields is an object of JSON, or what was read like one.
type fields map[string]json.RawMessage

// objects are the JSON objects in a text, outermost first, whatever stands
// around them. Where the quotes were made typographic, they are made plain.
func objects(text string) []fields {
	var out []fields
	for _, s := range []string{text, plainQuotes(text)} {
		for i, tried := 0, 0; i < len(s) && tried < maxObjects; tried++ {
			j := strings.IndexByte(s[i:], '{')
			if j < 0 {
				break
			}
			i += j
			var f fields
			dec := json.NewDecoder(strings.NewReader(s[i:]))
			if err := dec.Decode(&f); err != nil {
				i++
				continue
			}
			out = append(out, f)
			i += int(dec.InputOffset())
		}
		if len(out) > 0 {
			return out
		}
	}
	return out
}

// webhookInfo finds the answer of getWebhookInfo in a text.
func webhookInfo(text string, found []fields, now time.Time) (*Webhook, bool) {
	for _, f := range found {
		var inner fields
		if json.Unmarshal(f["result"], &inner) == nil && inner.canonical().isInfo() {
			return inner.webhook(now), true
		}
		if f.canonical().isInfo() {
			return f.webhook(now), true
		}
	}
	if f := printed(plainQuotes(text)); f.isInfo() {
		return f.webhook(now), true
	}
	return nil, false
}

// fieldNames are the fields of getWebhookInfo by their name without case and
// underscores: programs print theirs in many ways.
var fieldNames = map[string]string{
	"url": "url", "hascustomcertificate": "has_custom_certificate", "pendingupdatecount": "pending_update_count", "pendingupdatescount": "pending_update_count",
	"lasterrordate": "last_error_date", "lasterrormessage": "last_error_message", "lastsynchronizationerrordate": "last_synchronization_error_date",
	"maxconnections": "max_connections", "ipaddress": "ip_address", "allowedupdates": "allowed_updates",
}

func fieldName(s string) string { return fieldNames[strings.ReplaceAll(strings.ToLower(s), "_", "")] }

// canonical gives fields the names that the Bot API gives them.
func (f fields) canonical() fields {
	for key, v := range f {
		if name := fieldName(key); name != "" && name != key {
			if _, there := f[name]; !there {
				f[name] = v
			}
		}
	}
	return f
}

func (f fields) isInfo() bool {
	n := 0
	for _, key := range []string{"has_custom_certificate", "pending_update_count", "last_error_date", "last_error_message"} {
		if _, ok := f[key]; ok {
			n++
		}
	}
	_, hasURL := f["url"]
	return n > 1 || n == 1 && hasURL
}

func (f fields) webhook(now time.Time) *Webhook {
	w := &Webhook{
		URL:                Redact(f.text("url")),
		PendingUpdateCount: f.number("pending_update_count"),
		MaxConnections:     f.number("max_connections"),
		IPAddress:          excerpt(f.text("ip_address")),
		LastSyncErrorDate:  f.date("last_synchronization_error_date"),
	}
	var custom bool
	if json.Unmarshal(f["has_custom_certificate"], &custom) == nil && f["has_custom_certificate"] != nil {
		w.HasCustomCertificate = &custom
	}
	if json.Unmarshal(f["allowed_updates"], &w.AllowedUpdates) != nil || len(w.AllowedUpdates) > 100 {
		w.AllowedUpdates = nil
	}
	for i, kind := range w.AllowedUpdates {
		w.AllowedUpdates[i] = excerpt(kind)
	}
	message, date := f.text("last_error_message"), f.date("last_error_date")
	if message != "" || date != nil {
		w.LastError = lastError(message, date, w.PendingUpdateCount, now)
	}
	return w
}

// Retries follow one another within two minutes, Retry-After may stretch that
// to an hour (telegram-bot-api, WebhookActor).
const (
	freshFor = 10 * time.Minute
	retryMax = 65 * time.Minute
)

func lastError(message string, date *time.Time, pending *int64, now time.Time) *LastError {
	e := &LastError{Date: date, Message: excerpt(message), State: Unclear}
	if date == nil {
		return e
	}
	age := now.Sub(*date)
	e.AgeSeconds = int64(age / time.Second)
	nothingWaits := pending != nil && *pending == 0
	switch {
	case age < -freshFor: // the clocks disagree
	case age <= freshFor:
		e.State = Recent
	case nothingWaits, age > retryMax:
		e.State = Old
	}
	return e
}

func (f fields) text(key string) string {
	var s string
	_ = json.Unmarshal(f[key], &s) // another type says nothing
	return strings.Join(strings.Fields(s), " ")
}

func (f fields) number(key string) *int64 {
	var x float64
	raw := f[key]
	if s := f.text(key); s != "" { // a number in quotes
		raw = json.RawMessage(s)
	}
	if raw == nil || json.Unmarshal(raw, &x) != nil || math.Abs(x) > 1e15 || math.IsNaN(x) {
		return nil
	}
	n := int64(x)
	return &n
}

// date reads Unix seconds, within what a calendar can show, or a date as
// programs print it.
func (f fields) date(key string) *time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, f.text(key)); err == nil {
			t = t.UTC()
			return &t
		}
	}
	n := f.number(key)
	if n == nil || *n <= 0 || *n > 253402300799 {
		return nil
	}
	t := time.Unix(*n, 0).UTC()
	return &t
}
