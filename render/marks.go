package render

import (
	"net"
	"strconv"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
)

func verdictColor(v report.Verdict) string {
	switch v {
	case report.Works:
		return green
	case report.Fails:
		return red
	}
	return yellow
}

func stageColor(s report.Status) string {
	switch s {
	case report.Pass:
		return green
	case report.Fail:
		return red
	case report.Skip:
		return dim
	}
	return yellow
}

// mark is the sign before a finding, which tells its weight without colour.
func mark(f *report.Finding) (sign, color string) {
	switch {
	case f.Undecided:
		return "?", yellow
	case f.Severity == "blocker":
		return "✗", red
	case f.Severity == "warning":
		return "!", yellow
	}
	return "·", dim
}

// endpoint is host and port as they were checked, "" for files without a name.
func endpoint(r *report.Report) string {
	host := oneLine(r.Target.Host)
	if host == "" || r.Target.Port == 0 || r.Kind == string(evidence.Files) {
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(r.Target.Port))
}

// rootCause is the first blocker, nil where there is none.
func rootCause(r *report.Report) *report.Finding {
	for i := range r.Findings {
		if r.Findings[i].Severity == "blocker" {
			return &r.Findings[i]
		}
	}
	return nil
}
