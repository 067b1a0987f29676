package rules

import (
	"errors"
	"net"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
)

// certCases are about the server's own certificate.
func certCases() []trustCase {
	return append(nameCases(), []trustCase{
		{
			rule: "cert.self_signed", name: "upload suffices",
			change:   func(w *trustWorld) { w.fault(facts.SelfSigned, w.selfSigned(), 0, "") },
			evidence: []string{`"would_fail":[]`, `"remake_for_ip":false`},
			en:       []string{`"CN = bot.example.org"`, "everything else about it passes"}, ru: []string{"в остальном он подходит"},
		},
		{
			rule: "cert.self_signed", name: "usage would fail",
			change: func(w *trustWorld) {
				w.fault(facts.SelfSigned, w.selfSigned(), 0, "")
				w.Chain.WouldFail = []facts.FaultKind{facts.Usage}
			},
			evidence: []string{`"would_fail":["cert.usage"]`},
			en:       []string{"would not be enough: its key usage forbids"}, ru: []string{"недостаточно: его key usage"},
		},
		{
			rule: "cert.self_signed", name: "address in the SAN alone",
			change: func(w *trustWorld) {
				w.fault(facts.SelfSigned, w.selfSigned(), 0, "")
				w.Host, w.IsIP = "198.51.100.7", true
				w.Chain.WouldFail = []facts.FaultKind{facts.IPNeedsCommonName}
			},
			evidence: []string{`"remake_for_ip":true`},
			en:       []string{"Make it anew with the common name 198.51.100.7 and an iPAddress entry besides, install it, then upload it."},
			ru:       []string{"common name 198.51.100.7 и с записью iPAddress"},
		},
		{
			rule: "cert.expired", name: "nine days",
			change: func(w *trustWorld) {
				w.leaf.NotAfter = trustNow().AddDate(0, 0, -9)
				w.fault(facts.Expired, w.leaf, 0, "")
			},
			evidence: []string{`"not_after":"2026-11-15T03:00:00Z"`},
			en:       []string{"expired 9 days ago", "2026-11-15T03:00:00Z"}, ru: []string{"истёк 9 дней назад", "2026-11-15T03:00:00Z"},
		},
		{
			rule: "cert.not_yet_valid", name: "tomorrow",
			change: func(w *trustWorld) {
				w.leaf.NotBefore = trustNow().AddDate(0, 0, 1)
				w.fault(facts.NotYetValid, w.leaf, 0, "")
			},
			en: []string{"in 24 hours", "2026-11-25T03:00:00Z"}, ru: []string{"через 24 часа"},
		},
		{
			rule: "cert.expires_soon", name: "nine days left",
			change:   func(w *trustWorld) { w.leaf.NotAfter = trustNow().AddDate(0, 0, 9) },
			evidence: []string{`"days_left":9`, `"leaf":true`}, en: []string{"The certificate expires in 9 days"}, ru: []string{"истекает через 9 дней"},
		},
		{
			rule: "cert.expires_soon", name: "14 days and a bit left", silent: true,
			change: func(w *trustWorld) { w.leaf.NotAfter = trustNow().AddDate(0, 0, 14) },
		},
		{
			rule: "cert.expires_soon", name: "short-lived, five of twelve days left", silent: true,
			change: func(w *trustWorld) {
				w.leaf.NotBefore, w.leaf.NotAfter = trustNow().AddDate(0, 0, -7), trustNow().AddDate(0, 0, 5)
			},
		},
		{
			rule: "cert.expires_soon", name: "short-lived, one of six days left",
			change: func(w *trustWorld) {
				w.leaf.NotBefore, w.leaf.NotAfter = trustNow().AddDate(0, 0, -5), trustNow().AddDate(0, 0, 1)
			},
			en: []string{"in 24 hours"}, ru: []string{"через 24 часа"},
		},
		{
			rule: "cert.expires_soon", name: "an intermediate",
			change:   func(w *trustWorld) { w.inter.NotAfter = trustNow().AddDate(0, 0, 3) },
			evidence: []string{`"leaf":false`}, en: []string{"An intermediate certificate expires in 3 days"}, ru: []string{"промежуточного сертификата истекает через 3 дня"},
		},
		{
			rule: "cert.expires_soon", name: "expired already", silent: true,
			change: func(w *trustWorld) {
				w.leaf.NotAfter = trustNow().AddDate(0, 0, -1)
				w.inter.NotAfter = trustNow().AddDate(0, 0, 3)
				w.fault(facts.Expired, w.leaf, 0, "")
			},
		},
		{
			rule: "cert.usage", name: "any usage alone",
			change: func(w *trustWorld) {
				w.leaf.ExtKeyUsage = []string{"2.5.29.37.0"}
				w.fault(facts.Usage, w.leaf, 0, "extendedKeyUsage")
			},
			evidence: []string{`"any_usage":true`, `"anyExtendedKeyUsage (2.5.29.37.0)"`},
			en:       []string{"does not stand in for it"}, ru: []string{"его не заменяет"},
		},
		{
			rule: "cert.usage", name: "CA's key usage",
			change: func(w *trustWorld) {
				w.leaf.KeyUsage = &cert.KeyUsage{CertSign: true, CRLSign: true}
				w.fault(facts.Usage, w.leaf, 0, "keyUsage")
			},
			evidence: []string{`"key_usage":["keyCertSign","cRLSign"]`}, en: []string{"holds keyCertSign, cRLSign;"}, ru: []string{"записано keyCertSign, cRLSign;"},
		},
		{
			rule: "cert.usage", name: "some other reason",
			change: func(w *trustWorld) { w.fault(facts.Usage, w.leaf, 0, "CA:FALSE") },
			en:     []string{"is not a server's certificate (CA:FALSE)"}, ru: []string{"не сертификат сервера (CA:FALSE)"},
		},
		{
			rule: "cert.critical_extension", name: "two",
			change: func(w *trustWorld) {
				w.fault(facts.CriticalExtension, w.leaf, 0, "1.3.6.1.4.1.11129.2.4.3, 1.2.3")
			},
			evidence: []string{`"oids":["certificate transparency poison (1.3.6.1.4.1.11129.2.4.3)","1.2.3"]`},
			en:       []string{"1.2.3 are marked"}, ru: []string{"расширения помечены"},
		},
		{
			rule: "cert.unparsable", name: "garbage in second place",
			change: func(w *trustWorld) {
				w.Chain.Presented[1].Cert, w.Chain.Presented[1].DER = nil, []byte("garbage")
				w.fault(facts.Unparsable, nil, 1, "reading certificate: truncated")
			},
			evidence: []string{`"whole":true`, `"size":7`, `"position":1`},
			en:       []string{"no. 2 of 2 (7 bytes)", "reading certificate: truncated", "fails them all"}, ru: []string{"№ 2 из 2 (7 байт)"},
			predicted: "SSL error {error:0680009B:asn1 encoding routines::too long}{error:06800066:asn1 encoding routines::bad object header}" +
				"{error:0688010A:asn1 encoding routines::nested asn1 error}{error:0A08000D:SSL routines::ASN1 lib}",
		},
		{
			rule: "cert.unparsable", name: "broken extension",
			change: func(w *trustWorld) {
				w.leaf.BrokenExtensions = []string{"2.5.29.17"}
				w.fault(facts.Unparsable, w.leaf, 0, "2.5.29.17")
			},
			evidence: []string{`"extensions":["subjectAltName (2.5.29.17)"]`, `"whole":false`},
			en:       []string{"subjectAltName (2.5.29.17) are invalid"}, ru: []string{"subjectAltName (2.5.29.17) недопустимо"},
			predicted: "SSL error {error:1100009E:X509 V3 routines::invalid certificate}{error:0A000086:SSL routines::certificate verify failed}",
		},
		{
			rule: "cert.unparsable", name: "key of an uploaded root",
			change: func(w *trustWorld) {
				w.root.Key.Err = errors.New("point not on the curve")
				w.fault(facts.Unparsable, w.root, -1, "")
			},
			en: []string{`"CN = Root" is damaged`, "public key cannot be decoded: point not on the curve"}, ru: []string{"«CN = Root» повреждён"},
			predicted: "SSL error {error:03000072:digital envelope routines::decode error}{error:0A000086:SSL routines::certificate verify failed}",
		},
		{
			rule: "cert.unparsable", name: "resources that the issuer does not hold",
			change: func(w *trustWorld) {
				w.fault(facts.Unparsable, w.leaf, 0, "")
				w.Chain.Faults[0].Code = "UNNESTED_RESOURCE"
			},
			en: []string{"not allowed in this place: UNNESTED_RESOURCE."}, ru: []string{"здесь недопустимо: «UNNESTED_RESOURCE»."},
		},
		{
			rule: "cert.unparsable", name: "self-signed, and denies it",
			change: func(w *trustWorld) {
				w.fault(facts.Unparsable, w.leaf, 0, "")
				w.Chain.Faults[0].Denied = true
			},
			evidence: []string{`"names_another_key":true`, `"reason":""`},
			en:       []string{"its authority key identifier names another as its issuer"}, ru: []string{"authority key identifier называет издателем другой"},
		},
		{
			rule: "cert.unparsable", name: "a date that is none",
			change: func(w *trustWorld) {
				w.leaf.BadNotAfter = true
				w.fault(facts.Unparsable, w.leaf, 0, "")
			},
			evidence: []string{`"dates":true`}, en: []string{"is not a date."}, ru: []string{"не дата."},
		},
		{
			rule: "cert.weak_key", name: "leaf and intermediate",
			change: func(w *trustWorld) {
				w.leaf.Key = cert.Key{Algorithm: "RSA", Bits: 1024, SecurityBits: 80}
				w.fault(facts.WeakKey, w.leaf, 0, "")
				w.fault(facts.WeakKey, w.inter, 1, "")
			},
			evidence: []string{`"key":"RSA 1024"`, `"security_bits":80`, `"wanted_security_bits":112`},
			en:       []string{"The key of the certificate is too weak: RSA 1024", "80 bits", `as well: "CN = Inter"`},
			ru:       []string{"80 битам", "и у «CN = Inter»"},
		},
		{
			rule: "cert.weak_key", name: "intermediate, curve",
			change: func(w *trustWorld) {
				w.inter.Key = cert.Key{Algorithm: "EC", Curve: "P-192", Bits: 192, SecurityBits: 96}
				w.fault(facts.WeakKey, w.inter, 1, "")
			},
			evidence: []string{`"leaf":false`}, en: []string{`The key of "CN = Inter" is too weak: EC P-192`}, ru: []string{"«CN = Inter»"},
		},
		{
			rule: "cert.weak_signature", name: "SHA-1",
			change: func(w *trustWorld) {
				w.leaf.Signature.Name = "SHA1-RSA"
				w.fault(facts.WeakSignature, w.leaf, 0, "")
			},
			evidence: []string{`"algorithm":"SHA1-RSA"`}, en: []string{"made with SHA1-RSA"}, ru: []string{"алгоритмом SHA1-RSA"},
		},
	}...)
}

