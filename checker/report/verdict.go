package report

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
)

// verdict weighs the findings. One that leaves the question open never turns
// a decided failure into a doubt, and no doubt is ever called works.
func verdict(f *facts.Facts, findings []rules.Finding) Verdict {
	var decided []rules.Finding
	open := false
	for _, x := range findings {
		switch {
		case x.Undecided && x.Severity != rules.Notice:
			open = true
		case x.Severity == rules.Blocker:
			decided = append(decided, x)
		}
	}
	switch {
	case len(decided) == 1 && !open && curedByUpload(f, decided[0]):
		return WorksIfUploaded
	case len(decided) > 0:
		return Fails
	case open || !accepted(f):
		return Unknown
	}
	return Works
}

// accepted guards against silence: what no finding speaks against is called
// working only where it was seen to be fine.
func accepted(f *facts.Facts) bool {
	if !f.Chain.Trusted {
		return false
	}
	return f.TLS.Problem == facts.TLSFine && f.HTTP.Problem == facts.HTTPFine
}

// curedByUpload tells that the one blocker goes away with the right file, and
// that the chain was judged again with that very file and found good.
func curedByUpload(f *facts.Facts, blocker rules.Finding) bool {
	switch facts.FaultKind(blocker.Rule.ID) {
	case facts.SelfSigned, facts.UntrustedRoot:
		return len(f.Chain.WouldFail) == 0 && f.Upload.NeededPEM != ""
	}
	return false
}

// telegram tells what the bot's owner reads at Telegram: the words for the
// root cause, since the client stops at the first fault.
func telegram(f *facts.Facts, findings []rules.Finding, p *remedy.Params) Telegram {
	t := Telegram{Upload: p.Upload}
	if p.URL != "" {
		t.SetWebhook = remedy.SetWebhook(p)
	}
	for _, x := range findings {
		if x.Severity != rules.Blocker {
			continue
		}
		t.PredictedError = x.Predicted
		if t.PredictedError != "" {
			t.ReportedBy = x.Rule.Reporter
		}
		break
	}
	return t
}
