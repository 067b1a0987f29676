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
	Encoded       Format = "encoded"            // a text in which certificates stand in another encoding
	Mangled       Format = "mangled"            // a binary file that was saved as text

	DERCertificate Format = "der-certificate"
	DERCSR         Format = "der-csr"
	DERCRL         Format = "der-crl"
	DERPKCS7       Format = "der-pkcs7"
	DERPrivateKey  Format = "der-private-key"
	PKCS12         Format = "pkcs12"
	JKS            Format = "jks"
	JCEKS          Format = "jceks"
	BKS            Format = "bks"   // Bouncy Castle's keystore
	BCFKS          Format = "bcfks" // the same, wholly encrypted

	SSHPrivateKey Format = "ssh-private-key"
	SSHPublicKey  Format = "ssh-public"
	PGP           Format = "pgp"
	Zip           Format = "zip"
	Gzip          Format = "gzip"
	Tar           Format = "tar"
	HTML          Format = "html"
	JSON          Format = "json"
	Text          Format = "text"
	XML           Format = "xml"
	Empty         Format = "empty"

	CertificateText  Format = "certificate-text" // what openssl x509 -text prints, the certificate itself left out
	OCSP             Format = "ocsp"
	EncryptedMessage Format = "pkcs7-encrypted"
	SevenZip         Format = "7z"
	Rar              Format = "rar"
	Bzip2            Format = "bzip2"
	XZ               Format = "xz"
	Zstandard        Format = "zstd"
	PDF              Format = "pdf"
	Image            Format = "image"
	Program          Format = "program"
	Office           Format = "office"
	Database         Format = "database"

	Binary Format = "binary"
)