// nameCases are about the names in it.
func nameCases() []trustCase {
	mismatch := func(near, kind string, names ...string) func(*trustWorld) {
		return func(w *trustWorld) {
			w.names(names...)
			w.Names.Near, w.Names.NearKind = near, kind
			w.fault(facts.NameMismatch, w.leaf, 0, "")
		}
	}
	return []trustCase{
		{
			rule: "cert.name_mismatch", name: "www", change: mismatch("www.bot.example.org", facts.NearWWW, "www.bot.example.org", "a.test"),
			evidence: []string{`"names":["www.bot.example.org","a.test"]`, `"near_kind":"www"`, `"by_common_name":false`},
			en:       []string{"not for bot.example.org, but for www.bot.example.org, a.test", "two names", "or set the webhook to a name"},
			ru:       []string{"а для www.bot.example.org, a.test", "два разных имени"},
		},
		{
			rule: "cert.name_mismatch", name: "apex", change: mismatch("example.org", facts.NearApex, "example.org"),
			en: []string{"does not cover the names below"}, ru: []string{"имена под ним"},
		},
		{
			rule: "cert.name_mismatch", name: "wildcard", change: mismatch("*.bot.example.org", facts.NearWildcard, "*.bot.example.org"),
			en: []string{"exactly one label"}, ru: []string{"ровно одну метку"},
		},
		{
			rule: "cert.name_mismatch", name: "sibling", change: mismatch("api.example.org", facts.NearSibling, "api.example.org"),
			en: []string{"of the same domain"}, ru: []string{"в том же домене"},
		},
		{
			rule: "cert.name_mismatch", name: "typo", change: mismatch("bto.example.org", facts.NearTypo, "bto.example.org"),
			en: []string{"slip of the pen"}, ru: []string{"опечатку"},
		},
		{
			rule: "cert.name_mismatch", name: "nothing near", change: mismatch("", "", "other.test"),
			evidence: []string{`"near":""`}, en: []string{"among its names."}, ru: []string{"есть имя bot.example.org."},
		},
		{
			rule: "cert.name_mismatch", name: "common name counts",
			change: func(w *trustWorld) {
				w.Names = facts.Names{Judged: true, All: []string{"server"}, CommonName: []string{"server"}}
				w.fault(facts.NameMismatch, w.leaf, 0, "")
			},
			evidence: []string{`"by_common_name":true`}, en: []string{"the common name counts, and that is server"}, ru: []string{"учитывается common name: server"},
		},
		{
			rule: "cert.name_mismatch", name: "address in it",
			change: func(w *trustWorld) {
				w.Names = facts.Names{Judged: true, IPs: []string{"198.51.100.7"}, Near: "198.51.100.7", NearKind: facts.NearIP}
				w.fault(facts.NameMismatch, w.leaf, 0, "")
			},
			evidence: []string{`"names":[]`, `"addresses":["198.51.100.7"]`},
			en:       []string{"names no host at all", "the address 198.51.100.7"}, ru: []string{"нет ни одного имени хоста"},
		},
		{
			rule: "cert.common_name_ignored", name: "SAN for others",
			change: func(w *trustWorld) {
				w.names("www.example.org", "shop.example.org")
				w.fault(facts.CommonNameIgnored, w.leaf, 0, "")
			},
			evidence: []string{`"common_names":["bot.example.org"]`, `"names":["www.example.org","shop.example.org"]`},
			en:       []string{"common name is bot.example.org", "www.example.org, shop.example.org"}, ru: []string{"www.example.org, shop.example.org"},
		},
		{
			rule: "cert.ip_needs_san", name: "address as common name",
			change: func(w *trustWorld) {
				w.Host, w.IsIP = "198.51.100.7", true
				w.Names = facts.Names{Judged: true, CommonName: []string{"198.51.100.7"}}
				w.fault(facts.IPNeedsSAN, w.leaf, 0, "")
			},
			evidence: []string{`"address_as_name":true`, `"addresses":[]`}, en: []string{"holds no address", "does not count"}, ru: []string{"адресов нет", "не учитывается"},
		},
		{
			rule: "cert.ip_needs_san", name: "another address",
			change: func(w *trustWorld) {
				w.Host, w.IsIP = "198.51.100.7", true
				w.Names = facts.Names{Judged: true, IPs: []string{"198.51.100.8"}}
				w.fault(facts.IPNeedsSAN, w.leaf, 0, "")
			},
			evidence: []string{`"address_as_name":false`}, en: []string{"the addresses 198.51.100.8"}, ru: []string{"адреса 198.51.100.8"},
		},
		{
			rule: "cert.ip_needs_common_name", name: "SAN entry alone",
			change: func(w *trustWorld) {
				c := w.selfSigned()
				w.uploaded(c)
				w.Host, w.IsIP = "198.51.100.7", true
				w.Names = facts.Names{Judged: true, IPs: []string{"198.51.100.7"}, CommonName: []string{"bot"}}
				w.fault(facts.IPNeedsCommonName, c, 0, "")
			},
			evidence: []string{`"address_in_san":true`},
			en:       []string{"common name bot", "not looked at", "anew with the common name 198.51.100.7 and"}, ru: []string{"common name — bot", "не учитывается"},
		},
		{
			rule: "cert.wildcard", name: "whole label",
			change: func(w *trustWorld) {
				w.names("*.example.org")
				w.Names.Match, w.Names.ViaWildcard = true, "*.example.org"
			},
			evidence: []string{`"pattern":"*.example.org"`, `"partial":false`}, en: []string{"*.example.org"}, ru: []string{"*.example.org"},
		},
		{
			rule: "cert.wildcard", name: "part of a label",
			change: func(w *trustWorld) {
				w.names("b*.example.org")
				w.Names.Match, w.Names.ViaWildcard = true, "b*.example.org"
			},
			evidence: []string{`"partial":true`}, en: []string{"inside a label"}, ru: []string{"внутри метки"},
		},
		{
			rule: "cert.lint", name: "grouped",
			change: func(w *trustWorld) {
				w.Lint = []facts.Lint{
					{ID: "e_a", Status: "error", Group: facts.LintUsage}, {ID: "e_a", Status: "error", Group: facts.LintUsage, Certificate: 1},
					{ID: "w_b", Status: "warn", Group: facts.LintNames}, {ID: "n_c", Status: "notice", Group: facts.LintKey},
				}
			},
			evidence: []string{`"errors":2`, `"warnings":1`, `"certificates":[0,1]`, `{"group":"usage","count":2,"ids":["e_a"]}`},
			en:       []string{"names (1), what the certificate may be used for (2)", "no. 1, 2"}, ru: []string{"имён (1), назначения сертификата (2)"},
		},
		{
			rule: "cert.lint", name: "notices alone", silent: true,
			change: func(w *trustWorld) { w.Lint = []facts.Lint{{ID: "n_c", Status: "notice", Group: facts.LintKey}} },
		},
		{
			rule: "cert.common_name_only", name: "no SAN",
			change: func(w *trustWorld) { w.names(); w.Names.Match, w.Names.ViaCN = true, true },
			en:     []string{"no DNS name"}, ru: []string{"нет DNS-имён"},
		},
		{
			rule: "cert.common_name_only", name: "address in common name and SAN", silent: true,
			change: func(w *trustWorld) {
				w.Host, w.IsIP = "198.51.100.7", true
				w.leaf.SAN = &cert.SAN{IP: []net.IP{net.ParseIP("198.51.100.7")}}
				w.Names = facts.Names{Judged: true, Match: true, ViaCN: true, CommonName: []string{w.Host}, IPs: []string{w.Host}}
			},
		},
	}
}

