my ($dir) = $conf =~ m{(.*)/};
my (%text, @servers);

# parse gives the statements of a text: at, end, words, and for a block in
# (its statements), open and close.
sub parse {
  my ($t) = @_;
  my (@top, @words, @blocks, $at);
  my $list = \@top;
  pos($t) = 0;
  while (pos($t) < length $t) {
    next if $t =~ /\G(?:\s+|#[^\n]*)/gc;
    $at = pos $t if !@words;
    if ($t =~ /\G;/gc) {
      push @$list, { at => $at, end => pos $t, words => [@words] };
      @words = ();
    } elsif ($t =~ /\G\{/gc) {
      my $block = { at => $at, words => [@words], open => pos $t, in => [] };
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
  return @top;
}

sub included { my ($name) = @_; return grep { -f } glob($name =~ m{^/} ? $name : "$dir/$name") }

# statements of a block, those of the files that it includes among them.
sub statements {
  return map { $_->{words}[0] eq 'include' ? statements(map { parse(slurp($_)) } included($_->{words}[1])) : $_ } @_;
}

sub visit {
  my ($file, @list) = @_;
  for my $s (@list) {
    my $name = $s->{words}[0];
    if ($name eq 'include') { read_file($_) for included($s->{words}[1]) }
    elsif ($name eq 'http') { visit($file, @{ $s->{in} }) }
    elsif ($name eq 'server' && $s->{in}) { add_server($file, $s) }
  }
}

sub read_file {
  my ($file) = @_;
  return if exists $text{$file};
  $text{$file} = slurp($file);
  visit($file, parse($text{$file}));
}

sub port_of { my ($a) = @_; return $a =~ /^unix:/ ? 0 : $a =~ /^(\d+)$/ ? $1 : $a =~ /:(\d+)$/ ? $1 : 80 }

sub add_server {
  my ($file, $block) = @_;
  my %s = (file => $file, block => $block, names => [], listen => []);
  for my $x (statements(@{ $block->{in} })) {
    my ($name, @args) = @{ $x->{words} };
    push @{ $s{names} }, @args if $name eq 'server_name';
    push @{ $s{listen} }, \@args if $name eq 'listen';
    $s{rejects} = 1 if "$name @args" eq 'ssl_reject_handshake on';
  }
  push @{ $s{listen} }, ['80'] if !@{ $s{listen} };
  push @servers, \%s;
}

sub on_port { my ($s) = @_; return grep { port_of($_->[0]) == $port } @{ $s->{listen} } }

sub score {
  my ($s) = @_;
  my $best = 0;
  for my $n (map { lc } @{ $s->{names} }) {
    my $this = 0;
    if ($n eq $host) { $this = 4 }
    elsif ($n =~ /^\*?(\..+)$/) { $this = 3 if substr("x$host", -length $1) eq $1 || ".$host" eq $n }
    elsif ($n =~ /^(.+\.)\*$/) { $this = 2 if index($host, $1) == 0 }
    elsif ($n =~ /^~(.+)/) { $this = 1 if eval { $host =~ /$1/ } }
    $best = $this if $this > $best;
  }
  return $best;
}

read_file($conf);
my @here = grep { on_port($_) } @servers;
die "no server block listens on port $port in $conf and the files that it includes\n" if !@here;
my ($default) = grep { my $s = $_; grep { grep { /^default(_server)?$/ } @$_ } on_port($s) } @here;
$default ||= $here[0];
my ($named) = sort { score($b) <=> score($a) } grep { score($_) } @here;
# Without a name in the handshake, as for an address, the default server's
# certificate counts.
my $is_ip = $host =~ /^[\d.]+$|:/;
my $own = ($task =~ /^tls/ && $is_ip) ? $default : $named || $default;

sub same { my ($a, $b) = @_; return join("\0", map { @{ $_->{words} }, "\1" } @$a) eq join("\0", map { @{ $_->{words} }, "\1" } @$b) }

# set_in puts the new lines into a server block, in place of the statements
# that they replace. An included file that holds one is taken into the block
# without it: other sites include that file too.
sub set_in {
  my ($s, $new, @out) = @_;
  my $t = $text{ $s->{file} };
  my %out = map { $_ => 1 } @out;
  my @old = grep { $out{ $_->{words}[0] } } statements(@{ $s->{block}{in} });
  return if same(\@old, [parse($new)]);
  my (@changes, $placed);
  my $pad = indent_of($t, $s->{block}{at}) . '    ';
  for my $x (@{ $s->{block}{in} }) {
    if ($x->{words}[0] eq 'include') {
      my @files = included($x->{words}[1]);
      next if !grep { $out{ $_->{words}[0] } } map { parse(slurp($_)) } @files;
      my $inlined = '';
      for my $file (@files) {
        my $piece = slurp($file);
        $inlined .= splice_in($piece, map { cut($piece, $_->{at}, $_->{end}) } grep { $out{ $_->{words}[0] } } parse($piece));
      }
      push @changes, [$x->{at}, $x->{end}, indented($pad, $inlined) . "\n$pad"];
    } elsif ($out{ $x->{words}[0] }) {
      push @changes, $placed++ || $new eq '' ? cut($t, $x->{at}, $x->{end}) : [$x->{at}, $x->{end}, indented($pad, $new)];
    }
  }
  push @changes, [$s->{block}{open}, $s->{block}{open}, "\n$pad" . indented($pad, $new)] if !$placed && $new ne '';
  $text{ $s->{file} } = splice_in($t, @changes);
}

# each_server runs over servers of which each may be in a file changed before.
sub each_server {
  my ($do, @which) = @_;
  for my $i (map { my $w = $_; grep { $servers[$_] == $w } 0 .. $#servers } @which) {
    my $list = [@servers];
    my ($file, $nth) = ($list->[$i]{file}, 0);
    $nth = grep { $_->{file} eq $file } @$list[0 .. $i - 1] if $i;
    my @kept = @servers;
    @servers = ();
    visit_only($file);
    my $fresh = $servers[$nth];
    @servers = @kept;
    $do->({ %$fresh });
  }
}

sub visit_only {
  my ($file) = @_;
  my $walk;
  $walk = sub {
    for my $s (@_) {
      if ($s->{words}[0] eq 'http') { $walk->(@{ $s->{in} }) }
      elsif ($s->{words}[0] eq 'server' && $s->{in}) { add_server($file, $s) }
    }
  };
  $walk->(parse($text{$file}));
}

# listen_with changes the words of the port's listen statements.
sub listen_with {
  my ($s, $change) = @_;
  my $t = $text{ $s->{file} };
  my @changes;
  for my $x (@{ $s->{block}{in} }) {
    next if $x->{words}[0] ne 'listen' || port_of($x->{words}[1]) != $port;
    my $line = join(' ', $change->(@{ $x->{words} })) . ';';
    push @changes, [$x->{at}, $x->{end}, $line];
  }
  $text{ $s->{file} } = splice_in($t, @changes);
}

# location puts a location for the webhook's path into the server, and moves
# what redirects the whole server into its location /.
sub set_location {
  my ($s) = @_;
  my $t = $text{ $s->{file} };
  my ($new) = parse($lines);
  my @match = @{ $new->{words} };
  my ($old) = grep { $_->{in} && "@{ $_->{words} }" eq "@match" } @{ $s->{block}{in} };
  my $pad = indent_of($t, $s->{block}{at}) . '    ';
  my @changes;
  if ($old) { push @changes, [$old->{at}, $old->{end}, indented($pad, $lines)] }
  my @moved = grep { $_->{words}[0] =~ /^(return|rewrite)$/ || $_->{words}[0] eq 'if' && substr($t, $_->{at}, $_->{end} - $_->{at}) =~ /\b(return|rewrite)\b/ } @{ $s->{block}{in} };
  my $all = join '', map { "\n$pad    " . substr($t, $_->{at}, $_->{end} - $_->{at}) } @moved;
  my ($root) = grep { $_->{in} && "@{ $_->{words} }" eq 'location /' } @{ $s->{block}{in} };
  my $head = $old ? '' : "\n$pad" . indented($pad, $lines);
  if (@moved) {
    push @changes, map { cut($t, $_->{at}, $_->{end}) } @moved;
    if ($root) { push @changes, [$root->{open}, $root->{open}, $all] }
    else { $head .= "\n${pad}location / {$all\n$pad}" }
  }
  push @changes, [$s->{block}{open}, $s->{block}{open}, $head] if $head ne '';
  $text{ $s->{file} } = splice_in($t, @changes);
}

# serving is the location that answers the path: the exact one, else the
# longest prefix. A location found by a regular expression counts where no
# prefix but / matches.
sub serving {
  my ($s) = @_;
  my ($best, $length) = (undef, -1);
  for my $x (grep { $_->{in} && $_->{words}[0] eq 'location' } @{ $s->{block}{in} }) {
    my (undef, @m) = @{ $x->{words} };
    my ($how, $what) = @m == 2 ? @m : ('', $m[0]);
    my $this = -1;
    if ($how eq '=') { $this = 1e9 if $what eq $path }
    elsif ($how =~ /^~\*?$/) { my $re = $how eq '~' ? qr/$what/ : qr/$what/i; $this = 1.5 if $path =~ $re }
    elsif (index($path, $what) == 0) { $this = length $what }
    ($best, $length) = ($x, $this) if $this > $length;
  }
  return $best;
}

sub set_in_location {
  my ($s) = @_;
  my $x = serving($s) or die "no location of the server block in $s->{file} serves $path\n";
  my %inner = (file => $s->{file}, block => $x);
  set_in(\%inner, $lines, @names);
}

# set_upstream changes the address in proxy_pass and leaves its path.
sub set_upstream {
  my ($s) = @_;
  my $t = $text{ $s->{file} };
  my $x = serving($s) or die "no location of the server block in $s->{file} serves $path\n";
  my ($old) = grep { $_->{words}[0] eq 'proxy_pass' } @{ $x->{in} };
  if (!$old) { return set_in({ file => $s->{file}, block => $x }, "proxy_pass $lines;", 'proxy_pass') }
  (my $line = substr $t, $old->{at}, $old->{end} - $old->{at}) =~ s{\w+://[^/;\s"']+}{$lines};
  $text{ $s->{file} } = splice_in($t, [$old->{at}, $old->{end}, $line]);
}

# new_site gives the host a server block of its own: the block that would have
# answered, with the name and the certificate changed. A block that has no
# other name takes the name itself.
sub new_site {
  my ($source) = grep { my $x = serving($_); !$_->{rejects} && $x && "@{ $x->{words} }" =~ /^location (= |\^~ )?\Q$path\E$/ } @here;
  ($source) = grep { !$_->{rejects} } ($default, @here) if !$source;
  die "every server block on port $port rejects the handshake: the bot has none there yet\n" if !$source;
  my ($mine) = grep { score($_) == 4 && !$_->{rejects} } @here;
  my @others = grep { !/^(_|)$/ && $_ ne $host } @{ $source->{names} };
  if ($mine || !@others) {
    my @out = $mine ? grep { $_ ne 'server_name' } @names : @names;
    my $new = join "\n", grep { !$mine || !/^server_name/ } split /\n/, $lines;
    each_server(sub { set_in($_[0], $new, @out) }, $mine || $source);
    return;
  }
  my $t = $text{ $source->{file} };
  my $b = $source->{block};
  my $copy = substr $t, $b->{at}, $b->{end} - $b->{at};
  my ($parsed) = parse($copy);
  my %clone = (file => 'copy', block => $parsed);
  $text{copy} = $copy;
  set_in(\%clone, $lines, @names);
  ($clone{block}) = parse($text{copy});
  listen_with(\%clone, sub { grep { !/^default(_server)?$/ } @_ });
  my $pad = indent_of($t, $b->{at});
  $text{ $source->{file} } = splice_in($t, [$b->{end}, $b->{end}, "\n\n$pad" . delete $text{copy}]);
}

if ($task eq 'tls') { each_server(sub { set_in($_[0], $lines, @names) }, $own) }
elsif ($task eq 'tls-default') { each_server(sub { set_in($_[0], $lines, @names) }, $own == $default ? $own : ($own, $default)) }
elsif ($task eq 'tls-listen') {
  die "port 80 is shared with other sites: give the webhook another port (443, 8443, 88)\n" if $port == 80 && @here > 1;
  each_server(sub { set_in($_[0], $lines, @names) }, $own == $default || grep({ $_->{words}[0] eq 'ssl_certificate' } statements(@{ $default->{block}{in} })) ? $own : ($own, $default));
  each_server(sub { listen_with($_[0], sub { (grep({ $_ ne 'ssl' } @_), 'ssl') }) }, @here);
}
elsif ($task eq 'listen-direct') { each_server(sub { listen_with($_[0], sub { grep { $_ ne 'proxy_protocol' } @_ }) }, @here) }
elsif ($task eq 'location') { each_server(\&set_location, $own) }
elsif ($task eq 'in-location') { each_server(\&set_in_location, $own) }
elsif ($task eq 'upstream') { each_server(\&set_upstream, $own) }
elsif ($task eq 'site') { new_site() }
else { die "unknown task $task\n" }
store($_, $text{$_}) for sort keys %text;
