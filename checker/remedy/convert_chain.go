package remedy

// OpenSSLChainPEM writes the chain that was found in whatever form it came, as
// the PEM that servers read.
func OpenSSLChainPEM(p *Params) Remedy {
	certs := certificates(p.BundlePEM)
	if len(certs) == 0 {
		return Remedy{}
	}
	file := p.file("-chain.pem")
	return command("openssl.chain_pem",
		fillText(text("The certificates in PEM form, the server's first, as @FILE@", "Сертификаты в виде PEM, сначала сертификат сервера: @FILE@"), "@FILE@", file),
		writePEM(file, certs), "rm -f "+shell(file)+"\n")
}

// OpenSSLKeyMatch compares a key with a certificate by hand.
func OpenSSLKeyMatch(*Params) Remedy {
	return note("openssl.key_match",
		text("OpenSSL: does the key belong to the certificate?", "OpenSSL: подходит ли ключ к сертификату"),
		text("On the server: `openssl x509 -in fullchain.pem -noout -pubkey | openssl sha256` and `openssl pkey -in private.key -pubout | openssl sha256` must print the same. If not, look for the key that was made together with this certificate (beside it, or under /etc/letsencrypt/archive), or have the certificate issued anew for the key that is there.",
			"На сервере `openssl x509 -in fullchain.pem -noout -pubkey | openssl sha256` и `openssl pkey -in private.key -pubout | openssl sha256` должны напечатать одно и то же. Если нет, найдите ключ, созданный вместе с этим сертификатом (рядом с ним или в /etc/letsencrypt/archive), либо выпустите сертификат заново для имеющегося ключа."))
}
