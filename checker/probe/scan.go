package probe

import "bytes"

// scanner reads a head as the client's Parser does (td/utils/Parser.h): the
// first thing that is not there fails it for good, and what it reads from then
// on is empty.
type scanner struct {
	in     []byte
	pos    int
	failed bool
}

func (s *scanner) left() []byte { return s.in[s.pos:] }

// till reads up to a byte, which stays. Where it is missing the rest is lost.
func (s *scanner) till(c byte) []byte {
	if s.failed {
		return nil
	}
	i := bytes.IndexByte(s.left(), c)
	if i < 0 {
		s.pos, s.failed = len(s.in), true
		return nil
	}
	read := s.left()[:i]
	s.pos += i
	return read
}

func (s *scanner) skip(c byte) {
	if s.failed {
		return
	}
	if s.peek() != c || s.pos == len(s.in) {
		s.failed = true
		return
	}
	s.pos++
}

func (s *scanner) peek() byte {
	if s.pos == len(s.in) {
		return 0
	}
	return s.in[s.pos]
}

// trim cuts what the client calls space (td/utils/misc.h, is_space).
func trim(b []byte) []byte { return bytes.Trim(b, " \t\r\n\x00\v") }

// lower folds ASCII alone, as the client does.
func lower(b []byte) string {
	out := bytes.Clone(b)
	for i, c := range out {
		if c >= 'A' && c <= 'Z' {
			out[i] = c | 0x20
		}
	}
	return string(out)
}

// digits reads the number that a text begins with, modulo 2^64. There is no
// error: "abc" is 0 (td/utils/misc.h, to_integer).
func digits(b []byte) uint64 {
	var n uint64
	for _, c := range b {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + uint64(c-'0')
	}
	return n
}

// signed is digits for a 32-bit number with a sign, which wraps around too.
func signed(b []byte) int {
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	n := int32(uint32(digits(b)))
	if negative {
		n = -n
	}
	return int(n)
}

// hexDigits is digits to the base of 16.
func hexDigits(b []byte) uint64 {
	var n uint64
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			n = n<<4 | uint64(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			n = n<<4 | uint64(c|0x20-'a'+10)
		default:
			return n
		}
	}
	return n
}
