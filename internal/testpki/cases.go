package testpki

import (
	"crypto/elliptic"
	"crypto/x509"
	"encoding/asn1"
	"time"
)

// Verdicts, as the report spells them.
const (
	works    = "works"
	ifUpload = "works_if_uploaded"
	fails    = "fails"
)

// Cases lists every fixture: for each rule about certificates one where it
// fires, and healthy neighbours where nothing does.
func Cases() []Case {
	var out []Case
	for _, group := range [][]Case{healthyCases(), chainCases(), deepCases(), nameCases(), validityCases(), strengthCases(), uploadCases()} {
		out = append(out, group...)
	}
	return out
}

func served(name string, verdict string, nodes []*Node, expect ...string) Case {
	return Case{Name: name, Host: Host, Chain: DERs(nodes...), Verdict: verdict, Expect: expect}
}

func (c Case) at(host string) Case { c.Host = host; return c }

func (c Case) uploaded(file []byte) Case { c.Upload = file; return c }

func healthyCases() []Case {
	ca := PublicCA()
	leaf := ca.Leaf(Host)
	ip := ca.LeafWith([]string{Host}, IP("198.51.100.7"))
	return []Case{
		served("healthy_full_chain", works, []*Node{leaf, ca}),
		served("healthy_many_names", works, []*Node{ca.Leaf("www.example.org", Host), ca}),
		served("healthy_ip_san", works, []*Node{ip, ca}).at("198.51.100.7"),
		served("healthy_cross_signed_twin", works, []*Node{leaf, ca, ca.Twin(Root("Old Root"))}),
		served("healthy_expired_twin", works, []*Node{leaf, ca.Twin(PublicRoot(), Valid(Epoch.AddDate(-3, 0, 0), Epoch.AddDate(-1, 0, 0))), ca}),
		served("healthy_root_uploaded", works, []*Node{PrivateRoot().Intermediate("Private CA").Leaf(Host), PrivateRoot().Intermediate("Private CA")}).uploaded(PrivateRoot().PEM()),
		served("healthy_self_signed_uploaded", works, []*Node{SelfSigned([]string{Host})}).uploaded(SelfSigned([]string{Host}).PEM()),
		served("healthy_intermediate_and_root_uploaded", works, []*Node{PrivateRoot().Intermediate("Private CA").Leaf(Host)}).
			uploaded(Bundle(PrivateRoot().Intermediate("Private CA"), PrivateRoot())),
	}
}

func chainCases() []Case {
	ca, private := PublicCA(), PrivateRoot()
	leaf := ca.Leaf(Host)
	sub := ca.Intermediate("Hookcheck Public CA 1.1")
	deep := sub.Leaf(Host)
	privateLeaf := private.Leaf(Host)
	notCA := PublicRoot().Intermediate("Not a CA", Edit(func(t *x509.Certificate) {
		t.IsCA, t.KeyUsage = false, x509.KeyUsageDigitalSignature|x509.KeyUsageCertSign
	}))
	other := PublicRoot().Intermediate("Hookcheck Public CA 1", WithKey(ECKey("another key")), Edit(func(t *x509.Certificate) { t.SubjectKeyId = ca.Cert.SubjectKeyId }))
	return []Case{
		served("chain.intermediate_missing", fails, []*Node{leaf}, "chain.intermediate_missing"),
		served("chain.intermediate_missing_of_private_ca", fails, []*Node{private.Intermediate("Private CA").Leaf(Host)}, "chain.intermediate_missing").uploaded(private.PEM()),
		served("chain.order", works, []*Node{deep, ca, sub}, "chain.order"),
		served("chain.leaf_not_first", fails, []*Node{ca, leaf}, "chain.leaf_not_first"),
		served("chain.duplicate", works, []*Node{leaf, ca, ca}, "chain.duplicate"),
		served("chain.unrelated", works, []*Node{leaf, ca, private}, "chain.unrelated"),
		served("chain.root_included", works, []*Node{leaf, ca, PublicRoot()}, "chain.root_included"),
		served("chain.untrusted_root", ifUpload, []*Node{privateLeaf, private}, "chain.untrusted_root"),
		served("chain.untrusted_root_not_sent", fails, []*Node{private.Intermediate("Private CA").Leaf(Host), private.Intermediate("Private CA")}, "chain.untrusted_root"),
		served("chain.not_a_ca", fails, []*Node{notCA.Leaf(Host), notCA}, "chain.not_a_ca"),
		served("chain.bad_signature", fails, []*Node{leaf, other}, "chain.bad_signature"),
	}
}

