package proving

// wall is a firewall as it is found: how it blocks the port, and how a boot
// loads it.
type wall struct {
	name, platform string
	finding        string
	setup          string   // after which the port is blocked
	kinds          string   // of remedies to try, "" for all three
	broad          []string // after each of which the port is open to all
	drifts         bool     // what is on disk is not what is in force
}

// tool is what differs between the tools.
type tool struct {
	show  string // its rules, without counters
	flush string
	boot  string // loads what is on disk into an empty ruleset
}

const flushTables = "nft flush ruleset\nif grep -qs . /proc/net/ip_tables_names; then for t in raw mangle nat filter; do iptables-legacy -t $t -F; iptables-legacy -t $t -X; done; iptables-legacy -P INPUT ACCEPT; fi\n"

var tools = map[string]tool{
	"iptables": {
		show:  "(iptables-save; if grep -qs . /proc/net/ip_tables_names; then iptables-legacy-save; fi) | sed -e '/^#/d' -e 's/ \\[[0-9:]*\\]//' | awk '/^[*]/ { t = $0 } /^COMMIT/ || /^[*]/ { next } { print t, $0 }' | grep -v ' :[A-Z]* ACCEPT$' | sort -s -k1,1",
		flush: flushTables,
		boot:  "if [ -e /etc/iptables/rules.v4 ]; then iptables-restore < /etc/iptables/rules.v4; fi\n",
	},
	"nftables": {show: "nft -s list ruleset", flush: flushTables, boot: "if [ -e /etc/nftables.conf ]; then nft -f /etc/nftables.conf; fi\n"},
	"ufw":      {show: "iptables -S; cat /etc/ufw/user.rules", flush: flushTables, boot: "/lib/ufw/ufw-init force-reload >/dev/null\n"},
	"firewalld": {
		show:  "nft -s list table inet firewalld | grep 8443 | sort; find /etc/firewalld/zones -type f -exec cat {} +",
		flush: "kill $(cat /run/firewalld.pid); while [ -e /run/firewalld.pid ]; do sleep 0.05; done\n" + flushTables,
		boot:  startFirewalld,
	},
}

// startFirewalld starts the daemon without systemd, on a bus of its own.
const startFirewalld = "mkdir -p /run/dbus\nif [ ! -e /run/dbus/system_bus_socket ]; then dbus-daemon --system --fork --nopidfile; fi\n" +
	"firewalld >/dev/null 2>&1\nfor i in $(seq 200); do if firewall-cmd -q --state; then break; fi; sleep 0.05; done\nfirewall-cmd --state\n"

// nft writes a ruleset file and loads it.
func nft(rules string) string {
	return "cat > /etc/nftables.conf <<'N'\n#!/usr/sbin/nft -f\nflush ruleset\n" + rules + "N\nnft -f /etc/nftables.conf\n"
}

// input is a chain that lets ssh in and what is established.
func input(spec, rules string) string {
	return " chain input {\n  type filter hook input priority " + spec + "\n  ct state established,related accept\n  iif lo accept\n  tcp dport 22 counter accept\n  " + rules + "\n }\n"
}

const stateful = "iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\niptables -A INPUT -i lo -j ACCEPT\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n"

