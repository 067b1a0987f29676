package report

import (
	"encoding/json"
	"fmt"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// Input is what a report is made of. Evidence carries the time and the id, so
// that nothing else flows in.
type Input struct {
	Evidence *evidence.Evidence
	Facts    *facts.Facts
	Findings []rules.Finding // as rules.Run orders them
	Lang     lang.Lang
}

// Build makes the report in one language.
func Build(in Input) (*Report, error) {
	ev, f := in.Evidence, in.Facts
	hs := hints(f)
	p := params(f, hs)
	v := verdict(f, in.Findings)
	r := &Report{
		Schema: Schema, ID: ev.ID, CheckedAt: ev.CheckedAt.UTC(), DurationMS: ev.DurationMS, Tool: ev.Tool,
		Target: targetOf(f), Verdict: v,
		Telegram:  telegram(f, in.Findings, p),
		Findings:  []Finding{},
		Addresses: addresses(f), Protocols: protocols(ev.TLS), Handshake: handshake(f),
		Chain: chain(f, in.Lang), Lint: lints(f, in.Lang), HTTP: answer(ev.HTTP),
		Lang: string(in.Lang), Kind: string(ev.Kind), Hints: hs,
	}
	for _, found := range in.Findings {
		out, err := finding(found, p, in.Lang)
		if err != nil {
			return nil, fmt.Errorf("writing finding %s: %w", found.Rule.ID, err)
		}
		r.Findings = append(r.Findings, out)
	}
	r.Stages = stages(f, r.Findings, in.Lang)
	r.Summary = summary(f, r, in.Lang)
	return r, nil
}

func targetOf(f *facts.Facts) Target {
	t := f.Target
	return Target{
		Input: t.Input, URL: t.URL, Host: t.Host, ASCIIHost: t.ASCIIHost,
		Port: t.Port, Path: t.Path, IsIP: t.IsIP,
	}
}

func finding(in rules.Finding, p *remedy.Params, l lang.Lang) (Finding, error) {
	title, detail, err := in.Rule.Texts(l, in.Args)
	if err != nil {
		return Finding{}, err
	}
	observed, err := observedValues(in.Args)
	if err != nil {
		return Finding{}, err
	}
	out := Finding{
		ID: in.Rule.ID, Severity: string(in.Severity), Stage: string(in.Rule.Stage), Basis: string(in.Rule.Basis),
		Vantage: in.Vantage, Title: title, Detail: detail, Evidence: observed,
		Sources: []Source{}, Remedies: []Remedy{}, Undecided: in.Undecided,
	}
	for _, s := range in.Rule.Sources {
		out.Sources = append(out.Sources, Source{Name: s.Name, URL: s.URL})
	}
	if in.Rule.Remedies != nil {
		out.Remedies = remedies(in.Rule.Remedies(p), p.Likely, l)
	}
	return out, nil
}

// observedValues writes the arguments of a hit as a JSON object.
func observedValues(args any) (json.RawMessage, error) {
	if args == nil {
		return json.RawMessage("{}"), nil
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return nil, fmt.Errorf("encoding observed values: %w", err)
	}
	if len(raw) == 0 || raw[0] != '{' {
		return json.RawMessage("{}"), nil
	}
	return raw, nil
}

func remedies(in []remedy.Remedy, likely []string, l lang.Lang) []Remedy {
	out := []Remedy{}
	for _, r := range remedy.Sort(in, likely) {
		out = append(out, Remedy{
			ID: r.ID, Title: r.Title.In(l), Platform: r.Platform, Kind: r.Kind,
			Where: r.Where.In(l), Body: r.Body.In(l), Apply: r.Apply, Undo: r.Undo,
		})
	}
	return out
}
