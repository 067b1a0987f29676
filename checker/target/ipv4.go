package target

import (
	"net/netip"
	"strconv"
	"strings"
)

// numericIPv4 reads every form of an IPv4 address that inet_addr of the C
// library does: one to four numbers, decimal, octal or hexadecimal, the last
// one filling what is left. Telegram's client takes 127.1, 0x7f.1 and
// 2130706433 for addresses: it resolves them, sends no SNI and compares an
// iPAddress SAN with the plain form; only with an uploaded certificate does it
// compare names with the form that was typed (IPAddress.cpp, SslStream.cpp).
func numericIPv4(host string) (netip.Addr, bool) {
	fields := strings.Split(host, ".")
	if len(fields) > 4 {
		return netip.Addr{}, false
	}
	var value uint64
	for i, f := range fields {
		n, ok := inetNumber(f)
		last := i == len(fields)-1
		if !ok || !last && n > 0xff || last && n >= 1<<(8*(4-i)) {
			return netip.Addr{}, false
		}
		if last {
			value |= n
		} else {
			value |= n << (8 * (3 - i))
		}
	}
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}), true
}

// inetNumber reads a number as strtoul with base 0 does, without signs.
func inetNumber(s string) (uint64, bool) {
	base := 10
	switch {
	case len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x':
		base, s = 16, s[2:]
	case len(s) > 1 && s[0] == '0':
		base, s = 8, s[1:]
	}
	n, err := strconv.ParseUint(s, base, 64)
	return n, err == nil
}
