package remedy

import (
	"net"
	"strings"
)

// api is the method's URL with the token left in, quoted for a shell.
func api(method string) string { return "'https://api.telegram.org/bot<TOKEN>/" + method + "'" }

// SetWebhook is the setWebhook call for the situation found, ready to run but
// for <TOKEN> and <SECRET>.
func SetWebhook(p *Params) string {
	if file := strings.Join(certificates(p.UploadPEM), ""); p.uploadPath() != "" && file != "" {
		// The file comes with the call, which then needs nothing else.
		return setWebhook(p, p.webhookURL(), "-;filename=certificate.pem") + " <<'PEM'\n" + file + "PEM\n"
	}
	call := setWebhook(p, p.webhookURL(), p.uploadPath())
	if p.changesNothing() {
		return deleteWebhook() + " && \\\n" + call
	}
	return call
}

// changesNothing: the same URL with no certificate before and none now may be
// set already (Client.cpp, process_set_webhook_query).
func (p *Params) changesNothing() bool { return p.uploadPath() == "" && !p.UploadHas }

// deleteWebhook keeps the updates that wait.
func deleteWebhook() string {
	return "curl -F drop_pending_updates=false " + api("deleteWebhook")
}

// setWebhook is one call with a certificate where certificate is not "".
func setWebhook(p *Params, target, certificate string, extra ...string) string {
	var b strings.Builder
	b.WriteString("curl " + formField("url", target))
	if certificate != "" {
		b.WriteString(" -F " + shellAlways("certificate=@"+certificate))
	}
	if p.SecretGiven {
		b.WriteString(" -F 'secret_token=<SECRET>'")
	}
	for _, field := range extra {
		b.WriteString(" " + field)
	}
	b.WriteString(" " + api("setWebhook"))
	return b.String()
}

// formField is -F name=value; curl reads a semicolon in it as ";type=" and the
// like, --form-string takes the value as it is.
func formField(name, value string) string {
	option := "-F "
	if strings.ContainsAny(value, `;"`) {
		option = "--form-string "
	}
	return option + shellAlways(name+"="+value)
}

// uploadPath is the file for `certificate`, "" where nothing belongs there.
func (p *Params) uploadPath() string {
	switch p.Upload {
	case "leaf", "root", "given":
		return p.file("-upload.pem")
	}
	return ""
}

// writeUpload writes that file where its content is known.
func (p *Params) writeUpload() string {
	if p.uploadPath() == "" {
		return ""
	}
	return writePEM(p.uploadPath(), certificates(p.UploadPEM))
}

// dropUpload takes that file away.
func (p *Params) dropUpload() string {
	if p.writeUpload() == "" {
		return ""
	}
	return "rm -f " + shell(p.uploadPath()) + "\n"
}

// keepSettings sets $keep to the settings that getWebhookInfo tells of, as
// options of curl. It names the address in use, pinned or not: only the one
// that the check was told to connect to is taken for pinned.
func (p *Params) keepSettings() string {
	known := `"max_connections":[0-9]+`
	if ip := net.ParseIP(p.Pinned); ip != nil && ip.To4() != nil {
		known += `|"ip_address":"` + strings.ReplaceAll(ip.String(), ".", "[.]") + `"`
	}
	return "# setWebhook resets what it is not given: what is set now goes along\n" +
		"keep=$(curl -s " + api("getWebhookInfo") + " | grep -oE '" + known + `' | tr -d '"' | sed 's/:/=/; s/^/-F /' || true)` + "\n"
}

// call is setWebhook with the settings that keepSettings found.
func (p *Params) call(target, certificate string, extra ...string) string {
	return p.keepSettings() + p.writeUpload() + setWebhook(p, target, certificate, append([]string{"$keep"}, extra...)...)
}

// callAnew is the call after which Telegram has set the webhook in any case:
// see SetWebhook.
func (p *Params) callAnew() string {
	call := setWebhook(p, p.webhookURL(), p.uploadPath(), "$keep")
	if p.changesNothing() {
		call = deleteWebhook() + " && \\\n" + call
	}
	return p.keepSettings() + p.writeUpload() + call
}

// whatIsReset belongs to every place that shows a setWebhook call.
var whatIsReset = text(
	"shell of any machine with curl. setWebhook resets what it is not given: secret_token, ip_address, max_connections (to 40) and certificate. The command passes max_connections on; add the others that you use. allowed_updates alone is kept",
	"командная строка любой машины с curl. setWebhook сбрасывает всё, что не передано: secret_token, ip_address, max_connections (до 40) и certificate. Команда передаёт max_connections сама; допишите остальные, которыми пользуетесь. Сохраняется только allowed_updates")
