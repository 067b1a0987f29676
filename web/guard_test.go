package web_test

import (
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
	"hookcheck/web"
)

// TestGuard: addresses that are not public are named and not dialled.
func TestGuard(t *testing.T) {
	var dialled atomic.Int32
	addr := lab.Serve(t, func(net.Conn) { dialled.Add(1) })
	_, port, _ := net.SplitHostPort(addr)
	guarded := newSite(t, nil, func(o *web.Options) { o.Checker, o.AnyPort = newChecker(t, false), true })
	for _, host := range []string{"127.0.0.1", "127.1", "0.0.0.0", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "[::1]"} {
		w := guarded.postJSON("/api/v1/checks", map[string]any{"target": "https://" + host + ":" + port + "/x", "timeout_ms": 1000})
		if w.Code == 422 {
			continue // not an address to Telegram's client either
		}
		rep := wantReport(t, w, "fails")
		var ids []string
		for _, f := range rep.Findings {
			ids = append(ids, f.ID)
		}
		if all := strings.Join(ids, " "); !strings.Contains(all, "dns.reserved_address") && !strings.Contains(all, "dns.ipv6_only") {
			t.Errorf("%s: findings %s", host, all)
		}
	}
	if n := dialled.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
	lifted := newSite(t, nil, func(o *web.Options) { o.AnyPort = true })
	lifted.postJSON("/api/v1/checks", map[string]any{"target": addr, "timeout_ms": 2000})
	if dialled.Load() == 0 {
		t.Error("with the guard lifted nothing was dialled either")
	}
}

const (
	botToken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
	password = "hunter2hunter2"
	secret   = "s3cr3t_T0ken_of_the_b0t"
)

// TestSecrets: what a user types or uploads by mistake comes back nowhere.
func TestSecrets(t *testing.T) {
	leaf := testpki.PublicCA().Leaf(testpki.Host)
	ca := testpki.PublicCA()
	// The server plays every header back that it can.
	echo := "HTTP/1.1 302 " + botToken + " " + secret + "\r\nServer: " + secret + "\r\nLocation: https://admin:" + password + "@x.example/bot" + botToken + "/" + secret + "\r\nContent-Length: 0\r\n\r\n"
	hosts := map[string]string{testpki.Host: lab.TLS(t, serverConfig(leaf, leaf, ca), echo)}
	s := newSite(t, hosts)
	key := string(leaf.KeyPEM())
	keyLines := strings.Split(strings.TrimSpace(key), "\n")
	url := "https://admin:" + password + "@" + testpki.Host + "/bot" + botToken
	form := []field{{key: "target", value: url}, {key: "secret_token", value: secret}, {key: "upload", value: "yes"}, {"certificate", "both.pem", string(leaf.PEM()) + key}}
	bad := append([]field{{key: "target", value: url + " with spaces"}}, form[1:]...)
	api := map[string]any{"target": url, "secret_token": secret, "certificate": string(leaf.PEM()) + key}
	for name, text := range map[string]string{
		"report page":    s.postForm("/checks", form...).Body.String(),
		"russian page":   s.postForm("/ru/checks", form...).Body.String(),
		"mistaken form":  s.postForm("/checks", bad...).Body.String(),
		"api":            s.postJSON("/api/v1/checks", api).Body.String(),
		"api, no upload": s.postJSON("/api/v1/checks", map[string]any{"target": url, "secret_token": secret}).Body.String(),
		"pem page":       s.postForm("/pem", field{"file", "key.pem", key}).Body.String(),
		"pem paste":      s.postForm("/pem", field{key: "text", value: string(leaf.PEM()) + key}).Body.String(),
		"box paste":      s.postForm("/checks", field{key: "target", value: key}).Body.String(),
		"pem api":        s.post("/api/v1/pem", "application/x-pem-file", key).Body.String(),
		"front page":     s.get("/?target=" + url).Body.String(),
		"log":            s.log.String(),
	} {
		for what, word := range map[string]string{"bot token": botToken, "password": password, "secret token": secret, "private key": keyLines[1]} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds the %s", name, what)
			}
		}
		if name != "log" && len(text) < 100 {
			t.Errorf("%s: hardly an answer: %q", name, text)
		}
	}
}
