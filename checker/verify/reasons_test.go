package verify_test

import (
	"slices"
	"testing"
)

// reasons are the blockers by which a report may name what OpenSSL met first:
// at the leaf, and above it. One of them has to be there, so that a rule that
// is silent, or speaks for another, is seen although the verdict is right.
var reasons = map[string][2][]string{
	"CERT_HAS_EXPIRED":               {{"cert.expired"}, {"chain.intermediate_expired", "chain.root_expired"}},
	"CERT_NOT_YET_VALID":             {{"cert.not_yet_valid", "cert.expired"}, {"chain.intermediate_not_yet_valid", "chain.intermediate_expired", "chain.root_expired"}}, // it may be both
	"ERROR_IN_CERT_NOT_BEFORE_FIELD": both("cert.unparsable"),
	"ERROR_IN_CERT_NOT_AFTER_FIELD":  both("cert.unparsable"),
	"CERT_SIGNATURE_FAILURE":         both("chain.bad_signature"),
	"EC_KEY_EXPLICIT_PARAMS":         both("cert.unparsable"),
	"EE_KEY_TOO_SMALL":               both("cert.weak_key", "cert.unparsable", "chain.intermediate_missing"), // a damaged key may also not look like its signer
	"CA_KEY_TOO_SMALL":               both("cert.weak_key"),
	"CA_MD_TOO_WEAK":                 both("cert.weak_signature", "chain.bad_signature"), // the digest may be unreadable
	"PERMITTED_VIOLATION":            both("chain.name_constraint"),
	"EXCLUDED_VIOLATION":             both("chain.name_constraint"),
	"SUBTREE_MINMAX":                 both("chain.name_constraint"),
	"UNSUPPORTED_CONSTRAINT_TYPE":    both("chain.name_constraint"),
	"UNSUPPORTED_CONSTRAINT_SYNTAX":  both("chain.name_constraint"),
	"UNSUPPORTED_NAME_SYNTAX":        both("chain.name_constraint"),
	"HOSTNAME_MISMATCH":              both("cert.name_mismatch", "cert.common_name_ignored", "cert.ip_needs_common_name"),
	"IP_ADDRESS_MISMATCH":            both("cert.ip_needs_san"),
	"INVALID_CA":                     both("chain.not_a_ca"),
	"INVALID_PURPOSE":                {{"cert.usage", "chain.leaf_not_first"}, {"chain.intermediate_usage"}},
	"PATH_LENGTH_EXCEEDED":           both("chain.path_length"),
	"CERT_CHAIN_TOO_LONG":            both("chain.too_deep"),
	"UNHANDLED_CRITICAL_EXTENSION":   both("cert.critical_extension"),
	"PROXY_CERTIFICATES_NOT_ALLOWED": both("cert.unparsable"),
	"UNNESTED_RESOURCE":              both("cert.unparsable"),
	"DEPTH_ZERO_SELF_SIGNED_CERT":    both("cert.self_signed", "upload.different_certificate"),
}

func both(ids ...string) [2][]string { return [2][]string{ids, ids} }

// wantReason demands one of the blockers that name OpenSSL's first error. What
// is left open, above all where the path ends, has several causes.
func wantReason(t *testing.T, q setup, theirs answer, found []string) {
	t.Helper()
	ids, ok := reasons[theirs.code]
	if !ok {
		if len(found) == 0 {
			t.Errorf("%s (%s): refused for a reason that no rule names", q.family, q.note)
		}
		return
	}
	want := ids[min(theirs.depth, 1)]
	if !slices.ContainsFunc(found, func(id string) bool { return slices.Contains(want, id) }) {
		t.Errorf("%s (%s): openssl says %s, the report %v, want one of %v", q.family, q.note, theirs, found, want)
	}
}