func iptablesWalls() []wall {
	const savedByHand = "mkdir -p /etc/iptables; printf '# my rules\\n*nat\\n:PREROUTING ACCEPT [0:0]\\n-A PREROUTING -p tcp --dport 2222 -j REDIRECT --to-ports 22\\nCOMMIT\\n# ssh\\n*filter\\n:INPUT DROP [0:0]\\n:web - [0:0]\\n-A INPUT -i lo -j ACCEPT\\n-A INPUT -p tcp --dport 22 -j ACCEPT\\n-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\\n-A INPUT -j web\\n-A web -p tcp --dport 8443 -j DROP\\nCOMMIT' > /etc/iptables/rules.v4\niptables-restore < /etc/iptables/rules.v4\n"
	block := "iptables -A INPUT -p tcp --dport 8443 -j "
	return []wall{
		{name: "policy", platform: "iptables", finding: "tcp.timeout", setup: stateful + "iptables -P INPUT DROP\n", broad: []string{
			"iptables -A INPUT -p tcp --dport 8443 -j ACCEPT\n",
			stateful + "iptables -A INPUT -p tcp -m multiport --dports 80,443,8443 -j ACCEPT\niptables -A INPUT -j DROP\n",
			"iptables -A INPUT -p tcp --dport 8000:9000 -j ACCEPT\n",
			"iptables -t nat -A PREROUTING -p tcp --dport 8443 -j REDIRECT --to-ports 8444\n",
		}},
		{name: "DROP last", platform: "iptables", kinds: "open open_interface", finding: "tcp.timeout", setup: stateful + "iptables -A INPUT -j DROP\n"},
		{name: "chain of the user, saved by hand", platform: "iptables", finding: "tcp.timeout", setup: savedByHand},
		{name: "saved rules that are not in force", platform: "iptables", finding: "tcp.timeout", setup: savedByHand + "iptables -F; iptables -X; iptables -P INPUT ACCEPT\n" + block + "DROP\n", drifts: true},
		{name: "REJECT", platform: "iptables", finding: "tcp.refused", setup: block + "REJECT\n"},
		{name: "REJECT tcp-reset on an interface", platform: "iptables", kinds: "open_interface", finding: "tcp.refused", setup: "iptables -A INPUT -i b0 -p tcp --dport 8443 -j REJECT --reject-with tcp-reset\n"},
		{name: "REJECT icmp-host-prohibited", platform: "iptables", kinds: "telegram_only", finding: "tcp.unreachable", setup: stateful + "iptables -A INPUT -j REJECT --reject-with icmp-host-prohibited\n"},
		{name: "REJECT icmp-proto-unreachable", platform: "iptables", kinds: "open", finding: "tcp.unreachable", setup: block + "REJECT --reject-with icmp-proto-unreachable\n"},
		{name: "raw", platform: "iptables", kinds: "open telegram_only", finding: "tcp.timeout", setup: "iptables -t raw -A PREROUTING -p tcp --dport 8443 -j DROP\n"},
		{name: "mangle", platform: "iptables", kinds: "telegram_only", finding: "tcp.timeout", setup: "iptables -t mangle -N no; iptables -t mangle -A no -j DROP; iptables -t mangle -A PREROUTING -p tcp --dport 8000:9000 -j no\n"},
		{name: "container", platform: "iptables", finding: "tcp.timeout", setup: container + published + "iptables -A DOCKER-USER -i b0 -j DROP\n", broad: []string{published}},
		{name: "replies", platform: "iptables", kinds: "open telegram_only", finding: "tcp.timeout", setup: stateful + "iptables -P INPUT DROP; iptables -P OUTPUT DROP; iptables -A OUTPUT -p tcp --sport 22 -j ACCEPT\n"},
		{name: "legacy beside nft", platform: "iptables", kinds: "open telegram_only", finding: "tcp.timeout", setup: "iptables-legacy -A INPUT -p tcp --dport 8443 -j DROP\n", drifts: true},
		{name: "legacy", platform: "iptables", finding: "tcp.timeout", setup: "update-alternatives --set iptables /usr/sbin/iptables-legacy\n" + stateful + "iptables -P INPUT DROP\n"},
		{name: "blocklist of Telegram's network", platform: "iptables", kinds: "open telegram_only", finding: "tcp.timeout", setup: "ipset create bad hash:net; ipset add bad 149.154.160.0/20\niptables -A INPUT -m set --match-set bad src -j DROP\n"},
		{name: "limit", platform: "iptables", kinds: "open", finding: "tcp.timeout", setup: "iptables -A INPUT -p tcp --syn --dport 8443 -m limit --limit 1/hour --limit-burst 1 -j ACCEPT\n" + block + "DROP\n"},
		{name: "hashlimit", platform: "iptables", kinds: "open", finding: "tcp.timeout", setup: "iptables -A INPUT -p tcp --syn --dport 8443 -m hashlimit --hashlimit-name h --hashlimit-mode srcip --hashlimit-above 1/hour --hashlimit-burst 1 -j DROP\n"},
	}
}

// container is a bot in a network of its own, whose port is published by
// address translation.
const container = "unshare -n sleep 1000 &\nc=$!\nsleep 0.2\nip link add d0 type veth peer name c0 netns $c\nip addr add 172.17.0.1/24 dev d0\nip link set d0 up\n" +
	"nsenter -t $c -n bash -c 'ip link set lo up; ip addr add 172.17.0.2/24 dev c0; ip link set c0 up; ip route add default via 172.17.0.1; sed s,/run/nginx.pid,/run/inside.pid, /etc/nginx/nginx.conf > /etc/nginx/inside.conf; nginx -c /etc/nginx/inside.conf'\necho 1 > /proc/sys/net/ipv4/ip_forward\n"