// Formats lists every format.
func Formats() []Format {
	return []Format{
		PEM, PEMDamaged, PEMRevocation, CSR, PKCS7, PrivateKey, PublicKey, PEMOther, UTF16, Base64,
		DERCertificate, DERCSR, DERCRL, DERPKCS7, DERPrivateKey, PKCS12, JKS, JCEKS,
		SSHPrivateKey, SSHPublicKey, PGP, Zip, Gzip, Tar, HTML, JSON, XML, Text, Empty, Binary,
		Encoded, Mangled, BKS, BCFKS, CertificateText, OCSP, EncryptedMessage,
		SevenZip, Rar, Bzip2, XZ, Zstandard, PDF, Image, Program, Office, Database,
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
	PEM:           {EN: "a PEM file with certificates", RU: "файл PEM с сертификатами"},
	PEMDamaged:    {EN: "a damaged PEM file", RU: "повреждённый файл PEM"},
	PEMRevocation: {EN: "a certificate revocation list (CRL)", RU: "список отозванных сертификатов (CRL)"},
	CSR:           {EN: "a certificate signing request (CSR), not a certificate", RU: "запрос на сертификат (CSR), а не сертификат"},
	PKCS7:         {EN: "a PKCS#7 bundle (.p7b) in PEM form", RU: "контейнер PKCS#7 (.p7b) в виде PEM"},
	PrivateKey:    {EN: "a private key without a certificate", RU: "закрытый ключ без сертификата"},
	PublicKey:     {EN: "a public key, not a certificate", RU: "открытый ключ, а не сертификат"},
	PEMOther:      {EN: "a PEM file without certificates", RU: "файл PEM, в котором нет сертификатов"},
	UTF16:         {EN: "a text in UTF-16, as PowerShell writes it with >", RU: "текст в UTF-16, как его записывает PowerShell через >"},
	Base64:        {EN: "base64 text without BEGIN and END lines", RU: "текст base64 без строк BEGIN и END"},
	Encoded:       {EN: "a text in which the certificate stands in another encoding", RU: "текст, в котором сертификат записан в другой кодировке"},
	Mangled:       {EN: "a binary file that was saved as text, which changes its bytes", RU: "двоичный файл, сохранённый как текст, отчего его байты изменились"},
	BKS:           {EN: "a keystore of Bouncy Castle (BKS)", RU: "хранилище ключей Bouncy Castle (BKS)"},
	BCFKS:         {EN: "an encrypted keystore of Bouncy Castle (BCFKS), which is not opened here: export the certificates with keytool -exportcert -rfc", RU: "зашифрованное хранилище Bouncy Castle (BCFKS), которое здесь не открывается: извлеките сертификаты командой keytool -exportcert -rfc"},
	Tar:           {EN: "a tar archive", RU: "архив tar"},
	XML:           {EN: "an XML file", RU: "файл XML"},

	CertificateText:  {EN: "the description of a certificate (openssl x509 -text) without the certificate itself: leave -noout out", RU: "описание сертификата (openssl x509 -text) без самого сертификата: уберите -noout"},
	OCSP:             {EN: "an OCSP answer about a certificate's revocation, not the certificate", RU: "ответ OCSP об отзыве сертификата, а не сам сертификат"},
	EncryptedMessage: {EN: "an encrypted PKCS#7 message", RU: "зашифрованное сообщение PKCS#7"},
	SevenZip:         {EN: "a 7-Zip archive: unpack it (7z x) and give what is inside", RU: "архив 7-Zip: распакуйте его (7z x) и передайте содержимое"},
	Rar:              {EN: "a RAR archive: unpack it (unrar x) and give what is inside", RU: "архив RAR: распакуйте его (unrar x) и передайте содержимое"},
	Bzip2:            {EN: "a bzip2 file: unpack it (bunzip2) and give what is inside", RU: "файл bzip2: распакуйте его (bunzip2) и передайте содержимое"},
	XZ:               {EN: "an xz file: unpack it (unxz) and give what is inside", RU: "файл xz: распакуйте его (unxz) и передайте содержимое"},
	Zstandard:        {EN: "a Zstandard file: unpack it (unzstd) and give what is inside", RU: "файл Zstandard: распакуйте его (unzstd) и передайте содержимое"},
	PDF:              {EN: "a PDF document", RU: "документ PDF"},
	Image:            {EN: "a picture", RU: "изображение"},
	Program:          {EN: "a program", RU: "программа"},
	Office:           {EN: "an office document (Word and the like): save the certificate as plain text", RU: "документ офисного пакета (Word и подобных): сохраните сертификат как обычный текст"},
	Database:         {EN: "a database (SQLite)", RU: "база данных (SQLite)"},
	DERCertificate:   {EN: "a certificate in DER, the binary form (.cer, .der)", RU: "сертификат в двоичном виде DER (.cer, .der)"},
	DERCSR:           {EN: "a certificate signing request (CSR) in DER, the binary form", RU: "запрос на сертификат (CSR) в двоичном виде DER"},
	DERCRL:           {EN: "a certificate revocation list (CRL) in DER, the binary form", RU: "список отозванных сертификатов (CRL) в двоичном виде DER"},
	DERPKCS7:         {EN: "a PKCS#7 bundle (.p7b) in DER, the binary form", RU: "контейнер PKCS#7 (.p7b) в двоичном виде DER"},
	DERPrivateKey:    {EN: "a private key in DER, the binary form", RU: "закрытый ключ в двоичном виде DER"},
	PKCS12:           {EN: "a PKCS#12 container (.p12, .pfx), which usually holds the private key too", RU: "контейнер PKCS#12 (.p12, .pfx), в котором обычно лежит и закрытый ключ"},
	JKS:              {EN: "a Java keystore (JKS)", RU: "хранилище ключей Java (JKS)"},
	JCEKS:            {EN: "a Java keystore (JCEKS)", RU: "хранилище ключей Java (JCEKS)"},
	SSHPrivateKey:    {EN: "a private SSH key", RU: "закрытый ключ SSH"},
	SSHPublicKey:     {EN: "a public SSH key", RU: "открытый ключ SSH"},
	PGP:              {EN: "a PGP file", RU: "файл PGP"},
	Zip:              {EN: "a ZIP archive", RU: "архив ZIP"},
	Gzip:             {EN: "a gzip file", RU: "файл gzip"},
	HTML:             {EN: "an HTML page", RU: "страница HTML"},
	JSON:             {EN: "a JSON file", RU: "файл JSON"},
	Text:             {EN: "a text without a certificate", RU: "текст, в котором нет сертификата"},
	Empty:            {EN: "empty", RU: "пустой"},
	Binary:           {EN: "a binary file of an unknown kind", RU: "двоичный файл неизвестного вида"},
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
	ProblemPassword:    {EN: "it is encrypted with a password", RU: "зашифрован паролем"},
	ProblemIntegrity:   {EN: "the password does not fit its checksum; it was read all the same", RU: "пароль не сходится с контрольной суммой; содержимое всё же прочитано"},
	ProblemWork:        {EN: "opening it takes more rounds of key derivation than are spent here", RU: "чтобы его открыть, нужно больше итераций вывода ключа, чем здесь допускается"},
	ProblemTooBig:      {EN: "it is bigger than what is looked at", RU: "он больше, чем проверяется"},
	ProblemNested:      {EN: "an archive inside an archive is not opened", RU: "архив внутри архива не открывается"},
	ProblemArmor:       {EN: "its BEGIN or END line is misspelt (hyphens or letters), so OpenSSL does not see it", RU: "строка BEGIN или END написана с ошибкой (дефисы или буквы), поэтому OpenSSL её не видит"},
	ProblemNoBegin:     {EN: "its BEGIN line is missing", RU: "строки BEGIN нет"},
	ProblemSwapped:     {EN: "its BEGIN and END lines are swapped", RU: "строки BEGIN и END переставлены местами"},
	ProblemCR:          {EN: "its lines end in a carriage return (CR) alone, as on an old Mac", RU: "строки кончаются одним возвратом каретки (CR), как на старых Mac"},
	ProblemHeader:      {EN: "header lines stand inside the block, and OpenSSL takes it for encrypted", RU: "внутри блока стоят строки заголовка, и OpenSSL считает его зашифрованным"},
	ProblemBlank:       {EN: "blank lines stand inside it, and OpenSSL takes what precedes them for a header", RU: "внутри стоят пустые строки, и OpenSSL принимает то, что перед ними, за заголовок"},
	ProblemMarkup:      {EN: "traces of HTML, mail or source code stand in its text", RU: "в тексте остались следы HTML, почты или исходного кода"},
	ProblemTranscoded:  {EN: "a program took the binary file for text and changed its bytes: transfer it as binary", RU: "программа приняла двоичный файл за текст и изменила его байты: передайте его как двоичный"},
	ProblemUnseen:      {EN: "OpenSSL does not read it as it is laid out", RU: "в таком виде OpenSSL его не читает"},
	ProblemLockedZip:   {EN: "it is encrypted, and encrypted archives are not opened: unpack it and give what is inside", RU: "он зашифрован, а зашифрованные архивы не открываются: распакуйте его и передайте содержимое"},
	ProblemAlien:       {EN: "bytes that belong to nothing follow the certificate", RU: "за сертификатом следуют посторонние байты"},
	ProblemInvisible:   {EN: "a character that cannot be seen, or that is not ASCII, stands in its text", RU: "в тексте стоит невидимый символ или символ не из ASCII"},
	ProblemLabel:       {EN: "its BEGIN and END lines call it something else than it is", RU: "в строках BEGIN и END назван не тем, что он есть"},
	ProblemWrong:       {EN: "the password that was given does not open it", RU: "указанный пароль не подходит"},
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
	KindArchive:     {EN: "archive", RU: "архив"},
	KindOther:       {EN: "something else", RU: "что-то другое"},
}
