package certfile

// Options are how files are read.
type Options struct {
	Password string // of containers; the empty one is always tried first
}

// Reader reads the files of one request. The work that passwords and archives
// may cost is bounded over all of them together. It is not safe for use by
// many goroutines.
type Reader struct {
	opts     Options
	rounds   int   // of key derivation that are left
	unzip    int64 // bytes that may still come out of archives
	archives int   // that are open at the moment
}

// Bounds of one request.
const (
	maxRounds = 3_000_000 // a second or so
	maxUnzip  = 16 << 20
)

// NewReader returns a reader with all its work before it.
func NewReader(o Options) *Reader { return &Reader{opts: o, rounds: maxRounds, unzip: maxUnzip} }

// Read looks at a file by its content alone; the name is kept for messages.
func (r *Reader) Read(name string, data []byte) *File { return r.read(name, data, 0) }

func (r *Reader) read(name string, data []byte, depth int) *File {
	f := &File{Name: name, Size: int64(len(data)), from: r, depth: depth}
	if isZip(data) && len(data) > maxUnzip {
		f.Format, f.OpenSSLError = Zip, errNotPEM
		f.add(Item{Kind: KindArchive, Problem: ProblemTooBig})
		return f
	}
	if isZip(data) {
		f.Format = Zip
		f.OpenSSLError = errNotPEM
		f.addArchive(data)
		if f.unordered {
			f.arrange()
			f.presentGap()
		}
		return f
	}
	tooBig := len(data) > MaxSize
	if tooBig {
		data = data[:MaxSize]
	}
	strict := load(data)
	f.OpenSSLAccepts, f.OpenSSLError = strict.objects > 0, strict.failure
	f.sniff(data)
	if tooBig {
		f.forgiveCut()
		f.add(Item{Kind: KindOther, Offset: MaxSize, Problem: ProblemTooBig})
	}
	if f.unordered {
		f.arrange()
		f.presentGap()
	}
	if f.OpenSSLAccepts {
		f.Certificates, f.trust = strict.certificates, strict.trust
	}
	f.tellUnseen()
	return f
}

// forgiveCut: what breaks off where the reading stopped is not damaged.
func (f *File) forgiveCut() {
	for i := len(f.Items) - 1; i >= 0 && (f.Items[i].inside || i == len(f.Items)-1); i-- {
		switch item := &f.Items[i]; item.Problem {
		case ProblemNoEnd, ProblemTruncated, ProblemBase64, ProblemContent:
			item.Problem, item.BadLine = ProblemTooBig, 0
		}
	}
}

// spend takes rounds of key derivation from what is left; false where that is
// not enough.
func (r *Reader) spend(rounds int) bool {
	if rounds < 0 || rounds > r.rounds {
		return false
	}
	r.rounds -= rounds
	return true
}

// tellUnseen: what is read here although OpenSSL refuses the file has a
// problem, be it one that has no name.
func (f *File) tellUnseen() {
	if f.OpenSSLAccepts || f.Format != PEMDamaged || f.PrivateKeys > 0 {
		return
	}
	first := -1
	for i, item := range f.Items {
		if item.Problem != "" {
			return
		}
		if first < 0 && (item.Kind == KindCertificate || item.Kind == KindTrusted) {
			first = i
		}
	}
	if first >= 0 {
		f.Items[first].Problem = ProblemUnseen
	}
}
