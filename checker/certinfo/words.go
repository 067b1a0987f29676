package certinfo

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

var label = struct {
	role, validity, key, signature, names, policy, scts, ca, usage, extUsage,
	subjectKey, authorityKey, issuerAt, ocsp, serial, odd, damage, subject, issuer, size lang.Text
}{
	role:         lang.Text{EN: "role", RU: "роль"},
	validity:     lang.Text{EN: "validity", RU: "срок действия"},
	key:          lang.Text{EN: "key", RU: "ключ"},
	signature:    lang.Text{EN: "signature", RU: "подпись"},
	names:        lang.Text{EN: "names", RU: "имена"},
	policy:       lang.Text{EN: "policy", RU: "политика"},
	scts:         lang.Text{EN: "embedded SCTs", RU: "встроенных меток SCT"},
	ca:           lang.Text{EN: "CA", RU: "УЦ"},
	usage:        lang.Text{EN: "key usage", RU: "назначение ключа"},
	extUsage:     lang.Text{EN: "used for", RU: "применение"},
	subjectKey:   lang.Text{EN: "key identifier", RU: "идентификатор ключа"},
	authorityKey: lang.Text{EN: "issuer's key identifier", RU: "идентификатор ключа издателя"},
	issuerAt:     lang.Text{EN: "issuer's certificate", RU: "сертификат издателя"},
	ocsp:         lang.Text{EN: "OCSP", RU: "OCSP"},
	serial:       lang.Text{EN: "serial number", RU: "серийный номер"},
	odd:          lang.Text{EN: "odd", RU: "необычно"},
	damage:       lang.Text{EN: "cannot be read", RU: "не читается"},
	subject:      lang.Text{EN: "subject", RU: "subject"},
	issuer:       lang.Text{EN: "issuer", RU: "издатель"},
	size:         lang.Text{EN: "size", RU: "размер"},
}

var roles = map[facts.Role]lang.Text{
	facts.RoleLeaf:         {EN: "the server's own certificate", RU: "сертификат самого сервера"},
	facts.RoleIntermediate: {EN: "intermediate: leads from the server's certificate towards a root", RU: "промежуточный: ведёт от сертификата сервера к корневому"},
	facts.RoleRoot:         {EN: "root: need not be sent, Telegram trusts its own copy alone", RU: "корневой: присылать его незачем, Telegram доверяет только своей копии"},
	facts.RoleUnrelated:    {EN: "no part of this chain", RU: "к этой цепочке не относится"},
	facts.RoleDuplicate:    {EN: "a duplicate of one above", RU: "повтор одного из предыдущих"},
}

// validated are the reserved identifiers of the Baseline Requirements, 7.1.6.1.
var validated = map[string]lang.Text{
	"2.23.140.1.2.1": {EN: "DV: the CA checked control of the names alone", RU: "DV: УЦ проверил только управление именами"},
	"2.23.140.1.2.2": {EN: "OV: the CA checked the organization too", RU: "OV: УЦ проверил и организацию"},
	"2.23.140.1.2.3": {EN: "IV: the CA checked the person too", RU: "IV: УЦ проверил и личность владельца"},
	"2.23.140.1.1":   {EN: "EV: the CA checked the organization by the stricter rules", RU: "EV: УЦ проверил организацию по строгим правилам"},
}

// purposes are the extended key usages that people meet.
var purposes = map[string]lang.Text{
	"1.3.6.1.5.5.7.3.1": {EN: "TLS servers", RU: "серверы TLS"},
	"1.3.6.1.5.5.7.3.2": {EN: "TLS clients", RU: "клиенты TLS"},
	"1.3.6.1.5.5.7.3.3": {EN: "code signing", RU: "подпись программ"},
	"1.3.6.1.5.5.7.3.4": {EN: "e-mail", RU: "почта"},
	"1.3.6.1.5.5.7.3.8": {EN: "time stamping", RU: "метки времени"},
	"1.3.6.1.5.5.7.3.9": {EN: "OCSP answers", RU: "ответы OCSP"},
	"2.5.29.37.0":       {EN: "anything", RU: "что угодно"},
}