// published are rules as Docker writes them.
const published = "iptables -P FORWARD DROP; iptables -N DOCKER-USER; iptables -A FORWARD -j DOCKER-USER\n" +
	"iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\niptables -A FORWARD -i d0 ! -o d0 -j ACCEPT\niptables -A FORWARD -d 172.17.0.2/32 ! -i d0 -o d0 -p tcp --dport 8443 -j ACCEPT\n" +
	"iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 8443 -j DNAT --to-destination 172.17.0.2:8443\n"

func nftWalls() []wall {
	return []wall{
		{name: "policy with counters", platform: "nftables", finding: "tcp.timeout", setup: nft("table inet filter {\n counter blocked {}\n" + input("filter; policy drop;", "counter name blocked") + "}\n"), broad: []string{
			nft("table inet filter {\n" + input("0; policy drop;", "tcp dport { 80, 443, 8443 } accept") + "}\n"),
			nft("table ip f {\n" + input("-5; policy drop;", "tcp dport 8000-9000 accept") + "}\n"),
			nft("table ip n {\n chain p {\n  type nat hook prerouting priority -100;\n  tcp dport 8443 redirect to :8444\n }\n}\n"),
		}},
		{name: "two chains on the hook, comments", platform: "nftables", finding: "tcp.timeout", setup: nft("table inet a {\n comment \"drop { what } comes\"\n chain first {\n  type filter hook input priority -10; policy accept;\n  tcp dport 8443 accept comment \"the bot\"\n }\n}\ntable ip b {\n" + input("10; policy accept;", "jump rest") + " chain rest {\n  counter drop\n }\n}\n")},
		{name: "reject", platform: "nftables", kinds: "open", finding: "tcp.refused", setup: nft("table ip web {\n chain in {\n  type filter hook input priority 0;\n  tcp dport { 8443, 9000-9010 } counter reject with tcp reset\n }\n}\n")},
		{name: "reject admin-prohibited, map", platform: "nftables", kinds: "telegram_only", finding: "tcp.unreachable", setup: nft("table inet web {\n chain no {\n  reject with icmpx type admin-prohibited\n }\n chain in {\n  type filter hook input priority 0;\n  tcp dport vmap { 22 : accept, 8443 : jump no }\n }\n}\n")},
		{name: "prerouting and ingress", platform: "nftables", kinds: "open telegram_only", finding: "tcp.timeout", setup: nft("table netdev early {\n chain in {\n  type filter hook ingress device \"b0\" priority 0; policy accept;\n  tcp dport 8443 drop\n }\n}\ntable inet raw {\n chain pre {\n  type filter hook prerouting priority raw; policy accept;\n  tcp dport 8443 drop\n }\n}\n")},
		{name: "set of Telegram's network, rules in an included file", platform: "nftables", finding: "tcp.timeout", setup: "mkdir -p /etc/nftables.d\ncat > /etc/nftables.d/bad.nft <<'N'\ntable inet filter {\n set bad {\n  type ipv4_addr; flags interval\n  elements = { 149.154.160.0/20 comment \"who\" }\n }\n chain input {\n  type filter hook input priority filter;\n  ip saddr @bad drop\n }\n}\nN\n" + nft("include \"/etc/nftables.d/*.nft\"\n")},
		{name: "container", platform: "nftables", finding: "tcp.timeout", setup: container + nft("table ip d {\n chain f {\n  type filter hook forward priority 0; policy drop;\n  ct state established accept\n  iifname d0 accept\n }\n chain p {\n  type nat hook prerouting priority -100;\n  fib daddr type local tcp dport 8443 dnat to 172.17.0.2\n }\n}\n")},
		{name: "replies", platform: "nftables", kinds: "open telegram_only", finding: "tcp.timeout", setup: nft("table inet t {\n" + input("0; policy drop;", "") + " chain out {\n  type filter hook output priority 0; policy drop;\n  tcp sport 22 accept\n  oif lo accept\n }\n}\n")},
		{name: "rules that no file holds", platform: "nftables", finding: "tcp.timeout", drifts: true, setup: "rm -f /etc/nftables.conf; nft add table inet t; nft add chain inet t c '{ type filter hook input priority 5; policy drop; }'\n"},
	}
}

