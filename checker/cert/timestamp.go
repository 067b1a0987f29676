package cert

import (
	"errors"
	"time"
)

var errTime = errors.New("not a time")

// parseTime reads a UTCTime or GeneralizedTime. OpenSSL takes any octets when
// it reads a certificate; strict tells whether it can compare them with a
// clock (X509_cmp_time), t is what it makes of them where it is lenient.
func parseTime(e element) (t time.Time, strict bool, err error) {
	if !e.is(universal, tagUTCTime) && !e.is(universal, tagGeneralizedTime) {
		return t, false, errTag
	}
	b, err := e.octets()
	if err != nil {
		return t, false, err
	}
	yearDigits := 2
	if e.tag == tagGeneralizedTime {
		yearDigits = 4
	}
	t, err = lenientTime(string(b), yearDigits)
	if err != nil {
		return time.Time{}, false, nil
	}
	return t, len(b) == yearDigits+11 && allDigits(b[:len(b)-1]) && b[len(b)-1] == 'Z', nil
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// lenientTime is ossl_asn1_time_to_tm without RFC 5280's restrictions:
// seconds may be missing, fractions and offsets are allowed.
func lenientTime(s string, yearDigits int) (time.Time, error) {
	year, rest, ok := number(s, yearDigits)
	if !ok {
		return time.Time{}, errTime
	}
	if yearDigits == 2 {
		year += 1900
		if year < 1950 {
			year += 100
		}
	}
	fields := [5]int{} // month, day, hour, minute, second
	limits := [5][2]int{{1, 12}, {1, 31}, {0, 23}, {0, 59}, {0, 59}}
	for i := range fields {
		if i == 4 && rest != "" && (rest[0] == 'Z' || rest[0] == '+' || rest[0] == '-') {
			break
		}
		if fields[i], rest, ok = number(rest, 2); !ok || fields[i] < limits[i][0] || fields[i] > limits[i][1] {
			return time.Time{}, errTime
		}
	}
	t := time.Date(year, time.Month(fields[0]), fields[1], fields[2], fields[3], fields[4], 0, time.UTC)
	if t.Day() != fields[1] {
		return time.Time{}, errTime
	}
	if yearDigits == 4 && rest != "" && rest[0] == '.' {
		digits := 1
		for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
			digits++
		}
		if digits == 1 {
			return time.Time{}, errTime
		}
		rest = rest[digits:]
	}
	return zone(t, rest)
}

func zone(t time.Time, s string) (time.Time, error) {
	if s == "Z" {
		return t, nil
	}
	if len(s) != 5 || s[0] != '+' && s[0] != '-' {
		return time.Time{}, errTime
	}
	hours, rest, ok := number(s[1:], 2)
	minutes, _, ok2 := number(rest, 2)
	if !ok || !ok2 || hours > 12 || minutes > 59 {
		return time.Time{}, errTime
	}
	offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if s[0] == '+' {
		offset = -offset
	}
	return t.Add(offset), nil
}

func number(s string, digits int) (n int, rest string, ok bool) {
	if len(s) < digits || !allDigits([]byte(s[:digits])) {
		return 0, s, false
	}
	for _, c := range s[:digits] {
		n = n*10 + int(c-'0')
	}
	return n, s[digits:], true
}
