# A configuration of HAProxy is lines; a section begins at its keyword.
my @lines = split /^/, slurp($conf);
my (@sections, %by_name);

sub words { my ($s) = @_; my @w; push @w, $1 while $s =~ /\G\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\#])+)/gc; return @w }

for my $i (0 .. $#lines) {
  my ($word, $name) = words($lines[$i]);
  next if !defined $word;
  if ($word =~ /^(global|defaults|frontend|backend|listen|resolvers|peers|userlist|cache|program|mailers|ring|http-errors)$/) {
    push @sections, { kind => $word, name => $name, first => $i };
  }
  $sections[-1]{last} = $i if @sections;
}
my @here = grep { my $s = $_; $s->{kind} =~ /^(frontend|listen)$/ && grep { binds($_) } $s->{first} + 1 .. $s->{last} } @sections;

# binds tells whether a line binds the webhook's port.
sub binds {
  my ($i) = @_;
  my ($word, $where) = words($lines[$i]);
  return defined $where && $word eq 'bind' && grep { /:(\d+)(?:-(\d+))?$/ && $1 <= $port && $port <= (defined $2 ? $2 : $1) } split /,/, $where;
}

sub need_port { die "no frontend in $conf binds port $port\n" if !@here }

# set_line puts words into a line, with its indent and its comment.
sub set_line {
  my ($i, @words) = @_;
  my ($pad) = $lines[$i] =~ /^(\s*)/;
  my ($rest) = $lines[$i] =~ /(\s+#.*)$/;
  $lines[$i] = $pad . join(' ', @words) . (defined $rest ? $rest : '') . "\n" if join("\0", @words) ne join("\0", words($lines[$i]));
}

# set_bind changes the bind lines of the port: out are regular expressions of
# words that go, with the value after those that take one.
sub set_bind {
  my ($out, @add) = @_;
  need_port();
  my %valued = map { $_ => 1 } qw(verify ca-file crl-file ssl-min-ver ssl-max-ver ciphers ciphersuites curves ecdhe);
  for my $i (map { $_->{first} + 1 .. $_->{last} } @here) {
    next if !binds($i);
    my @w = words($lines[$i]);
    my @kept;
    while (@w) {
      my $w = shift @w;
      if ($w =~ /^(?:$out)$/) { shift @w if $valued{$w} }
      else { push @kept, $w }
    }
    my $have = "\0" . join("\0", @kept) . "\0";
    push @kept, @add if @add && index($have, "\0" . join("\0", @add) . "\0") < 0;
    set_line($i, @kept);
  }
}

# set_global puts the new lines into section global.
sub set_global {
  my ($new) = @_;
  my ($g) = grep { $_->{kind} eq 'global' } @sections;
  if (!$g) { unshift @lines, "global\n", (map { "    $_\n" } split /\n/, $new), "\n"; return }
  my %out = map { $_ => 1 } @names;
  my @old = grep { my ($w) = words($lines[$_]); defined $w && $out{$w} } $g->{first} + 1 .. $g->{last};
  my $join = sub { join "\1", map { join "\0", words($_) } @_ };
  return if $join->(@lines[@old]) eq $join->(split /\n/, $new);
  my ($pad) = $lines[$g->{last}] =~ /^(\s+)/;
  $pad = '    ' if !defined $pad;
  my $text = join '', map { "$pad$_\n" } split /\n/, $new;
  if (@old) { $lines[$old[0]] = $text; $lines[$_] = '' for @old[1 .. $#old] }
  else { $lines[$g->{last}] =~ s/\n?\z/\n$text/ }
}

# backend_of is the section with the servers that the webhook goes to: that of
# a use_backend line which names its path or host, else the default one.
sub backend_of {
  my ($s) = @_;
  my ($default, $chosen, %acl) = ('', '');
  for my $i ($s->{first} + 1 .. $s->{last}) {
    my ($word, $name, @rest) = words($lines[$i]);
    next if !defined $name;
    my $about = join ' ', @rest;
    $acl{$name} = $about if $word eq 'acl';
    $about .= ' ' . $acl{$_} for grep { exists $acl{$_} } @rest;
    $default = $name if $word eq 'default_backend';
    $chosen ||= $name if $word eq 'use_backend' && ($about =~ /(^|\s)\Q$path\E(\s|$)/ || $about =~ /(^|\s)\Q$host\E(\s|$)/);
  }
  my ($found) = grep { $_->{kind} eq 'backend' && $_->{name} eq ($chosen || $default) } @sections;
  return $found || ($s->{kind} eq 'listen' ? $s : undef);
}

sub set_upstream {
  need_port();
  my $b = backend_of($here[0]) or die "the frontend of port $port has no backend for $path\n";
  for my $i ($b->{first} + 1 .. $b->{last}) {
    my ($word, $name, $address, @rest) = words($lines[$i]);
    set_line($i, $word, $name, $lines, @rest) if defined $address && $word eq 'server';
  }
}

# spare_redirects leaves the webhook's path out of every redirect.
sub spare_redirects {
  need_port();
  my ($test) = $lines;
  chomp $test;
  for my $i (map { $_->{first} + 1 .. $_->{last} } @here) {
    my @w = words($lines[$i]);
    next if !@w || !($w[0] eq 'redirect' || $w[0] eq 'http-request' && $w[1] eq 'redirect') || index($lines[$i], $test) >= 0;
    my ($line, $how, $when) = $lines[$i] =~ /^(.*?)(?:\s+(if|unless)\s+(.*?))?\s*$/;
    if (!defined $how) { $lines[$i] = "$line unless $test\n" }
    elsif ($how eq 'unless') { $lines[$i] = "$line unless $when || $test\n" }
    else { $lines[$i] = "$line if " . join(' || ', map { "$_ !$test" } split /\s+(?:\|\||or)\s+/, $when) . "\n" }
  }
}

# route sends the path to a backend of its own, before other choices.
sub route {
  need_port();
  my ($use, $backend) = split /\n\n/, $lines, 2;
  my ($name) = (words($use))[1];
  my $f = $here[0];
  $_ = '' for @lines[grep { my @w = words($lines[$_]); @w > 1 && $w[0] eq 'use_backend' && $w[1] eq $name } $f->{first} + 1 .. $f->{last}];
  my ($old) = grep { $_->{kind} eq 'backend' && $_->{name} eq $name } @sections;
  if ($old) { $_ = '' for @lines[$old->{first} .. $old->{last}]; $lines[$old->{first}] = $backend }
  else { $lines[-1] =~ s/\n?\z/\n/; push @lines, "\n", $backend }
  my ($first) = grep { $lines[$_] =~ /^\s*(use_backend|default_backend|server)\b/ } $f->{first} + 1 .. $f->{last};
  $first = $f->{last} if !defined $first;
  $lines[$first] = "    $use\n$lines[$first]";
}

my $versions = 'force-\S+|ssl-m(in|ax)-ver|no-(sslv3|tlsv1\d)';
if ($task eq 'bind-ssl') { set_bind('', split(' ', $lines)) }
elsif ($task eq 'bind-direct') { set_bind('accept-proxy') }
elsif ($task eq 'bind-verify') { set_bind('verify', 'verify', 'none') }
elsif ($task eq 'versions') { set_bind($versions); set_global($lines) }
elsif ($task eq 'ciphers') { set_bind("$versions|ciphers|ciphersuites|curves|ecdhe"); set_global($lines) }
elsif ($task eq 'global') { set_global($lines) }
elsif ($task eq 'upstream') { set_upstream() }
elsif ($task eq 'redirect') { spare_redirects() }
elsif ($task eq 'route') { route() }
else { die "unknown task $task\n" }
store($conf, join '', @lines);
