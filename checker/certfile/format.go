package certfile

import "hookcheck/internal/lang"

// Format is what a file is as a whole.
type Format string

// The formats. Those that hold a certificate in PEM form come first.
const (
	PEM           Format = "pem"                // at least one sound certificate
	PEMDamaged    Format = "pem-damaged"        // certificates are meant, but OpenSSL cannot read the file
	PEMRevocation Format = "crl"                // a revocation list alone
	CSR           Format = "csr"                // a signing request in PEM form
	PKCS7         Format = "pkcs7"              // a bundle in PEM form
	PrivateKey    Format = "private-key"        // a key alone, in PEM form
	PublicKey     Format = "spki"               // a public key alone, PEM or DER
	PEMOther      Format = "pem-other"          // PEM blocks of another kind, such as parameters
	UTF16         Format = "utf16"              // text in UTF-16, as PowerShell redirects it
	Base64        Format = "base64-certificate" // a certificate's base64 without BEGIN and END

	DERCertificate Format = "der-certificate"
	DERCSR         Format = "der-csr"
	DERCRL         Format = "der-crl"
	DERPKCS7       Format = "der-pkcs7"
	DERPrivateKey  Format = "der-private-key"
	PKCS12         Format = "pkcs12"
	JKS            Format = "jks"
	JCEKS          Format = "jceks"

	SSHPrivateKey Format = "ssh-private-key"
	SSHPublicKey  Format = "ssh-public"
	PGP           Format = "pgp"
	Zip           Format = "zip"
	Gzip          Format = "gzip"
	HTML          Format = "html"
	JSON          Format = "json"
	Text          Format = "text"
	Empty         Format = "empty"
	Binary        Format = "binary"
)

// Formats lists every format.
func Formats() []Format {
	return []Format{
		PEM, PEMDamaged, PEMRevocation, CSR, PKCS7, PrivateKey, PublicKey, PEMOther, UTF16, Base64,
		DERCertificate, DERCSR, DERCRL, DERPKCS7, DERPrivateKey, PKCS12, JKS, JCEKS,
		SSHPrivateKey, SSHPublicKey, PGP, Zip, Gzip, HTML, JSON, Text, Empty, Binary,
	}
}

// Describe says what a format is, as the end of the sentence "the file is …".
func Describe(f Format) lang.Text {
	if t, ok := descriptions[f]; ok {
		return t
	}
	return descriptions[Binary]
}

var descriptions = map[Format]lang.Text{
	PEM:            {EN: "a PEM file with certificates", RU: "файл PEM с сертификатами"},
	PEMDamaged:     {EN: "a damaged PEM file", RU: "повреждённый файл PEM"},
	PEMRevocation:  {EN: "a certificate revocation list (CRL)", RU: "список отозванных сертификатов (CRL)"},
	CSR:            {EN: "a certificate signing request (CSR), not a certificate", RU: "запрос на сертификат (CSR), а не сертификат"},
	PKCS7:          {EN: "a PKCS#7 bundle (.p7b) in PEM form", RU: "контейнер PKCS#7 (.p7b) в виде PEM"},
	PrivateKey:     {EN: "a private key without a certificate", RU: "закрытый ключ без сертификата"},
	PublicKey:      {EN: "a public key, not a certificate", RU: "открытый ключ, а не сертификат"},
	PEMOther:       {EN: "a PEM file without certificates", RU: "файл PEM, в котором нет сертификатов"},
	UTF16:          {EN: "a text in UTF-16, as PowerShell writes it with >", RU: "текст в UTF-16, как его записывает PowerShell через >"},
	Base64:         {EN: "the base64 text of a certificate without its BEGIN and END lines", RU: "текст сертификата в base64 без строк BEGIN и END"},
	DERCertificate: {EN: "a certificate in DER, the binary form (.cer, .der)", RU: "сертификат в двоичном виде DER (.cer, .der)"},
	DERCSR:         {EN: "a certificate signing request (CSR) in DER, the binary form", RU: "запрос на сертификат (CSR) в двоичном виде DER"},
	DERCRL:         {EN: "a certificate revocation list (CRL) in DER, the binary form", RU: "список отозванных сертификатов (CRL) в двоичном виде DER"},
	DERPKCS7:       {EN: "a PKCS#7 bundle (.p7b) in DER, the binary form", RU: "контейнер PKCS#7 (.p7b) в двоичном виде DER"},
	DERPrivateKey:  {EN: "a private key in DER, the binary form", RU: "закрытый ключ в двоичном виде DER"},
	PKCS12:         {EN: "a PKCS#12 container (.p12, .pfx), which usually holds the private key too", RU: "контейнер PKCS#12 (.p12, .pfx), в котором обычно лежит и закрытый ключ"},
	JKS:            {EN: "a Java keystore (JKS)", RU: "хранилище ключей Java (JKS)"},
	JCEKS:          {EN: "a Java keystore (JCEKS)", RU: "хранилище ключей Java (JCEKS)"},
	SSHPrivateKey:  {EN: "a private SSH key", RU: "закрытый ключ SSH"},
	SSHPublicKey:   {EN: "a public SSH key", RU: "открытый ключ SSH"},
	PGP:            {EN: "a PGP file", RU: "файл PGP"},
	Zip:            {EN: "a ZIP archive", RU: "архив ZIP"},
	Gzip:           {EN: "a gzip archive", RU: "архив gzip"},
	HTML:           {EN: "an HTML page", RU: "страница HTML"},
	JSON:           {EN: "a JSON file", RU: "файл JSON"},
	Text:           {EN: "a text without a certificate", RU: "текст, в котором нет сертификата"},
	Empty:          {EN: "empty", RU: "пустой"},
	Binary:         {EN: "a binary file of an unknown kind", RU: "двоичный файл неизвестного вида"},
}

