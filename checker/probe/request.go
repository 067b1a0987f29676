package probe

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// testUpdate is an update that every bot library reads and ignores.
const testUpdate = `{"update_id":0}`

// maxHead is the longest head that Telegram's client builds: into a buffer of
// 4096 bytes (td/net/HttpHeaderCreator.h), of which no piece may begin in the
// last 30 (td/utils/StringBuilder.cpp); the last piece is the empty line.
const maxHead = 4096 - 30 + 2

// updateRequest is the test update byte for byte as Telegram's client sends
// one (telegram-bot-api/WebhookActor.cpp, send_update). ok is false where the
// client would find the head too long.
func (p *plan) updateRequest() (request []byte, ok bool) {
	t := p.Target
	if t.ClientHost != "" {
		t.ASCIIHost = t.ClientHost
	}
	path := t.Secret.Path
	if path == "" {
		path = "/"
	}
	var b strings.Builder
	b.WriteString("POST " + path + " HTTP/1.1\r\n")
	header := func(name, value string) { b.WriteString(name + ": " + value + "\r\n") }
	header("Host", t.HostHeader())
	if user := t.Secret.Userinfo; user != "" {
		header("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user)))
	}
	if p.SecretToken != "" {
		header("X-Telegram-Bot-Api-Secret-Token", p.SecretToken)
	}
	header("Content-Type", "application/json")
	header("Content-Length", strconv.Itoa(len(testUpdate)))
	header("Connection", "keep-alive")
	header("Accept-Encoding", "gzip, deflate")
	b.WriteString("\r\n")
	if b.Len() > maxHead {
		return nil, false
	}
	b.WriteString(testUpdate)
	return []byte(b.String()), true
}
