package hello

import "fmt"

// Key exchanges, as evidence names them.
const (
	kxTLS13 = "TLS1.3"
	kxECDHE = "ECDHE"
	kxDHE   = "DHE"
	kxRSA   = "RSA"
)

// scsvRenegotiation stands for an empty renegotiation_info (RFC 5746, 3.3).
const scsvRenegotiation uint16 = 0x00ff

// suite is a cipher suite with OpenSSL's name for it.
type suite struct {
	id       uint16
	name     string
	kx       string
	min, max uint16
	offered  bool // by Telegram's client
	legacy   bool // offered when one old version is probed
}

func suiteByID(id uint16) (suite, bool) {
	for _, s := range suiteTable {
		if s.id == id {
			return s, true
		}
	}
	return suite{}, false
}

func suiteByName(name string) (suite, bool) {
	for _, s := range suiteTable {
		if s.name == name {
			return s, true
		}
	}
	return suite{}, false
}

// suiteTable is the list of `openssl ciphers -s DEFAULT` in the order of
// OpenSSL's hello, then what OpenSSL 3 is built without.
var suiteTable = []suite{
	{0x1302, "TLS_AES_256_GCM_SHA384", kxTLS13, TLS13, TLS13, true, false},
	{0x1303, "TLS_CHACHA20_POLY1305_SHA256", kxTLS13, TLS13, TLS13, true, false},
	{0x1301, "TLS_AES_128_GCM_SHA256", kxTLS13, TLS13, TLS13, true, false},
	{0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384", kxECDHE, TLS12, TLS12, true, false},
	{0xc030, "ECDHE-RSA-AES256-GCM-SHA384", kxECDHE, TLS12, TLS12, true, false},
	{0x009f, "DHE-RSA-AES256-GCM-SHA384", kxDHE, TLS12, TLS12, true, false},
	{0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305", kxECDHE, TLS12, TLS12, true, false},
	{0xcca8, "ECDHE-RSA-CHACHA20-POLY1305", kxECDHE, TLS12, TLS12, true, false},
	{0xccaa, "DHE-RSA-CHACHA20-POLY1305", kxDHE, TLS12, TLS12, true, false},
	{0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256", kxECDHE, TLS12, TLS12, true, false},
	{0xc02f, "ECDHE-RSA-AES128-GCM-SHA256", kxECDHE, TLS12, TLS12, true, false},
	{0x009e, "DHE-RSA-AES128-GCM-SHA256", kxDHE, TLS12, TLS12, true, false},
	{0xc024, "ECDHE-ECDSA-AES256-SHA384", kxECDHE, TLS12, TLS12, true, false},
	{0xc028, "ECDHE-RSA-AES256-SHA384", kxECDHE, TLS12, TLS12, true, false},
	{0x006b, "DHE-RSA-AES256-SHA256", kxDHE, TLS12, TLS12, true, false},
	{0xc023, "ECDHE-ECDSA-AES128-SHA256", kxECDHE, TLS12, TLS12, true, false},
	{0xc027, "ECDHE-RSA-AES128-SHA256", kxECDHE, TLS12, TLS12, true, false},
	{0x0067, "DHE-RSA-AES128-SHA256", kxDHE, TLS12, TLS12, true, false},
	{0xc00a, "ECDHE-ECDSA-AES256-SHA", kxECDHE, TLS10, TLS12, true, false},
	{0xc014, "ECDHE-RSA-AES256-SHA", kxECDHE, TLS10, TLS12, true, false},
	{0x0039, "DHE-RSA-AES256-SHA", kxDHE, TLS10, TLS12, true, false},
	{0xc009, "ECDHE-ECDSA-AES128-SHA", kxECDHE, TLS10, TLS12, true, false},
	{0xc013, "ECDHE-RSA-AES128-SHA", kxECDHE, TLS10, TLS12, true, false},
	{0x0033, "DHE-RSA-AES128-SHA", kxDHE, TLS10, TLS12, true, false},
	{0x009d, "AES256-GCM-SHA384", kxRSA, TLS12, TLS12, true, false},
	{0x009c, "AES128-GCM-SHA256", kxRSA, TLS12, TLS12, true, false},
	{0x003d, "AES256-SHA256", kxRSA, TLS12, TLS12, true, false},
	{0x003c, "AES128-SHA256", kxRSA, TLS12, TLS12, true, false},
	{0x0035, "AES256-SHA", kxRSA, TLS10, TLS12, true, false},
	{0x002f, "AES128-SHA", kxRSA, TLS10, TLS12, true, false},

	{0xc012, "ECDHE-RSA-DES-CBC3-SHA", kxECDHE, TLS10, TLS12, false, true},
	{0xc008, "ECDHE-ECDSA-DES-CBC3-SHA", kxECDHE, TLS10, TLS12, false, true},
	{0x0016, "DHE-RSA-DES-CBC3-SHA", kxDHE, TLS10, TLS12, false, true},
	{0x000a, "DES-CBC3-SHA", kxRSA, TLS10, TLS12, false, true},
	{0xc011, "ECDHE-RSA-RC4-SHA", kxECDHE, TLS10, TLS12, false, true},
	{0xc007, "ECDHE-ECDSA-RC4-SHA", kxECDHE, TLS10, TLS12, false, true},
	{0x0005, "RC4-SHA", kxRSA, TLS10, TLS12, false, true},
	{0x0004, "RC4-MD5", kxRSA, TLS10, TLS12, false, true},
}

// Groups of OpenSSL's hello, in its order.
const (
	groupX25519 uint16 = 0x001d
	groupP256   uint16 = 0x0017
	groupX448   uint16 = 0x001e
	groupP521   uint16 = 0x0019
	groupP384   uint16 = 0x0018
)

var (
	ecGroups    = []uint16{groupX25519, groupP256, groupX448, groupP521, groupP384}
	ffdheGroups = []uint16{0x0100, 0x0101, 0x0102, 0x0103, 0x0104}
)

// groupName is a group's usual name (IANA, TLS Supported Groups).
func groupName(id uint16) string {
	names := map[uint16]string{
		groupX25519: "X25519", groupP256: "P-256", groupX448: "X448", groupP521: "P-521", groupP384: "P-384",
		0x0100: "ffdhe2048", 0x0101: "ffdhe3072", 0x0102: "ffdhe4096", 0x0103: "ffdhe6144", 0x0104: "ffdhe8192",
		0x0016: "secp256k1", 0x0015: "P-224", 0x0013: "P-192",
		0x001a: "brainpoolP256r1", 0x001b: "brainpoolP384r1", 0x001c: "brainpoolP512r1",
	}
	if n, ok := names[id]; ok {
		return n
	}
	return fmt.Sprintf("0x%04x", id)
}

// Signature algorithms of OpenSSL's hello at security level 2 (RFC 8446,
// 4.2.3): no SHA-1. The second list is offered where TLS 1.2 is.
var (
	sigAlgs = []uint16{
		0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b,
		0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601,
	}
	sigAlgsTLS12 = []uint16{0x0303, 0x0301, 0x0302, 0x0402, 0x0502, 0x0602}
)
