package rules

// trustRules are the rules about the chain, the certificate and the uploaded
// file, in the order in which they are read; the engine sorts them by rank.
func trustRules() []Rule {
	return []Rule{
		ruleChainLeafNotFirst(),
		ruleChainIntermediateMissing(),
		ruleChainUntrustedRoot(),
		ruleChainNotACA(),
		ruleChainBadSignature(),
		ruleChainIntermediateExpired(),
		ruleChainIntermediateNotYetValid(),
		ruleChainRootExpired(),
		ruleChainPathLength(),
		ruleChainTooDeep(),
		ruleChainNameConstraint(),
		ruleChainIntermediateUsage(),
		ruleChainTooComplex(),
		ruleChainRootNotInDocumentedList(),
		ruleChainDistrustAfter(),
		ruleChainOrder(),
		ruleChainDuplicate(),
		ruleChainUnrelated(),
		ruleChainRootIncluded(),

		ruleCertUnparsable(),
		ruleCertSelfSigned(),
		ruleCertNameMismatch(),
		ruleCertCommonNameIgnored(),
		ruleCertIPNeedsSAN(),
		ruleCertIPNeedsCommonName(),
		ruleCertExpired(),
		ruleCertNotYetValid(),
		ruleCertUsage(),
		ruleCertCriticalExtension(),
		ruleCertWeakKey(),
		ruleCertWeakSignature(),
		ruleCertExpiresSoon(),
		ruleCertWildcard(),
		ruleCertCommonNameOnly(),
		ruleCertLint(),

		ruleUploadTooBig(),
		ruleUploadEmpty(),
		ruleUploadNotPEM(),
		ruleUploadNotNeeded(),
		ruleUploadNotAnAnchor(),
		ruleUploadTrustSettings(),
		ruleUploadDifferentCertificate(),
		ruleUploadContainsPrivateKey(),
	}
}
