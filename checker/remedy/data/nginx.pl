my ($dir) = $conf =~ m{(.*)/};
my %text;

sub text { my ($file) = @_; $text{$file} = load($file) if !exists $text{$file}; return $text{$file} }

# parse gives the statements of a file: file, at, end, words, and for a block
# in (its statements), open and close.
sub parse {
  my ($t, $file) = @_;
  my (@top, @words, @blocks, $at);
  my $list = \@top;
  pos($t) = 0;
  while (pos($t) < length $t) {
    next if $t =~ /\G(?:\s+|#[^\n]*)/gc;
    $at = pos $t if !@words;
    if ($t =~ /\G;/gc) {
      push @$list, { file => $file, at => $at, end => pos $t, words => [@words] } if @words;
      @words = ();
    } elsif ($t =~ /\G\{/gc) {
      my $block = { file => $file, at => $at, words => [@words ? @words : ''], open => pos $t, in => [] };
      push @$list, $block;
      push @blocks, [$block, $list];
      $list = $block->{in};
      @words = ();
    } elsif ($t =~ /\G\}/gc) {
      my $last = pop @blocks or next;
      ($last->[0]{close}, $last->[0]{end}) = (pos($t) - 1, pos $t);
      $list = $last->[1];
      @words = ();
    } elsif ($t =~ /\G"((?:[^"\\]|\\.)*)"/gcs || $t =~ /\G'((?:[^'\\]|\\.)*)'/gcs) {
      (my $word = $1) =~ s/\\(["'\\])/$1/g;
      push @words, $word;
    } elsif ($t =~ /\G((?:\$\{[^}]*\}|\\.|[^\s;{])+)/gcs) {
      push @words, $1;
    } else {
      last;
    }
  }
  die "$file: a block is not closed\n" if @blocks;
  return @top;
}

sub tree { my ($file) = @_; return parse(text($file), $file) }

sub is { my ($x, $name) = @_; return $x->{words}[0] eq $name }

our $depth = 0;
sub included {
  my ($x) = @_;
  die "files include one another\n" if $depth > 40;
  my $name = $x->{words}[1];
  return grep { -f } glob(quotemeta_space($name =~ m{^/} ? $name : "$dir/$name"));
}
sub quotemeta_space { my ($s) = @_; $s =~ s/([\s\\])/\\$1/g; return $s }

# statements of a block, those of the files that it includes among them.
sub statements {
  local $depth = $depth + 1;
  return map { is($_, 'include') ? statements(map { tree($_) } included($_)) : $_ } @_;
}

my @http = map { @{ $_->{in} } } grep { is($_, 'http') && $_->{in} } statements(tree($conf));

# servers are the server blocks in the order in which nginx reads them.
sub servers {
  my @all;
  for my $block (grep { is($_, 'server') && $_->{in} } statements(map { @{ $_->{in} } } grep { is($_, 'http') && $_->{in} } statements(tree($conf)))) {
    my %s = (file => $block->{file}, block => $block, nth => scalar @all, names => [], listen => []);
    for my $x (statements(@{ $block->{in} })) {
      my ($name, @args) = @{ $x->{words} };
      push @{ $s{names} }, map { lc } @args if $name eq 'server_name';
      push @{ $s{listen} }, \@args if $name eq 'listen' && @args;
      $s{rejects} = 1 if "$name @args" eq 'ssl_reject_handshake on';
    }
    push @{ $s{listen} }, ['80'] if !@{ $s{listen} };
    push @all, \%s;
  }
  return @all;
}

# place is address and port of a listen statement.
sub place {
  my ($where, @options) = @{ $_[0] };
  return ('', 0) if $where =~ /^unix:/;
  my ($address, $p) = $where =~ /^(\d+)$/ ? ('*', $1) : $where =~ /^(.+):(\d+)$/ ? ($1, $2) : ($where, 80);
  $address = '127.0.0.1' if $address eq 'localhost';
  $address = '*' if $address eq '0.0.0.0' || $address eq '[::]' && grep { $_ eq 'ipv6only=off' } @options;
  return ($address, $p);
}

