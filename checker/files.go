package checker

import (
	"bytes"
	"context"

	"github.com/google/uuid"

	"hookcheck/checker/certfile"
	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
	"hookcheck/internal/version"
)

// FilesRequest asks for a check of certificate files.
type FilesRequest struct {
	Files       []File         // in the order in which a server would present them
	Hostname    *target.Target // names are judged for this host; nil: they are not
	Certificate *File          // what was handed to setWebhook
	Password    string         // of containers among the files
	Key         *File          // a local private key to compare with the certificates; never from a network
	Offline     bool           // fetch no missing issuer
}

// CheckFiles judges the files as if a server presented them. The data of files
// that hold private keys, and of Key, are overwritten. Where the chain lacks a
// link, its issuer is fetched from where the certificate says it lies, unless
// there is no Prober.
func (c *Checker) CheckFiles(ctx context.Context, req FilesRequest) (*Result, error) {
	reader := certfile.NewReader(certfile.Options{Password: req.Password})
	ev := &evidence.Evidence{
		Schema: evidence.Schema, Tool: version.Tool, ID: uuid.NewString(), Kind: evidence.Files,
		CheckedAt: c.Clock().UTC(), Files: &evidence.FileInput{},
	}
	if req.Certificate != nil {
		read := reader.Read(req.Certificate.Name, req.Certificate.Data)
		ev.Upload = upload(req.Certificate.sized(read))
		wipe(read, req.Certificate)
	}
	if req.Hostname != nil {
		ev.Target = *req.Hostname
		ev.Request.Hostname = true
	}
	for i := range req.Files {
		addFile(ev, reader, &req.Files[i])
	}
	if req.Key != nil {
		ev.Files.Key = compareKey(ev, req.Key, req.Password)
	}
	c.addRoots(ev)
	if c.Prober != nil && !req.Offline {
		c.Prober.FetchIssuers(ctx, ev, c.wants)
	}
	ev.Request.Lint = c.Linter != nil
	return judge(ctx, ev, c.Roots, c.Linter)
}

// maxFiles bounds how many files are told of one by one.
const maxFiles = 100

func addFile(ev *evidence.Evidence, reader *certfile.Reader, f *File) {
	read := f.sized(reader.Read(f.Name, f.Data))
	wipe(read, f)
	in := ev.Files
	in.PrivateKeys += read.PrivateKeys
	if len(in.Names) < maxFiles {
		in.Names = append(in.Names, f.Name)
		in.Read = append(in.Read, read.Read())
	}
	room := min(len(read.Presented), max(0, evidence.MaxPresented-len(ev.Presented)))
	ev.Presented = append(ev.Presented, copied(read.Presented[:room])...)
	in.Left += len(read.Presented) - room
}

// upload is a file as evidence.
func upload(read *certfile.File) *evidence.Upload {
	up := read.Upload()
	up.Certificates = copied(up.Certificates)
	return up
}

// copied takes certificates out of the file that they were read from: evidence
// outlives the file, which its owner may overwrite.
func copied(certificates [][]byte) [][]byte {
	var out [][]byte
	for _, der := range certificates {
		out = append(out, bytes.Clone(der))
	}
	return out
}

// wipe overwrites a file that holds a private key.
func wipe(read *certfile.File, f *File) {
	if read.PrivateKeys > 0 {
		clear(f.Data)
	}
}

func compareKey(ev *evidence.Evidence, f *File, password string) *evidence.FileKey {
	key := certfile.ReadKey(f.Data, password)
	if key.Outcome == evidence.KeyRead {
		for _, read := range ev.Files.Read {
			compareRequests(read.Requests, key)
		}
	}
	return &evidence.FileKey{Name: f.Name, Outcome: key.Outcome, Algorithm: key.Algorithm, Position: key.Position(ev.Presented)}
}

// compareRequests notes which requests the key signed.
func compareRequests(requests []evidence.FileRequest, key *certfile.LocalKey) {
	for i := range requests {
		requests[i].LocalKey = evidence.KeyOther
		if key.Of(&requests[i]) {
			requests[i].LocalKey = evidence.KeyOwn
		}
	}
}
