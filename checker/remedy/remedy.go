// Package remedy holds the fixes: templates by platform, filled in with the
// user's own host, port and paths, each value quoted for the language it lands
// in.
package remedy

import "hookcheck/internal/lang"

// Kinds of remedies.
const (
	Command = "command" // Body runs under `bash -e` as root
	Config  = "config"  // Body belongs into the file or program that Where names
	Note    = "note"    // prose
)

// Platforms, as the report names them.
const (
	Nginx     = "nginx"
	Apache    = "apache"
	HAProxy   = "haproxy"
	Caddy     = "caddy"
	IPTables  = "iptables"
	NFTables  = "nftables"
	UFW       = "ufw"
	Firewalld = "firewalld"
	OpenSSL   = "openssl"
	Keytool   = "keytool"
	Certbot   = "certbot"
	Node      = "node"
	Python    = "python"
	Java      = "java"
	PHP       = "php"
	Windows   = "windows"
	Panel     = "panel"
	Telegram  = "telegram"
	DNS       = "dns"
	Other     = "other"
)

// Remedy is one fix. Code is the same in every language, so Body of a command
// or a configuration is lang.Both.
type Remedy struct {
	ID       string // "<platform>.<what>", stable
	Platform string
	Kind     string
	Title    lang.Text
	Where    lang.Text // file and place it belongs, or the shell on the bot's host
	Body     lang.Text
	Apply    string // commands that check the configuration and reload it
	Undo     string

	lines string // the directives that an edit puts into a configuration
}

// Params is what the templates are filled in with.
type Params struct {
	Host   string // as Telegram compares it: lower case, A-labels
	Port   int
	IsIP   bool
	IP     string // the address Telegram would connect to, "" where unknown
	Pinned string // the address that the check was told to connect to
	URL    string // the webhook URL, redacted; "https://host:port/path" made up where only host and port were given
	Path   string // of the URL, redacted, at least "/"
	Plain  bool   // the URL's port speaks HTTP without TLS, as was seen
	Token  bool   // a bot token stood in the path and is shown as <TOKEN>

	SecretGiven   bool   // the webhook uses a secret token, written <SECRET>
	Upload        string // what belongs into `certificate`: none, leaf, root, given
	UploadPEM     string // the file to upload where we have it
	UploadName    string // name of the file that was given, "" where it came without one
	UploadForm    string // format of the file that was given: see certfile.Format
	KeyAlone      bool   // that file holds a private key and no certificate
	DamagedName   string // name of the first file that is cut off or damaged
	UploadDamaged bool   // the file that was uploaded is cut off or spoilt, so nothing can be converted
	UploadHas     bool   // something was uploaded

	LeafPEM   string   // the certificate that the server presents
	BundlePEM string   // corrected chain in server order, "" where it cannot be built
	Missing   []string // subjects of certificates that nobody supplied
	AIA       []string // where the missing ones can be fetched
	Issuer    string   // organisation of the leaf's issuer, such as "Let's Encrypt"
	Names     []string // that the certificate is valid for
	Location  string   // target of a redirect
	Status    int      // HTTP status
	Likely    []string // platforms that the evidence hints at, most likely first
	Edge      string   // what stands before the server: "cloudflare", "paas" or ""
	OtherIPs  []string // addresses that do not answer like the first
	ClockOff  bool
	// SelfSigned: the server's certificate is its own issuer.
	SelfSigned bool
	// WouldFail are the ids of the rules that would still fire once what
	// Upload names were uploaded.
	WouldFail []string
}

// Sample is used where the catalogue shows remedies without a check.
func Sample() *Params {
	return &Params{
		Host: "bot.example.org", Port: 8443, IP: "198.51.100.7", OtherIPs: []string{"198.51.100.8"},
		URL: "https://bot.example.org:8443/webhook", Path: "/webhook",
		SecretGiven: true, Upload: "none",
		Issuer: "Example CA", Names: []string{"www.example.org"},
		AIA: []string{"http://ca.example.net/intermediate.der"}, Missing: []string{"CN = Example Intermediate"},
		Location: "https://www.example.org/webhook", Status: 302, UploadForm: "der-certificate",
	}
}