sub at_port { my ($s) = @_; return grep { (place($_))[1] == $port } @{ $s->{listen} } }

sub at { my ($s, $address) = @_; return grep { (place($_))[0] eq $address } at_port($s) }

# here are the servers among which nginx chooses for Telegram's connection:
# those of the address itself, else those of all addresses.
sub here {
  my @port = grep { at_port($_) } servers();
  die "no server block listens on port $port in $conf and the files that it includes\n" if !@port;
  for my $address ($ip, '*') {
    my @these = grep { at($_, $address) } @port;
    return ($address, @these) if @these;
  }
  my ($address) = sort { local_only($a) <=> local_only($b) } map { (place($_))[0] } map { at_port($_) } @port;
  return ($address, grep { at($_, $address) } @port);
}

sub local_only { my ($a) = @_; return $a =~ /^(127\.|\[)/ ? 1 : 0 }

# score is nginx's preference: an exact name, the longest wildcard in front,
# the longest at the end, a regular expression.
sub score {
  my ($s) = @_;
  my $best = 0;
  for my $n (@{ $s->{names} }) {
    my $this = 0;
    if ($n eq $host) { $this = 4e6 }
    elsif ($n =~ /^\*?(\..+)$/) { $this = 3e6 + length $1 if substr("x$host", -length $1) eq $1 || ".$host" eq $n }
    elsif ($n =~ /^(.+\.)\*$/) { $this = 2e6 + length $1 if index($host, $1) == 0 }
    elsif ($n =~ /^~(.+)/) { $this = 1e6 if eval { $host =~ /$1/ } }
    $best = $this if $this > $best;
  }
  return $best;
}

my ($address, @here, $default, $own);
sub choose {
  ($address, @here) = here();
  ($default) = grep { my $s = $_; grep { grep { /^default(_server)?$/ } @$_ } at($s, $address) } @here;
  $default ||= $here[0];
  my ($named) = sort { score($b) <=> score($a) || $a->{nth} <=> $b->{nth} } grep { score($_) } @here;
  # Without a name in the handshake, as for an address, the default server's
  # certificate counts.
  my $is_ip = $host =~ /^[\d.]+$|:/;
  $own = ($task =~ /^(tls|chain)/ && $is_ip) ? $default : $named || $default;
}

# rewrite is the changes to a list of statements. $do gives the new text of one,
# '' to take it out, undef to leave it. An included file that holds one is taken
# into the block: other sites include that file too.
sub rewrite {
  my ($t, $do, @list) = @_;
  my @changes;
  for my $x (@list) {
    my $pad = indent_of($t, $x->{at});
    my $new = $do->($x);
    if (defined $new) { push @changes, $new eq '' ? cut($t, $x->{at}, $x->{end}) : [$x->{at}, $x->{end}, indented($pad, $new)] }
    elsif (is($x, 'include')) {
      my ($piece, $any) = ('', 0);
      for my $file (included($x)) {
        my @inner = rewrite(text($file), $do, tree($file));
        $any += @inner;
        $piece .= splice_in(text($file), @inner);
      }
      push @changes, [$x->{at}, $x->{end}, indented($pad, $piece) . "\n$pad"] if $any;
    }
  }
  return @changes;
}

sub words_of { return join "\1", map { join "\0", @{ $_->{words} }, $_->{in} ? ('{', words_of(@{ $_->{in} })) : () } @_ }

# set_in puts new statements into a block, in place of those that $out tells.
sub set_in {
  my ($block, $new, $out) = @_;
  my $t = text($block->{file});
  return if words_of(grep { $out->($_) } statements(@{ $block->{in} })) eq words_of(parse($new, ''));
  my $placed = $new eq '';
  my @changes = rewrite($t, sub { my ($x) = @_; return $out->($x) ? $placed++ ? '' : $new : undef }, @{ $block->{in} });
  push @changes, put_first($block, $new) if !$placed;
  $text{ $block->{file} } = splice_in($t, @changes);
}

sub put_first {
  my ($block, $new) = @_;
  my $pad = indent_of(text($block->{file}), $block->{at}) . '    ';
  return [$block->{open}, $block->{open}, "\n$pad" . indented($pad, $new)];
}

sub named { my %out = map { $_ => 1 } @_; return sub { my ($x) = @_; return $out{ $x->{words}[0] } } }

# each_block runs over the blocks of servers, parsed anew: an earlier one may
# stand in the same file.
sub each_block { my ($do, @which) = @_; $do->((servers())[$_->{nth}]{block}) for @which }

# effective are the statements of a name that count for a server: its own, else
# those of http.
sub effective {
  my ($s, $name) = @_;
  my @own = grep { is($_, $name) } statements(@{ $s->{block}{in} });
  return @own ? @own : grep { is($_, $name) } statements(@http);
}

sub absolute { my ($name) = @_; return $name =~ m{^/} ? $name : "$dir/$name" }

# set_chain changes the certificate that is presented, of several the one of
# the same key, and leaves the others.
sub set_chain {
  my ($new) = parse($lines, '');
  my $chain = $new->{words}[1];
  my @certs = effective($own, 'ssl_certificate');
  my ($old) = grep { @certs == 1 || public_key(absolute($_->{words}[1])) eq public_key($chain) } @certs;
  $old ||= $certs[0] || die "no ssl_certificate for $host on port $port\n";
  my $file = $old->{words}[1];
  return if certs_in($chain) && join(' ', certs_in(absolute($file))) eq join(' ', certs_in($chain));
  my $better = chain_beside(absolute($file), $chain);
  my $line = "ssl_certificate $better;";
  my $is = sub { my ($x) = @_; return is($x, 'ssl_certificate') && $x->{words}[1] eq $file };
  if (!grep { $is->($_) } statements(@{ $own->{block}{in} })) {
    $line = join "\n", map { "$_->{words}[0] " . ($is->($_) ? $better : $_->{words}[1]) . ';' } @certs, effective($own, 'ssl_certificate_key');
    $is = sub { 0 };
  }
  each_block(sub { set_in($_[0], $line, $is) }, $own);
}

# leaf_first are files of certificates that begin with another one than that of
# the key, put in order: nginx loads them where the two keys differ in kind, and
# no handshake succeeds.
sub leaf_first {
  my %new;
  for my $s (@_) {
    my @keys = map { absolute($_->{words}[1]) } effective($s, 'ssl_certificate_key');
    for my $file (map { absolute($_->{words}[1]) } effective($s, 'ssl_certificate')) {
      my $key = public_key(shift(@keys) || '', 'pkey');
      next if $key eq '' || !-f $file || public_key($file) eq $key;
      my (@own, @rest);
      for my $pem (slurp($file) =~ /(-----BEGIN (?:TRUSTED )?CERTIFICATE-----.*?-----END [A-Z ]+-----)/gs) {
        push @{ public_key_of($pem) eq $key ? \@own : \@rest }, $pem =~ s/\r//gr . "\n";
      }
      $new{$file} = join '', @own, @rest if @own;
    }
  }
  return %new;
}

# listen_with changes the words of the port's listen statements.
sub listen_with {
  my ($block, $change) = @_;
  my $t = text($block->{file});
  my $do = sub {
    my ($x) = @_;
    return undef if !is($x, 'listen') || (place([@{ $x->{words} }[1 .. $#{ $x->{words} }]]))[1] != $port;
    my @words = $change->(@{ $x->{words} });
    return "@words" eq "@{ $x->{words} }" ? undef : @words ? "@words;" : '';
  };
  $text{ $block->{file} } = splice_in($t, rewrite($t, $do, @{ $block->{in} }));
}
