package rules

import (
	"slices"

	"hookcheck/checker/remedy"
)

// bundleInstallers put the corrected chain in place, by platform.
func bundleInstallers() []remedy.Constructor {
	return []remedy.Constructor{
		remedy.NginxFullchain, remedy.ApacheFullchain, remedy.HAProxyPEM, remedy.CaddyFullchain,
		remedy.CertbotFullchain, remedy.JavaFullchain, remedy.KeytoolImport, remedy.NodeFullchain, remedy.PythonFullchain,
		remedy.PanelCABundle,
	}
}

// selfSignedMakers make a self-signed certificate and have it served; the call
// that uploads it follows.
func selfSignedMakers() []remedy.Constructor {
	return []remedy.Constructor{
		remedy.OpenSSLSelfSigned, remedy.NginxSelfSigned, remedy.ApacheSelfSigned, remedy.HAProxySelfSigned,
		remedy.CaddySelfSigned, remedy.KeytoolSelfSigned, remedy.TelegramUploadMade,
	}
}

// publicCA gets a certificate that needs no upload, and has it served.
func publicCA() []remedy.Constructor {
	return []remedy.Constructor{
		remedy.CertbotPublicCA, remedy.NginxCertificate, remedy.ApacheCertificate, remedy.HAProxyCertificate, remedy.CaddyPublicCA,
		remedy.PanelCertificate,
	}
}

// otherCalls are the setWebhook call by other means than a shell.
func otherCalls() []remedy.Constructor {
	return []remedy.Constructor{
		remedy.TelegramBrowserLink, remedy.WindowsSetWebhook, remedy.PHPSetWebhook, remedy.PythonSetWebhook, remedy.PythonTelegramBot,
		remedy.PythonAiogram, remedy.NodeGrammy,
	}
}

// listed makes one list of remedies and lists of them.
func listed(p *remedy.Params, parts ...[]remedy.Constructor) []remedy.Remedy {
	return remedy.List(slices.Concat(parts...)...)(p)
}

func these(cs ...remedy.Constructor) []remedy.Constructor { return cs }

// selfSignedRemedies offer the upload only where nothing would fail after it:
// otherwise the certificate comes first.
func selfSignedRemedies(p *remedy.Params) []remedy.Remedy {
	if len(p.WouldFail) > 0 {
		return listed(p, selfSignedMakers(), publicCA())
	}
	return listed(p, these(remedy.TelegramUploadPresented), publicCA(), otherCalls())
}

// untrustedRootRemedies put the public CA first where an upload alone would
// not help.
func untrustedRootRemedies(p *remedy.Params) []remedy.Remedy {
	if len(p.WouldFail) > 0 {
		return listed(p, these(remedy.OtherRussianRoot, remedy.OtherCloudflareOrigin), publicCA(), these(remedy.OtherAskCA, remedy.TelegramUploadRoot))
	}
	return listed(p, these(remedy.OtherCloudflareOrigin, remedy.TelegramUploadRoot, remedy.OtherRussianRoot), publicCA(), otherCalls())
}

// remakeRemedies are for a certificate that has to be issued anew.
func remakeRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return listed(p, selfSignedMakers(), publicCA())
	}
	return listed(p, reissue(), these(remedy.OtherAcmeshReissue, remedy.OpenSSLCSR, remedy.KeytoolCSR, remedy.WindowsCSR, remedy.OtherAskCA))
}

// reissue gets a certificate for exactly the host, and has it served.
func reissue() []remedy.Constructor {
	return these(remedy.CertbotReissue, remedy.NginxCertificate, remedy.ApacheCertificate, remedy.HAProxyCertificate, remedy.CaddyCertificate, remedy.PanelCertificate)
}

func nameMismatchRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return listed(p, selfSignedMakers(), these(remedy.TelegramUseCertificateName), publicCA())
	}
	return listed(p, reissue(), these(
		remedy.OtherAcmeshReissue, remedy.CaddySite, remedy.OpenSSLCSR,
		remedy.KeytoolCSR, remedy.WindowsCSR, remedy.TelegramUseCertificateName,
	))
}

func expiredRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return listed(p, selfSignedMakers(), these(remedy.OtherReload), publicCA())
	}
	return listed(p, these(remedy.CertbotRenew, remedy.OtherAcmeshRenew, remedy.NginxCertificate, remedy.ApacheCertificate, remedy.HAProxyCertificate,
		remedy.CaddyCertificate, remedy.CaddyRenew, remedy.PanelCertificate, remedy.OtherReload, remedy.OtherClock))
}

// addressRemedies are for an address that the certificate does not name in the
// way that counts.
func addressRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return listed(p, selfSignedMakers(), these(remedy.DNSGetName))
	}
	return listed(p, selfSignedMakers(), these(remedy.DNSGetName, remedy.OpenSSLCSR, remedy.KeytoolCSR, remedy.WindowsCSR))
}

// differentUploadRemedies upload what the server presents where that is its
// own issuer, else the root of its chain.
func differentUploadRemedies(p *remedy.Params) []remedy.Remedy {
	right := these(remedy.TelegramUploadRoot)
	if p.SelfSigned {
		right = these(remedy.TelegramUploadPresented)
	}
	return listed(p, right, otherCalls())
}

// leakedKeyRemedies replace the key: a self-signed pair by a new one, one from
// a CA by a renewal, which makes a new key.
func leakedKeyRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return listed(p, these(remedy.OpenSSLNewKey, remedy.NginxSelfSigned, remedy.ApacheSelfSigned, remedy.HAProxySelfSigned, remedy.TelegramUploadMade, remedy.OpenSSLStripKey))
	}
	return listed(p, these(remedy.OpenSSLStripKey, remedy.CertbotNewKey, remedy.OpenSSLCSR, remedy.OpenSSLNewKey))
}
