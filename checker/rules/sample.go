package rules

import (
	"fmt"

	"hookcheck/checker/remedy"
)

// sampler is an Args type whose remedies depend on what it holds, so that the
// catalogue shows those of the rule's own Example: no fix for an answer of 302
// under a 400, none for a name where the fault is about an address.
type sampler interface {
	fit(*remedy.Params)
}

// SampleRemedies are the fixes that the catalogue shows without a check.
func (r Rule) SampleRemedies() []remedy.Remedy {
	if r.Remedies == nil {
		return nil
	}
	p := remedy.Sample()
	if s, ok := r.Example.(sampler); ok {
		s.fit(p)
	}
	return r.Remedies(p)
}

func (a notHTTPSArgs) fit(p *remedy.Params) { p.URL, p.Port = a.URL, 80 }

func (a portUnsupportedArgs) fit(p *remedy.Params) { fitPort(p, a.Port) }

func (a localAPIHintArgs) fit(p *remedy.Params) { fitPort(p, 5000) }

func (a reservedAddressArgs) fit(p *remedy.Params) { p.IP = a.IP }

func (a answerArgs) fit(p *remedy.Params) { p.Status = a.Status }

func (a ipWithoutUploadArgs) fit(p *remedy.Params) { fitAddress(p, a.IP) }

func (a certIPNeedsSANArgs) fit(p *remedy.Params) { fitAddress(p, a.Host) }

func (a certIPNeedsCommonNameArgs) fit(p *remedy.Params) { fitAddress(p, a.Host) }

func fitAddress(p *remedy.Params, ip string) {
	p.Host, p.IP, p.IsIP = ip, ip, true
	p.URL = "https://" + ip + ":8443/webhook"
}

func fitPort(p *remedy.Params, port int) {
	p.Port, p.URL = port, fmt.Sprintf("https://%s:%d/webhook", p.Host, port)
}
