package explain

import (
	"strings"

	"hookcheck/internal/lang"
)

// tlsErrors are the texts of last_error_message that the TLS library makes.
// The first one that matches holds.
var tlsErrors = []entry{
	{
		id: "delivery.certificate_damaged", kind: DeliveryError,
		any:  []string{"asn1 encoding routines", "asn1 lib", "cert length mismatch", "x509 v3 routines", "{error:03000072:digital envelope", "{error:02", "rsa routines"},
		also: []string{"cert.unparsable", "chain.bad_signature"},
		head: lang.Text{EN: "A certificate that the server sends is damaged", RU: "Сервер присылает повреждённый сертификат"},
		text: lang.Text{
			EN: "Telegram's client could not read a certificate of the chain, or its signature does not fit the issuer's key. The file on the server is cut short, was edited, or holds parts of different chains.",
			RU: "Клиент Telegram не смог прочитать сертификат из цепочки, либо подпись не подходит к ключу издателя. Файл на сервере обрезан, изменён вручную или составлен из разных цепочек.",
		},
	},
	{
		id: "delivery.verify_failed", kind: DeliveryError, any: []string{"certificate verify failed"},
		head: lang.Text{EN: "Telegram does not accept the server's certificate", RU: "Telegram не принимает сертификат сервера"},
		text: lang.Text{
			EN: "One text for every fault of trust, name, validity, usage or strength; it does not say which. Most often an intermediate certificate is missing (a browser hides that), a public CA's certificate was uploaded needlessly, or a self-signed one was not uploaded as a file. The check names the one that applies.",
			RU: "Один и тот же текст для любой ошибки доверия, имени, срока, назначения и стойкости; какая из них случилась, он не говорит. Чаще всего не хватает промежуточного сертификата (браузер это скрывает), зря загружен сертификат публичного УЦ или самоподписанный не загружен файлом. Проверка назовёт ту, что есть у вас.",
		},
	},
	{
		id: "delivery.wrong_version_number", kind: DeliveryError, any: []string{"wrong version number", "err_ssl_protocol_error", "ssl_error_rx_record_too_long"},
		when: func(r reading) bool {
			return strings.Contains(r.text, "error:") && containsAny(r.text, "http request", "https proxy request", "ssl23_get_server_hello:unknown protocol")
		},
		head: lang.Text{EN: "What answers on the port is not TLS", RU: "На этом порту отвечает не TLS"},
		text: lang.Text{
			EN: "Telegram spoke TLS and got something else back. Nearly always a web server serves plain HTTP on that port: TLS was not switched on there, or the port of the application was given in place of the proxy's. The text has nothing to do with TLS versions.",
			RU: "Telegram заговорил по TLS и получил в ответ что-то другое. Почти всегда веб-сервер отдаёт на этом порту обычный HTTP: TLS там не включён или вместо порта прокси указан порт приложения. К версиям TLS этот текст отношения не имеет.",
		},
	},
	{
		id: "delivery.unrecognized_name", kind: DeliveryError, any: []string{"unrecognized name"},
		head: lang.Text{EN: "The server has no site with this name", RU: "На сервере нет сайта с таким именем"},
		text: lang.Text{
			EN: "The server answered the host name in the hello (SNI) with the alert unrecognized_name: it is strict about names and does not know this one.",
			RU: "На имя хоста в приветствии (SNI) сервер ответил оповещением unrecognized_name: он строг к именам и такого не знает.",
		},
	},
	{
		id: "delivery.client_certificate", kind: DeliveryError, any: []string{"alert certificate required", "alert no certificate", "no required ssl certificate was sent"},
		// An alert about a certificate that the server sends is about the client's.
		when: func(r reading) bool {
			return r.fromTelegram() && aboutCertificates(alertIn(r)) && alertIn(r) != alertDecryptError
		},
		also: []string{"tls.alert"},
		head: lang.Text{EN: "The server demands a client certificate, and Telegram has none", RU: "Сервер требует клиентский сертификат, а у Telegram его нет"},
		text: lang.Text{
			EN: "Mutual TLS is switched on for this port. Telegram proves itself by secret_token, never by a certificate: switch the demand off for the webhook.",
			RU: "На этом порту включён взаимный TLS. Telegram подтверждает себя через secret_token и никогда — сертификатом: для вебхука это требование нужно снять.",
		},
	},
	{
		id: "delivery.handshake_failure", kind: DeliveryError, any: []string{"alert handshake failure", "alert insufficient security", "no shared cipher", "err_ssl_version_or_cipher_mismatch"},
		also: []string{"tls.client_certificate_required", "tls.name_rejected"},
		head: lang.Text{EN: "The server found nothing in common with Telegram's offer", RU: "Сервер не нашёл ничего общего с предложением Telegram"},
		text: lang.Text{
			EN: "No cipher suite, key exchange group or signature algorithm suits both sides, or the server has no certificate for this name, or it demands a client certificate.",
			RU: "Нет общего набора шифров, группы обмена ключами или алгоритма подписи; либо у сервера нет сертификата для этого имени; либо он требует клиентский сертификат.",
		},
	},
	{
		id: "delivery.internal_error", kind: DeliveryError, any: []string{"alert internal error"},
		also: []string{"tls.name_rejected", "tls.version_too_old"},
		head: lang.Text{EN: "The server's TLS failed by itself", RU: "Сбой TLS на самом сервере"},
		text: lang.Text{
			EN: "The server ended the handshake with internal_error. Caddy does so while it has no certificate for the name; OpenSSL 3 does where only TLS 1.0 or 1.1 is allowed. Its log has the reason.",
			RU: "Сервер прервал рукопожатие оповещением internal_error. Так делает Caddy, пока у него нет сертификата для этого имени, и OpenSSL 3, если разрешены только TLS 1.0 и 1.1. Причина записана в журнале сервера.",
		},
	},
	{
		id: "delivery.version_too_old", kind: DeliveryError, any: []string{"legacy sigalg", "unsupported protocol", "alert protocol version", "wrong ssl version"},
		also: []string{"tls.version_too_old"},
		head: lang.Text{EN: "The server speaks only retired versions of TLS", RU: "Сервер умеет только устаревшие версии TLS"},
		text: lang.Text{
			EN: "TLS 1.2 is the documented minimum, and the server gets no further than 1.1. Switch on 1.2 and 1.3.",
			RU: "По документации нужен TLS не ниже 1.2, а сервер поднимается не выше 1.1. Включите 1.2 и 1.3.",
		},
	},
	{
		id: "delivery.dh_too_small", kind: DeliveryError, any: []string{"dh key too small", "bad dh value", "modulus too large"},
		also: []string{"tls.dh_too_small"},
		head: lang.Text{EN: "The server's Diffie-Hellman parameters are too weak", RU: "Слишком слабые параметры Диффи — Хеллмана на сервере"},
		text: lang.Text{
			EN: "The group has fewer than 2048 bits, as with an old dhparam file. Use ECDHE, or make new parameters.",
			RU: "В группе меньше 2048 бит, как в старом файле dhparam. Перейдите на ECDHE или создайте новые параметры.",
		},
	},
	{
		id: "delivery.weak_key", kind: DeliveryError, any: []string{"ee key too small", "ca key too small"}, also: []string{"cert.weak_key"},
		head: lang.Text{EN: "A key in the certificate chain is too weak", RU: "Слишком слабый ключ в цепочке сертификатов"},
		text: lang.Text{
			EN: "OpenSSL asks for 112 bits of security, which RSA has from about 2048 bits on. The certificate has to be issued anew for a stronger key.",
			RU: "OpenSSL требует стойкости в 112 бит; у RSA это примерно от 2048 бит. Нужен новый сертификат с ключом покрепче.",
		},
	},
	{
		id: "delivery.weak_signature", kind: DeliveryError, any: []string{"ca md too weak"}, also: []string{"cert.weak_signature"},
		head: lang.Text{EN: "A certificate is signed with SHA-1 or MD5", RU: "Сертификат подписан с помощью SHA-1 или MD5"},
		text: lang.Text{
			EN: "The digest counts as too weak. The certificate has to be issued anew with SHA-256.",
			RU: "Такой хеш считается слишком слабым. Сертификат нужно перевыпустить с SHA-256.",
		},
	},
	{
		id: "delivery.tls_closed", kind: DeliveryError, any: []string{"unexpected eof while reading", "ssl_error_syscall"}, also: []string{"tls.closed"},
		head: lang.Text{EN: "The server closed the connection in the middle of the handshake", RU: "Сервер закрыл соединение посреди рукопожатия"},
		text: lang.Text{
			EN: "No alert, no answer: the connection just ended. A proxy that waits for the PROXY protocol, a crash, or a filter does that.",
			RU: "Ни оповещения, ни ответа: соединение просто оборвалось. Так ведут себя прокси, ждущий протокол PROXY, упавшая программа или фильтр.",
		},
	},
	{
		id: "delivery.upload_refused", kind: DeliveryError, any: []string{"failed to set custom certificate file", "no certificate or crl found", "can't create an ssl context"},
		also: []string{"upload.not_pem", "upload.empty"},
		head: lang.Text{EN: "The uploaded file holds no certificate in PEM form", RU: "В загруженном файле нет сертификата в формате PEM"},
		text: lang.Text{
			EN: "What was handed to setWebhook as `certificate` cannot be read: DER, a container, a signing request, a key alone, a path sent as a string, or an empty file. In last_error_message the same fault shows when a kept webhook is set up again.",
			RU: "То, что передано в setWebhook как `certificate`, прочитать нельзя: это DER, контейнер, запрос на сертификат, один только ключ, путь к файлу, отправленный строкой, или пустой файл. В last_error_message та же ошибка появляется, когда сохранённый вебхук поднимается заново.",
		},
	},
	{
		id: "delivery.tls_alert", kind: DeliveryError, when: func(r reading) bool {
			return r.fromTelegram() && (alertIn(r) >= 0)
		},
		head: lang.Text{EN: "The server ended the handshake with an alert", RU: "Сервер прервал рукопожатие оповещением"},
		text: lang.Text{
			EN: "The name of the alert stands in the text; the server's own log says why it was sent.",
			RU: "Название оповещения стоит в самом тексте; почему оно отправлено, написано в журнале сервера.",
		},
	},
	{
		id: "delivery.tls_other", kind: DeliveryError, any: []string{"ssl error {"},
		also: []string{"tls.malformed"},
		head: lang.Text{EN: "The TLS handshake failed", RU: "Рукопожатие TLS не удалось"},
		text: lang.Text{
			EN: "The text comes from Telegram's TLS library and says that the server's messages broke the protocol. Faulty proxies and filters are the usual source.",
			RU: "Текст пришёл из TLS-библиотеки Telegram: сообщения сервера нарушают протокол. Обычно виноваты неисправные прокси и фильтры.",
		},
	},
}

