package remedy

var nftWhere = text(
	"shell on the bot's host, as root; where ufw or firewalld runs use theirs instead. The ruleset file (Debian, Ubuntu: /etc/nftables.conf; RHEL: /etc/sysconfig/nftables.conf) gets one include line for the next boot",
	"командная строка сервера бота, от root; если работает ufw или firewalld, берите вариант для них. В файл правил (Debian, Ubuntu: /etc/nftables.conf; RHEL: /etc/sysconfig/nftables.conf) добавляется одна строка include для следующей загрузки")

// nftHead finds the ruleset file and the chains that filter what comes in. An
// accept in a table of its own would not help: a drop in any chain is final,
// so the rules go to the top of the chains that are there.
const nftHead = `conf=/etc/nftables.conf
if [ -e /etc/sysconfig/nftables.conf ]; then conf=/etc/sysconfig/nftables.conf; fi
own=/etc/nftables-@NAME@.nft
chains() {
  nft list chains | awk '$1 == "table" { family = $2; table = $3 }
    $1 == "chain" { chain = $2 }
    / hook input / && / filter / && (family == "inet" || family == "ip") { print family, table, chain }'
}
drop_own() {
  chains | while read -r family table chain; do
    nft -a list chain "$family" "$table" "$chain" | awk '/comment "@NAME@"/ { print $NF }' | while read -r handle; do
      nft delete rule "$family" "$table" "$chain" handle "$handle"
    done
  done
}
`

// nftKeep includes the rules from the ruleset file, once, or leaves that file
// alone where it does not load with them.
const nftKeep = `if [ ! -e "$conf" ]; then
  printf '#!/usr/sbin/nft -f\nflush ruleset\n' > "$conf"
fi
if ! grep -qxF "include \"$own\"" "$conf"; then
  sed -i -e '$a\' "$conf"
  echo "include \"$own\"" >> "$conf"
fi
if ! nft -c -f "$conf"; then
  sed -i -e "\\|^include \"$own\"\$|d" "$conf"
  echo "the rules are in force but $conf does not load with them: they are gone after a boot" >&2
elif [ -d /run/systemd/system ]; then
  systemctl enable -q nftables
fi
`

const nftForget = `if [ -e "$conf" ]; then sed -i -e "\\|^include \"$own\"\$|d" "$conf"; fi
rm -f "$own"
`

const nftApply = "nft list ruleset\n"

// nftRules is the body that puts rules, given in the order in which they are
// to stand, on top of every input chain.
func nftRules(name string, extra string, rules ...string) string {
	insert := ""
	for i := len(rules) - 1; i >= 0; i-- {
		insert += `  echo "insert rule $family $table $chain ` + rules[i] + ` comment \"` + name + `\""` + "\n"
	}
	return fill(nftHead, "@NAME@", name) + "drop_own\n" +
		"{ " + extra + ":\nchains | while read -r family table chain; do\n" + insert + "done; } > \"$own\"\n" +
		"nft -f \"$own\"\n" + nftKeep
}

// NFTablesOpen opens the port to all, before whatever blocks it.
func NFTablesOpen(p *Params) Remedy {
	name := "hookcheck-" + p.port()
	r := command("nftables.open", fillText(text("nftables: open port @PORT@", "nftables: открыть порт @PORT@"), "@PORT@", p.port()),
		nftRules(name, "", "tcp dport "+p.port()+" counter accept"),
		fill(nftHead, "@NAME@", name)+"drop_own\n"+nftForget)
	r.Where, r.Apply = nftWhere, nftApply
	return r
}

// NFTablesOpenInterface opens the port on one interface.
func NFTablesOpenInterface(p *Params) Remedy {
	name := "hookcheck-dev-" + p.port()
	r := command("nftables.open_interface", interfaceTitle(p, "nftables"), publicInterface+nftRules(name, "", "iifname $dev tcp dport "+p.port()+" counter accept"),
		fill(nftHead, "@NAME@", name)+"drop_own\n"+nftForget)
	r.Where, r.Apply = nftWhere, nftApply
	return r
}

// NFTablesTelegramOnly admits Telegram's ranges and nobody else.
func NFTablesTelegramOnly(p *Params) Remedy {
	name := "hookcheck-only-" + p.port()
	rules := []string{`iifname lo tcp dport ` + p.port() + ` accept`}
	for _, n := range TelegramRanges() {
		rules = append(rules, "ip saddr "+n.String()+" tcp dport "+p.port()+" counter accept")
	}
	rules = append(rules, "meta nfproto ipv4 tcp dport "+p.port()+" counter drop")
	r := command("nftables.telegram_only", telegramOnlyTitle(p, "nftables"), nftRules(name, "", rules...),
		fill(nftHead, "@NAME@", name)+"drop_own\n"+nftForget)
	r.Where, r.Apply = nftWhere, nftApply
	return r
}

// NFTablesRedirect leads a port that Telegram connects to, to the bot's own.
func NFTablesRedirect(p *Params) Remedy {
	front, bot := p.frontPort(), p.botPort()
	name := "hookcheck-" + front + "-" + bot
	table := "hookcheck_" + front + "_" + bot
	// Declaring a table before deleting it lets the file load whether or not
	// the table is there.
	extra := `echo 'table ip ` + table + ` {}
delete table ip ` + table + `
table ip ` + table + ` {
  chain prerouting {
    type nat hook prerouting priority -100;
    fib daddr type local tcp dport ` + front + ` redirect to :` + bot + `
  }
}'; `
	r := command("nftables.redirect", redirectTitle(p, "nftables"),
		nftRules(name, extra, "tcp dport "+bot+" ct status dnat counter accept"),
		fill(nftHead, "@NAME@", name)+"drop_own\nif nft list table ip "+table+" >/dev/null 2>&1; then nft delete table ip "+table+"; fi\n"+nftForget)
	r.Where, r.Apply = nftWhere, nftApply
	return r
}
