package remedy

import "hookcheck/internal/lang"

// OpenSSLVersions sets versions for programs that follow the system's OpenSSL
// configuration.
func OpenSSLVersions(*Params) Remedy {
	return opensslSection("openssl.tls_versions", text("OpenSSL: TLS 1.2 and 1.3 for programs that follow the system's settings (RHEL: `update-crypto-policies --set DEFAULT`); then restart the program",
		"OpenSSL: TLS 1.2 и 1.3 для программ, которые берут системные настройки (RHEL: `update-crypto-policies --set DEFAULT`); затем перезапустите программу"),
		"Protocol|CipherString", "MinProtocol = TLSv1.2\nMaxProtocol = TLSv1.3\nCipherString = DEFAULT:@SECLEVEL=2\n")
}

// OpenSSLCiphers sets suites in the same place.
func OpenSSLCiphers(*Params) Remedy {
	return opensslSection("openssl.ciphers", text("OpenSSL: suites for programs that follow the system's settings; then restart the program", "OpenSSL: наборы шифров для программ, которые берут системные настройки; затем перезапустите программу"),
		"CipherString|Ciphersuites|Groups|Curves|MaxProtocol", "CipherString = DEFAULT:@SECLEVEL=2\nCiphersuites = "+suitesTLS13+"\nGroups = X25519:P-256:P-384\n")
}

const opensslSet = `conf=${OPENSSL_CONF:-/etc/ssl/openssl.cnf}
[ -e "$conf" ] || conf=/etc/pki/tls/openssl.cnf
`

// editOpenSSL puts lines into the section that programs take their defaults
// from, in place of those that say something else. Where no section is named,
// the names that lead to one are added.
const editOpenSSL = `use strict;
use warnings;
my ($conf, $out, $lines) = @ARGV;
open my $in, '<', $conf or die "reading $conf: $!\n";
my @text = <$in>;
sub value { # value SECTION NAME: what a section says
  my ($section, $name) = @_;
  my $at = '';
  for (@text) {
    $at = $1 if /^\s*\[\s*(\S+?)\s*\]/;
    return $1 if $at eq $section && /^\s*$name\s*=\s*(\S+)/;
  }
}
sub add { # add SECTION LINES: at its start, the section made where it is missing
  my ($section, $new) = @_;
  if ($section eq '') { unshift @text, $new; return }
  for my $i (0 .. $#text) {
    if ($text[$i] =~ /^\s*\[\s*\Q$section\E\s*\]/) { splice @text, $i + 1, 0, $new; return }
  }
  push @text, "\n[ $section ]\n", $new;
}
sub name { # name SECTION KEY FALLBACK: the section that a key leads to
  my ($section, $key, $fallback) = @_;
  my $known = value($section, $key);
  return $known if defined $known;
  add($section, "$key = $fallback\n");
  return $fallback;
}
my $defaults = name(name(name('', 'openssl_conf', 'openssl_init'), 'ssl_conf', 'ssl_sect'), 'system_default', 'system_default_sect');
my $at = '';
@text = grep { $at = $1 if /^\s*\[\s*(\S+?)\s*\]/; !($at eq $defaults && /^\s*(?:Min|Max)?(?:$out)\s*=/) } @text;
add($defaults, $lines);
open my $to, '>', $conf or die "writing $conf: $!\n";
print {$to} @text;
close $to or die "writing $conf: $!\n";
`

func opensslSection(id string, title lang.Text, out, lines string) Remedy {
	keep := "keep=/var/backups/hookcheck/" + id + "\n"
	r := command(id, title, keep+opensslSet+remember+"remember \"$conf\"\nperl - \"$conf\" "+shellAlways(out)+" "+quoteLines(lines)+" <<'PERL'\n"+editOpenSSL+"PERL\n",
		keep+undoFiles)
	r.Where = text("shell on the bot's host, as root (needs perl). It changes section `[system_default_sect]` of /etc/ssl/openssl.cnf; the file of before is kept in /var/backups/hookcheck",
		"командная строка сервера бота, от root (нужен perl). Меняет секцию `[system_default_sect]` файла /etc/ssl/openssl.cnf; прежний файл сохраняется в /var/backups/hookcheck")
	r.Apply = "openssl ciphers >/dev/null\n"
	return r
}

// OpenSSLFullchain gives OpenSSL's own server, or a program that calls its
// library, the whole chain: the option for one certificate reads but one.
func OpenSSLFullchain(p *Params) Remedy {
	r := program("openssl.fullchain",
		text("OpenSSL: s_server sends a chain only with -cert_chain; a program in C calls SSL_CTX_use_certificate_chain_file with the same file",
			"OpenSSL: s_server отправляет цепочку только с -cert_chain; программа на C вызывает SSL_CTX_use_certificate_chain_file с этим же файлом"),
		"-cert "+p.chainFile()+" -cert_chain "+p.chainFile()+"\n")
	r.Where = text("the command line of openssl s_server, in place of -cert and -cert_chain; -key stays; restart it",
		"командная строка openssl s_server, вместо -cert и -cert_chain; -key остаётся; затем перезапуск")
	r.Apply, r.Undo = p.writeBundle(), p.dropBundle()
	return r
}