// networkErrors are the texts of last_error_message about the connection.
var networkErrors = []entry{
	{
		id: "delivery.refused", kind: DeliveryError, any: []string{"connection refused", "err_connection_refused", "couldn't connect to server"},
		head: lang.Text{EN: "Nothing accepts connections on the port", RU: "На этом порту никто не принимает соединения"},
		text: lang.Text{
			EN: "The host answered with a refusal: the web server is not running, listens on another port or on 127.0.0.1 alone, or a firewall rejects.",
			RU: "Хост ответил отказом: веб-сервер не запущен, слушает другой порт или только 127.0.0.1, либо соединение отвергает межсетевой экран.",
		},
	},
	{
		id: "delivery.timed_out", kind: DeliveryError, any: []string{"connection timed out", "connection timeout expired", "connect timed out", "err_connection_timed_out", "ssl connection timeout"},
		when: func(r reading) bool { return strings.Contains(r.text, "curl: (28)") },
		head: lang.Text{EN: "Telegram's connection got no answer", RU: "На соединение от Telegram никто не ответил"},
		text: lang.Text{
			EN: "Packets vanish on the way. Most often a firewall on the host or the cloud's security group does not admit the port; it must be open to 149.154.160.0/20 and 91.108.4.0/22.",
			RU: "Пакеты пропадают по дороге. Чаще всего порт закрыт межсетевым экраном на сервере или группой безопасности облака; он должен быть открыт для 149.154.160.0/20 и 91.108.4.0/22.",
		},
	},
	{
		id: "delivery.reset", kind: DeliveryError, any: []string{"connection reset by peer", "err_connection_reset"},
		head: lang.Text{EN: "The connection was cut by a reset", RU: "Соединение сброшено"},
		text: lang.Text{
			EN: "Something before or in the web server cut the connection: a filter, fail2ban, a proxy, or a program that crashed.",
			RU: "Соединение оборвал сам веб-сервер или что-то перед ним: фильтр, fail2ban, прокси или упавшая программа.",
		},
	},
	{
		id: "delivery.unreachable", kind: DeliveryError, any: []string{"no route to host", "network is unreachable", "host is unreachable", "host unreachable"},
		also: []string{"tcp.unreachable"},
		head: lang.Text{EN: "There is no way to the address", RU: "До этого адреса нет пути"},
		text: lang.Text{
			EN: "The network says that the address cannot be reached: it is wrong, the machine is down, or a REJECT rule answers with ICMP.",
			RU: "Сеть сообщает, что адрес недостижим: он неверен, машина выключена или правило REJECT отвечает по ICMP.",
		},
	},
	{
		id: "delivery.read_timeout", kind: DeliveryError, any: []string{"read timeout expired", "response timeout expired"},
		head: lang.Text{EN: "The server was silent for 60 seconds", RU: "Сервер молчал 60 секунд"},
		text: lang.Text{
			EN: "The connection stands, and no answer came. Usually the handler finishes its work before it answers: answer 200 first, work afterwards. Or the process hangs.",
			RU: "Соединение есть, а ответа нет. Обычно обработчик сначала делает всю работу и лишь потом отвечает: сначала ответьте 200, потом работайте. Или процесс завис.",
		},
	},
	{
		id: "delivery.write_timeout", kind: DeliveryError, any: []string{"write timeout expired"}, also: []string{"http.timeout", "tls.timeout"},
		head: lang.Text{EN: "The server took no bytes for 60 seconds", RU: "Сервер 60 секунд не принимал данные"},
		text: lang.Text{
			EN: "Telegram could not hand over the request: the process does not read, or packets above a certain size get lost (a wrong MTU).",
			RU: "Telegram не смог передать запрос: процесс ничего не читает или теряются пакеты больше некоторого размера (неверный MTU).",
		},
	},
	{
		id: "delivery.closed", kind: DeliveryError, any: []string{"webhook connection closed", "empty reply from server", "err_empty_response"},
		head: lang.Text{EN: "The server closed the connection before its answer was whole", RU: "Сервер закрыл соединение, не дослав ответ"},
		text: lang.Text{
			EN: "Either in the handshake, or after the request: the handler crashed, a proxy gave up, or the answer is framed wrongly. It may also be a server that ends idle connections; then it is rare and harmless.",
			RU: "Либо во время рукопожатия, либо уже после запроса: упал обработчик, сдался прокси или ответ неверно оформлен. Бывает и так, что сервер закрывает простаивающие соединения; тогда это случается редко и не мешает.",
		},
	},
	{
		id: "delivery.cannot_connect", kind: DeliveryError, any: []string{"can't connect to the webhook", "can't create an ssl connection"},
		also: []string{"tcp.unreachable", "tcp.failed"},
		head: lang.Text{EN: "Telegram could not open a connection", RU: "Telegram не смог открыть соединение"},
		text: lang.Text{
			EN: "The connection failed before anything was sent. Check whether the host and the port can be reached.",
			RU: "Соединение не удалось ещё до отправки данных. Проверьте, доступны ли хост и порт.",
		},
	},
}
