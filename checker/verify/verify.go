// Package verify says what X509_verify_cert of OpenSSL 3.0 says about a chain,
// with the settings of Telegram's client: purpose sslserver, depth 10,
// security level 2, trusted certificates first, no partial chains. It goes on
// after an error, so that independent faults all come out.
package verify

import (
	"net"
	"time"

	"hookcheck/checker/cert"
)

// Input is one question. Names are judged only where Host or IP is set.
type Input struct {
	Leaf      *cert.Cert
	Untrusted []*cert.Cert // what the server presented besides, in its order
	Trusted   Store
	Now       time.Time
	Host      string // compared as a DNS name, literally, as X509_check_host does with flags 0
	IP        net.IP // compared with iPAddress SANs alone, as X509_check_ip does
	Depth     int    // most intermediates; 0 means 10
	Budget    *Budget
}

// Store finds trusted certificates by the canonical form of their subject, in
// the order in which OpenSSL would meet them.
type Store interface {
	BySubject(canonical []byte) []*cert.Cert
}

// Budget bounds the work of one verification; hostile chains exhaust it.
type Budget struct {
	Signatures  int // left; 0 at the start means 100, below 0 there are none
	Comparisons int // of names with constraints, left; 0 at the start means 4 million
}

// Kind is what OpenSSL found wrong.
type Kind string

// Kinds of problems, with OpenSSL's X509_V_ERR codes in mind.
const (
	NoIssuer            Kind = "no_issuer"              // UNABLE_TO_GET_ISSUER_CERT(_LOCALLY), UNABLE_TO_VERIFY_LEAF_SIGNATURE: the path ends nowhere
	SelfSignedLeaf      Kind = "self_signed_leaf"       // DEPTH_ZERO_SELF_SIGNED_CERT
	SelfSignedInChain   Kind = "self_signed_in_chain"   // SELF_SIGNED_CERT_IN_CHAIN
	Rejected            Kind = "rejected"               // CERT_REJECTED: the store says so of an anchor
	ChainTooLong        Kind = "chain_too_long"         // CERT_CHAIN_TOO_LONG
	BadSignature        Kind = "bad_signature"          // CERT_SIGNATURE_FAILURE
	BadKey              Kind = "bad_key"                // UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY and the like
	NotYetValid         Kind = "not_yet_valid"          // CERT_NOT_YET_VALID
	Expired             Kind = "expired"                // CERT_HAS_EXPIRED
	BadValidity         Kind = "bad_validity"           // ERROR_IN_CERT_NOT_BEFORE/AFTER_FIELD
	InvalidCA           Kind = "invalid_ca"             // INVALID_CA, INVALID_NON_CA
	NoCertSign          Kind = "no_cert_sign"           // KEYUSAGE_NO_CERTSIGN
	PathLength          Kind = "path_length"            // PATH_LENGTH_EXCEEDED
	InvalidPurpose      Kind = "invalid_purpose"        // INVALID_PURPOSE: EKU or keyUsage
	CriticalExtension   Kind = "critical_extension"     // UNHANDLED_CRITICAL_EXTENSION
	InvalidExtension    Kind = "invalid_extension"      // INVALID_EXTENSION
	WeakKey             Kind = "weak_key"               // EE_KEY_TOO_SMALL, CA_KEY_TOO_SMALL
	WeakSignature       Kind = "weak_signature"         // CA_MD_TOO_WEAK
	NameConstraint      Kind = "name_constraint"        // PERMITTED_VIOLATION, EXCLUDED_VIOLATION
	BadNameConstraint   Kind = "bad_name_constraint"    // SUBTREE_MINMAX, UNSUPPORTED_CONSTRAINT_TYPE/SYNTAX, …
	HostMismatch        Kind = "host_mismatch"          // HOSTNAME_MISMATCH
	IPMismatch          Kind = "ip_mismatch"            // IP_ADDRESS_MISMATCH
	BudgetExhausted     Kind = "budget_exhausted"       // ours: the chain asks for more work than we give it
	SignatureUnverified Kind = "signature_unverifiable" // ours: an algorithm that OpenSSL knows and we do not
)

// Problem is one fault that OpenSSL reports, at its depth in the built chain
// (0 is the leaf).
type Problem struct {
	Kind  Kind
	Depth int
	Cert  *cert.Cert
	Code  string // the X509_V_ERR name without its prefix, for the differential test
}

// Result is the chain that OpenSSL builds and what it finds wrong with it, in
// the order in which it reports it. No problems means that it is accepted.
type Result struct {
	Chain     []*cert.Cert // leaf first, the trust anchor last where there is one
	Untrusted int          // how many of Chain came from what was presented
	Trusted   bool         // Chain ends at a certificate of the store
	Problems  []Problem
}

// OK tells whether OpenSSL accepts the chain.
func (r Result) OK() bool { return len(r.Problems) == 0 }