func ufwWalls() []wall {
	const app = "printf '[Bot]\\ntitle=Bot\\ndescription=Bot\\nports=80,443,8443/tcp\\n' > /etc/ufw/applications.d/bot\n"
	return []wall{
		{name: "default deny", platform: "ufw", finding: "tcp.timeout", setup: app + "ufw allow 22/tcp\nufw route allow 8443/tcp\nufw --force enable\n", broad: []string{
			"ufw allow 8443\nufw allow Bot\nufw allow 8000:9000/tcp\nufw allow proto tcp to any port 443,8443\n",
		}},
		{name: "deny rules", platform: "ufw", finding: "tcp.timeout", kinds: "open telegram_only", setup: "ufw allow 22/tcp\nufw deny 8443/tcp\nufw deny 8000:9000/tcp\nufw deny from 203.0.113.0/24\nufw --force enable\n"},
		{name: "rules of one's own before ufw's", platform: "ufw", finding: "tcp.timeout", setup: "sed -i 's#^COMMIT#-I ufw-before-input 1 -p tcp --dport 8443 -j DROP\\nCOMMIT#' /etc/ufw/before.rules\nufw allow 22/tcp\nufw --force enable\n", broad: []string{
			"sed -i 's#dport 8443 -j DROP#dport 8443 -j ACCEPT#' /etc/ufw/before.rules; ufw reload\n",
			"printf '*nat\\n:PREROUTING ACCEPT [0:0]\\n-A PREROUTING -p tcp --dport 8443 -j REDIRECT --to-ports 8444\\nCOMMIT\\n' >> /etc/ufw/before.rules; sed -i 's#dport 8443 -j ACCEPT#dport 8444 -j ACCEPT#' /etc/ufw/before.rules; ufw reload\n",
		}},
		{name: "reject", platform: "ufw", finding: "tcp.refused", kinds: "open", setup: "ufw allow 22/tcp\nufw reject 8443/tcp comment 'not now'\nufw --force enable\n"},
		{name: "limit", platform: "ufw", finding: "tcp.refused", kinds: "open", setup: "ufw allow 22/tcp\nufw limit 8443/tcp\nufw --force enable\n"},
	}
}

func firewalldWalls() []wall {
	return []wall{
		{name: "default zone", platform: "firewalld", finding: "tcp.unreachable", setup: startFirewalld, broad: []string{
			"firewall-cmd -q --add-port=8443/tcp\nfirewall-cmd -q --permanent --add-port=8443/tcp\n",
		}},
		{name: "zone of the interface", platform: "firewalld", finding: "tcp.timeout", kinds: "open_interface telegram_only", setup: startFirewalld + "firewall-cmd -q --permanent --zone=drop --add-interface=b0\nfirewall-cmd -q --permanent --zone=drop --add-service=ssh\nfirewall-cmd --reload\nfirewall-cmd -q --zone=drop --add-port=9999/tcp\n"},
		{name: "direct rules", platform: "firewalld", finding: "tcp.timeout", setup: startFirewalld + "for p in --permanent ''; do firewall-cmd -q $p --add-port=8443/tcp; firewall-cmd -q $p --direct --add-rule ipv4 filter INPUT -5 -p tcp --dport 8443 -j DROP; firewall-cmd -q $p --direct --add-passthrough ipv4 -t mangle -I PREROUTING 1 -p tcp --dport 8443 -j DROP; done\n"},
		{name: "direct rule that lets in", platform: "firewalld", kinds: "open", finding: "tcp.refused", setup: "sed -i s/^FirewallBackend=.*/FirewallBackend=iptables/ /etc/firewalld/firewalld.conf\n" + startFirewalld, broad: []string{
			"for p in --permanent ''; do firewall-cmd -q $p --direct --add-rule ipv4 filter INPUT 0 -p tcp --dport 8443 -j ACCEPT; done\n",
		}},
		{name: "policy, and a zone of Telegram's network", platform: "firewalld", finding: "tcp.timeout", setup: startFirewalld + "f='firewall-cmd -q --permanent'; $f --add-port=8443/tcp; $f --zone=drop --add-source=149.154.160.0/20; $f --zone=drop --add-service=ssh; $f --new-policy=no; $f --policy=no --add-ingress-zone=ANY; $f --policy=no --add-egress-zone=HOST; $f --policy=no --add-rich-rule='rule family=ipv4 port port=8443 protocol=tcp drop'; firewall-cmd -q --reload\n"},
		{name: "rich rule", platform: "firewalld", finding: "tcp.refused", kinds: "open", setup: startFirewalld + "firewall-cmd -q --set-default-zone=trusted\nfor p in --permanent ''; do firewall-cmd -q $p --zone=trusted --add-rich-rule='rule family=ipv4 port port=8443 protocol=tcp reject type=tcp-reset'; done\n"},
	}
}
