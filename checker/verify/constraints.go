package verify

import (
	"bytes"

	"hookcheck/checker/cert"
)

// Bounds on names times constraints: OpenSSL's for one pair of certificates,
// ours for a whole verification.
const (
	maxPairComparisons = 1 << 20
	defaultComparisons = 4 << 20
)

// constraintError is an X509_V_ERR name; empty is fine.
type constraintError string

const (
	violatesPermitted constraintError = "PERMITTED_VIOLATION"
	violatesExcluded  constraintError = "EXCLUDED_VIOLATION"
	subtreeMinMax     constraintError = "SUBTREE_MINMAX"
	unsupportedType   constraintError = "UNSUPPORTED_CONSTRAINT_TYPE"
	unsupportedSyntax constraintError = "UNSUPPORTED_NAME_SYNTAX"
	unspecified       constraintError = "UNSPECIFIED"
)

// checkNameConstraints holds every certificate against the constraints of all
// above it; self-issued ones count only as the leaf.
func (v *verifier) checkNameConstraints() {
	for i := len(v.chain) - 1; i >= 0; i-- {
		c := v.chain[i]
		if i != 0 && c.SelfIssued() {
			continue
		}
		if c.Proxy != nil && !proxySubject(c) {
			v.report(NameConstraint, i, "PROXY_SUBJECT_NAME_VIOLATION")
		}
		for j := len(v.chain) - 1; j > i; j-- {
			nc := v.chain[j].NameConstraints
			if nc == nil {
				continue
			}
			if !v.constrained(i, nc) {
				return
			}
		}
	}
}

// constrained reports what is wrong with certificate i; false means that the
// budget is spent.
func (v *verifier) constrained(i int, nc *cert.NameConstraints) bool {
	c := v.chain[i]
	names := len(c.Subject.Attributes)
	if c.SAN != nil {
		names += len(c.SAN.Names)
	}
	work := names * (len(nc.Permitted) + len(nc.Excluded))
	if work <= maxPairComparisons && !spend(&v.budget.Comparisons, work) {
		v.report(BudgetExhausted, i, "")
		return false
	}
	err := unspecified
	if work <= maxPairComparisons {
		err = checkNames(c, nc)
		if err == "" && i == 0 && (c.SAN == nil || len(c.SAN.DNS) == 0) {
			err = checkCommonNames(c, nc)
		}
	}
	switch err {
	case "":
	case violatesPermitted, violatesExcluded:
		v.report(NameConstraint, i, string(err))
	default:
		v.report(BadNameConstraint, i, string(err))
	}
	return true
}

// proxySubject: RFC 3820, 3.4: the issuer's name and one more CN.
func proxySubject(c *cert.Cert) bool {
	all := c.Subject.Attributes
	last := len(all) - 1
	return last >= 1 && len(all) == len(c.Issuer.Attributes)+1 &&
		all[last].RDN != all[last-1].RDN && all[last].IsCommonName() &&
		bytes.HasPrefix(c.Subject.Canonical, c.Issuer.Canonical)
}

// checkNames is NAME_CONSTRAINTS_check: the subject as a directory name, its
// e-mail addresses, then the alternative names in their order.
func checkNames(c *cert.Cert, nc *cert.NameConstraints) constraintError {
	if len(c.Subject.Attributes) > 0 {
		subject := cert.GeneralName{Tag: cert.GeneralDir, Value: c.Subject.Canonical}
		if err := match(subject, nc); err != "" {
			return err
		}
		for _, a := range c.Subject.Attributes {
			if !a.IsEmail() {
				continue
			}
			if a.Tag != ia5String {
				return unsupportedSyntax
			}
			if err := match(cert.GeneralName{Tag: cert.GeneralEmail, Value: a.Value}, nc); err != "" {
				return err
			}
		}
	}
	if c.SAN == nil {
		return ""
	}
	for _, n := range c.SAN.Names {
		if err := match(n, nc); err != "" {
			return err
		}
	}
	return ""
}

const ia5String = 22

// checkCommonNames is NAME_CONSTRAINTS_check_CN: a CN that looks like a host
// name counts as one.
func checkCommonNames(c *cert.Cert, nc *cert.NameConstraints) constraintError {
	for _, a := range c.Subject.Attributes {
		if !a.IsCommonName() {
			continue
		}
		s, ok := a.UTF8()
		if !ok {
			return "OUT_OF_MEM" // OpenSSL cannot tell, and stops
		}
		name := bytes.TrimRight([]byte(s), "\x00")
		if bytes.IndexByte(name, 0) >= 0 {
			return unsupportedSyntax
		}
		if !looksLikeHost(name) {
			continue
		}
		if err := match(cert.GeneralName{Tag: cert.GeneralDNS, Value: name}, nc); err != "" {
			return err
		}
	}
	return ""
}

// looksLikeHost is the test of cn2dnsid: two labels at least; dots and
// hyphens inside; no hyphen beside a dot.
func looksLikeHost(name []byte) bool {
	dotted := false
	for i, c := range name {
		if isAlnum(c) || c == '_' {
			continue
		}
		if i == 0 || i == len(name)-1 {
			return false
		}
		switch {
		case c == '-':
		case c == '.' && name[i+1] != '.' && name[i-1] != '-' && name[i+1] != '-':
			dotted = true
		default:
			return false
		}
	}
	return dotted
}

// match is nc_match: one of the permitted subtrees of the name's kind must
// hold it, if there are any, and none of the excluded.
func match(n cert.GeneralName, nc *cert.NameConstraints) constraintError {
	permitted := violatesPermitted
	tried := false
	for _, s := range nc.Permitted {
		if !sameKind(n, s.Base) {
			continue
		}
		if s.BadMinMax {
			return subtreeMinMax
		}
		if tried && permitted == "" {
			continue
		}
		tried = true
		if permitted = matchOne(n, s.Base); permitted != "" && permitted != violatesPermitted {
			return permitted
		}
	}
	if tried && permitted != "" {
		return violatesPermitted
	}
	for _, s := range nc.Excluded {
		if !sameKind(n, s.Base) {
			continue
		}
		if s.BadMinMax {
			return subtreeMinMax
		}
		switch err := matchOne(n, s.Base); err {
		case "":
			return violatesExcluded
		case violatesPermitted:
		default:
			return err
		}
	}
	return ""
}