// uploadCases are about the file handed to setWebhook.
func uploadCases() []trustCase {
	return []trustCase{
		{
			rule: "upload.not_needed", name: "leaf of a public CA",
			change:   func(w *trustWorld) { w.uploaded(w.leaf); w.fault(facts.UploadNotNeeded, w.leaf, -1, "") },
			evidence: []string{`"root_seen":true`}, en: []string{`Uploaded with setWebhook: "CN = bot.example.org".`, `"CN = Root"`}, ru: []string{"загружено: «CN = bot.example.org»."},
		},
		{
			rule: "upload.not_an_anchor", name: "intermediate, root known",
			change: func(w *trustWorld) {
				w.uploaded(w.inter)
				w.Upload.NeededPEM = "-----BEGIN CERTIFICATE-----"
				w.fault(facts.UploadNotAnAnchor, w.inter, -1, "intermediate")
			},
			evidence: []string{`"holds":"intermediate"`, `"root_known":true`}, en: []string{"holds an intermediate certificate", `issued by "CN = Root"`, "is at hand"}, ru: []string{"Загружен промежуточный"},
		},
		{
			rule: "upload.not_an_anchor", name: "leaf, root unknown",
			change:   func(w *trustWorld) { w.uploaded(w.leaf); w.fault(facts.UploadNotAnAnchor, w.leaf, -1, "leaf") },
			evidence: []string{`"holds":"leaf"`, `"root_known":false`}, en: []string{"holds the server's certificate", "neither sent nor found"}, ru: []string{"Загружен сертификат сервера"},
		},
		{
			rule: "upload.trust_settings", name: "not for servers",
			change: func(w *trustWorld) {
				w.selfSigned()
				w.uploaded(w.leaf)
				w.fault(facts.UploadRejected, w.leaf, -1, "")
			},
			evidence: []string{`"uploaded":`}, en: []string{"TRUSTED CERTIFICATE"}, ru: []string{"TRUSTED CERTIFICATE"},
		},
		{
			rule: "upload.different_certificate", name: "renewed",
			change: func(w *trustWorld) {
				w.selfSigned()
				old := trustCert("bot.example.org", "bot.example.org")
				old.SHA256, old.NotBefore = "feedc0dedeadbeef", trustNow().AddDate(-1, 0, 0)
				w.uploaded(old)
				w.fault(facts.UploadOther, old, -1, "")
			},
			evidence: []string{`"same_name":true`, `"self_signed":true`, `"sha256":"feedc0dedeadbeef"`},
			en:       []string{"FE:ED:C0:DE…DE:AD:BE:EF", "2025-11-24T03:00:00Z", "names are the same"}, ru: []string{"Имена совпадают"},
		},
		{
			rule: "upload.different_certificate", name: "another CA's root",
			change: func(w *trustWorld) {
				w.uploaded(trustCA("Elsewhere", "Elsewhere"))
				w.fault(facts.UploadOther, nil, -1, "")
			},
			evidence: []string{`"same_name":false`, `"self_signed":false`}, en: []string{"does not belong to the server's chain", `("CN = Inter")`}, ru: []string{"не относится к цепочке"},
		},
		{
			rule: "upload.not_pem", name: "DER",
			change: func(w *trustWorld) {
				w.refused(facts.UploadNotPEM, "der-certificate", 901, "leaf")
				w.Upload.Certificates = []*cert.Cert{w.leaf}
			},
			evidence: []string{`"format":"der-certificate"`, `"size":901`, `"readable_certificates":1`},
			en:       []string{"a certificate in DER, the binary form", "901 bytes", "hold 1 certificate:"}, ru: []string{"в двоичном виде DER", "901 байт."},
		},
		{
			rule: "upload.not_pem", name: "CSR for a public chain",
			change: func(w *trustWorld) { w.refused(facts.UploadNotPEM, "csr", 1002, "none") },
			en:     []string{"signing request", "leave the field empty"}, ru: []string{"запрос на сертификат", "1002 байта"},
		},
		{
			rule: "upload.not_pem", name: "a Java keystore for a private CA",
			change: func(w *trustWorld) { w.refused(facts.UploadNotPEM, "jks", 10, "root") },
			en:     []string{"keystore (JKS)", "root certificate of your CA"}, ru: []string{"Java (JKS)", "корневой сертификат своего УЦ"},
		},
		{
			rule: "upload.empty", name: "no bytes",
			change: func(w *trustWorld) { w.refused(facts.UploadEmpty, "empty", 0, "leaf") },
			en:     []string{"has 0 bytes.", "the server presents"}, ru: []string{"0 байт"},
		},
		{
			rule: "upload.empty", name: "blank lines",
			change: func(w *trustWorld) { w.refused(facts.UploadEmpty, "empty", 2, "none") },
			en:     []string{"2 bytes, all of them blank"}, ru: []string{"2 байта, и все они пустые"},
		},
		{
			rule: "upload.too_big", name: "four megabytes",
			change:   func(w *trustWorld) { w.refused(facts.UploadTooBig, "pem", 4194304, "root") },
			evidence: []string{`"size":4194304`, `"limit":3145728`}, en: []string{"4194304 bytes", "3145728 bytes"}, ru: []string{"4194304 байта"},
			predicted: "Bad Request: certificate size is too big (4194304 bytes)",
		},
		{
			rule: "upload.contains_private_key", name: "two keys",
			change: func(w *trustWorld) {
				w.uploaded(w.root)
				w.Upload.HasKey, w.Ev.Upload.PrivateKeys = true, 2
			},
			evidence: []string{`"private_keys":2`}, en: []string{"private keys", "2 private keys"}, ru: []string{"2 закрытых ключа"},
		},
	}
}