func deepCases() []Case {
	limited := PublicRoot().Intermediate("Limited CA", Edit(func(t *x509.Certificate) { t.MaxPathLenZero = true }))
	below := limited.Intermediate("Below the limit")
	constrained := PublicRoot().Intermediate("Constrained CA", Edit(func(t *x509.Certificate) {
		t.PermittedDNSDomainsCritical, t.PermittedDNSDomains = true, []string{"example.net"}
	}))
	mail := PublicRoot().Intermediate("Mail CA", Edit(func(t *x509.Certificate) { t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} }))
	long := []*Node{PublicRoot().Intermediate("Level 1")}
	for _, n := range []string{"2", "3", "4", "5", "6", "7", "8", "9", "10", "11"} {
		long = append([]*Node{long[0].Intermediate("Level " + n)}, long...)
	}
	ten := long[1:]
	return []Case{
		served("chain.too_deep", fails, append([]*Node{long[0].Leaf(Host)}, long...), "chain.too_deep"),
		served("healthy_ten_deep", works, append([]*Node{ten[0].Leaf(Host)}, ten...)),
		served("chain.path_length", fails, []*Node{below.Leaf(Host), below, limited}, "chain.path_length"),
		served("chain.name_constraint", fails, []*Node{constrained.Leaf(Host), constrained}, "chain.name_constraint"),
		served("chain.intermediate_usage", fails, []*Node{mail.Leaf(Host), mail}, "chain.intermediate_usage"),
	}
}

func nameCases() []Case {
	ca := PublicCA()
	under := func(opts []Option, names ...string) []*Node { return []*Node{ca.LeafWith(names, opts...), ca} }
	cn := func(name string) Option { return Edit(func(t *x509.Certificate) { t.Subject.CommonName = name }) }
	ipInCN := SelfSigned([]string{"198.51.100.7"}, NoSAN())
	ipInSAN := SelfSigned([]string{"bot"}, IP("198.51.100.7"))
	return []Case{
		served("cert.name_mismatch", fails, under(nil, "www.example.org"), "cert.name_mismatch"),
		served("cert.name_mismatch_apex", fails, under(nil, "example.org"), "cert.name_mismatch"),
		served("cert.name_mismatch_deep_wildcard", fails, under(nil, "*.example.org"), "cert.name_mismatch").at("a.bot.example.org"),
		served("cert.common_name_ignored", fails, under([]Option{cn(Host)}, "www.example.org"), "cert.common_name_ignored"),
		served("cert.wildcard", works, under(nil, "*.example.org"), "cert.wildcard"),
		served("cert.wildcard_partial", works, under(nil, "bo*.example.org"), "cert.wildcard"),
		served("cert.common_name_only", works, under([]Option{NoSAN()}, Host), "cert.common_name_only"),
		served("cert.ip_needs_san", fails, under([]Option{NoSAN()}, "198.51.100.7"), "cert.ip_needs_san").at("198.51.100.7"),
		served("cert.ip_needs_common_name", fails, []*Node{ipInSAN}, "cert.ip_needs_common_name").at("198.51.100.7").uploaded(ipInSAN.PEM()),
		served("cert.self_signed_ip", ifUpload, []*Node{ipInCN}, "cert.self_signed").at("198.51.100.7"),
		served("cert.self_signed_ip_san_alone", fails, []*Node{ipInSAN}, "cert.self_signed").at("198.51.100.7"),
		served("healthy_ip_common_name_uploaded", works, []*Node{ipInCN}, "cert.common_name_only").at("198.51.100.7").uploaded(ipInCN.PEM()),
		served("healthy_ip_as_dns_name_uploaded", works, []*Node{SelfSigned([]string{"198.51.100.7"})}).at("198.51.100.7").uploaded(SelfSigned([]string{"198.51.100.7"}).PEM()),
	}
}

func validityCases() []Case {
	ca := PublicCA()
	day := func(n int) time.Time { return Epoch.AddDate(0, 0, n) }
	oldCA := PublicRoot().Intermediate("Expired CA", Valid(day(-800), day(-3)))
	youngCA := PublicRoot().Intermediate("Young CA", Valid(day(2), day(800)))
	selfSigned := SelfSigned([]string{Host})
	return []Case{
		served("cert.self_signed", ifUpload, []*Node{selfSigned}, "cert.self_signed"),
		served("cert.self_signed_expired", fails, []*Node{SelfSigned([]string{Host}, Valid(day(-400), day(-30)))}, "cert.self_signed", "cert.expired"),
		served("cert.self_signed_wrong_name", fails, []*Node{SelfSigned([]string{"www.example.org"})}, "cert.self_signed", "cert.name_mismatch"),
		served("cert.expired", fails, []*Node{ca.LeafWith([]string{Host}, Valid(day(-100), day(-9))), ca}, "cert.expired"),
		served("cert.expired_and_wrong_name", fails, []*Node{ca.LeafWith([]string{"www.example.org"}, Valid(day(-100), day(-9))), ca}, "cert.name_mismatch", "cert.expired"),
		served("cert.expired_and_incomplete", fails, []*Node{ca.LeafWith([]string{Host}, Valid(day(-100), day(-9)))}, "chain.intermediate_missing", "cert.expired"),
		served("cert.not_yet_valid", fails, []*Node{ca.LeafWith([]string{Host}, Valid(day(1), day(90))), ca}, "cert.not_yet_valid"),
		served("cert.expires_soon", works, []*Node{ca.LeafWith([]string{Host}, Valid(day(-80), day(9))), ca}, "cert.expires_soon"),
		served("healthy_short_lived", works, []*Node{ca.LeafWith([]string{Host}, Valid(day(-2), day(4))), ca}),
		served("chain.intermediate_expired", fails, []*Node{oldCA.Leaf(Host), oldCA}, "chain.intermediate_expired"),
		served("chain.intermediate_not_yet_valid", fails, []*Node{youngCA.Leaf(Host), youngCA}, "chain.intermediate_not_yet_valid"),
	}
}

