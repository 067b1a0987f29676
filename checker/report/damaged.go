package report

import (
	"hookcheck/checker/certfile"
	"hookcheck/checker/evidence"
)

// uploadDamaged tells of a file that means certificates and is cut off or
// spoilt: no conversion mends that.
func uploadDamaged(up *evidence.Upload) bool {
	if up == nil {
		return false
	}
	switch certfile.Format(up.Format) {
	case certfile.PEMDamaged:
		return true
	case certfile.DERCertificate, certfile.DERPKCS7, certfile.PKCS7, certfile.Base64, certfile.Mangled:
		return len(up.Certificates) == 0
	}
	return false
}
