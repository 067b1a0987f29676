use strict;
use warnings;
use Cwd 'realpath';

my ($keep, $conf, $host, $port, $path, $ip, $lines, $test, $task, @names) = @ARGV;

sub slurp {
  my ($file) = @_;
  open my $in, '<:raw', $file or die "reading $file: $!\n";
  local $/;
  my $text = readline $in;
  return defined $text ? $text : '';
}

# load reads a configuration; lines that all end as Windows ends them are read
# without that, and written with it.
my %crlf;
sub load {
  my ($file) = @_;
  my $text = slurp($file);
  if ($text =~ /\r\n/ && $text !~ /(?<!\r)\n/) { $crlf{$file} = 1; $text =~ s/\r\n/\n/g }
  return $text;
}

sub write_file {
  my ($file, $text) = @_;
  open my $out, '>:raw', $file or die "writing $file: $!\n";
  print {$out} $text;
  close $out or die "writing $file: $!\n";
}

# remember keeps a file as it was before the first change, or that there was
# none.
sub remember {
  my ($file) = @_;
  return if -e "$keep$file" || -e "$keep/.new" && grep { $_ eq $file } split /\n/, slurp("$keep/.new");
  my ($folder) = "$keep$file" =~ m{(.*)/};
  system('mkdir', '-p', '-m', '700', $folder) == 0 or die "no folder $folder\n";
  if (-e $file) { system('cp', '-a', $file, "$keep$file") == 0 or die "no copy of $file in $keep\n" }
  else { write_file("$keep/.new", (-e "$keep/.new" ? slurp("$keep/.new") : '') . "$file\n") }
}

# commit writes the files that differ and has the server test them; where it
# refuses them they are put back.
sub commit {
  my (%text) = @_;
  my %before;
  for my $name (sort keys %text) {
    my $file = realpath($name) || $name;
    my $old = -e $file ? slurp($file) : undef;
    my $new = $text{$name};
    $new =~ s/\n/\r\n/g if $crlf{$name};
    next if defined $old && $old eq $new;
    remember($file);
    $before{$file} = $old;
    write_file($file, $new);
  }
  print "changed: $_\n" for sort keys %before;
  if ($test ne '' && system('bash', '-c', $test) != 0) {
    defined $before{$_} ? write_file($_, $before{$_}) : unlink $_ for keys %before;
    die %before ? "the server does not accept the change, the files are as they were\n" : "the server does not accept its configuration, and nothing here was to be changed\n";
  }
  print "nothing to change: it is as it should be\n" if !%before;
}

# splice_in makes changes [from, to, text] to one text, the last one first.
sub splice_in {
  my ($text, @changes) = @_;
  substr($text, $_->[0], $_->[1] - $_->[0]) = $_->[2] for sort { $b->[0] <=> $a->[0] || $b->[1] <=> $a->[1] } @changes;
  return $text;
}

# cut is the change that takes a piece of text out, with its line where
# nothing else stands on it.
sub cut {
  my ($text, $from, $to) = @_;
  my ($before) = substr($text, 0, $from) =~ /([ \t]*)\z/;
  my $first = $from - length $before;
  if (($first == 0 || substr($text, $first - 1, 1) eq "\n") && substr($text, $to) =~ /\A([ \t]*\r?\n)/) {
    return [$first, $to + length $1, ''];
  }
  return [$from, $to, ''];
}

sub indent_of {
  my ($text, $at) = @_;
  my ($line) = substr($text, 0, $at) =~ /([^\n]*)\z/;
  return $line =~ /^([ \t]*)/ ? $1 : '';
}

sub indented {
  my ($with, $text) = @_;
  $text =~ s/\s+\z//;
  $text =~ s/\n(?=.)/\n$with/g;
  return $text;
}

# certs_in are the certificates of a file, as one line of base64 each.
sub certs_in {
  my ($file) = @_;
  return () if !-f $file || -s $file > 1e6;
  return map { s/\s+//gr } slurp($file) =~ /-----BEGIN (?:TRUSTED )?CERTIFICATE-----(.*?)-----END/gs;
}

# public_key is that of the first certificate in a file, or of its key (pkey).
sub public_key {
  my ($file, $of) = @_;
  return '' if !-f $file;
  my @how = $of ? ('pkey', '-pubout', '-passin', 'pass:') : ('x509', '-noout', '-pubkey');
  open my $in, '-|', 'sh', '-c', 'exec openssl "$@" 2>/dev/null', 'sh', @how, '-in', $file or return '';
  local $/;
  my $out = readline $in;
  return defined $out ? $out : '';
}

# public_key_of is that of a certificate given as text.
sub public_key_of {
  my ($pem) = @_;
  require File::Temp;
  my $file = File::Temp->new;
  print {$file} $pem, "\n";
  close $file;
  return public_key("$file");
}

# valid_for_host tells whether a file begins with a certificate for the host
# that has not expired.
sub valid_for_host {
  my ($file) = @_;
  my $check = $host =~ /^[\d.]+$|:/ ? '-checkip' : '-checkhost';
  open my $in, '-|', 'openssl', 'x509', '-in', $file, '-noout', $check, $host, '-checkend', '0' or return 0;
  local $/;
  my $said = readline $in;
  return defined $said && $said =~ /does match/ && $said =~ /will not expire/;
}

# renewed tells whether a file holds a good certificate that is not the one
# presented: the server has only to read it again.
sub renewed {
  my ($file) = @_;
  my ($mark) = map { /^-presented=(.+)/ ? $1 : () } @names;
  my ($first) = certs_in($file);
  return defined $mark && defined $first && substr($first, -length $mark) ne $mark && valid_for_host($file);
}

# chain_beside is the file of the whole chain that a tool such as certbot keeps
# beside a certificate and renews with it, else the one that was written.
sub chain_beside {
  my ($file, $chain) = @_;
  my @want = certs_in($chain);
  my ($folder) = $file =~ m{(.*)/} or return $chain;
  for my $beside ("$folder/fullchain.pem", "$folder/fullchain.cer") {
    my @there = certs_in($beside);
    return $beside if @want > 1 && @there >= @want && "@there[0 .. $#want]" eq "@want";
  }
  return $chain;
}
