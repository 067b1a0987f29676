package proving

import (
	"cmp"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// apiVariable makes the test's own program a stand-in for api.telegram.org.
const apiVariable = "HOOKCHECK_PROVING_API"

const (
	botToken = "123456:ABC-def"
	secret   = "Secret_1-x"
	apiLog   = "/run/api.json"
)

// call is one request as it arrived.
type call struct {
	Method      string
	URL         string
	Certificate string // PEM, of a file part alone
	Fault       string
	Answer      string
	Before, Now hook // the webhook
}

// hook is what Telegram's server keeps of a webhook (Client.cpp).
type hook struct {
	URL         string
	Certificate bool
	Connections int
	Address     string // pinned
	Secret      string
	Updates     string // allowed_updates
	Pending     int    // updates that wait
}

// hookBefore is the webhook at the start: the user's own settings.
const hookBefore = "/run/hook.json"

// serveAPI takes setWebhook as Telegram's server does, and keeps each call on a
// line of apiLog.
func serveAPI(addr string) {
	now := time.Now()
	leaf := testpki.PublicCA().LeafWith([]string{"api.telegram.org"}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 1, 0)))
	var h hook
	if data, err := os.ReadFile(hookBefore); err == nil {
		_ = json.Unmarshal(data, &h)
	}
	var lock sync.Mutex
	http.HandleFunc("/bot"+botToken+"/{method}", func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		c := read(r)
		c.Before = h
		var result any = true
		switch {
		case c.Fault != "":
			c.Answer = "Bad Request: " + c.Fault
		case strings.EqualFold(c.Method, "getWebhookInfo"):
			result = h.info()
		default:
			c.Answer = h.set(c, r)
		}
		c.Now = h
		line, _ := json.Marshal(c)
		log, err := os.OpenFile(apiLog, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			fmt.Fprintf(log, "%s\n", line)
			log.Close()
		}
		answer, _ := json.Marshal(map[string]any{"ok": c.Fault == "", "result": result, "description": c.Answer})
		w.Write(answer)
	})
	s := http.Server{Addr: addr, TLSConfig: &tls.Config{Certificates: []tls.Certificate{testpki.TLSCertificate(leaf, leaf, testpki.PublicCA())}}}
	fmt.Fprintln(os.Stderr, s.ListenAndServeTLS("", ""))
	os.Exit(1)
}

// set changes the webhook: what is left out is reset, but for allowed_updates.
func (h *hook) set(c call, r *http.Request) string {
	next := hook{Updates: h.Updates, Pending: h.Pending}
	if strings.EqualFold(c.Method, "setWebhook") && c.URL != "" {
		next = hook{URL: c.URL, Certificate: c.Certificate != "", Connections: 40, Address: r.FormValue("ip_address"), Secret: r.FormValue("secret_token"), Updates: h.Updates, Pending: h.Pending}
		if n, err := strconv.Atoi(r.FormValue("max_connections")); err == nil {
			next.Connections = min(max(n, 1), 100)
		}
		if u := r.FormValue("allowed_updates"); u != "" {
			next.Updates = u
		}
	}
	if r.FormValue("drop_pending_updates") == "true" {
		next.Pending = 0
	}
	if next == *h && !h.Certificate {
		if h.URL == "" {
			return "Webhook is already deleted"
		}
		return "Webhook is already set"
	}
	*h = next
	if h.URL == "" {
		return "Webhook was deleted"
	}
	return "Webhook was set"
}

// info is getWebhookInfo: the secret is not told, and of an address not whether
// it was pinned.
func (h *hook) info() map[string]any {
	info := map[string]any{"url": h.URL, "has_custom_certificate": h.Certificate, "pending_update_count": h.Pending}
	if h.URL != "" {
		info["max_connections"], info["ip_address"] = h.Connections, cmp.Or(h.Address, botIP)
	}
	if h.Updates != "" {
		info["allowed_updates"] = json.RawMessage(h.Updates)
	}
	return info
}

func read(r *http.Request) call {
	c := call{Method: r.PathValue("method")}
	if err := r.ParseMultipartForm(4 << 20); err != nil && err != http.ErrNotMultipart {
		c.Fault = err.Error()
		return c
	}
	c.URL = r.FormValue("url")
	if r.FormValue("certificate") != "" {
		c.Fault = "certificate is a string"
	}
	if r.MultipartForm == nil {
		return c
	}
	for _, part := range r.MultipartForm.File["certificate"] {
		f, err := part.Open()
		if err != nil {
			c.Fault = err.Error()
			return c
		}
		data, _ := io.ReadAll(f)
		f.Close()
		c.Certificate = string(data)
		if block, _ := pem.Decode(data); block == nil || block.Type != "CERTIFICATE" || strings.Contains(c.Certificate, "PRIVATE KEY") {
			c.Fault = "no PEM certificate, or a key with it"
		}
	}
	return c
}

// startAPI leads api.telegram.org to the stand-in on this machine.
func (h *host) startAPI(t *testing.T) {
	t.Helper()
	h.write(t, "/etc/hosts", []byte("127.0.0.1 localhost api.telegram.org\n"))
	bundle := "/etc/ssl/certs/ca-certificates.crt"
	h.write(t, bundle, testpki.PublicRoot().PEM())
	h.startSelf(t, apiVariable, "127.0.0.1:443")
}

// webhook is what was set as it was it was before.
func (h *host) webhook(t *testing.T, before hook) {
	t.Helper()
	data, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	h.write(t, hookBefore, data)
}

// calls are those since the start.
func (h *host) calls(t *testing.T) []call {
	t.Helper()
	data, err := os.ReadFile(h.path(apiLog))
	if err != nil {
		t.Fatal(err)
	}
	var out []call
	for line := range strings.Lines(string(data)) {
		var c call
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}
