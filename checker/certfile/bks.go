package certfile

// Entries of Bouncy Castle's keystore (BcKeyStoreSpi of Bouncy Castle), version
// 1 or 2: certificates lie open, keys are sealed.
const (
	bksEnd         = 0
	bksCertificate = 1
	bksKey         = 2
	bksSecret      = 3
	bksSealed      = 4
)

// isBKS looks at version, salt and rounds.
func isBKS(data []byte) bool {
	j := &jks{data: data}
	version, salt := j.number(), j.number()
	if version < 1 || version > 2 || salt < 8 || salt > 64 {
		return false
	}
	j.bytes(int(salt))
	rounds := j.number()
	kind := j.bytes(1)
	return !j.broken && rounds > 0 && rounds < 1<<24 && kind[0] <= bksSealed
}

// addBKS keeps the certificates of such a keystore and counts its keys.
func (f *File) addBKS(data []byte) {
	f.add(Item{Kind: KindKeystore})
	start := len(f.Items) - 1
	f.unordered = true
	j := &jks{data: data, at: 4, version: 2}
	j.bytes(int(j.number())) // salt
	j.number()               // rounds
	for len(f.Items) <= maxParts {
		at := Item{Offset: int64(j.at)}
		kind := j.bytes(1)
		if !j.broken && kind[0] == bksEnd {
			return
		}
		at.Name = clip(string(j.bytes(int(j.short()))))
		j.bytes(8) // when it was made
		for chain := j.number(); chain > 0 && !j.broken && len(f.Items) <= maxParts; chain-- {
			f.addKeystoreCertificate(j, at)
		}
		if j.broken || kind[0] > bksSealed {
			break
		}
		f.addBKSEntry(j, kind[0], at)
		if j.broken {
			break
		}
	}
	f.Items[start].Problem = ProblemTruncated
}

func (f *File) addBKSEntry(j *jks, kind byte, at Item) {
	switch kind {
	case bksCertificate:
		f.addKeystoreCertificate(j, at)
	case bksKey:
		j.bytes(1) // private, public or secret
		j.bytes(int(j.short()))
		j.bytes(int(j.short()))
		j.bytes(int(j.number()))
		f.addKey(at)
	case bksSecret, bksSealed:
		j.bytes(int(j.number()))
		f.addKey(at)
	}
}
