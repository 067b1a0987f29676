# A configuration of HAProxy is lines, in one file or several; a section begins
# at its keyword.
my (@lines, @file, @sections, %before);
for my $file (map { -d $_ ? sort glob "$_/*.cfg" : $_ } split /\n/, $conf) {
  my @these = split /^/, load($file);
  $these[-1] =~ s/\n?\z/\n/ if @these;
  push @lines, @these;
  push @file, ($file) x @these;
  $before{$file} = join '', @these;
}
die "no lines in $conf\n" if !@lines;

sub words { my ($s) = @_; my @w; push @w, $1 while $s =~ /\G\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\#])+)/gc; return @w }
sub bare { my ($s) = @_; return '' if !defined $s; $s =~ s/["']//g; return $s }

sub read_sections {
  @sections = ();
  for my $i (0 .. $#lines) {
    my ($word, $name) = words($lines[$i]);
    next if !defined $word;
    if ($word =~ /^(global|defaults|frontend|backend|listen|resolvers|peers|userlist|cache|program|mailers|ring|http-errors|fcgi-app)$/) {
      push @sections, { kind => $word, name => bare($name), first => $i };
    }
    $sections[-1]{last} = $i if @sections;
  }
}
read_sections();

# Lines are given new texts, of several lines or none, and keep their place:
# sections stay true until all is written.
sub inside { my ($s) = @_; return $s->{first} + 1 .. $s->{last} }

# places are addresses and ports of a bind line.
sub places {
  my ($i) = @_;
  my ($word, $where) = words($lines[$i]);
  return () if !defined $where || $word ne 'bind';
  return map { /^(.*?):(\d+)(?:-(\d+))?$/ ? [$1, $2, defined $3 ? $3 : $2] : () } split /,/, bare($where);
}
sub binds { my ($i) = @_; return grep { $_->[1] <= $port && $port <= $_->[2] } places($i) }

# Of several frontends with the port, that of the address counts.
my @here = grep { my $s = $_; $s->{kind} =~ /^(frontend|listen)$/ && grep { binds($_) } inside($s) } @sections;
my @exact = grep { my $s = $_; grep { my $i = $_; grep { $_->[0] =~ /^(ipv4@)?\Q$ip\E$/ } binds($i) } inside($s) } @here;
@here = @exact if $ip ne '' && @exact;
my @open = grep { my $s = $_; grep { my $i = $_; grep { $_->[0] !~ /^127\./ } binds($i) } inside($s) } @here;
@here = @open if @open;

sub need_port { die "no frontend in $conf binds port $port\n" if !@here }

# set_line puts words into a line, with its indent and its comment.
sub set_line {
  my ($i, @words) = @_;
  my ($pad) = $lines[$i] =~ /^(\s*)/;
  my $code = code_of($lines[$i]);
  my $rest = substr $lines[$i], length $code;
  $lines[$i] = $pad . join(' ', @words) . $rest if join("\0", @words) ne join("\0", words($lines[$i]));
}

# code_of is a line without its comment and line end.
sub code_of {
  my ($s) = @_;
  my ($code) = $s =~ /\A((?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\\.|[^"'\\#\n])*?)(?:\s*(?:#.*)?)\n?\z/;
  return defined $code ? $code : $s =~ s/\n\z//r;
}

my %valued = map { $_ => 1 } qw(verify ca-file ca-verify-file crl-file ssl-min-ver ssl-max-ver ciphers ciphersuites curves ecdhe sigalgs client-sigalgs);

# without leaves words out that match, with the value after those that take one.
sub without {
  my ($out, @w) = @_;
  my @kept;
  while (@w) {
    my $w = shift @w;
    if ($w =~ /^(?:$out)$/) { shift @w if $valued{$w} }
    else { push @kept, $w }
  }
  return @kept;
}

# set_bind changes the bind lines of the port, and what a list of certificates
# says about the host.
sub set_bind {
  my ($out, @add) = @_;
  need_port();
  for my $i (map { inside($_) } @here) {
    next if !binds($i);
    my @kept = without($out, words($lines[$i]));
    my $have = "\0" . join("\0", @kept) . "\0";
    push @kept, @add if @add && index($have, "\0" . join("\0", @add) . "\0") < 0;
    set_line($i, @kept);
    for my $n (1 .. $#kept) { set_list(bare($kept[$n]), $out) if $kept[$n - 1] eq 'crt-list' && $out ne '' }
  }
}

my %lists;
sub set_list {
  my ($file, $out) = @_;
  return if !-f $file;
  my $t = exists $lists{$file} ? $lists{$file} : load($file);
  $t =~ s{\[([^\]\n]*)\]}{'[' . join(' ', without($out, split ' ', $1)) . ']'}ge;
  $lists{$file} = $t;
}

# set_global puts the new lines into section global; options that say nothing
# of what is set stay.
sub set_global {
  my ($new, $out) = @_;
  my ($g) = grep { $_->{kind} eq 'global' } @sections;
  if (!$g) { $lines[0] = "global\n" . join('', map { "    $_\n" } split /\n/, $new) . "\n$lines[0]"; return }
  my %out = map { $_ => 1 } @names;
  my @old = grep { my ($w) = words($lines[$_]); defined $w && $out{$w} } inside($g);
  for my $i (@old) {
    my ($w, @options) = words($lines[$i]);
    next if $w ne 'ssl-default-bind-options';
    my @kept = without("$out|no-tls-tickets", @options);
    $new =~ s/^(ssl-default-bind-options .*)$/join ' ', $1, grep { " $1 " !~ m{ \Q$_\E } } @kept/me;
  }
  my $join = sub { join "\1", map { join "\0", words($_) } @_ };
  return if $join->(@lines[@old]) eq $join->(split /\n/, $new);
  my ($pad) = map { $lines[$_] =~ /^(\s+)\S/ ? $1 : () } inside($g);
  $pad = '    ' if !defined $pad;
  my $text = join '', map { "$pad$_\n" } split /\n/, $new;
  if (@old) { $lines[$old[0]] = $text; $lines[$_] = '' for @old[1 .. $#old] }
  else { $lines[$g->{last}] .= $text }
}

# set_public binds every address.
sub set_public {
  my @local = grep { my $i = $_; grep { $_->[1] <= $port && $port <= $_->[2] && $_->[0] =~ /^(?:ipv[46]@)?(?:127\.|localhost|\[?::)/ } places($i) } map { inside($_) } grep { $_->{kind} =~ /^(frontend|listen)$/ } @sections;
  need_port();
  for my $i (@local) {
    my ($word, $where, @rest) = words($lines[$i]);
    $where = join ',', map { s/^(?:ipv[46]@)?(?:127\.[\d.]+|localhost|\[?::1?\]?)(?=:)//r } split /,/, bare($where);
    set_line($i, $word, $where, grep { $_ !~ /^v6only$/ } @rest);
  }
}
