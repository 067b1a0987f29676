package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type uploadTrustSettingsArgs struct {
	Uploaded certRef `json:"uploaded"`
}

func ruleUploadTrustSettings() Rule {
	return Rule{
		ID: "upload.trust_settings", Stage: StageUpload, Rank: 595,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslCtx.cpp"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The uploaded file says that its certificate is not to be trusted for servers`,
			RU: `В загруженном файле записано, что для серверов сертификату не доверять`,
		},
		Detail: lang.Text{
			EN: `Uploaded: {{which .Uploaded}}, SHA-256 {{fp .Uploaded.SHA256}}, in a block TRUSTED CERTIFICATE, the form of OpenSSL that also says which uses a certificate is trusted for. Server authentication is ruled out there, or only other uses are named. Telegram's client obeys that and accepts no path that ends there. Upload the same certificate as a plain block CERTIFICATE: "openssl x509 -in trusted.pem -out webhook.pem" leaves the settings out.`,
			RU: `Загружен {{which .Uploaded}}, SHA-256 {{fp .Uploaded.SHA256}}, в блоке TRUSTED CERTIFICATE: в таком виде OpenSSL записывает и то, для чего сертификату доверять. Проверка подлинности сервера там запрещена, или названы только другие применения. Клиент Telegram этому следует и не принимает пути, который здесь заканчивается. Загрузите тот же сертификат обычным блоком CERTIFICATE: команда «openssl x509 -in trusted.pem -out webhook.pem» эти пометки отбрасывает.`,
		},
		Meaning: lang.Text{
			EN: "The uploaded file is a TRUSTED CERTIFICATE of OpenSSL whose settings rule out server authentication.",
			RU: "Загружен TRUSTED CERTIFICATE программы OpenSSL, пометки которого не допускают проверки подлинности сервера.",
		},
		Example:  uploadTrustSettingsArgs{Uploaded: exampleAt(exampleSelfSigned(), -1)},
		Check:    checkUploadTrustSettings,
		Remedies: differentUploadRemedies,
	}
}

func checkUploadTrustSettings(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.UploadRejected)
	if ft == nil {
		return nil
	}
	return &Hit{Args: uploadTrustSettingsArgs{Uploaded: refTo(ft.Cert, -1)}, Predicted: f.Chain.Predicted(ft)}
}