// DescribeProblem says what is wrong with an item.
func DescribeProblem(p Problem) lang.Text { return problemTexts[p] }

var problemTexts = map[Problem]lang.Text{
	ProblemNoEnd:       {EN: "its END line is missing or names something else", RU: "строки END нет, или в ней другое название"},
	ProblemBase64:      {EN: "the text between BEGIN and END is damaged", RU: "текст между BEGIN и END повреждён"},
	ProblemEmpty:       {EN: "there is nothing inside", RU: "внутри пусто"},
	ProblemContent:     {EN: "its content is not what it claims to be", RU: "содержимое не то, чем объявлено"},
	ProblemIndented:    {EN: "something stands before BEGIN on its line, so OpenSSL does not see it", RU: "перед BEGIN в строке что-то стоит, поэтому OpenSSL его не видит"},
	ProblemOneLine:     {EN: "BEGIN and what follows stand on one line", RU: "BEGIN и продолжение стоят в одной строке"},
	ProblemTooMany:     {EN: "there is more in the file than is looked at", RU: "в файле больше, чем проверяется"},
	ProblemTruncated:   {EN: "it breaks off before its end", RU: "обрывается раньше конца"},
	ProblemEscaped:     {EN: `its line breaks are written as \n`, RU: `переводы строк записаны как \n`},
	ProblemPassword:    {EN: "the password does not open it", RU: "пароль не подходит"},
	ProblemIntegrity:   {EN: "the password does not fit its checksum; it was read all the same", RU: "пароль не сходится с контрольной суммой; содержимое всё же прочитано"},
	ProblemWork:        {EN: "opening it takes more rounds of key derivation than are spent here", RU: "чтобы его открыть, нужно больше итераций вывода ключа, чем здесь допускается"},
	ProblemTooBig:      {EN: "it is bigger than what is looked at", RU: "он больше, чем проверяется"},
	ProblemNested:      {EN: "an archive inside an archive is not opened", RU: "архив внутри архива не открывается"},
	ProblemUnsupported: {EN: "this form or encryption is not read", RU: "такая форма или такое шифрование не читается"},
}

// DescribeKind says what an item is, as an apposition.
func DescribeKind(k Kind) lang.Text {
	if t, ok := kindTexts[k]; ok {
		return t
	}
	return kindTexts[KindOther]
}

var kindTexts = map[Kind]lang.Text{
	KindCertificate: {EN: "certificate", RU: "сертификат"},
	KindTrusted:     {EN: "certificate in OpenSSL's form with trust settings", RU: "сертификат в виде OpenSSL с настройками доверия"},
	KindCRL:         {EN: "revocation list (CRL)", RU: "список отозванных сертификатов (CRL)"},
	KindRequest:     {EN: "signing request (CSR)", RU: "запрос на сертификат (CSR)"},
	KindPrivateKey:  {EN: "private key", RU: "закрытый ключ"},
	KindPublicKey:   {EN: "public key", RU: "открытый ключ"},
	KindPKCS7:       {EN: "PKCS#7 container", RU: "контейнер PKCS#7"},
	KindPKCS12:      {EN: "PKCS#12 container", RU: "контейнер PKCS#12"},
	KindKeystore:    {EN: "Java keystore", RU: "хранилище ключей Java"},
	KindSecret:      {EN: "symmetric key", RU: "симметричный ключ"},
	KindArchive:     {EN: "ZIP archive", RU: "архив ZIP"},
	KindOther:       {EN: "something else", RU: "что-то другое"},
}