func strengthCases() []Case {
	ca := PublicCA()
	small := CommittedRSA("rsa1024")
	eku := func(u ...x509.ExtKeyUsage) Option {
		return Edit(func(t *x509.Certificate) { t.ExtKeyUsage = u })
	}
	signOnly := Edit(func(t *x509.Certificate) { t.KeyUsage, t.ExtKeyUsage = x509.KeyUsageCertSign, nil })
	rsaRoot := PublicRoot().Intermediate("RSA CA", WithKey(CommittedRSA("rsa2048")))
	sha1 := Edit(func(t *x509.Certificate) { t.SignatureAlgorithm = x509.SHA1WithRSA })
	own := SelfSigned([]string{Host}, signOnly)
	return []Case{
		served("cert.usage", fails, []*Node{ca.LeafWith([]string{Host}, eku(x509.ExtKeyUsageClientAuth)), ca}, "cert.usage"),
		served("cert.usage_any", fails, []*Node{ca.LeafWith([]string{Host}, eku(x509.ExtKeyUsageAny)), ca}, "cert.usage"),
		served("cert.usage_key_cert_sign", fails, []*Node{own}, "cert.usage").uploaded(own.PEM()),
		served("cert.critical_extension", fails, []*Node{ca.LeafWith([]string{Host}, CriticalExtension()), ca}, "cert.critical_extension"),
		served("cert.weak_key", fails, []*Node{ca.LeafWith([]string{Host}, WithKey(small)), ca}, "cert.weak_key"),
		served("cert.weak_signature", fails, []*Node{rsaRoot.LeafWith([]string{Host}, sha1), rsaRoot}, "cert.weak_signature"),
		served("cert.unparsable", fails, []*Node{ca.LeafWith([]string{Host}, BrokenExtension()), ca}, "cert.unparsable"),
		served("pem.truncated", fails, []*Node{{DER: ca.Leaf(Host).DER[:200]}}, "pem.truncated"),
		served("healthy_p521", works, []*Node{ca.LeafWith([]string{Host}, WithKey(CurveKey(elliptic.P521(), "p521"))), ca}),
		served("healthy_ed25519", works, []*Node{ca.LeafWith([]string{Host}, WithKey(Ed25519Key("ed25519"))), ca}),
	}
}

func uploadCases() []Case {
	ca, private := PublicCA(), PrivateRoot()
	leaf := ca.Leaf(Host)
	privateCA := private.Intermediate("Private CA")
	privateLeaf := privateCA.Leaf(Host)
	now, before := SelfSigned([]string{Host}), SelfSigned([]string{Host}, WithKey(ECKey("before the renewal")))
	full := []*Node{leaf, ca}
	csr := []byte("-----BEGIN CERTIFICATE REQUEST-----\nMIIBAA==\n-----END CERTIFICATE REQUEST-----\n")
	withKey := append(now.KeyPEM(), now.PEM()...)
	return []Case{
		served("upload.not_needed", fails, full, "upload.not_needed").uploaded(leaf.PEM()),
		served("upload.not_needed_intermediate", fails, full, "upload.not_needed").uploaded(ca.PEM()),
		served("healthy_public_root_uploaded", works, full).uploaded(PublicRoot().PEM()),
		served("upload.not_an_anchor", fails, []*Node{privateLeaf, privateCA}, "upload.not_an_anchor").uploaded(privateLeaf.PEM()),
		served("upload.not_an_anchor_intermediate", fails, []*Node{privateLeaf, privateCA}, "upload.not_an_anchor").uploaded(privateCA.PEM()),
		served("upload.different_certificate", fails, []*Node{now}, "upload.different_certificate").uploaded(before.PEM()),
		served("upload.trust_settings", fails, []*Node{now}, "upload.trust_settings").uploaded(now.TrustedPEM(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2})),
		served("healthy_trusted_for_servers", works, []*Node{privateLeaf}).uploaded(privateCA.TrustedPEM(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1})),
		served("upload.not_pem", fails, []*Node{now}, "upload.not_pem").uploaded(now.DER),
		served("upload.not_pem_csr", fails, []*Node{now}, "upload.not_pem").uploaded(csr),
		served("upload.empty", fails, []*Node{now}, "upload.empty").uploaded([]byte{}),
		served("upload.contains_private_key", works, []*Node{now}, "upload.contains_private_key").uploaded(withKey),
	}
}
