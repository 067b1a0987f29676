package langtest

import "testing"

// TestEnglishRun: the check itself tells the languages apart.
func TestEnglishRun(t *testing.T) {
	for text, want := range map[string]bool{
		"Сервер does not send the chain, увы":                           true,
		"Сертификат has expired two days ago":                           true,
		"В nginx: `ssl_certificate is the whole chain` и ключ":          false,
		"Telegram сообщает «certificate verify failed and more of it»":  false,
		"Express: `app.post`; Flask, Django REST Framework — тоже":      false,
		"Откройте cPanel: SSL/TLS → Manage SSL sites, поле":             false,
		"certificate verify failed":                                     false, // three words: an error text
		"Запустите {{with list of the names}}{{.}}{{end}} openssl x509": false,
	} {
		if got := EnglishRun(text) != ""; got != want {
			t.Errorf("%q: %v (%q)", text, got, EnglishRun(text))
		}
	}
}
