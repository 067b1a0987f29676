package certfile

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
)

// addGzip reads what a gzip file holds, within the bounds of archives.
func (f *File) addGzip(data []byte) {
	item := Item{Kind: KindArchive}
	if f.depth > 1 {
		item.Problem = ProblemNested
		f.add(item)
		return
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		item.Problem = ProblemTruncated
		f.add(item)
		return
	}
	out, problem := f.from.drain(z, int64(len(data))*maxRatio+ratioFrom)
	defer clear(out)
	item.Problem = problem
	f.add(item)
	if problem != ProblemTooBig {
		f.addPart(f.from.read(z.Name, out, f.depth+1), func(*Item) {})
	}
}

// drain reads to the end, no further than the bounds allow. What came before
// damage is kept.
func (r *Reader) drain(from io.Reader, most int64) ([]byte, Problem) {
	limit := min(int64(MaxSize), r.unzip, most)
	out, err := io.ReadAll(io.LimitReader(from, limit+1))
	r.unzip -= int64(len(out))
	switch {
	case int64(len(out)) > limit:
		clear(out)
		return nil, ProblemTooBig
	case err != nil:
		return out, ProblemTruncated
	}
	return out, ""
}

// addTar reads the files of a tar archive. They have no order.
func (f *File) addTar(data []byte) {
	f.add(Item{Kind: KindArchive})
	at := len(f.Items) - 1
	f.unordered = true
	t := tar.NewReader(bytes.NewReader(data))
	for read := 0; ; {
		h, err := t.Next()
		if err != nil {
			if err != io.EOF {
				f.Items[at].Problem = ProblemTruncated
			}
			return
		}
		if h.Typeflag != tar.TypeReg || aside(h.Name) {
			continue
		}
		if read++; read > maxEntries || len(f.Items) > maxBlocks {
			f.add(Item{Kind: KindArchive, Path: clip(h.Name), Problem: ProblemTooMany})
			return
		}
		out, problem := f.from.drain(t, MaxSize)
		f.addEntry(h.Name, out, problem)
		clear(out)
	}
}
