package conformance

// Why OpenSSL, and so Telegram's client, differs from a suite. Every case that
// differs has its line here, and no other has.
const (
	noWayBack   = "OpenSSL takes the first issuer that fits, trusted ones before presented ones, and never goes back to try another"
	notStrict   = "checked only with `X509_V_FLAG_X509_STRICT`, which Telegram's client does not set"
	forum       = "a rule of the CA/Browser Forum for CAs; OpenSSL knows none of them"
	atTheSecond = "a certificate has expired in the very second of notAfter"
	leafCA      = "the purpose sslserver wants digitalSignature or key agreement in keyUsage, which a CA certificate lacks"
	cnUnread    = "the common name is not looked at where the SAN holds a name of the kind that is asked for"
	nameForm    = "OpenSSL does not check the form of names that it has no use for"
)

var differences = map[string]string{
	"pathlen::validation-ignores-pathlen-in-leaf":                               leafCA,
	"pathlen::max-chain-depth-1-self-issued":                                    "OpenSSL's depth counts self-issued intermediates too",
	"rfc5280::ca-empty-subject":                                                 notStrict,
	"rfc5280::root-missing-basic-constraints":                                   "a trusted root with keyCertSign is taken for a CA even without basicConstraints (`check_ca`)",
	"rfc5280::root-non-critical-basic-constraints":                              notStrict,
	"rfc5280::leaf-ku-keycertsign":                                              notStrict,
	"rfc5280::ca-as-leaf":                                                       leafCA,
	"rfc5280::root-and-intermediate-swapped":                                    "without `X509_V_FLAG_PARTIAL_CHAIN` a path has to end at a self-signed certificate in the store",
	"rfc5280::aki::leaf-missing-aki":                                            notStrict,
	"rfc5280::aki::intermediate-missing-aki":                                    notStrict,
	"rfc5280::ski::root-missing-ski":                                            notStrict,
	"rfc5280::ski::intermediate-missing-ski":                                    notStrict,
	"rfc5280::pc::ica-noncritical-pc":                                           "policies are processed only with `X509_V_FLAG_POLICY_CHECK`",
	"rfc5280::san::noncritical-with-empty-subject":                              notStrict,
	"rfc5280::san::underscore-dns":                                              "names are compared as they stand; an underscore is no fault",
	"rfc5280::serial::too-long":                                                 "OpenSSL does not judge serial numbers",
	"rfc5280::serial::zero":                                                     "OpenSSL does not judge serial numbers",
	"rfc5280::serial::negative":                                                 "OpenSSL does not judge serial numbers",
	"rfc5280::validity::notafter-exact":                                         atTheSecond,
	"rfc5280::validity::notafter-fractional":                                    atTheSecond + "; fractions of one do not count",
	"rfc5280::nc::permitted-dns-match-noncritical":                              "constraints are applied whether critical or not; the flag itself is not judged",
	"rfc5280::nc::invalid-dnsname-leading-period":                               "a leading period means “below this name” in OpenSSL",
	"rfc5280::nc::not-allowed-in-ee-noncritical":                                "constraints in a server's own certificate are read and never applied",
	"rfc5280::nc::not-allowed-in-ee-critical":                                   "constraints in a server's own certificate are read and never applied",
	"rfc5280::nc::nc-permits-invalid-dns-san":                                   nameForm,
	"rfc5280::nc::nc-permits-invalid-email-san":                                 "what follows the last at sign of an address is its host; a second one is no fault",
	"webpki::forbidden-rsa-not-divisible-by-8-in-root":                          forum,
	"webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf":                      forum,
	"webpki::forbidden-dsa-leaf":                                                forum + ": a DSA key of 3072 bits is strong enough for it",
	"webpki::forbidden-dsa-root":                                                forum + ": a DSA key of 3072 bits is strong enough for it",
	"rfc5280::nc::nc-forbids-dnsname-wildcard-san":                              "a pattern is compared with constraints as it stands: `*.example.com` is not below `bar.example.com`",
	"rfc5280::nc::nc-forbids-alternate-chain-ica":                               noWayBack,
	"rfc5280::nc::nc-forbids-same-chain-ica":                                    noWayBack,
	"webpki::san::public-suffix-multi-label-wildcard-san":                       "no list of public suffixes: a pattern needs two labels after the star, no more",
	"webpki::san::public-suffix-private-namespace-wildcard-san":                 "no list of public suffixes: a pattern needs two labels after the star, no more",
	"webpki::san::wildcard-embedded-leftmost-san":                               "partial wildcards count in OpenSSL (`X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS` is not set)",
	"webpki::san::no-san":                                                       "without a dNSName the common name counts",
	"webpki::san::san-critical-with-nonempty-subject":                           forum,
	"webpki::cn::ipv4-hex-mismatch":                                             cnUnread,
	"webpki::cn::ipv4-leading-zeros-mismatch":                                   cnUnread,
	"webpki::cn::ipv6-uppercase-mismatch":                                       cnUnread,
	"webpki::cn::ipv6-uncompressed-mismatch":                                    cnUnread,
	"webpki::cn::ipv6-non-rfc5952-mismatch":                                     cnUnread,
	"webpki::cn::punycode-not-in-san":                                           cnUnread,
	"webpki::cn::utf8-vs-punycode-mismatch":                                     cnUnread,
	"webpki::cn::not-in-san":                                                    cnUnread,
	"webpki::cn::case-mismatch":                                                 cnUnread,
	"webpki::nc::intermediate-permitted-excluded-subtrees-both-null":            "an empty constraint constrains nothing",
	"webpki::nc::intermediate-permitted-excluded-subtrees-both-empty-sequences": "an empty constraint constrains nothing",
	"webpki::malformed-aia":                                                     "OpenSSL does not read this extension when it verifies",
	"webpki::v1-cert":                                                           "a server's own certificate may be of version 1; its common name counts",
	"webpki::ee-basicconstraints-ca":                                            forum,
	"webpki::aki::root-with-aki-missing-keyidentifier":                          forum,
	"webpki::eku::ee-anyeku":                                                    "serverAuth suffices, whatever stands beside it",
	"webpki::eku::ee-critical-eku":                                              forum,
	"webpki::eku::ee-without-eku":                                               "without extendedKeyUsage every use is allowed (RFC 5280, 4.2.1.12)",
	"webpki::eku::root-has-eku":                                                 forum,
}
