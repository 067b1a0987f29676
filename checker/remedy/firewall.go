package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// Marks before what a reader may skip: see Outline.
const (
	shortMark    = "# in short: "
	shortNext    = "\n#           "
	plumbing     = "# what follows puts that in place:\n"
	plumbingBack = "# what follows takes that back:\n"
)

func telegramOnlyTitle(p *Params, tool string) lang.Text {
	return fillText(text(
		"@TOOL@: port @PORT@ for Telegram's networks alone. It closes the port to everyone else: not where a web site shares it",
		"@TOOL@: порт @PORT@ только для сетей Telegram. Для всех остальных он закрывается: не годится, если на нём ещё и сайт"),
		"@TOOL@", tool, "@PORT@", p.port())
}

func interfaceTitle(p *Params, tool string) lang.Text {
	return fillText(text("@TOOL@: open port @PORT@ on the interface that leads to the Internet alone", "@TOOL@: открыть порт @PORT@ только на интерфейсе, который ведёт в интернет"),
		"@TOOL@", tool, "@PORT@", p.port())
}

// publicInterface defines public_interface: the one that carries the webhook's
// address or, behind a router, leads to Telegram.
func publicInterface(p *Params) string {
	return fill(`public_interface() {
  local dev
  dev=$(ip -4 -o addr show | awk '{ split($4, a, "/"); if (a[1] == "@IP@" && $2 != "lo") { print $2; exit } }')
  if [ -z "$dev" ]; then dev=$(ip -4 route get @TELEGRAM@ 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p'); fi
  if [ -z "$dev" ]; then echo 'no interface leads to Telegram' >&2; exit 1; fi
  echo "$dev"
}
`, "@IP@", p.ip(), "@TELEGRAM@", TelegramRanges()[0].Addr().Next().String())
}

// inShort is a comment for a reader.
func inShort(lines string) string {
	if lines == "" {
		return ""
	}
	return shortMark + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", shortNext) + "\n"
}
