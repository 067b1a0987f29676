package web

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"hookcheck/checker/report"
)

// galleryChains are the shapes that chains come in.
func galleryChains() map[string]func(*report.Report) {
	return map[string]func(*report.Report){
		"missing_one_of_two": galleryMissingOfTwo,
		"cross_signed_twins": func(r *report.Report) {
			twin := galleryCertificate("Example CA 1", "Former Root", "unrelated")
			twin.SHA256 = gallerySHA("twin")
			r.Chain.Presented = append(r.Chain.Presented, twin)
		},
		"two_valid_paths": func(r *report.Report) {
			r.Chain.Presented = append(r.Chain.Presented, galleryCertificate("Example Root", "Former Root", "unrelated"), galleryCertificate("Former Root", "Former Root", "root"))
		},
		"unrelated": func(r *report.Report) {
			r.Chain.Presented = append(r.Chain.Presented, galleryCertificate("Somebody Else's CA", "Somebody Else's Root", "unrelated"))
		},
		"self_signed":   gallerySelfSigned,
		"uploaded_root": func(r *report.Report) { r.Chain.Root.Lists = []string{"given"} },
		"ten_deep": func(r *report.Report) {
			names := []string{"bot.example.org"}
			for i := range 10 {
				names = append(names, fmt.Sprintf("Example Certification Authority Class 3 Number %d", i+1))
			}
			galleryPath(r, names...)
		},
		"expired": func(r *report.Report) {
			r.Verdict = report.Fails
			r.Chain.Presented[1].NotAfter = galleryTime.AddDate(0, 0, -9)
			r.Chain.Presented[0].NotAfter = galleryTime.AddDate(0, 0, 5)
		},
		"not_yet_valid": func(r *report.Report) {
			r.Verdict = report.Fails
			r.Chain.Presented[0].NotBefore = galleryTime.AddDate(0, 0, 3)
		},
		"unknown_issuer": func(r *report.Report) {
			galleryMissing(r)
			r.Verdict, r.Chain.Path, r.Chain.Root, r.Chain.Missing[0].AIA = report.Fails, nil, report.Root{}, nil
		},
	}
}

func gallerySHA(name string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(name)))
}

func galleryCertificate(name, issuer, role string) report.Certificate {
	return report.Certificate{
		Subject: "O = Example, CN = " + name, Issuer: "O = Example, CN = " + issuer, SHA256: gallerySHA(name), Role: role,
		NotBefore: galleryTime.AddDate(0, -1, 0), NotAfter: galleryTime.AddDate(0, 2, 0), Key: "EC P-256", Signature: "ECDSA-SHA256",
	}
}

// galleryPath makes the chain a path of these names up to the root.
func galleryPath(r *report.Report, names ...string) {
	r.Chain = report.Chain{Root: report.Root{Subject: "O = Example, CN = Example Root", SHA256: "root", Lists: []string{"mozilla", "documented"}}}
	for i, name := range names {
		issuer, role := "Example Root", "intermediate"
		if i+1 < len(names) {
			issuer = names[i+1]
		}
		if i == 0 {
			role = "leaf"
		}
		c := galleryCertificate(name, issuer, role)
		if i == 0 {
			c.Names = []string{name, "www." + name}
		}
		r.Chain.Presented = append(r.Chain.Presented, c)
		r.Chain.Path = append(r.Chain.Path, c.SHA256)
	}
	r.Chain.Path = append(r.Chain.Path, "root")
}

// galleryMissing leaves the only intermediate out, and offers it.
func galleryMissing(r *report.Report) {
	r.Chain.Presented = r.Chain.Presented[:1]
	r.Chain.Missing = []report.Missing{{Subject: "O = Example, CN = Example CA 1", AIA: []string{"http://ca.example.net/ca1.der"}}}
	r.Chain.Changes = []string{"+ O = Example, CN = Example CA 1"}
	r.Chain.CorrectedPEM = strings.Repeat("-----BEGIN CERTIFICATE-----\n"+strings.Repeat(strings.Repeat("MIIB", 16)+"\n", 8)+"-----END CERTIFICATE-----\n", 2)
}

// galleryMissingOfTwo leaves out the first of two intermediates.
func galleryMissingOfTwo(r *report.Report) {
	galleryPath(r, "bot.example.org", "Example CA 1", "Example CA 2")
	r.Chain.Presented = append(r.Chain.Presented[:1], r.Chain.Presented[2:]...)
	r.Chain.Missing = []report.Missing{{Subject: "O = Example, CN = Example CA 1", AIA: []string{"http://ca.example.net/ca1.der"}}}
	r.Verdict = report.Fails
}

func gallerySelfSigned(r *report.Report) {
	self := galleryCertificate("bot.example.org", "bot.example.org", "leaf")
	r.Verdict, r.Chain = report.WorksIfUploaded, report.Chain{Presented: []report.Certificate{self}}
}
