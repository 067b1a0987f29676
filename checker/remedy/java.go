package remedy

import "hookcheck/internal/lang"

func java(id string, title lang.Text, body string) Remedy {
	r := program(id, title, body)
	r.Where = text("the java command line that starts the bot (JAVA_OPTS, the systemd unit), in place of the option of the same name; restart it",
		"командная строка java, которой запускается бот (JAVA_OPTS, юнит systemd), вместо одноимённого параметра; затем перезапуск")
	return r
}

// JavaVersions offers TLS 1.2 and 1.3 on the server's side: the properties
// jdk.tls.client.protocols and https.protocols do nothing for a server.
func JavaVersions(*Params) Remedy {
	return java("java.tls_versions", text("Java: TLS 1.2 and 1.3 (Tomcat: `protocols=\"TLSv1.2+TLSv1.3\"` on SSLHostConfig; Spring Boot: server.ssl.enabled-protocols; the JDK's own HttpsServer takes none of them but an HttpsConfigurator that calls setProtocols)",
		"Java: TLS 1.2 и 1.3 (Tomcat: `protocols=\"TLSv1.2+TLSv1.3\"` у SSLHostConfig; Spring Boot: server.ssl.enabled-protocols; HttpsServer из JDK этих свойств не читает, ему нужен HttpsConfigurator с setProtocols)"),
		"-Djdk.tls.server.protocols=TLSv1.2,TLSv1.3\n")
}

// JavaCiphers sets suites.
func JavaCiphers(*Params) Remedy {
	return java("java.ciphers", text("Java: suites that every current client shares", "Java: наборы шифров, которые есть у каждого современного клиента"),
		"-Djdk.tls.server.cipherSuites=TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n")
}

// JavaDH raises the Diffie-Hellman size.
func JavaDH(*Params) Remedy {
	return java("java.dh", text("Java: Diffie-Hellman of 2048 bits", "Java: Диффи — Хеллман в 2048 бит"), "-Djdk.tls.ephemeralDHKeySize=2048\n")
}

// javaStore is the keystore of this host for a Java program, and its password.
// The key lies beside it in the clear: the password keeps nothing secret.
func (p *Params) javaStore() (file, password string) { return p.file("-java.p12"), "changeit" }

// storeSettings is how the usual Java servers are told of a keystore.
func storeSettings(p *Params) lang.Text {
	return fillText(text("Spring Boot: server.port=@PORT@, server.ssl.key-store=@STORE@, server.ssl.key-store-type=PKCS12, server.ssl.key-store-password=@PASS@. Tomcat: a Connector with SSLEnabled=\"true\" and Certificate certificateKeystoreFile=\"@STORE@\" certificateKeystorePassword=\"@PASS@\". Others: -Djavax.net.ssl.keyStore=@STORE@ -Djavax.net.ssl.keyStorePassword=@PASS@. Then restart the program",
		"Spring Boot: server.port=@PORT@, server.ssl.key-store=@STORE@, server.ssl.key-store-type=PKCS12, server.ssl.key-store-password=@PASS@. Tomcat: Connector с SSLEnabled=\"true\" и Certificate certificateKeystoreFile=\"@STORE@\" certificateKeystorePassword=\"@PASS@\". Остальные: -Djavax.net.ssl.keyStore=@STORE@ -Djavax.net.ssl.keyStorePassword=@PASS@. Затем перезапустите программу"),
		"@PORT@", p.port(), "@STORE@", p.file("-java.p12"), "@PASS@", "changeit")
}

// makeStore joins certificate, chain and key into that keystore.
func (p *Params) makeStore(crt, key string) string {
	store, pass := p.javaStore()
	return fill("(umask 077; openssl pkcs12 -export -in @CRT@ -inkey @KEY@ -name bot -passout pass:@PASS@ -out @STORE@.new)\n"+
		"mv @STORE@.new @STORE@\n", "@CRT@", crt, "@KEY@", key, "@PASS@", pass, "@STORE@", shell(store))
}

// storeCommand is a remedy that makes the keystore.
func storeCommand(p *Params, id string, title lang.Text, prepare, crt, key string) Remedy {
	store, _ := p.javaStore()
	how := storeSettings(p)
	r := command(id, lang.Text{EN: title.EN + ". " + how.EN, RU: title.RU + ". " + how.RU}, prepare+p.makeStore(crt, key), "rm -f "+shell(store)+"\n")
	r.Apply = "keytool -list -keystore " + shell(store) + " -storepass changeit\n"
	return r
}

// JavaFullchain makes a keystore with the whole chain. keytool sends what
// stands under the alias of the key, and nothing else.
func JavaFullchain(p *Params) Remedy {
	crt, _ := p.chainPair()
	if p.IsIP {
		return Remedy{}
	}
	r := storeCommand(p, "java.fullchain",
		text("Java: a keystore with the whole chain, from certbot's key (where the key is in a keystore alone, import the chain there)",
			"Java: хранилище со всей цепочкой, ключ от certbot (если ключ есть только в хранилище, импортируйте цепочку туда)"),
		p.lineage()+"install -d -m 755 "+dir+"\n"+p.writeBundle(), shell(crt), `"$live/privkey.pem"`)
	r.Undo += p.dropBundle()
	return r
}

// JavaTLS makes a keystore for a program that has none yet.
func JavaTLS(p *Params) Remedy {
	return storeCommand(p, "java.tls", text("Java: a keystore, and TLS in the connector", "Java: хранилище ключей и TLS в коннекторе"),
		p.findPair(), `"$crt"`, `"$key"`)
}
