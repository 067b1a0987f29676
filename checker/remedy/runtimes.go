package remedy

import "hookcheck/internal/lang"

// config of a program that ends TLS itself: the lines belong into its source.
func program(id string, title lang.Text, body string) Remedy {
	return Remedy{
		ID: id, Platform: platformOf(id), Kind: Config, Title: title,
		Where: text("the program's source, where it starts to listen, in place of what stands there; restart it",
			"исходный код программы, там, где она начинает слушать, вместо прежнего; затем перезапуск"),
		Body: lang.Both(body),
	}
}

// ownPair are the linked certificate and key of this host.
func (p *Params) ownPair() (crt, key string) { return p.file("-proxy.pem"), p.file("-proxy.key") }

// chainPair are the corrected chain and the key that certbot keeps.
func (p *Params) chainPair() (crt, key string) { return p.chainFile(), p.live() + "/privkey.pem" }

// linked is a program that uses ownPair: what it reads has to be there.
func linked(p *Params, r Remedy) Remedy {
	r.Apply = p.linkCertificate()
	crt, key := p.ownPair()
	r.Undo = "rm -f " + shell(crt) + " " + shell(key) + "\n"
	return r
}

func nodeTLS(p *Params, crt, key, options string) string {
	return fill(`const fs = require('node:fs');
const https = require('node:https');
https.createServer({
  cert: fs.readFileSync(@CRT@), // the server's certificate, then the intermediates
  key: fs.readFileSync(@KEY@), // or where your key lies now
@OPTIONS@}, handler).listen(@PORT@, '0.0.0.0'); // handler: the function that answers now
`, "@CRT@", jsString(crt), "@KEY@", jsString(key), "@PORT@", p.port(), "@OPTIONS@", options)
}

// NodeFullchain gives Node the whole chain in `cert`.
func NodeFullchain(p *Params) Remedy {
	crt, key := p.chainPair()
	r := program("node.fullchain", text("Node.js: the whole chain in `cert` (`ca` is about client certificates)", "Node.js: вся цепочка в `cert` (`ca` — о клиентских сертификатах)"), nodeTLS(p, crt, key, ""))
	r.Apply, r.Undo = p.writeBundle(), p.dropBundle()
	return r
}

// NodeTLS has Node speak TLS.
func NodeTLS(p *Params) Remedy {
	crt, key := p.ownPair()
	return linked(p, program("node.tls", text("Node.js: https in place of http", "Node.js: https вместо http"), nodeTLS(p, crt, key, "")))
}

// NodeVersions offers TLS 1.2 and 1.3.
func NodeVersions(p *Params) Remedy {
	crt, key := p.ownPair()
	return linked(p, program("node.tls_versions", text("Node.js: TLS 1.2 and 1.3 (take `secureProtocol` and --tls-max-v1.1 out)", "Node.js: TLS 1.2 и 1.3 (уберите `secureProtocol` и --tls-max-v1.1)"),
		nodeTLS(p, crt, key, "  minVersion: 'TLSv1.2',\n  maxVersion: 'TLSv1.3',\n")))
}

// NodeCiphers sets suites.
func NodeCiphers(p *Params) Remedy {
	crt, key := p.ownPair()
	return linked(p, program("node.ciphers", text("Node.js: suites that every current client shares", "Node.js: наборы шифров, которые есть у каждого современного клиента"),
		nodeTLS(p, crt, key, "  minVersion: 'TLSv1.2',\n  ciphers: '"+suitesTLS13+":"+suites+"',\n  ecdhCurve: 'X25519:P-256:P-384',\n")))
}

func pythonTLS(crt, key, settings string) string {
	return fill(`import ssl
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
# the server's certificate, then the intermediates; the key, or where yours lies now
context.load_cert_chain(@CRT@, @KEY@)
@SETTINGS@# hand it over: aiohttp ssl_context=context, uvicorn ssl_certfile= and ssl_keyfile= of the same files
`, "@CRT@", pythonString(crt), "@KEY@", pythonString(key), "@SETTINGS@", settings)
}

// PythonFullchain loads the whole chain.
func PythonFullchain(p *Params) Remedy {
	crt, key := p.chainPair()
	r := program("python.fullchain", text("Python: the whole chain in load_cert_chain", "Python: вся цепочка в load_cert_chain"), pythonTLS(crt, key, ""))
	r.Apply, r.Undo = p.writeBundle(), p.dropBundle()
	return r
}

// PythonTLS has a Python program speak TLS.
func PythonTLS(p *Params) Remedy {
	crt, key := p.ownPair()
	return linked(p, program("python.tls", text("Python: an SSL context for the server", "Python: SSL-контекст для сервера"), pythonTLS(crt, key, "")))
}

// PythonVersions offers TLS 1.2 and 1.3.
func PythonVersions(p *Params) Remedy {
	crt, key := p.ownPair()
	return linked(p, program("python.tls_versions", text("Python: TLS 1.2 and 1.3", "Python: TLS 1.2 и 1.3"),
		pythonTLS(crt, key, "context.minimum_version = ssl.TLSVersion.TLSv1_2\ncontext.maximum_version = ssl.TLSVersion.TLSv1_3\n")))
}

// PythonCiphers sets suites.
func PythonCiphers(p *Params) Remedy {
	crt, key := p.ownPair()
	return linked(p, program("python.ciphers", text("Python: suites that every current client shares", "Python: наборы шифров, которые есть у каждого современного клиента"),
		pythonTLS(crt, key, "context.minimum_version = ssl.TLSVersion.TLSv1_2\ncontext.set_ciphers("+pythonString(suites)+")\n")))
}
