package lint

import (
	"strings"

	"hookcheck/checker/facts"
)

// groupOf tells what a lint is about by the words in its name. The first group
// with a word in it counts.
func groupOf(name string) string {
	for _, g := range groupWords {
		for _, w := range g.words {
			if strings.Contains(name, w) {
				return g.group
			}
		}
	}
	return facts.LintOther
}

var groupWords = []struct {
	group string
	words []string
}{
	{facts.LintEncoding, []string{
		"_der", "encoding", "utc_time", "generalized_time", "time_format", "utf8", "printable_string", "not_ia5", "empty_sequence",
		"duplicate_extension", "version", "unique_identifier", "serial_number_longer", "serial_number_not", "sig_alg_not_match",
	}},
	{facts.LintValidity, []string{"valid_time", "validity", "expiration", "too_long_validity"}},
	{facts.LintNames, []string{
		"dnsname", "dns_name", "_san_", "common_name", "wildcard", "arpa", "underscore", "onion", "reserved_ip", "subject_contains_reserved",
	}},
	{facts.LintUsage, []string{
		"eku", "key_usage", "_ku", "basic_constr", "path_len", "ca_is_ca", "not_is_ca", "sign_bit", "cert_sign", "crl_sign", "digital_signature",
		"client_auth", "name_constraint", "_nc_", "extended_key",
	}},
	{facts.LintIssuance, []string{
		"aia", "crl", "ocsp", "polic", "sct", "cdp", "distribution_point", "distrib_point", "cps_uri", "_cp_",
	}},
	{facts.LintIdentifier, []string{"key_identifier"}},
	{facts.LintKey, []string{
		"rsa", "ecdsa", "_ec_", "ecc_", "dsa", "modulus", "exponent", "public_key", "signature", "sha1", "spki", "curves",
	}},
	{facts.LintSubject, []string{
		"subject", "subj_", "issuer", "country", "organization", "locality", "province", "street", "postal", "_dv_", "_ov_", "_iv_", "_ev_", "cabf_org",
	}},
}
