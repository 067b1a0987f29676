package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
)

func urlCases() []reachCase {
	return []reachCase{
		{
			name: "http", change: func(f *facts.Facts) { f.Target.Scheme, f.Port = "http", 80; dead(f, "") },
			want:      []string{"url.not_https", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		},
		{
			name: "http, the port open and TLS not tried", change: func(f *facts.Facts) { f.Target.Scheme = "http"; dead(f, evidence.TCPOpen) },
			want:      []string{"url.not_https", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		},
		{
			name: "another scheme", change: func(f *facts.Facts) { f.Target.Scheme = "ftp"; dead(f, "") },
			want: []string{"url.not_https"}, predicted: "Bad Request: invalid webhook URL specified",
		},
		{
			name: "http, and the server speaks plain HTTP",
			change: func(f *facts.Facts) {
				f.Target.Scheme = "http"
				broken(f, facts.TLSPlainHTTP, "x")
			},
			want:      []string{"url.not_https", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		},
		{
			name: "port 5000", change: func(f *facts.Facts) { f.Port = 5000; dead(f, ""); f.Net.First = nil },
			want:      []string{"url.port_unsupported", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
		},
		{
			name: "http on port 5000 has two faults", change: func(f *facts.Facts) { f.Target.Scheme, f.Port = "http", 5000; dead(f, "") },
			want:      []string{"url.not_https", "url.port_unsupported", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		},
		{
			name: "port 5000 dialled all the same, plain HTTP",
			change: func(f *facts.Facts) {
				f.Port, f.Ev.Request.AnyPort = 5000, true
				broken(f, facts.TLSPlainHTTP, "x")
			},
			want:      []string{"url.port_unsupported", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
		},
		{name: "port 80 over TLS", change: func(f *facts.Facts) { f.Port = 80 }},
		{name: "port 88 over TLS", change: func(f *facts.Facts) { f.Port = 88 }},
		{name: "port 443", change: func(f *facts.Facts) { f.Port = 443 }},
		{name: "token", change: func(f *facts.Facts) { f.Target.TokenInPath = true }, want: []string{"url.token_in_path"}},
	}
}

func dnsCases() []reachCase {
	return []reachCase{
		{
			name: "no such name", change: func(f *facts.Facts) { noAddressFound(f, evidence.DNS{Outcome: evidence.DNSNoName}) },
			want:      []string{"dns.unresolvable"},
			predicted: "Bad Request: bad webhook: Failed to resolve host: Name or service not known",
		},
		{
			name: "a name without addresses", change: func(f *facts.Facts) { noAddressFound(f, evidence.DNS{Outcome: evidence.DNSNoData}) },
			want:      []string{"dns.unresolvable"},
			predicted: "Bad Request: bad webhook: Failed to resolve host: No address associated with hostname",
		},
		{
			name: "SERVFAIL", change: func(f *facts.Facts) {
				noAddressFound(f, evidence.DNS{Outcome: evidence.DNSServFail, Rcode: "SERVFAIL"})
			},
			want:      []string{"dns.lookup_failed"},
			predicted: "Bad Request: bad webhook: Failed to resolve host: Temporary failure in name resolution",
			undecided: true, vantage: true,
		},
		{
			name: "no resolver answers", change: func(f *facts.Facts) { noAddressFound(f, evidence.DNS{Outcome: evidence.DNSTimeout}) },
			want: []string{"dns.lookup_failed"}, undecided: true, vantage: true,
		},
		{
			name: "AAAA alone", change: func(f *facts.Facts) {
				noAddressFound(f, evidence.DNS{Outcome: evidence.DNSOK, AAAA: []string{"2001:db8::7"}})
			},
			want:      []string{"dns.ipv6_only", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: IPv6-only addresses are not allowed",
		},
		{
			name: "an IPv6 address", change: func(f *facts.Facts) {
				noAddressFound(f, evidence.DNS{Outcome: evidence.DNSLiteral, AAAA: []string{"2001:db8::7"}})
				f.IsIP, f.Host = true, "2001:db8::7"
			},
			want:      []string{"dns.ipv6_only", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: IPv6-only addresses are not allowed",
		},
		{
			name: "a private address that does not answer", change: func(f *facts.Facts) {
				dead(f, evidence.TCPTimeout)
				f.Net.FirstIP, f.Net.Reserved = "192.168.1.2", "192.168.0.0/16"
			},
			want:      []string{"dns.reserved_address", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: IP address 192.168.1.2 is reserved",
		},
		{
			name: "a private address that the guard kept from being dialled", change: func(f *facts.Facts) {
				dead(f, evidence.TCPForbidden)
				f.Net.FirstIP, f.Net.Reserved, f.Net.FromItself = "127.0.1.1", "127.0.0.0/8", true
			},
			want:      []string{"dns.reserved_address", "url.local_api_hint"},
			predicted: "Bad Request: bad webhook: IP address 127.0.1.1 is reserved",
		},
		{
			name: "dialled elsewhere by --connect-to", change: func(f *facts.Facts) {
				f.Ev.Request.ConnectTo, f.Ev.DNS = "127.0.0.2", &evidence.DNS{Outcome: evidence.DNSSkipped}
				f.Net.FirstIP = "127.0.0.2"
			},
		},
		{
			name: "two addresses, one refuses", change: func(f *facts.Facts) {
				f.Net.Differ = []evidence.Address{{IP: "93.184.216.35", TCP: evidence.TCPRefused}}
			},
			want: []string{"dns.addresses_differ"}, vantage: true,
		},
		{
			name: "two addresses, another certificate", change: func(f *facts.Facts) {
				f.Net.Differ = []evidence.Address{{IP: "93.184.216.35", TCP: evidence.TCPOpen, TLS: evidence.HelloOK, LeafSHA256: "bb"}}
			},
			want: []string{"dns.addresses_differ"}, vantage: true,
		},
		{
			name: "an IPv6 address that does not answer is harmless", change: func(f *facts.Facts) {
				f.Net.Differ = []evidence.Address{{IP: "2001:db8::7", TCP: evidence.TCPNetUnreachable}}
			},
		},
		{
			name: "an IPv4 address as host", change: func(f *facts.Facts) { f.IsIP, f.Host = true, "93.184.216.34" },
			want: []string{"dns.ip_without_upload"},
		},
		{
			name: "an IPv4 address as host, with an upload", change: func(f *facts.Facts) {
				f.IsIP, f.Host, f.Upload.Given = true, "93.184.216.34", true
			},
		},
	}
}
