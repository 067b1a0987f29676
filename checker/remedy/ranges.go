package remedy

import (
	_ "embed"
	"net/netip"
	"strings"
)

//go:embed data/telegram-ranges.txt
var rangesFile string

// TelegramRanges lists the networks that Telegram calls webhooks from, as the
// guide documents them; the data file names source and date.
func TelegramRanges() []netip.Prefix {
	var out []netip.Prefix
	for _, line := range strings.Split(rangesFile, "\n") {
		if p, err := netip.ParsePrefix(strings.TrimSpace(line)); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// eachRange repeats a template once a range, with @NET@ filled in.
func eachRange(template string) string {
	var b strings.Builder
	for _, p := range TelegramRanges() {
		b.WriteString(fill(template, "@NET@", p.String()))
	}
	return b.String()
}

// nets lists them for a sentence or a set.
func nets() string {
	out := make([]string, 0, 2)
	for _, n := range TelegramRanges() {
		out = append(out, n.String())
	}
	return strings.Join(out, ", ")
}

// knockFilter is the tcpdump filter that shows Telegram's packets alone.
func knockFilter(port string) string {
	nets := make([]string, 0, 2)
	for _, p := range TelegramRanges() {
		nets = append(nets, "net "+p.String())
	}
	return "tcp port " + port + " and (" + strings.Join(nets, " or ") + ")"
}
