package rules

import "hookcheck/checker/remedy"

// bundleInstallers put the corrected chain in place, by platform.
func bundleInstallers() []remedy.Constructor {
	return []remedy.Constructor{
		remedy.NginxFullchain, remedy.ApacheFullchain, remedy.HAProxyPEM, remedy.CaddyFullchain,
		remedy.CertbotFullchain, remedy.KeytoolImport, remedy.NodeFullchain, remedy.PythonFullchain,
		remedy.PanelCABundle,
	}
}

// selfSignedRemedies offer the upload only where nothing would fail after it:
// otherwise the certificate comes first.
func selfSignedRemedies(p *remedy.Params) []remedy.Remedy {
	if len(p.WouldFail) > 0 {
		return remedy.List(remedy.OpenSSLSelfSigned, remedy.KeytoolSelfSigned, remedy.CertbotPublicCA, remedy.CaddyPublicCA)(p)
	}
	return remedy.List(
		remedy.TelegramUploadPresented, remedy.CertbotPublicCA, remedy.CaddyPublicCA,
		remedy.WindowsSetWebhook, remedy.PHPSetWebhook, remedy.PythonSetWebhook,
	)(p)
}

// untrustedRootRemedies put the public CA first where an upload alone would
// not help.
func untrustedRootRemedies(p *remedy.Params) []remedy.Remedy {
	if len(p.WouldFail) > 0 {
		return remedy.List(remedy.CertbotPublicCA, remedy.CaddyPublicCA, remedy.OtherAskCA, remedy.TelegramUploadRoot, remedy.OtherRussianRoot)(p)
	}
	return remedy.List(remedy.TelegramUploadRoot, remedy.CertbotPublicCA, remedy.CaddyPublicCA, remedy.OtherRussianRoot)(p)
}

// remakeRemedies are for a certificate that has to be issued anew.
func remakeRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return remedy.List(remedy.OpenSSLSelfSigned, remedy.KeytoolSelfSigned, remedy.CertbotPublicCA)(p)
	}
	return remedy.List(remedy.CertbotReissue, remedy.OpenSSLCSR, remedy.KeytoolCSR, remedy.WindowsCSR, remedy.OtherAskCA)(p)
}

func nameMismatchRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return remedy.List(remedy.OpenSSLSelfSigned, remedy.KeytoolSelfSigned, remedy.TelegramUseCertificateName, remedy.CertbotPublicCA)(p)
	}
	return remedy.List(
		remedy.CertbotReissue, remedy.OtherAcmeshReissue, remedy.CaddySite, remedy.OpenSSLCSR,
		remedy.KeytoolCSR, remedy.WindowsCSR, remedy.TelegramUseCertificateName,
	)(p)
}

func expiredRemedies(p *remedy.Params) []remedy.Remedy {
	if p.SelfSigned {
		return remedy.List(remedy.OpenSSLSelfSigned, remedy.KeytoolSelfSigned, remedy.OtherReload, remedy.CertbotPublicCA)(p)
	}
	return remedy.List(remedy.CertbotRenew, remedy.OtherAcmeshRenew, remedy.CaddyRenew, remedy.OtherReload, remedy.OtherClock)(p)
}
