package proving

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/testpki"
)

// TestLeafNotFirst: the other servers refuse such a file. Here a server in Go
// serves it, and then the bundle that the remedy writes, from where it says.
func TestLeafNotFirst(t *testing.T) {
	const finding = "chain.leaf_not_first"
	ca := testpki.PublicCA()
	now := time.Now()
	leaf := ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0)))
	for _, name := range []string{"python.fullchain", "node.fullchain"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, false)
			g.bot.write(t, "/etc/bot/before.pem", testpki.Bundle(ca, leaf))
			g.bot.write(t, looseKey, leaf.KeyPEM())
			g.bot.run(t, "ln -s before.pem "+looseChain)
			g.bot.startSelf(t, looseVariable, botIP+":8443")
			broken := g.check(t, hookURL)
			broken.expect(t, "fails", 1, []string{finding})
			fix := broken.remedy(t, finding, name)
			original := g.bot.etc(t)
			for range 2 {
				g.bot.run(t, fix.Apply)
			}
			g.bot.run(t, "ln -sfn "+regexp.MustCompile(`/[^'"]+\.pem`).FindString(fix.Body)+" "+looseChain)
			now := g.check(t, hookURL)
			now.expect(t, string(report.Works), 0, nil)
			for _, f := range now.report.Findings {
				if broken.finding(f.ID) == nil {
					t.Errorf("%s came new", f.ID)
				}
			}
			g.bot.run(t, fix.Undo+"ln -sfn before.pem "+looseChain)
			if names := changed(original, g.bot.etc(t)); len(names) > 0 {
				t.Errorf("after undo %v differ", names)
			}
			if !t.Failed() {
				proven(finding, name)
			}
		})
	}
}

// looseVariable makes the test's own program a server that looks at no pair of
// certificate and key, as crypto/tls does where it is given them in parts.
const (
	looseVariable = "HOOKCHECK_PROVING_LOOSE"
	looseChain    = "/etc/bot/all.pem"
	looseKey      = "/etc/bot/key.pem"
)

func serveLoose(addr string) {
	read := func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		data, err := os.ReadFile(looseChain)
		if err != nil {
			return nil, err
		}
		key, err := os.ReadFile(looseKey)
		if err != nil {
			return nil, err
		}
		block, _ := pem.Decode(key)
		var pair tls.Certificate
		if pair.PrivateKey, err = x509.ParsePKCS8PrivateKey(block.Bytes); err != nil {
			return nil, err
		}
		for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
			pair.Certificate = append(pair.Certificate, block.Bytes)
		}
		return &pair, nil
	}
	s := http.Server{Addr: addr, TLSConfig: &tls.Config{GetCertificate: read}, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	fmt.Fprintln(os.Stderr, s.ListenAndServeTLS("", ""))
	os.Exit(1)
}
