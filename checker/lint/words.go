package lint

import (
	"maps"
	"slices"

	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// Describe says in a language what a lint found: in our own words where the
// lint is a frequent one, else in zlint's, which are English.
func Describe(l lang.Lang, x facts.Lint) string {
	id := x.ID
	if id == facts.NotLinted {
		id += "." + x.Detail
	}
	if t, ok := words[id]; ok {
		return t.In(l)
	}
	return x.Detail
}

// Worded lists the ids that have words of our own, in alphabetical order.
func Worded() []string { return slices.Sorted(maps.Keys(words)) }

// words say what is odd, and where it is not obvious whom it concerns. None of
// it concerns Telegram.
var words = map[string]lang.Text{
	facts.NotLinted + "." + unreadable: {
		EN: "This certificate was not linted: the linter cannot read it.",
		RU: "Этот сертификат не проверен на соответствие правилам: анализатор не смог его прочитать.",
	},
	facts.NotLinted + "." + hostile: {
		EN: "This certificate was not linted: its size, or the size of its key, is far beyond what certificates have.",
		RU: "Этот сертификат не проверен на соответствие правилам: он сам или его ключ намного больше, чем бывает у сертификатов.",
	},
	facts.NotLinted + "." + tooSlow: {
		EN: "This certificate was not linted to its end: the time for that was up.",
		RU: "Проверка этого сертификата на соответствие правилам прервана: истекло отведённое время.",
	},
	facts.NotLinted + "." + tooMany: {
		EN: "The certificates from here on were not linted: there are too many of them.",
		RU: "Сертификаты начиная с этого не проверены на соответствие правилам: их слишком много.",
	},

	"e_algorithm_identifier_improper_encoding": {
		EN: "The kind of key is one that public CAs may not use, or is written in another way than they must write it.",
		RU: "Такой вид ключа публичным УЦ использовать нельзя, либо он записан не так, как они обязаны его записывать.",
	},
	"e_basic_constraints_not_critical": {
		EN: "A CA certificate's basicConstraints must be marked critical.",
		RU: "Расширение basicConstraints в сертификате УЦ должно быть критическим.",
	},
	"e_ca_common_name_missing": {
		EN: "A CA certificate has no common name in its subject.",
		RU: "В поле subject сертификата УЦ нет common name.",
	},
	"e_ca_country_name_missing": {
		EN: "A CA certificate must name a country (C) in its subject.",
		RU: "В поле subject сертификата УЦ должна быть указана страна (C).",
	},
	"e_ca_is_ca": {
		EN: "It may sign certificates by its key usage, yet does not say that it is a CA.",
		RU: "По key usage он может подписывать сертификаты, но не объявлен сертификатом УЦ.",
	},
	"e_ca_key_usage_missing": {
		EN: "A CA certificate must have a keyUsage extension.",
		RU: "В сертификате УЦ должно быть расширение keyUsage.",
	},
	"e_ca_organization_name_missing": {
		EN: "A CA certificate must name an organization (O) in its subject.",
		RU: "В поле subject сертификата УЦ должна быть указана организация (O).",
	},
	"e_dnsname_bad_character_in_label": {
		EN: "A name in the SAN has a character that host names may not have.",
		RU: "В имени из SAN есть символ, недопустимый в имени хоста.",
	},
	"e_dnsname_left_label_wildcard_correct": {
		EN: "A wildcard must be the whole leftmost label, as in *.example.org, not a part of it.",
		RU: "Звёздочка должна занимать первую метку целиком, как в *.example.org, а не её часть.",
	},
	"e_dnsname_not_valid_tld": {
		EN: "A name in the SAN ends in a top-level domain that does not exist.",
		RU: "Имя в SAN оканчивается на несуществующий домен верхнего уровня.",
	},
	"e_ext_authority_key_identifier_no_key_identifier": {
		EN: "The certificate does not name its issuer's key (authorityKeyIdentifier), so that of two issuers with one name the right one can only be found by trying.",
		RU: "В сертификате не указан ключ издателя (authorityKeyIdentifier): из двух издателей с одним именем подходящий находится лишь перебором.",
	},
	"e_ext_key_usage_cert_sign_without_ca": {
		EN: "keyUsage allows signing certificates (keyCertSign), but the certificate is not a CA.",
		RU: "keyUsage разрешает подписывать сертификаты (keyCertSign), хотя это не сертификат УЦ.",
	},
	"e_ext_san_contains_reserved_ip": {
		EN: "The SAN holds an address that no public CA may certify: it is private or reserved.",
		RU: "В SAN есть частный или зарезервированный адрес, на который публичный УЦ выпускать сертификат не вправе.",
	},
	"e_ext_san_missing": {
		EN: "There is no SAN: browsers look for the host there and nowhere else.",
		RU: "Нет SAN, а браузеры ищут имя хоста только там.",
	},
	"e_ext_subject_key_identifier_missing_ca": {
		EN: "A CA certificate must carry an identifier of its own key (subjectKeyIdentifier).",
		RU: "В сертификате УЦ должен быть идентификатор его ключа (subjectKeyIdentifier).",
	},
	"e_invalid_ca_certificate_policies": {
		EN: "The policies of this CA certificate are not those that a public CA must state.",
		RU: "Политики в этом сертификате УЦ — не те, которые обязан указывать публичный УЦ.",
	},
	"e_missing_crl_distrib_point": {
		EN: "Nothing in the certificate says how to learn that it was revoked: neither a CRL nor OCSP.",
		RU: "По сертификату не узнать, отозван ли он: не указан ни список отзыва (CRL), ни OCSP.",
	},
	"e_mp_modulus_must_be_2048_bits_or_more": {
		EN: "An RSA key must have 2048 bits or more (Mozilla's policy).",
		RU: "Ключ RSA должен быть не короче 2048 бит (политика Mozilla).",
	},
	"e_old_sub_cert_rsa_mod_less_than_1024_bits": {
		EN: "The RSA key has less than 1024 bits.",
		RU: "Ключ RSA короче 1024 бит.",
	},
	"e_root_ca_key_usage_must_be_critical": {
		EN: "A root's keyUsage must be marked critical.",
		RU: "Расширение keyUsage в корневом сертификате должно быть критическим.",
	},
	"e_root_ca_key_usage_present": {
		EN: "A root must have a keyUsage extension.",
		RU: "В корневом сертификате должно быть расширение keyUsage.",
	},
	"e_rsa_mod_less_than_2048_bits": {
		EN: "An RSA key must have 2048 bits or more.",
		RU: "Ключ RSA должен быть не короче 2048 бит.",
	},
	"e_san_wildcard_not_first": {
		EN: "The wildcard does not stand at the beginning of its name.",
		RU: "Звёздочка стоит не в начале имени.",
	},
	"e_serial_number_longer_than_20_octets": {
		EN: "The serial number is longer than 20 bytes.",
		RU: "Серийный номер длиннее 20 байт.",
	},
	"e_serial_number_not_positive": {
		EN: "The serial number is zero or negative.",
		RU: "Серийный номер равен нулю или отрицателен.",
	},
	"e_sub_ca_certificate_policies_missing": {
		EN: "The intermediate states no policy (certificatePolicies) by which it issues.",
		RU: "В промежуточном сертификате не указано, по каким правилам он выпускает (certificatePolicies).",
	},
	"e_sub_ca_crl_distribution_points_missing": {
		EN: "The intermediate does not say where the list of revoked certificates lies (cRLDistributionPoints).",
		RU: "В промежуточном сертификате не указано, где лежит список отозванных (cRLDistributionPoints).",
	},
	"e_sub_cert_aia_does_not_contain_ocsp_url": {
		EN: "There is no OCSP address, which certificates of that age had to have.",
		RU: "Нет адреса OCSP, обязательного для сертификатов того времени.",
	},
	"e_sub_cert_aia_missing": {
		EN: "The certificate does not say where its issuer's certificate can be had (authorityInfoAccess): a chain that is cut short cannot be completed from it.",
		RU: "В сертификате не указано, где взять сертификат издателя (authorityInfoAccess): неполную цепочку по нему не достроить.",
	},
	"e_sub_cert_cert_policy_empty": {
		EN: "The certificate names no policy of the CA/Browser Forum, such as domain-validated.",
		RU: "В сертификате нет ни одной политики CA/Browser Forum, например domain-validated.",
	},
	"e_sub_cert_certificate_policies_missing": {
		EN: "The certificate has no certificatePolicies extension.",
		RU: "В сертификате нет расширения certificatePolicies.",
	},
	"e_sub_cert_country_name_must_appear": {
		EN: "The subject names an organization or a person, but no country.",
		RU: "В subject указаны организация или лицо, но не указана страна.",
	},
	"e_sub_cert_eku_check": {
		EN: "extendedKeyUsage must hold serverAuth and may not hold “any”.",
		RU: "В extendedKeyUsage должно быть serverAuth и не должно быть any.",
	},
	"e_sub_cert_eku_missing": {
		EN: "A server certificate must say so in extendedKeyUsage.",
		RU: "В сертификате сервера должно быть расширение extendedKeyUsage.",
	},
	"e_sub_cert_key_usage_cert_sign_bit_set": {
		EN: "A server certificate may not be allowed to sign certificates (keyCertSign).",
		RU: "Сертификату сервера нельзя разрешать подпись сертификатов (keyCertSign).",
	},
	"e_sub_cert_locality_name_must_appear": {
		EN: "The subject names an organization, but neither a town nor a province.",
		RU: "В subject указана организация, но нет ни города, ни области.",
	},
	"e_sub_cert_or_sub_ca_using_sha1": {
		EN: "It is signed with SHA-1, which has been forbidden since 2016.",
		RU: "Он подписан с SHA-1, что запрещено с 2016 года.",
	},
	"e_sub_cert_province_must_appear": {
		EN: "The subject names an organization, but neither a province nor a town.",
		RU: "В subject указана организация, но нет ни области, ни города.",
	},
	"e_sub_cert_valid_time_longer_than_39_months": {
		EN: "It is valid for more than 39 months, the limit when it was issued.",
		RU: "Срок действия больше 39 месяцев — предела на дату выпуска.",
	},
	"e_sub_cert_valid_time_longer_than_825_days": {
		EN: "It is valid for more than 825 days, the limit when it was issued.",
		RU: "Срок действия больше 825 дней — предела на дату выпуска.",
	},
	"e_server_cert_valid_time_longer_than_200_days": {
		EN: "It is valid for more than 200 days, the limit since 15 March 2026.",
		RU: "Срок действия больше 200 дней — предела с 15 марта 2026 года.",
	},
	"e_subject_common_name_not_exactly_from_san": {
		EN: "The common name is not repeated, letter for letter, in the SAN.",
		RU: "Common name не повторён в SAN буква в букву.",
	},
	"e_subject_common_name_not_from_san": {
		EN: "The common name is not among the names of the SAN.",
		RU: "Имени из common name нет в SAN.",
	},
	"e_subject_contains_reserved_ip": {
		EN: "The common name is an address that no public CA may certify: it is private or reserved.",
		RU: "В common name стоит частный или зарезервированный адрес, на который публичный УЦ выпускать сертификат не вправе.",
	},
	"e_tls_server_cert_valid_time_longer_than_398_days": {
		EN: "It is valid for more than 398 days, the limit when it was issued.",
		RU: "Срок действия больше 398 дней — предела на дату выпуска.",
	},
	"n_ca_digital_signature_not_set": {
		EN: "The CA cannot sign OCSP answers with this key itself (digitalSignature is not set). Most do that with a key of its own.",
		RU: "Этим ключом УЦ не может сам подписывать ответы OCSP (нет digitalSignature). Обычно для них есть отдельный ключ.",
	},
	"n_ct_sct_policy_count_unsatisfied": {
		EN: "It carries too few timestamps of certificate transparency logs (SCT) for Apple's and Google's browsers, unless the server sends them besides.",
		RU: "В нём слишком мало меток журналов certificate transparency (SCT) для браузеров Apple и Google, если их не присылает сам сервер.",
	},
	"n_ecdsa_ee_invalid_ku": {
		EN: "keyUsage allows what a server's EC key is not used for.",
		RU: "keyUsage разрешает то, для чего ключ EC у сервера не используется.",
	},
	"n_mp_allowed_eku": {
		EN: "The intermediate is not limited to one use, such as server certificates (Mozilla's policy).",
		RU: "Промежуточный сертификат не ограничен одним назначением, например сертификатами серверов (политика Mozilla).",
	},
	"n_sub_ca_eku_missing": {
		EN: "The intermediate is not limited to some uses (no extendedKeyUsage).",
		RU: "Назначение промежуточного сертификата не ограничено (нет extendedKeyUsage).",
	},
	"n_subject_common_name_included": {
		EN: "The common name is deprecated; names belong in the SAN.",
		RU: "Common name устарел: имена указывают в SAN.",
	},
	"w_ext_key_usage_not_critical": {
		EN: "keyUsage should be marked critical.",
		RU: "Расширение keyUsage следует делать критическим.",
	},
	"w_ext_subject_key_identifier_missing_sub_cert": {
		EN: "It has no identifier of its own key (subjectKeyIdentifier). Public CAs leave it out on purpose today.",
		RU: "Нет идентификатора собственного ключа (subjectKeyIdentifier). Публичные УЦ сейчас намеренно его не ставят.",
	},
	"w_ext_subject_key_identifier_not_recommended_subscriber": {
		EN: "It has an identifier of its own key (subjectKeyIdentifier), which public CAs are advised to leave out today.",
		RU: "В нём есть идентификатор собственного ключа (subjectKeyIdentifier): публичным УЦ сейчас советуют его не ставить.",
	},
	"w_missing_key_usage": {
		EN: "A server certificate should say what its key is for (keyUsage).",
		RU: "В сертификате сервера стоит указывать назначение ключа (keyUsage).",
	},
	"w_sub_ca_aia_does_not_contain_issuing_ca_url": {
		EN: "The intermediate does not say where the certificate above it can be had.",
		RU: "В промежуточном сертификате не указано, где взять вышестоящий.",
	},
	"w_sub_ca_aia_missing": {
		EN: "The intermediate has no authorityInfoAccess: it names neither its issuer's certificate nor OCSP.",
		RU: "В промежуточном сертификате нет authorityInfoAccess: не указаны ни сертификат издателя, ни OCSP.",
	},
	"w_sub_cert_aia_does_not_contain_issuing_ca_url": {
		EN: "The certificate does not say where its issuer's certificate can be had.",
		RU: "В сертификате не указано, где взять сертификат издателя.",
	},
	"w_sub_cert_sha1_expiration_too_long": {
		EN: "It is signed with SHA-1 and outlives the year 2016.",
		RU: "Он подписан с SHA-1, а действует дольше 2016 года.",
	},
	"w_subject_common_name_included": {
		EN: "The common name is no longer recommended; names belong in the SAN.",
		RU: "Common name больше не рекомендуется: имена указывают в SAN.",
	},
	"w_tls_server_cert_valid_time_longer_than_397_days": {
		EN: "It is valid for more than 397 days, which Apple advised against when it was issued.",
		RU: "Срок действия больше 397 дней, чего на дату выпуска не советовала Apple.",
	},
}
