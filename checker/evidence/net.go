package evidence

// DNS outcomes.
const (
	DNSOK       = "ok"       // at least one address
	DNSNoName   = "nxdomain" // the name does not exist
	DNSNoData   = "nodata"   // the name exists without A or AAAA
	DNSServFail = "servfail" // the resolver answered with an error
	DNSTimeout  = "timeout"  // no resolver answered
	DNSLiteral  = "literal"  // the host is an IP address
	DNSSkipped  = "skipped"  // --connect-to
)

// DNS is the answer to the direct question for A and AAAA records.
type DNS struct {
	Outcome    string   `json:"outcome"`
	Server     string   `json:"server,omitempty"`
	Rcode      string   `json:"rcode,omitempty"`
	A          []string `json:"a,omitempty"` // in the order of the answer
	AAAA       []string `json:"aaaa,omitempty"`
	CNAME      []string `json:"cname,omitempty"`
	DurationMS int64    `json:"duration_ms"`
}

// Outcomes of a TCP connection.
const (
	TCPOpen           = "open"
	TCPRefused        = "refused"
	TCPTimeout        = "timeout"
	TCPReset          = "reset"
	TCPNoRoute        = "no_route"        // EHOSTUNREACH
	TCPNetUnreachable = "net_unreachable" // ENETUNREACH
	TCPNoProtocol     = "no_protocol"     // ENOPROTOOPT: ICMP says that there is no TCP
	TCPHostDown       = "host_down"       // EHOSTDOWN
	TCPForbidden      = "forbidden"       // the guard did not let us dial
	TCPError          = "error"           // anything the classifier has no name for
)

// Address is one address of the host and how it answered.
type Address struct {
	IP         string `json:"ip"`
	TCP        string `json:"tcp"`
	Local      bool   `json:"local,omitempty"` // it belongs to an interface of the machine that checks
	DurationMS int64  `json:"duration_ms"`
	TLS        string `json:"tls,omitempty"`         // outcome of Telegram's hello, see Handshake.Outcome
	LeafSHA256 string `json:"leaf_sha256,omitempty"` // of the certificate it presented
	Error      string `json:"error,omitempty"`
}

// Outcomes of a hello.
const (
	HelloOK        = "ok"        // ServerHello and, where one is due, the certificates
	HelloAlert     = "alert"     // a fatal alert, see Alert
	HelloHTTP      = "http"      // the port speaks plain HTTP
	HelloNotTLS    = "not_tls"   // other bytes, see FirstBytes
	HelloClosed    = "closed"    // closed before the first flight was whole
	HelloReset     = "reset"     // RST
	HelloTimeout   = "timeout"   // connected, then silence
	HelloMalformed = "malformed" // TLS records that no client accepts
	HelloDial      = "dial"      // the connection itself failed this time
)

// Alert is a TLS alert of the server (RFC 8446, 6).
type Alert struct {
	Level int `json:"level"`
	Code  int `json:"code"`
	// RecordVersion is the version in the record's header, such as 0x0301: a
	// server that had settled on TLS 1.0 before it failed shows it here.
	RecordVersion int `json:"record_version,omitempty"`
}

// Handshake is the server's first flight in answer to one hello, read without
// trusting a single byte of it.
type Handshake struct {
	SNI                 string   `json:"sni,omitempty"`
	Outcome             string   `json:"outcome"`
	Alert               *Alert   `json:"alert,omitempty"`
	FirstBytes          []byte   `json:"first_bytes,omitempty"` // of an answer that is not TLS, at most 64
	Version             string   `json:"version,omitempty"`     // "tls1.0" to "tls1.3", "ssl3"
	Cipher              string   `json:"cipher,omitempty"`      // OpenSSL's name
	KeyExchange         string   `json:"key_exchange,omitempty"`
	Group               string   `json:"group,omitempty"`
	DHBits              int      `json:"dh_bits,omitempty"`
	ClientCertRequested bool     `json:"client_cert_requested,omitempty"`
	EncryptThenMAC      bool     `json:"encrypt_then_mac,omitempty"` // RFC 7366
	WarningAlerts       []int    `json:"warning_alerts,omitempty"`   // TLS ≤ 1.2, such as unrecognized_name
	Chain               [][]byte `json:"chain,omitempty"`
	ChainTruncated      bool     `json:"chain_truncated,omitempty"`
	DurationMS          int64    `json:"duration_ms"`
	Error               string   `json:"error,omitempty"`       // detail for HelloMalformed and HelloDial
	ErrorQueue          string   `json:"error_queue,omitempty"` // what OpenSSL notes before that error, as its client prints it
}

