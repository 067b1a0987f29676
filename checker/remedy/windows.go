package remedy

import "slices"

// WindowsSetWebhook is the setWebhook call for cmd.exe and PowerShell.
func WindowsSetWebhook(p *Params) Remedy {
	call := "curl.exe -F " + windowsString("url="+p.webhookURL())
	file := text("", "")
	if p.uploadPath() != "" {
		call += ` -F "certificate=@upload.pem"`
		file = text(" Start it in the folder that holds upload.pem.", " Запускайте в папке, где лежит upload.pem.")
	}
	if p.SecretGiven {
		call += ` -F "secret_token=<SECRET>"`
	}
	call += ` "https://api.telegram.org/bot<TOKEN>/setWebhook"`
	return note("windows.curl_set_webhook",
		text("The setWebhook call on Windows", "Вызов setWebhook в Windows"),
		fillText(text("In cmd.exe and in PowerShell alike: `@CALL@`.@FILE@ Write curl.exe with its ending (PowerShell's own `curl` is another program) and double quotes: single quotes are no quotes in cmd.exe.",
			"И в cmd.exe, и в PowerShell: `@CALL@`.@FILE2@ Пишите curl.exe с расширением (`curl` в PowerShell — другая программа) и двойные кавычки: одинарные в cmd.exe кавычками не считаются."),
			"@CALL@", call, "@FILE@", file.EN, "@FILE2@", file.RU))
}

// WindowsConvert converts with what Windows brings, where that can.
func WindowsConvert(p *Params) Remedy {
	if form := formatOf(p.UploadForm); p.UploadDamaged || slices.Contains([]string{"csr", "key", "utf16", "base64", "jks"}, form) {
		return Remedy{}
	}
	return note("windows.certutil",
		text("Conversion to PEM on Windows", "Преобразование в PEM в Windows"),
		text("A .cer or .der file: `certutil -encode input.cer upload.pem`. A .pfx: `certutil -dump input.pfx` shows what it holds; export the certificate alone in certmgr.msc (All tasks, Export, without the private key, Base-64 encoded X.509). A .p7b: open it, then export each certificate the same way.",
			"Файл .cer или .der: `certutil -encode input.cer upload.pem`. Файл .pfx: содержимое покажет `certutil -dump input.pfx`; сам сертификат экспортируйте в certmgr.msc («Все задачи» → «Экспорт», без закрытого ключа, X.509 в кодировке Base-64). Файл .p7b: откройте и экспортируйте каждый сертификат так же."))
}

// WindowsCSR asks a CA for a certificate with certreq.
func WindowsCSR(p *Params) Remedy {
	name := p.host()
	san := "dns=" + name
	if p.IsIP {
		san = "ipaddress=" + name
	}
	inf := "[NewRequest]\n" +
		"Subject = \"CN=" + name + "\"\nKeyLength = 2048\nKeyAlgorithm = RSA\nHashAlgorithm = SHA256\n" +
		"Exportable = TRUE\nMachineKeySet = TRUE\nRequestType = PKCS10\nKeyUsage = 0xA0\n" +
		"[EnhancedKeyUsageExtension]\nOID = 1.3.6.1.5.5.7.3.1\n" +
		"[Extensions]\n2.5.29.17 = \"{text}\"\n_continue_ = \"" + san + "\"\n"
	return note("windows.certreq",
		text("A certificate request on Windows", "Запрос на сертификат в Windows"),
		fillText(text("Save this as request.inf:\n\n@INF@\nThen run `certreq -new request.inf request.csr` and send request.csr to the CA; `certreq -accept answer.cer` installs what comes back.",
			"Сохраните как request.inf:\n\n@INF@\nЗатем `certreq -new request.inf request.csr`; request.csr отправьте в УЦ, ответ установит `certreq -accept answer.cer`."), "@INF@", inf))
}
