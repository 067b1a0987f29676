package templates

import "hookcheck/internal/lang"

// Messages are the words of the interface in one language. A test finds words
// that are missing in one language, and words that nothing uses.
type Messages struct {
	Title, Tagline, Lead, Description                      string
	SkipToContent                                          string
	NavCheck, NavExplain, NavPEM, NavRules, NavGuides      string
	NavLabel, OtherLang, FooterGuides, FooterAbout         string
	Promise1, Promise1Text, Promise2, Promise2Text         string
	Promise3, Promise3Text                                 string
	Target, TargetHint, TargetExample, DropHint            string
	Or, ChooseFile, ChooseFiles, ChooseCertificates        string
	UploadQuestion, UploadNo, UploadYes, UploadUnknown     string
	UploadUnknownNote, UploadHowToTell, KeptFile           string
	ToTheForm                                              string
	SecretMore, Secret, SecretHint, Submit                 string
	Checking, LiveStages, LiveEnded, LiveRunning, LiveDone string

	Works, WorksIfUploaded, Fails, Unknown              string
	TookForURL, TookForHost, TookForPEM                 string
	TookForCall, TookForText, AlsoInText, UploadInCall  string
	TelegramSays, ShownBy                               string
	HowToFix, RootCause, WhereToFix, ShowPlatform       string
	OtherWays, StepApply, StepSee, StepCall, StepAgain  string
	SetWebhook, WhatNext                                string
	NextRetry, NextWatch, NextOld, NextSet, NextUpload  string
	Stages, Findings, NoFindings                        string
	StageURL, StageDNS, StageTCP, StageTLS              string
	StageChain, StageCertificate, StageUpload           string
	StageHTTP                                           string
	Pass, Warn, Fail, Skip, Undecided                   string
	Blocker, Warning, Notice                            string
	Where, Apply, Undo, Copy, Copied                    string
	Vantage, Basis, Sources, Seen                       string
	SourceGuide, SourceSelfSigned                       string
	SourceFAQ, SourceClient                             string
	Chain, ChainFiles, ChainTextSent, ChainTextMissing  string
	ChainTextRoot, ChainTextNoPath, AlsoSent            string
	ChainTextFiles, AlsoInFiles, MissingInFiles         string
	ExplainAgain                                        string
	MissingCert, MissingFrom, UnknownIssuer, Unreadable string
	RootNotSent, InLists, ListMozilla, ListDocumented   string
	ListSystem, ListGiven                               string
	RoleLeaf, RoleIntermediate, RoleRoot                string
	RoleUnrelated, RoleDuplicate                        string
	Issuer, Valid, Key, Names, MoreNames                string
	Fingerprint, Root, Bundle                           string
	LifeOK, LifeSoon, LifeOver, LifeFuture              string
	Protocols, Accepted, Refused, NotKnown              string
	Handshake, Version, Cipher, Group, SNI              string
	SNISent, SNINotSent                                 string
	Addresses, AddressOpen, AddressRefused              string
	AddressTimeout, AddressForbidden, AddressOther      string
	LooksLike, Lint, Downloads                          string
	DownloadBundle, DownloadEvidence                    string
	DownloadJSON, DownloadMarkdown                      string
	CheckAgain, CheckedAt, Took, Milliseconds           string
	TokenMissing, StoppedAfterTLS                       string
	PlatformPanel, PlatformOther, PlatformDNS           string
	BasisDocumented, BasisSource, BasisObserved         string
	PEMTitle, PEMLead, PEMFiles, PEMPaste               string
	Hostname, HostnameHint, PEMSubmit                   string
	Password, PasswordHint, FilesAgain                  string
	ExplainTitle, ExplainLead, ExplainText              string
	ExplainSubmit, ExplainMeaning, ExplainCauses        string
	ExplainNotes, ExplainSilent, ExplainSaid            string
	ExplainCheck, ExplainPeers, PeerTelegram, PeerOther string
	NextSilent, SilentLead, SilentCauses, SilentPaste   string
	TakenFor, MatchedPart                               string
	InfoURL, InfoNoURL, InfoCustom, InfoPending         string
	InfoConnections, InfoIP, InfoUpdates, InfoError     string
	Yes, No                                             string
	RulesTitle, RulesLead, Severity, Stage              string
	PredictedError, Meaning, Remedies, Open             string
	GuidesTitle, GuidesLead, GuideCheck                 string
	ErrorTitle, NotFound, Gone, TooMany, Busy           string
	TooLarge, Internal, BadRequest, BackToStart         string
	FieldText                                           string

	ChainTextOffered string

	Gist, GistShort, GistCommand string
}

// For returns the words of a language.
func For(l lang.Lang) *Messages {
	if l == lang.RU {
		return russianSet()
	}
	return &english
}
