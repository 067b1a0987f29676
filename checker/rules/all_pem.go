package rules

// pemRules are the rules about files that were read in place of a server's
// answer. They speak where files are judged, and nowhere else.
func pemRules() []Rule {
	return []Rule{
		rulePemTruncated(),
		rulePemTooMuch(),
		rulePemPassword(),
		rulePemUnknownFormat(),
		rulePemMixed(),
		rulePemNoServerCertificate(),
		rulePemPrivateKey(),
		rulePemKeyMismatch(),
		rulePemKeyUnread(),
		rulePemKeyMatches(),
		rulePemCSR(),
		rulePemConverted(),
	}
}
