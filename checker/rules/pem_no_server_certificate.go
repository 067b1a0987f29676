package rules

import (
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemNoServerCertificateArgs struct {
	Certificates int      `json:"certificates"`
	Subjects     []string `json:"subjects"` // the first of them
	Root         bool     `json:"root"`     // one of them is self-signed
}

func rulePemNoServerCertificate() Rule {
	return Rule{
		ID: "pem.no_server_certificate", Stage: StageCertificate, Rank: 597,
		Severity: Blocker, Basis: Observed, Reporter: ByGetWebhookInfo,
		Sources:  []Source{citeSelfSigned(), citeRFC(5280, "4.2.1.9")},
		Silences: []string{"chain.*", "cert.usage", "cert.self_signed", "cert.name_mismatch", "cert.lint"},
		Title: lang.Text{
			EN: `The files hold {{plural .Certificates "a CA's certificate" "CA certificates" "CA certificates"}} alone, without the server's own`,
			RU: `В файлах {{plural .Certificates "только сертификат УЦ" "только сертификаты УЦ" "только сертификаты УЦ"}}, сертификата самого сервера нет`,
		},
		Detail: lang.Text{
			EN: `Given: {{range $i, $s := .Subjects}}{{if $i}}, {{end}}"{{$s}}"{{end}}{{if gt .Certificates (len .Subjects)}}, …{{end}}. {{plural .Certificates "It signs" "They sign" "They sign"}} other certificates and {{plural .Certificates "carries" "carry" "carry"}} no server's name: certbot's chain.pem, a CA's ca-bundle and a root are such files. Telegram checks the chain from the server's certificate on. Give that first and these after it: certbot's fullchain.pem holds all, and hookcheck pem takes several files.{{if .Root}} Whether a root is the right file for setWebhook, hookcheck pem tells where the root is given as --certificate and the server's chain as files.{{end}}`,
			RU: `Передано: {{range $i, $s := .Subjects}}{{if $i}}, {{end}}«{{$s}}»{{end}}{{if gt .Certificates (len .Subjects)}}, …{{end}}. {{plural .Certificates "Такой сертификат подписывает" "Такие сертификаты подписывают" "Такие сертификаты подписывают"}} другие сертификаты, имени сервера в {{plural .Certificates "нём" "них" "них"}} нет: таковы chain.pem из certbot, ca-bundle от УЦ и корневой сертификат. Telegram проверяет цепочку начиная с сертификата сервера. Передайте сначала его, а эти — за ним: в fullchain.pem из certbot есть всё, а hookcheck pem принимает и несколько файлов.{{if .Root}} Годится ли корневой для setWebhook, покажет hookcheck pem: корневой — в --certificate, цепочка сервера — файлами.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The files hold the certificates of CAs and not that of the server, such as certbot's chain.pem or a CA's bundle given without the file beside it.",
			RU: "В файлах лежат сертификаты УЦ, а сертификата сервера нет: например, передан chain.pem из certbot или набор УЦ без соседнего файла.",
		},
		Example:  pemNoServerCertificateArgs{Certificates: 1, Subjects: []string{"CN = Example CA 1"}},
		Check:    checkPemNoServerCertificate,
		Remedies: remedy.List(remedy.OtherServerCertificate),
	}
}

func checkPemNoServerCertificate(f *facts.Facts) *Hit {
	if !f.Files.Given || len(f.Chain.Presented) == 0 {
		return nil
	}
	a := pemNoServerCertificateArgs{Certificates: len(f.Chain.Presented), Subjects: []string{}}
	for _, p := range f.Chain.Presented {
		if p.Cert == nil || !authority(p.Cert) {
			return nil
		}
		if len(a.Subjects) < maxListed {
			a.Subjects = append(a.Subjects, shown(p.Cert.Subject.Text))
		}
		a.Root = a.Root || p.Cert.SelfSigned()
	}
	return &Hit{Args: a}
}

// authority tells a CA that cannot be meant for a server: it says that it signs
// certificates, and bears no name that a host could have.
func authority(c *cert.Cert) bool {
	if c.BasicConstraints == nil || !c.BasicConstraints.CA || c.KeyUsage == nil || !c.KeyUsage.CertSign {
		return false
	}
	if c.SAN != nil && len(c.SAN.DNS)+len(c.SAN.IP) > 0 {
		return false
	}
	for _, name := range c.Subject.CommonNames {
		if name == "localhost" || strings.Contains(name, ".") && !strings.Contains(name, " ") {
			return false
		}
	}
	return true
}
