package verify_test

import (
	"math/big"
	"net"
	"strconv"
	"strings"
	"time"
)

func tlv(tag byte, parts ...[]byte) []byte {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	n := len(body)
	out := []byte{tag}
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, body...)
}

func seq(parts ...[]byte) []byte { return tlv(0x30, parts...) }

func integer(n *big.Int) []byte {
	if n.Sign() < 0 { // two's complement
		size := uint(len(n.Bytes())*8 + 8)
		b := new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), size)).Bytes()
		for len(b) > 1 && b[0] == 0xff && b[1]&0x80 != 0 {
			b = b[1:]
		}
		return tlv(2, b)
	}
	b := n.Bytes()
	if len(b) == 0 || b[0]&0x80 != 0 {
		b = append([]byte{0}, b...)
	}
	return tlv(2, b)
}

func oid(dotted string) []byte {
	var body []byte
	var first int
	for i, part := range strings.Split(dotted, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			panic(err)
		}
		switch i {
		case 0:
			first = n
			continue
		case 1:
			n += first * 40
		}
		enc := []byte{byte(n & 0x7f)}
		for n >>= 7; n > 0; n >>= 7 {
			enc = append([]byte{byte(n&0x7f) | 0x80}, enc...)
		}
		body = append(body, enc...)
	}
	return tlv(6, body)
}

func utc(t time.Time) []byte {
	if y := t.Year(); y < 1950 || y > 2049 {
		return tlv(24, []byte(t.Format("20060102150405Z")))
	}
	return tlv(23, []byte(t.Format("060102150405Z")))
}

// rdn is a Name of one-valued RDNs: "CN", "O", "C" and so on by turns with
// their values.
func dn(pairs ...string) []byte {
	var out []byte
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, rdn(pairs[i], 12, []byte(pairs[i+1]))...)
	}
	return seq(out)
}

var attributeOIDs = map[string]string{
	"CN": "2.5.4.3", "O": "2.5.4.10", "OU": "2.5.4.11", "C": "2.5.4.6", "L": "2.5.4.7",
	"email": "1.2.840.113549.1.9.1",
}

func rdn(name string, tag byte, value []byte) []byte {
	if name == "email" && tag == 12 {
		tag = 22
	}
	return tlv(0x31, seq(oid(attributeOIDs[name]), tlv(tag, value)))
}

// General names.
func gDNS(s string) []byte    { return tlv(0x82, []byte(s)) }
func gEmail(s string) []byte  { return tlv(0x81, []byte(s)) }
func gURI(s string) []byte    { return tlv(0x86, []byte(s)) }
func gDir(name []byte) []byte { return tlv(0xa4, name) }
func gIP(s string) []byte {
	ip := net.ParseIP(s)
	if four := ip.To4(); four != nil {
		ip = four
	}
	return tlv(0x87, ip)
}
func gOther(id string, value []byte) []byte { return tlv(0xa0, oid(id), tlv(0xa0, value)) }

func gNet(cidr string) []byte {
	_, n, err := net.ParseCIDR(cidr)
	if err != nil {
		panic(err)
	}
	return tlv(0x87, n.IP, n.Mask)
}

// Extensions.
func san(names ...[]byte) ext { return ext{oid: "2.5.29.17", value: seq(names...)} }

func basic(ca bool, pathLen int) ext {
	var flag, length []byte
	if ca {
		flag = tlv(1, []byte{0xff})
	}
	if pathLen >= 0 {
		length = integer(big.NewInt(int64(pathLen)))
	}
	return ext{oid: "2.5.29.19", critical: true, value: seq(flag, length)}
}

// Bits of keyUsage, the first octet.
const (
	kuSign, kuRepudiation, kuEncipher, kuData, kuAgree, kuCert, kuCRL, kuOnly = 0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01
)

func usage(bits byte) ext {
	return ext{oid: "2.5.29.15", critical: true, value: tlv(3, []byte{0, bits})}
}

const (
	ekuServer, ekuClient, ekuCode, ekuAny = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.3", "2.5.29.37.0"
	ekuMSSGC, ekuNSSGC                    = "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"
)

func eku(ids ...string) ext {
	var list []byte
	for _, id := range ids {
		list = append(list, oid(id)...)
	}
	return ext{oid: "2.5.29.37", value: seq(list)}
}

func constraints(permitted, excluded [][]byte) ext {
	var p, x []byte
	if permitted != nil {
		p = subtreeList(0xa0, permitted)
	}
	if excluded != nil {
		x = subtreeList(0xa1, excluded)
	}
	return ext{oid: "2.5.29.30", critical: true, value: seq(p, x)}
}

func subtreeList(tag byte, bases [][]byte) []byte {
	var list []byte
	for _, b := range bases {
		list = append(list, seq(b)...)
	}
	return tlv(tag, list)
}