// Outcomes of the whole handshake, with an empty client certificate.
const (
	SessionOK          = "ok"
	SessionAlert       = "alert"
	SessionClosed      = "closed"
	SessionReset       = "reset"
	SessionTimeout     = "timeout"
	SessionMalformed   = "malformed"   // what came is no TLS, or not of this session; Error is OpenSSL's reason
	SessionUnsupported = "unsupported" // no library here can finish it; Telegram's client may
	SessionDial        = "dial"        // the server took no further connection from us
	SessionSkipped     = "skipped"     // not tried: the first flight already failed
)

// Session is the handshake carried to its end.
type Session struct {
	Client     string `json:"client,omitempty"` // "crypto/tls" or "zcrypto"
	Outcome    string `json:"outcome"`
	Alert      *Alert `json:"alert,omitempty"`
	Version    string `json:"version,omitempty"`
	Cipher     string `json:"cipher,omitempty"`
	Group      string `json:"group,omitempty"`
	ALPN       string `json:"alpn,omitempty"`
	Error      string `json:"error,omitempty"`
	DurationMS int64  `json:"duration_ms"`
}

// TLS is everything seen of TLS on the address that Telegram would use.
type TLS struct {
	Main     Handshake         `json:"main"`             // the hello of Telegram's client
	NoSNI    *Handshake        `json:"no_sni,omitempty"` // nil for an IP host
	Versions map[string]string `json:"versions"`         // "tls1.0".."tls1.3" → accepted, refused, unknown
	Session  *Session          `json:"session,omitempty"`
}

// Outcomes of the test update, by the rules of Telegram's own HTTP reader.
const (
	HTTPResponse       = "response"         // a whole answer, see Status
	HTTPClosed         = "closed"           // closed before the answer was whole
	HTTPReset          = "reset"            // RST before the answer was whole
	HTTPTimeout        = "timeout"          // no whole answer in the time of the check
	HTTPNotHTTP        = "not_http"         // the first word is not HTTP
	HTTPVersion        = "version"          // HTTP/2 or another version that the client refuses
	HTTPHeadTooLarge   = "head_too_large"   // over 256 KiB
	HTTPBadHead        = "bad_head"         // "Bad Request": the head cannot be split
	HTTPBadBody        = "bad_body"         // "Bad Request: …": chunks or compression are damaged
	HTTPBadEncoding    = "bad_encoding"     // Content-Encoding that the client refuses
	HTTPBadTransfer    = "bad_transfer"     // Transfer-Encoding that the client refuses
	HTTPClientAlert    = "alert"            // a TLS alert in place of an answer
	HTTPNotSent        = "not_sent"         // the certificate would be refused, so nothing was sent
	HTTPNotReached     = "not_reached"      // TLS could not be finished
	HTTPEndless        = "endless"          // more of a body came than is read here, and not its end
	HTTPRequestTooLong = "request_too_long" // Telegram's client gives up on heads over 4096 bytes
)

// HTTP is the answer to the test update.
type HTTP struct {
	Outcome    string            `json:"outcome"`
	Status     int               `json:"status,omitempty"`
	Reason     string            `json:"reason,omitempty"` // at most 256 bytes
	Location   string            `json:"location,omitempty"`
	RetryAfter string            `json:"retry_after,omitempty"`
	Server     string            `json:"server,omitempty"`
	Headers    map[string]string `json:"headers,omitempty"`    // a short allowed list that hints at the platform
	BodyStart  string            `json:"body_start,omitempty"` // at most 512 bytes, valid UTF-8
	Error      string            `json:"error,omitempty"`      // the client's own words for HTTPBadBody
	Alert      *Alert            `json:"alert,omitempty"`
	DurationMS int64             `json:"duration_ms"` // from the request to the last byte of the answer
}
