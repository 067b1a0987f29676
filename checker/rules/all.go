package rules

import (
	"cmp"
	"slices"
)

// All returns the catalogue, ordered by stage and rank. The slice is the
// caller's own.
func All() []Rule {
	all := slices.Concat(reachRules(), trustRules(), pemRules())
	slices.SortStableFunc(all, byStageAndRank)
	return all
}

// Get returns the rule with an id.
func Get(id string) (Rule, bool) {
	for _, r := range All() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

func byStageAndRank(a, b Rule) int {
	return cmp.Or(
		cmp.Compare(stageIndex(a.Stage), stageIndex(b.Stage)),
		cmp.Compare(a.Rank, b.Rank),
	)
}

func stageIndex(s Stage) int { return slices.Index(Stages(), s) }
