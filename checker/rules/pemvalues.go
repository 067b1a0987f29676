package rules

import (
	"strconv"
	"strings"

	"hookcheck/checker/certfile"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// pemItem is one thing in a file, as a finding names it.
type pemItem struct {
	File    string `json:"file"`
	Format  string `json:"format"`
	Path    string `json:"path"` // inside an archive
	Block   int    `json:"block"`
	Line    int    `json:"line"`
	BadLine int    `json:"bad_line"` // in which the damage is, 0 where that cannot be told
	Offset  int64  `json:"offset"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Subject string `json:"subject"`
	Problem string `json:"problem"`
}

// maxPemItems bounds how many items a finding carries.
const maxPemItems = 50

func pemItems(in []facts.FileItem) []pemItem {
	out := []pemItem{}
	for i, x := range in {
		if i == maxPemItems {
			break
		}
		out = append(out, pemItem{
			File: shown(x.File), Format: x.Format, Path: shown(x.Path), Block: x.Block, Line: x.Line, BadLine: x.BadLine, Offset: x.Offset,
			Kind: x.Kind, Name: shown(x.Name), Subject: shown(x.Subject), Problem: x.Problem,
		})
	}
	return out
}

// place says where an item stood: file, line or byte, and which one it is.
func (i pemItem) place(l lang.Lang) string {
	say := func(en, ru string) string { return lang.Text{EN: en, RU: ru}.In(l) }
	var parts []string
	for _, s := range []string{i.File, i.Path} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	switch {
	case i.Line > 0:
		parts = append(parts, say("line ", "строка ")+strconv.Itoa(i.Line))
	case i.Offset >= 0 && i.Block > 0:
		parts = append(parts, say("byte ", "байт ")+strconv.FormatInt(i.Offset, 10))
	}
	if i.Block > 0 {
		parts = append(parts, say("item ", "элемент ")+strconv.Itoa(i.Block))
	}
	return strings.Join(parts, ", ")
}

// pemPlaces lists items with what they are and what is wrong with them.
func pemPlaces(l lang.Lang, items []pemItem) string {
	var out []string
	for _, i := range items {
		var what []string
		if i.Block > 0 && i.Kind == string(certfile.KindOther) && i.Path != "" && i.Problem != "" {
			// a file of an archive that was not read: its name says it all
		} else if i.Block > 0 {
			what = append(what, certfile.DescribeKind(certfile.Kind(i.Kind)).In(l))
		} else {
			what = append(what, formatPhrase(l, i.Format))
		}
		for _, s := range []string{i.Name, i.Subject, i.trouble(l)} {
			if s != "" {
				what = append(what, s)
			}
		}
		out = append(out, strings.Join(nonEmptyStrings(i.place(l), strings.Join(what, ", ")), " — "))
	}
	if len(out) > maxListed {
		more := lang.Text{EN: "and %d more", RU: "и ещё %d"}.In(l)
		out = append(out[:maxListed], strings.ReplaceAll(more, "%d", strconv.Itoa(len(items)-maxListed)))
	}
	return strings.Join(out, "; ")
}

// trouble says what is wrong with an item, to the line where that is known.
func (i pemItem) trouble(l lang.Lang) string {
	s := certfile.DescribeProblem(certfile.Problem(i.Problem)).In(l)
	if s == "" || i.BadLine == 0 || i.BadLine == i.Line {
		return s
	}
	return s + lang.Text{EN: " (from line ", RU: " (со строки "}.In(l) + strconv.Itoa(i.BadLine) + ")"
}

func nonEmptyStrings(in ...string) []string {
	var out []string
	for _, s := range in {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// pemPlace is the place of the first item, for a title.
func pemPlace(l lang.Lang, items []pemItem) string {
	if len(items) == 0 {
		return ""
	}
	first := items[0]
	first.Block = 0 // the line or byte is enough
	if items[0].Line == 0 && items[0].Offset >= 0 && items[0].Block > 0 {
		first.Block = items[0].Block
	}
	s := first.place(l)
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return s
}

// pemProblem says what is wrong with the first item.
func pemProblem(l lang.Lang, items []pemItem) string {
	if len(items) == 0 {
		return ""
	}
	return certfile.DescribeProblem(certfile.Problem(items[0].Problem)).In(l)
}

func examplePemItem(kind, problem string) pemItem {
	return pemItem{File: "bot.pem", Format: "pem", Block: 2, Line: 24, Offset: 1530, Kind: kind, Problem: problem}
}

// nothingElse tells that no file gave a certificate to judge.
func nothingElse(f *facts.Facts) bool { return len(f.Ev.Presented) == 0 }
