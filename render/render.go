// Package render shows a report: as text for people, as JSON for programs, as
// markdown for issues and chats. It decides nothing; what it prints from the
// report may come from a hostile server and is made harmless first.
package render

import (
	"encoding/json"
	"fmt"
	"io"

	"hookcheck/checker/report"
)

// Options are for text alone.
type Options struct {
	Color   bool
	Width   int  // columns to wrap prose at; 0 means 80. Code is never wrapped
	Quiet   bool // one line
	Verbose bool // every fix in full, certificates, protocols, addresses
}

// JSON writes the report as one object and nothing else.
func JSON(w io.Writer, r *report.Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}
