package proving

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
	"text/tabwriter"

	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
)

// results is what was proven, for the table at the end.
var results = struct {
	sync.Mutex
	done map[string]int
}{done: map[string]int{}}

func proven(finding, remedy string) {
	results.Lock()
	defer results.Unlock()
	results.done[finding+" "+remedy]++
	results.done[remedy]++
}

// unproven says why a remedy is not run here.
var unproven = map[string]string{
	"python.telegram_bot": "text: Debian has no such version of the library",
	"python.aiogram":      "text: Debian has no such library",
	"node.grammy":         "text: Debian has no such library",
	"caddy.public_ca":     "Caddy would ask a public CA, and none is here; the edit itself is that of caddy.site, which is proven",
	"haproxy.dh":          "HAProxy with OpenSSL 3 takes no parameters that short",
	"windows":             "no Windows here",
	"panel":               "no panel here",
	"dns":                 "advice for a DNS provider",
	"other":               "advice, or a command that only looks",
}

// situations are the remedies of a rule for a certificate of a CA and for one
// that is signed by itself.
func situations(r rules.Rule) []remedy.Remedy {
	own := remedy.Sample()
	own.SelfSigned, own.Upload = true, "leaf"
	rs := r.Remedies(remedy.Sample())
	for _, fix := range r.Remedies(own) {
		if !slices.ContainsFunc(rs, func(have remedy.Remedy) bool { return have.ID == fix.ID && have.Kind == fix.Kind }) {
			rs = append(rs, fix)
		}
	}
	return rs
}

// writeTable writes finding × remedy: proven, or why not.
func writeTable(path string) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "finding\tremedy\tkind\tstate")
	for _, r := range rules.All() {
		if r.Remedies == nil {
			continue
		}
		rs := situations(r)
		sort.SliceStable(rs, func(i, j int) bool { return rs[i].Platform < rs[j].Platform })
		for _, fix := range rs {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, fix.ID, fix.Kind, state(r.ID, fix))
		}
	}
	return w.Flush()
}

func state(finding string, fix remedy.Remedy) string {
	results.Lock()
	defer results.Unlock()
	switch {
	case results.done[finding+" "+fix.ID] > 0:
		return "proven"
	case results.done[fix.ID] > 0:
		return "proven with another finding"
	case fix.Kind == remedy.Note:
		return "note"
	}
	platform, _, _ := strings.Cut(fix.ID, ".")
	if why := unproven[fix.ID]; why != "" {
		return why
	}
	if why := unproven[platform]; why != "" {
		return why
	}
	return "NOT PROVEN"
}
