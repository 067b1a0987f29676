package cert

import "bytes"

// CAKind is what check_ca of crypto/x509/v3_purp.c makes of a certificate.
type CAKind int

// The kinds of CA, with OpenSSL's numbers. An intermediate must be RealCA.
const (
	NotCA      CAKind = 0
	RealCA     CAKind = 1
	V1Root     CAKind = 3 // self-signed, version 1
	UsageCA    CAKind = 4 // no basicConstraints, keyUsage allows signing
	NetscapeCA CAKind = 5 // only the old Netscape extension says so
)

// SelfIssued tells whether subject and issuer are the same name.
func (c *Cert) SelfIssued() bool { return bytes.Equal(c.Subject.Canonical, c.Issuer.Canonical) }

// SelfSigned tells what OpenSSL takes for self-signed without checking the
// signature: self-issued, the authority key identifier names the certificate
// itself, and the signature's kind fits the key.
func (c *Cert) SelfSigned() bool {
	return c.Valid() && c.SelfIssued() && c.LikelyIssued(c)
}

// SelfForged tells that a certificate names itself as its issuer, and that its
// signature is of a kind which its key does not make.
func (c *Cert) SelfForged() bool {
	return c.Valid() && c.SelfIssued() && c.matchesAKID(c.AuthorityKeyID) && !c.signsLike(c)
}

// SelfDenied tells that a certificate names itself as its issuer, and that its
// authority key identifier names another key or certificate: OpenSSL then
// looks for another issuer.
func (c *Cert) SelfDenied() bool {
	return c.Valid() && c.SelfIssued() && !c.matchesAKID(c.AuthorityKeyID)
}

// KeyUnlike tells that c has the name and the identifiers that child gives for
// its issuer, and a key that makes no signatures of child's kind.
func (c *Cert) KeyUnlike(child *Cert) bool {
	return bytes.Equal(c.Subject.Canonical, child.Issuer.Canonical) && c.Valid() && child.Valid() &&
		c.Key.Err == nil && c.matchesAKID(child.AuthorityKeyID) && !c.signsLike(child)
}

// Valid tells whether the extensions that OpenSSL needs could be read. An
// invalid certificate gets no issuer and is none.
func (c *Cert) Valid() bool { return len(c.BrokenExtensions) == 0 }

// LikelyIssued tells whether c may have issued child, by names and
// identifiers: ossl_x509_likely_issued. No signature is checked.
func (c *Cert) LikelyIssued(child *Cert) bool {
	return bytes.Equal(c.Subject.Canonical, child.Issuer.Canonical) &&
		c.Valid() && child.Valid() &&
		c.matchesAKID(child.AuthorityKeyID) && c.signsLike(child)
}

func (c *Cert) matchesAKID(id *AuthorityKeyID) bool {
	switch {
	case id == nil:
		return true
	case id.KeyID != nil && c.SubjectKeyID != nil && !bytes.Equal(id.KeyID, c.SubjectKeyID):
		return false
	case id.Serial != nil && id.Serial.Cmp(c.Serial) != 0:
		return false
	}
	return id.Issuer == nil || bytes.Equal(id.Issuer, c.Issuer.Canonical)
}

// signsLike compares the key with the signature that child says it carries.
func (c *Cert) signsLike(child *Cert) bool {
	if c.Key.Err != nil {
		return false
	}
	want := child.Signature.InnerKeyAlgorithm
	if child.Signature.InnerPSS {
		return c.Key.Algorithm == "RSA" || c.Key.Algorithm == "RSA-PSS"
	}
	return want != "" && c.Key.Algorithm == want
}

// CA tells what kind of CA the certificate is.
func (c *Cert) CA() CAKind {
	switch {
	case !c.Valid():
		return NotCA
	case c.KeyUsage != nil && !c.KeyUsage.CertSign:
		return NotCA
	case c.BasicConstraints != nil:
		if c.BasicConstraints.CA {
			return RealCA
		}
		return NotCA
	case c.Version == 1 && c.SelfSigned():
		return V1Root
	case c.KeyUsage != nil:
		return UsageCA
	case c.NetscapeType != nil && *c.NetscapeType&0x07 != 0:
		return NetscapeCA
	}
	return NotCA
}

// IsCA tells whether the certificate is a CA in any way.
func (c *Cert) IsCA() bool { return c.CA() != NotCA }

// Texts lists the usages that are set, in RFC 5280's words.
func (u *KeyUsage) Texts() []string {
	var out []string
	for _, usage := range []struct {
		set  bool
		text string
	}{
		{u.DigitalSignature, "digitalSignature"},
		{u.ContentCommitment, "nonRepudiation"},
		{u.KeyEncipherment, "keyEncipherment"},
		{u.DataEncipherment, "dataEncipherment"},
		{u.KeyAgreement, "keyAgreement"},
		{u.CertSign, "keyCertSign"},
		{u.CRLSign, "cRLSign"},
	} {
		if usage.set {
			out = append(out, usage.text)
		}
	}
	return out
}

// ExtKeyUsageText names an extended key usage as OpenSSL's configuration
// does; others stay dotted.
func ExtKeyUsageText(oid string) string {
	names := map[string]string{
		"1.3.6.1.5.5.7.3.1":      "serverAuth",
		"1.3.6.1.5.5.7.3.2":      "clientAuth",
		"1.3.6.1.5.5.7.3.3":      "codeSigning",
		"1.3.6.1.5.5.7.3.4":      "emailProtection",
		"1.3.6.1.5.5.7.3.8":      "timeStamping",
		"1.3.6.1.5.5.7.3.9":      "OCSPSigning",
		"2.5.29.37.0":            "anyExtendedKeyUsage",
		"1.3.6.1.4.1.311.10.3.3": "msSGC",
		"2.16.840.1.113730.4.1":  "nsSGC",
	}
	if name, ok := names[oid]; ok {
		return name
	}
	return oid
}
