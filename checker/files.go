package checker

import (
	"context"
	"encoding/pem"
	"fmt"

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
}

// CheckFiles judges the files as if a server presented them.
func (c *Checker) CheckFiles(req FilesRequest) (*Result, error) {
	upload, err := readUpload(req.Certificate)
	if err != nil {
		return nil, err
	}
	ev := &evidence.Evidence{
		Schema: evidence.Schema, Tool: version.Tool, ID: uuid.NewString(), Kind: evidence.Files,
		CheckedAt: c.Clock().UTC(), Upload: upload, Files: &evidence.FileInput{},
	}
	if req.Hostname != nil {
		ev.Target = *req.Hostname
		ev.Request.Hostname = true
	}
	for _, f := range req.Files {
		if err := addFile(ev, f); err != nil {
			return nil, err
		}
	}
	c.addRoots(ev)
	ev.Request.Lint = c.Linter != nil
	return judge(context.Background(), ev, c.Roots, c.Linter)
}

func addFile(ev *evidence.Evidence, f File) error {
	read, err := certfile.Read(f.Name, f.Data)
	if err != nil {
		return fmt.Errorf("reading %s: %w", f.Name, err)
	}
	up := read.Upload()
	ev.Files.Names = append(ev.Files.Names, f.Name)
	ev.Files.PrivateKeys += up.PrivateKeys
	for _, n := range up.Notes {
		ev.Files.Problems = append(ev.Files.Problems, f.Name+": "+n)
	}
	presented := read.Certificates
	if blocks := certificateBlocks(f.Data); len(blocks) > len(presented) {
		presented = blocks
	}
	if len(presented) == 0 {
		ev.Files.Problems = append(ev.Files.Problems, f.Name+": no certificate ("+up.Format+")")
	}
	room := max(0, evidence.MaxPresented-len(ev.Presented))
	ev.Presented = append(ev.Presented, presented[:min(room, len(presented))]...)
	return nil
}

// certificateBlocks are the contents of all PEM certificates, also of those
// that cannot be read: a server would send them as they are.
func certificateBlocks(data []byte) [][]byte {
	var out [][]byte
	for len(out) < evidence.MaxPresented {
		b, rest := pem.Decode(data)
		if b == nil {
			break
		}
		if b.Type == "CERTIFICATE" && len(b.Bytes) > 0 {
			out = append(out, b.Bytes)
		}
		data = rest
	}
	return out
}
