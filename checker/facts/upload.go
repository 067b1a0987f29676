package facts

import (
	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
)

// MaxUpload is the size in bytes over which setWebhook refuses a certificate
// (Telegram's client, Client.h, MAX_CERTIFICATE_FILE_SIZE).
const MaxUpload = 3 << 20

func deriveUpload(ev *evidence.Evidence) Upload {
	u := ev.Upload
	if u == nil {
		return Upload{}
	}
	up := Upload{Given: true, Known: true, HasKey: u.PrivateKeys > 0}
	for i, der := range u.Certificates {
		if c, err := cert.Parse(der); err == nil {
			c.Trust = trustSetting(u.Trust[i])
			up.Certificates = append(up.Certificates, c)
		}
	}
	up.Usable = u.OpenSSLAccepts && u.Size <= MaxUpload
	return up
}

func trustSetting(s string) cert.Trust {
	switch s {
	case evidence.TrustGranted:
		return cert.TrustGranted
	case evidence.TrustRejected:
		return cert.TrustRejected
	}
	return cert.TrustByForm
}

// uploadFault is what keeps setWebhook from taking the file at all.
func uploadFault(ev *evidence.Evidence, up *Upload) *Fault {
	switch {
	case !up.Given || up.Usable:
		return nil
	case ev.Upload.Size > MaxUpload:
		return &Fault{Kind: UploadTooBig, Position: -1}
	case ev.Upload.Size == 0 || ev.Upload.Format == "empty":
		return &Fault{Kind: UploadEmpty, Position: -1, Detail: ev.Upload.Format}
	}
	return &Fault{Kind: UploadNotPEM, Position: -1, Detail: ev.Upload.Format}
}
