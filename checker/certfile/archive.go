package certfile

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// Bounds of an archive. Certificates do not compress well: what grows a
// hundredfold is no set of certificates.
const (
	maxEntries = 200
	maxRatio   = 100
	ratioFrom  = 256 << 10 // smaller entries may grow as they like
)

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// addArchive reads the files of a zip archive. They have no order, so that the
// certificates are put in the order of a chain.
func (f *File) addArchive(data []byte) {
	if f.from.archives > 0 {
		f.add(Item{Kind: KindArchive, Problem: ProblemNested})
		return
	}
	f.from.archives++
	defer func() { f.from.archives-- }()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.add(Item{Kind: KindArchive, Problem: ProblemTruncated})
		f.salvageZip(data[:min(len(data), MaxSize)])
		f.addLooseKeys(data[:min(len(data), MaxSize)])
		return
	}
	f.add(Item{Kind: KindArchive})
	f.unordered = true
	for _, entry := range z.File {
		if entry.Name == "[Content_Types].xml" {
			f.Format = Office
		}
	}
	read := 0
	for _, entry := range z.File {
		if entry.FileInfo().IsDir() || aside(entry.Name) {
			continue
		}
		if read++; read > maxEntries {
			f.add(Item{Kind: KindArchive, Path: clip(entry.Name), Problem: ProblemTooMany})
			break
		}
		f.addEntryOf(entry)
	}
}

func (f *File) addEntryOf(entry *zip.File) {
	data, problem := f.unpack(entry)
	f.addEntry(entry.Name, data, problem)
	clear(data)
}

// aside tells files that archivers and systems add on their own.
func aside(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "._") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}

// addEntry reads one file of an archive.
func (f *File) addEntry(name string, data []byte, problem Problem) {
	path := clip(name)
	if problem != "" {
		kind := KindOther
		if problem == ProblemLockedZip {
			kind = KindArchive
		}
		f.add(Item{Kind: kind, Path: path, Problem: problem})
	}
	if len(data) == 0 {
		return
	}
	part := f.from.read(path, data, f.depth+1)
	if len(part.Items) == 0 {
		f.add(Item{Kind: KindOther, Path: path})
	}
	f.addPart(part, func(i *Item) { i.Path = path })
}

// addPart takes in what a part of the file holds; place says where that stood.
func (f *File) addPart(part *File, place func(*Item)) {
	for _, item := range part.Items {
		place(&item)
		block := item.Block
		f.add(item)
		f.Items[len(f.Items)-1].Block = block
		if len(f.Items) > maxBlocks {
			break
		}
	}
	room := max(0, MaxCertificates-len(f.Certificates))
	f.Certificates = append(f.Certificates, part.Certificates[:min(room, len(part.Certificates))]...)
	f.Presented = append(f.Presented, part.Presented[:min(room, len(part.Presented))]...)
	f.PrivateKeys += part.PrivateKeys
	f.Requests = append(f.Requests, part.Requests...)
	f.CRLs += part.CRLs
	f.unordered = f.unordered || part.unordered
}

// unpack reads one file of an archive within bounds, whatever its header says.
func (f *File) unpack(entry *zip.File) ([]byte, Problem) {
	const encrypted = 1
	if entry.Flags&encrypted != 0 {
		return nil, ProblemLockedZip
	}
	if entry.UncompressedSize64 > MaxSize || f.from.unzip <= 0 {
		return nil, ProblemTooBig
	}
	if entry.UncompressedSize64 > ratioFrom && entry.UncompressedSize64/maxRatio > entry.CompressedSize64 {
		return nil, ProblemTooBig
	}
	r, err := entry.Open()
	if err != nil {
		return nil, ProblemUnsupported
	}
	defer r.Close()
	limit := min(int64(MaxSize), f.from.unzip)
	out := make([]byte, min(limit, int64(entry.UncompressedSize64))+1)
	n, err := io.ReadFull(r, out)
	f.from.unzip -= int64(n)
	switch {
	case err == nil:
		clear(out)
		return nil, ProblemTooBig // more comes out than was announced
	case err != io.EOF && err != io.ErrUnexpectedEOF, uint64(n) < entry.UncompressedSize64:
		clear(out)
		return nil, ProblemTruncated
	}
	return out[:n], ""
}
