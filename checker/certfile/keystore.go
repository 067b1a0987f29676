package certfile

import (
	"bytes"
	"encoding/binary"

	keystore "github.com/pavlo-v-chernykh/keystore-go/v4"

	"hookcheck/checker/cert"
)

// Entries of a Java keystore (sun.security.provider.JavaKeyStore of OpenJDK;
// JCEKS adds the last).
const (
	entryKey         = 1
	entryCertificate = 2
	entrySecret      = 3
)

const keystoreDigest = 20

// jks reads a keystore field by field. Nothing is allocated by what a length
// says: the library would.
type jks struct {
	data    []byte
	at      int
	version uint32
	broken  bool
}

// addKeystore keeps the certificates of a Java keystore, which are not
// encrypted, and counts its keys, which are left alone.
func (f *File) addKeystore(data []byte, item Item) {
	item.Kind, f.unordered = KindKeystore, true
	start := len(f.Items)
	f.add(item)
	j := &jks{data: data, at: 4}
	j.version = j.number()
	count := j.number()
	problem := Problem("")
	if j.version != 1 && j.version != 2 {
		problem = ProblemUnsupported
		count = 0
	}
	for i := uint32(0); i < count && problem == ""; i++ {
		if len(f.Items) > maxParts {
			problem = ProblemTooMany
			break
		}
		problem = f.addKeystoreEntry(j, item)
	}
	if problem == "" {
		if len(data)-j.at < keystoreDigest {
			problem = ProblemTruncated
		} else if !f.fitsPassword(data) {
			problem = ProblemIntegrity
		}
	} else if problem != ProblemTooMany {
		rest := salvage(data[min(j.at, len(data)):])
		for i := range rest {
			rest[i].offset += int64(j.at)
		}
		f.keepLocated(rest)
	}
	f.Items[start].Problem = problem
}

func (f *File) addKeystoreEntry(j *jks, item Item) Problem {
	at := Item{Path: item.Path, Offset: int64(j.at)}
	tag := j.number()
	at.Name = clip(string(j.bytes(int(j.short()))))
	j.bytes(8) // when it was made
	switch {
	case j.broken:
		return ProblemTruncated
	case tag == entryKey:
		f.PrivateKeys++
		at.Kind = KindPrivateKey
		j.bytes(int(j.number()))
		f.add(at)
		for chain := j.number(); chain > 0 && !j.broken; chain-- {
			if len(f.Items) > maxParts {
				return ProblemTooMany
			}
			f.addKeystoreCertificate(j, at)
		}
	case tag == entryCertificate:
		f.addKeystoreCertificate(j, at)
	case tag == entrySecret:
		f.PrivateKeys++
		at.Kind = KindSecret
		f.add(at)
		return ProblemUnsupported // a serialised Java object, whose end is not told
	default:
		return ProblemContent
	}
	if j.broken {
		return ProblemTruncated
	}
	return ""
}

func (f *File) addKeystoreCertificate(j *jks, at Item) {
	at.Kind, at.Offset = KindCertificate, int64(j.at)
	if j.version == 2 {
		j.bytes(int(j.short())) // "X.509"
	}
	length := int(j.number())
	at.Offset = int64(j.at)
	der := j.bytes(length)
	if j.broken {
		return
	}
	c, err := cert.Parse(der)
	if err != nil {
		at.Problem = ProblemContent
		f.add(at)
		return
	}
	f.keepCertificate(c, at)
}

// fitsPassword compares the checksum with the password that was given; without
// one there is nothing to say. The lengths in data are known to be true.
func (f *File) fitsPassword(data []byte) (fits bool) {
	if f.from.opts.Password == "" {
		return true
	}
	defer func() {
		if recover() != nil {
			fits = false
		}
	}()
	if len(data) < 4 || data[0] != 0xfe {
		return true // the library does not read JCEKS
	}
	return keystore.New(keystore.WithCaseExactAliases()).Load(bytes.NewReader(data), []byte(f.from.opts.Password)) == nil
}

func (j *jks) bytes(n int) []byte {
	if n < 0 || n > len(j.data)-j.at {
		j.broken = true
		return nil
	}
	b := j.data[j.at : j.at+n]
	j.at += n
	return b
}

func (j *jks) number() uint32 {
	if b := j.bytes(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (j *jks) short() uint16 {
	if b := j.bytes(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}
