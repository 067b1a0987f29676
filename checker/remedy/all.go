package remedy

// constructors lists every remedy there is. An order among them means nothing.
func constructors() []Constructor {
	return []Constructor{
		TelegramBrowserLink, TelegramCheck, TelegramClearCertificate, TelegramDeleteWebhook,
		TelegramFinalURL, TelegramHTTPSURL, TelegramPinAddress, TelegramSecretToken, TelegramSendSecret,
		TelegramSetWebhook, TelegramSupportedPort, TelegramUploadNeeded, TelegramUploadMade, TelegramUploadNothing,
		TelegramUploadPresented, TelegramUploadRoot, TelegramUseCertificateName,
		PHPSetWebhook,
		PythonAiogram, PythonCiphers, PythonFullchain, PythonSetWebhook, PythonTLS, PythonTelegramBot,
		PythonVersions,
		NodeCiphers, NodeFullchain, NodeGrammy, NodeTLS, NodeVersions,
		JavaCiphers, JavaDH, JavaFullchain, JavaTLS, JavaVersions,
		WindowsCSR, WindowsConvert, WindowsSetWebhook,
		NginxCertificate, ApacheCertificate, HAProxyCertificate, CertbotNewKey,
		NginxSelfSigned, ApacheSelfSigned, HAProxySelfSigned, CaddySelfSigned,
		NginxAllowTelegram, NginxCiphers, NginxClientCert, NginxDH, NginxFullchain, NginxListenSSL,
		NginxListenPublic, NginxLocation, NginxProxy, NginxProxyProtocol, NginxRedirect, NginxServerName, NginxUpstream,
		NginxVersions,
		ApacheAllowTelegram, ApacheChainFile, ApacheCiphers, ApacheClientCert, ApacheDH, ApacheFullchain,
		ApacheListenPublic, ApacheLocation, ApacheProxy, ApacheProxyProtocol, ApacheRedirect, ApacheSSLEngine,
		ApacheServerName, ApacheUpstream, ApacheVersions,
		HAProxyBindSSL, HAProxyCiphers, HAProxyClientCert, HAProxyCrtList, HAProxyDH, HAProxyListenPublic, HAProxyPEM,
		HAProxyProxy, HAProxyProxyProtocol, HAProxyRedirect, HAProxyRoute, HAProxyUpstream,
		HAProxyVersions,
		CaddyCertificate, CaddyCiphers, CaddyClientCert, CaddyFullchain, CaddyListenPublic, CaddyProxy, CaddyPublicCA, CaddyRedirect,
		CaddyRenew, CaddyRoute, CaddySite, CaddyUpstream, CaddyVersions,
		IPTablesOpen, IPTablesOpenInterface, IPTablesRedirect, IPTablesTelegramOnly,
		NFTablesOpen, NFTablesOpenInterface, NFTablesRedirect, NFTablesTelegramOnly,
		UFWOpen, UFWOpenInterface, UFWTelegramOnly,
		FirewalldOpen, FirewalldOpenInterface, FirewalldTelegramOnly,
		DNSARecord, DNSARecordIPv4, DNSGetName, DNSPublicAddress, DNSRemoveOdd, DNSWait,
		OpenSSLCSR, OpenSSLChainPEM, OpenSSLCiphers, OpenSSLConvert, OpenSSLFetchIntermediate, OpenSSLFullchain, OpenSSLKeyMatch, OpenSSLNewKey,
		OpenSSLSelfSigned, OpenSSLStripKey, OpenSSLVersions,
		KeytoolCSR, KeytoolConvert, KeytoolImport, KeytoolSelfSigned,
		CertbotFullchain, CertbotPublicCA, CertbotReissue, CertbotRenew, CertbotTimer,
		PanelCABundle, PanelCertificate, PanelModSecurity, PanelRedirect,
		OtherAcmeshReissue, OtherAcmeshRenew, OtherAnswerFirst, OtherAskCA, OtherGetAnew, OtherBindAll, OtherBlocking,
		OtherCGNAT, OtherCSR, OtherClientCert, OtherClientError, OtherClock, OtherClosed,
		OtherCloudFirewall, OtherCloudflare, OtherCloudflareOrigin, OtherCrossSign, OtherDefaultCertificate, OtherDockerPorts,
		OtherElsewhere, OtherFail2ban, OtherGone, OtherHungProcess, OtherIPv4Proxy, OtherKeyOnly,
		OtherKnock, OtherLint, OtherListening, OtherLocalAPI, OtherLookHere, OtherNotHTTP, OtherPaaS,
		OtherPortForwarding, OtherPostRoute, OtherReload, OtherReset, OtherRoute, OtherRouting,
		OtherRussianRoot, OtherSecretCompare, OtherServerCertificate, OtherServerLog, OtherShorterChain, OtherTLSLog,
		OtherTestFromServer, OtherTunnel, OtherUpstreamDown, OtherWAF, OtherWhoOwnsPort,
	}
}

// All is every remedy that applies to a situation, for the tests of the
// catalogue.
func All(p *Params) []Remedy { return List(constructors()...)(p) }
