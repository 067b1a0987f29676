package explain

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	printedKeys = `(?i)\b(url|has_?custom_?certificate|pending_?updates?_?count|last_?error_?date|last_?error_?message|last_?synchronization_?error_?date|max_?connections|ip_?address)["']?\]?[ \t]*(?:=>|[:=])[ \t]*`
	printedText = `"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`
)

// Forms in which programs print the object: Python's, PHP's, Java's and Go's,
// YAML, a table, and JSON that was cut off.
var (
	printedField = regexp.MustCompile(printedKeys + `(` + printedText + `|datetime\.datetime\([^)]{0,120}\)|[^\s,)}\]]*)`)
	printedDate  = regexp.MustCompile(`^datetime\.datetime\((\d{4}), (\d{1,2}), (\d{1,2}), (\d{1,2}), (\d{1,2})(?:, (\d{1,2}))?`)
	// A message without quotes ends where the line or the next field does.
	bareMessage = regexp.MustCompile(`(?i)\blast_?error_?message\]?[ \t]*(?:=>|[:=])[ \t]*([^"'>\s][^\n]*)`)
	nextField   = regexp.MustCompile(`(?i),? (?:url|has_?custom_?certificate|pending_?updates?_?count|last_?error_?date|last_?synchronization_?error_?date|max_?connections|ip_?address|allowed_?updates)[:=]`)
	// PHP's var_dump puts the value on a line of its own, with its type.
	dumpedArrow = regexp.MustCompile(`=>\s*\n\s*`)
	dumpedText  = regexp.MustCompile(`string\(\d+\) "`)
	dumpedValue = regexp.MustCompile(`\b(?:bool|int)\((\w+)\)`)
)

// printed reads the fields of getWebhookInfo from whatever is no JSON.
func printed(text string) fields {
	if strings.Contains(text, "string(") || strings.Contains(text, "int(") {
		text = dumpedArrow.ReplaceAllLiteralString(text, "=> ")
		text = dumpedText.ReplaceAllLiteralString(text, `"`)
		text = dumpedValue.ReplaceAllString(text, "$1")
	}
	f := make(fields)
	for _, m := range printedField.FindAllStringSubmatch(text, 64) {
		name := fieldName(m[1])
		if _, seen := f[name]; seen {
			continue
		}
		if v := value(name, m[2]); v != nil {
			f[name] = v
		}
	}
	if m := bareMessage.FindStringSubmatch(text); m != nil {
		message := m[1]
		if end := nextField.FindStringIndex(message); end != nil {
			message = message[:end[0]]
		}
		f["last_error_message"] = quoted(strings.TrimRight(message, " ,)"))
	}
	return f
}

// value makes JSON of a printed value.
func value(name, s string) json.RawMessage {
	if d := printedDate.FindStringSubmatch(s); d != nil {
		var n [6]int
		for i := range n {
			n[i], _ = strconv.Atoi(d[i+1])
		}
		t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
		return json.RawMessage(strconv.FormatInt(t.Unix(), 10))
	}
	low := strings.ToLower(s)
	switch php := name == "has_custom_certificate"; { // PHP prints 1 and nothing
	case php && s == "1":
		return json.RawMessage("true")
	case php && (s == "0" || s == ""):
		return json.RawMessage("false")
	case low == "true" || low == "false":
		return json.RawMessage(low)
	case low == "none" || low == "null" || low == "nil":
		return nil
	case strings.HasPrefix(s, `"`) && json.Valid([]byte(s)):
		return json.RawMessage(s)
	case strings.HasPrefix(s, "'") && len(s) > 1:
		s = strings.ReplaceAll(s[1:len(s)-1], `\'`, "'")
	case s != "" && json.Valid([]byte(s)):
		return json.RawMessage(s)
	}
	return quoted(s)
}

func quoted(s string) json.RawMessage {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil
	}
	return raw
}
