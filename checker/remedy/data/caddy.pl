die "$conf is not a Caddyfile: change it by hand, and have Caddy reload it\n" if $conf =~ /\.json$/ || load($conf) =~ /\A\s*\{\s*"/;
my ($dir) = $conf =~ m{(.*)/};
my %text;

sub text { my ($file) = @_; $text{$file} = load($file) if !exists $text{$file}; return $text{$file} }

# parse gives the statements of a file, which are lines: file, at, end, words,
# and for a block in (its statements), open and close. Addresses of a site may
# go over several lines.
sub parse {
  my ($t, $file) = @_;
  my (@top, @words, @blocks, $at, $stop);
  my $list = \@top;
  my $flush = sub { push @$list, { file => $file, at => $at, end => $stop, words => [@words] } if @words; @words = () };
  pos($t) = 0;
  while (pos($t) < length $t) {
    if ($t =~ /\G(?:[ \t\r]+|\\\r?\n)/gc) { next }
    if ($t =~ /\G\n/gc) { $flush->() if !(@words && $words[-1] =~ /,$/); next }
    if ($t =~ /\G#[^\n]*/gc) { next }
    $at = pos $t if !@words;
    if ($t =~ /\G\{(?=\s)/gc) {
      my $block = { file => $file, at => $at, words => [@words], open => pos $t, in => [] };
      push @$list, $block;
      push @blocks, [$block, $list];
      $list = $block->{in};
      @words = ();
    } elsif ($t =~ /\G\}(?=\s|\z)/gc && !@words) {
      my $last = pop @blocks or next;
      ($last->[0]{close}, $last->[0]{end}) = (pos($t) - 1, pos $t);
      $list = $last->[1];
    } elsif ($t =~ /\G"((?:[^"\\]|\\.)*)"/gcs) { (my $w = $1) =~ s/\\"/"/g; push @words, $w; $stop = pos $t }
    elsif ($t =~ /\G`([^`]*)`/gcs) { push @words, $1; $stop = pos $t }
    elsif ($t =~ /\G(\S+)/gc) { push @words, $1; $stop = pos $t }
  }
  $flush->();
  die "$file: a block is not closed\n" if @blocks;
  return @top;
}

sub tree { my ($file) = @_; return parse(text($file), $file) }
sub is { my ($x, $name) = @_; return @{ $x->{words} } && $x->{words}[0] eq $name }
sub words_of { return join "\1", map { join "\0", @{ $_->{words} }, $_->{in} ? ('{', words_of(@{ $_->{in} })) : () } @_ }

our $depth = 0;
sub files_of {
  my ($name) = @_;
  $name = "$dir/$name" if $name !~ m{^/};
  $name =~ s/([\s\\])/\\$1/g;
  return grep { -f } glob $name;
}

sub top {
  local $depth = $depth + 1;
  die "files import one another\n" if $depth > 20;
  return map { is($_, 'import') && !$_->{in} ? (map { top(tree($_)) } files_of($_->{words}[1])) : $_ } @_;
}

sub snippets { return map { $_->{in} && @{ $_->{words} } && $_->{words}[0] =~ /^\((.+)\)$/ ? ($1 => $_) : () } top(tree($conf)) }

# with_arguments fills in what a snippet is imported with.
sub with_arguments {
  my ($by, @list) = @_;
  my (undef, undef, @args) = @{ $by->{words} };
  return @list if !@args;
  return map { +{ %$_, by => $by, given => [@{ $_->{words} }], words => [map { s/\{args(?:\.|\[)(\d+)\]?\}/defined $args[$1] ? $args[$1] : $&/ger } @{ $_->{words} }] } } @list;
}

# within are the statements of a block, those that it imports among them.
sub within {
  my %snippet = snippets();
  my $expand;
  local $depth = $depth;
  $expand = sub {
    die "imports go round\n" if $depth++ > 500;
    return map { !is($_, 'import') ? $_ : $snippet{ $_->{words}[1] } ? with_arguments($_, $expand->(@{ $snippet{ $_->{words}[1] }{in} })) : map { $expand->(tree($_)) } files_of($_->{words}[1]) } @_;
  };
  return $expand->(@_);
}

# site_of is scheme, host and port of an address.
sub site_of {
  my ($a) = @_;
  $a =~ s/,$//;
  my ($scheme, $h, $p) = $a =~ m#^(?:(https?)://)?(\[[^\]]*\]|[^:/]*)(?::(\d+|\{[^}]*\}))?#;
  return { scheme => $scheme || ($p && $p eq '80' ? 'http' : ''), host => lc($h || ''), port => $p || ($scheme && $scheme eq 'http' ? 80 : 443), given => $p };
}

# sites are the site blocks. A file of one site may do without braces.
sub sites {
  my @all;
  my @top = top(tree($conf));
  my ($first) = grep { !($_->{in} && (!@{ $_->{words} } || $_->{words}[0] =~ /^\(/)) } @top;
  if ($first && !$first->{in}) {
    my $block = { %$first, in => [grep { $_->{at} > $first->{at} } @top], open => $first->{end}, close => length text($first->{file}), end => length text($first->{file}), bare => 1 };
    @top = ($block);
  }
  for my $x (@top) {
    next if !$x->{in} || !@{ $x->{words} } || $x->{words}[0] =~ /^\(/;
    push @all, { file => $x->{file}, block => $x, nth => scalar @all, at => [map { site_of($_) } map { split /,\s*/ } @{ $x->{words} }] };
  }
  return @all;
}

sub on_port { my ($s) = @_; return grep { $_->{port} eq $port } @{ $s->{at} } }

sub score {
  my ($s) = @_;
  my $best = 0;
  for my $a (on_port($s)) {
    (my $re = quotemeta $a->{host}) =~ s/\\\*/[^.]+/g;
    my $this = $a->{host} eq $host ? 3 : $a->{host} eq '' ? 1 : $host =~ /^$re$/ ? 2 : 0;
    $best = $this if $this > $best;
  }
  return $best;
}

sub find_own {
  my ($own) = sort { score($b) <=> score($a) || $a->{nth} <=> $b->{nth} } grep { score($_) } sites();
  return $own;
}
sub need_own { return find_own() || die "no site for $host on port $port in $conf and what it imports\n" }

# change puts new text in place of a statement.
sub change { my ($x, $new) = @_; my $t = text($x->{file}); $text{ $x->{file} } = splice_in($t, $new eq '' ? cut($t, $x->{at}, $x->{end}) : [$x->{at}, $x->{end}, indented(indent_of($t, $x->{at}), $new)]) }

sub source_of { my ($x) = @_; return substr text($x->{file}), $x->{at}, $x->{end} - $x->{at} }

sub put_first {
  my ($block, $new) = @_;
  my $pad = $block->{bare} ? '' : indent_of(text($block->{file}), $block->{at}) . "\t";
  $text{ $block->{file} } = splice_in(text($block->{file}), [$block->{open}, $block->{open}, "\n$pad" . indented($pad, $new)]);
}

sub add_site { my ($new) = @_; (my $t = text($conf)) =~ s/\n*\z/\n\n/; $text{$conf} = $t . $new }

sub need_bot { die "no program on this machine answers a POST to $path: start the bot, or name its address: BOT=127.0.0.1:PORT before the command\n" if $lines =~ /bot\.invalid/ }
sub absolute { my ($name) = @_; return $name =~ m{^/} ? $name : "$dir/$name" }
sub pair_of { my ($x) = @_; my @w = map { expand($_) } @{ $x->{words} }; return is($x, 'tls') && @w >= 3 && $w[1] !~ /^\{|@/ ? @w[1, 2] : () }

# expand fills in the variables that Caddy runs with.
sub expand { my ($s) = @_; $s =~ s/\{\$(\w+)(?::([^{}]*))?\}/defined $ENV{$1} ? $ENV{$1} : defined $2 ? $2 : ''/ge; return $s }

# set_chain changes the file of the certificate that is presented.
sub set_chain {
  my ($chain) = @names;
  my $own = find_own();
  my @all = grep { pair_of($_) } map { within(@{ $_->{block}{in} }) } $own ? $own : (), sites();
  my ($old) = grep { public_key(absolute((pair_of($_))[0])) eq public_key($chain) } @all;
  $old ||= $all[0] || die "no site of $conf names certificate files with tls: Caddy gets a certificate with its chain by itself then\n";
  my ($file, $key) = pair_of($old);
  return if join(' ', certs_in(absolute($file))) eq join(' ', certs_in($chain));
  my $better = chain_beside(absolute($file), $chain);
  if ($old->{by} && $old->{given}[1] ne $old->{words}[1]) {
    die "a snippet makes the name $file of its arguments: put $better there by hand\n" if $old->{given}[1] !~ /^\{args(?:\.|\[)(\d+)\]?\}$/;
    my @words = @{ $old->{by}{words} };
    $words[2 + $1] = $better;
    return change($old->{by}, join ' ', map { /[\s"]/ ? '"' . s/"/\\"/gr . '"' : $_ } @words);
  }
  (my $line = source_of($old)) =~ s/^(tls\s+)(?:"[^"]*"|`[^`]*`|\S+)/$1$better/;
  change($old, $line);
}

# set_tls changes what the blocks of tls say, or takes statements out of them.
sub set_tls {
  my ($do) = @_;
  my $changed = 0;
  my $own = need_own();
  for (1 .. 20) {
    my ($x, $new) = map { my $y = $_; my $n = $do->($y); defined $n ? [$y, $n] : () } map { @{ $_->{in} } } grep { is($_, 'tls') && $_->{in} } within(@{ (sites())[$own->{nth}]{block}{in} });
    ($x, $new) = @$x if $x;
    return $changed if !$x;
    change($x, $new);
    $changed++;
  }
}

my %handlers = map { $_ => 1 } qw(tls bind log handle_errors import);

# proxies are the statements that may hand the path to the bot, with the
# matcher that stands before them.
sub fits {
  my ($matcher, @list) = @_;
  return 1 if !defined $matcher || $matcher eq '*';
  if ($matcher =~ /^@/) {
    my ($m) = grep { is($_, $matcher) } @list;
    return 0 if !$m;
    my @paths = $m->{in} ? map { @{ $_->{words} }[1 .. $#{ $_->{words} }] } grep { is($_, 'path') } @{ $m->{in} } : ($m->{words}[1] || '') eq 'path' ? @{ $m->{words} }[2 .. $#{ $m->{words} }] : ();
    return !@paths || grep { fits($_) } @paths;
  }
  (my $re = quotemeta $matcher) =~ s/\\\*/.*/g;
  return $path =~ /^$re$/i;
}

sub matcher_of { my ($x) = @_; my $m = $x->{words}[1]; return defined $m && ($m =~ m{^[/@]} || $m eq '*') ? $m : undef }

# proxy_for is the reverse_proxy that the path falls to.
sub proxy_for {
  my (@list) = within(@_);
  for my $x (sort { length(matcher_of($b) || '') <=> length(matcher_of($a) || '') } grep { $_->{in} && $_->{words}[0] =~ /^(handle|handle_path|route)$/ } @list) {
    next if !fits(matcher_of($x), @list);
    my $found = proxy_for(@{ $x->{in} });
    return $found if $found;
  }
  my ($found) = sort { length(matcher_of($b) || '') <=> length(matcher_of($a) || '') } grep { is($_, 'reverse_proxy') && fits(matcher_of($_), @list) } @list;
  return $found;
}

sub redirecting { my ($x) = @_; return is($x, 'redir') || is($x, 'respond') && "@{ $x->{words} }" =~ /\b30\d\b/ || $x->{in} && grep { redirecting($_) } @{ $x->{in} } }

# set_redirect gives the path a handle of its own, and puts the rest of the
# site, which redirects, into another.
sub set_redirect {
  my $own = need_own();
  my $block = $own->{block};
  my ($new) = parse($lines, '');
  return if grep { $_->{in} && "@{ $_->{words} }" eq "@{ $new->{words} }" } @{ $block->{in} };
  my $proxy = proxy_for(@{ $block->{in} });
  my $handle = $lines;
  if ($proxy && $lines =~ /bot\.invalid/) {
    my $inner = source_of($proxy);
    my $m = matcher_of($proxy);
    $inner =~ s/^(reverse_proxy\s+)\S+\s+/$1/ if defined $m;
    my $pad = indent_of(text($proxy->{file}), $proxy->{at});
    $inner =~ s/\n\Q$pad\E/\n    /g;
    $handle = "handle $new->{words}[1] {\n    $inner\n}\n";
  } else { need_bot() }
  my $t = text($block->{file});
  my (@moved, @changes);
  for my $x (@{ $block->{in} }) {
    my ($first) = @{ $x->{words} };
    next if defined $first && ($first =~ /^@/ || $handlers{$first} && $first ne 'import');
    my $piece = source_of($x);
    if ($first eq 'import') {
      next if !grep { redirecting($_) } within($x);
      die "what the site imports takes arguments: keep $path out of its redirects by hand\n" if @{ $x->{words} } > 2;
    }
    push @moved, $piece;
    push @changes, cut($t, $x->{at}, $x->{end});
  }
  $text{ $block->{file} } = splice_in($t, @changes) if @moved;
  my $pad = $block->{bare} ? '' : indent_of($t, $block->{at}) . "\t";
  put_first($block, $handle . (@moved ? "handle {\n" . join('', map { "$pad\t$_\n" } @moved) . "$pad}" =~ s/^$pad//r : ''));
}

# set_route gives the path a handle before everything else.
sub set_route {
  need_bot();
  my $block = $_[0] || need_own()->{block};
  my ($new) = parse($lines, '');
  my ($old) = grep { $_->{in} && "@{ $_->{words} }" eq "@{ $new->{words} }" } @{ $block->{in} };
  return if $old && words_of($old) eq words_of($new);
  return $old ? change($old, $lines) : put_first($block, $lines);
}

sub set_upstream {
  my $own = need_own();
  my $x = proxy_for(@{ $own->{block}{in} }) or return set_route();
  need_bot();
  my ($to) = $lines =~ /reverse_proxy (\S+)/;
  my $m = matcher_of($x);
  my $head = join ' ', 'reverse_proxy', defined $m ? $m : (), $to;
  return change($x, $head) if !$x->{in};
  my $t = text($x->{file});
  my @changes = map { cut($t, $_->{at}, $_->{end}) } grep { is($_, 'to') || is($_, 'transport') && words_of(@{ $_->{in} || [] }) =~ /\btls/ } @{ $x->{in} };
  $text{ $x->{file} } = splice_in($t, [$x->{at}, $x->{open}, "$head {"], @changes);
}

# good tells whether a file that is named can stay.
sub good { my ($file) = @_; return (grep { /^-presented=/ } @names) ? renewed($file) : valid_for_host($file) }

# set_site makes Caddy answer for the host with TLS: the site that speaks HTTP
# there takes the name, else a site of its own is written.
sub set_site {
  my ($pair) = @names ? "tls @names[0, 1]" : '';
  my $own = find_own();
  my ($new) = parse($lines, '');
  if ($own && score($own) == 3 || $own && @{ $own->{at} } == 1 && $own->{at}[0]{host} eq '' && $own->{at}[0]{scheme} ne 'https') {
    my $address = $new->{words}[0];
    my $block = $own->{block};
    my @mine = grep { $_->{scheme} eq 'http' || $_->{host} eq '' } on_port($own);
    if (@mine) {
      my $head = join ', ', map { my $a = site_of($_); $a->{port} eq $port && ($a->{host} eq $host || $a->{host} eq '') ? $address : $_ =~ s/,$//r } map { split /,\s*/ } @{ $block->{words} };
      $text{ $block->{file} } = splice_in(text($block->{file}), [$block->{at}, $block->{bare} ? $block->{open} : $block->{open} - 1, $block->{bare} ? $head : "$head "]);
      $block = (sites())[$own->{nth}]{block};
    }
    my ($tls) = grep { is($_, 'tls') } within(@{ $block->{in} });
    return if $pair eq '' || $tls && pair_of($tls) && good(absolute((pair_of($tls))[0])) && !grep { $_ eq 'replace' } @names;
    return put_first($block, $pair) if !$tls || $tls->{file} ne $block->{file} || !grep { $_->{at} == $tls->{at} } @{ $block->{in} };
    return change($tls, $pair) if !$tls->{in};
    my $t = text($tls->{file});
    $text{ $tls->{file} } = splice_in($t, [$tls->{at}, $tls->{open} - 1, "$pair "]);
    return;
  }
  my ($source) = grep { my $s = $_; on_port($s) && grep { $_->{in} && defined matcher_of($_) && fits(matcher_of($_), @{ $s->{block}{in} }) || is($_, 'reverse_proxy') || is($_, 'respond') } within(@{ $s->{block}{in} }) } sites();
  if ($lines =~ /bot\.invalid/) {
    need_bot() if !$source;
    my $t = text($source->{file});
    my $body = join '', map { "\t" . source_of($_) . "\n" } grep { !is($_, 'tls') } @{ $source->{block}{in} };
    return add_site("$new->{words}[0] {\n" . ($pair eq '' ? '' : "\t$pair\n") . "$body}\n");
  }
  (my $site = $lines) =~ s/\{\n/"{\n    $pair\n"/e if $pair ne '';
  add_site($pair eq '' ? $lines : $site);
}

sub new_proxy {
  my $own = find_own();
  my ($new) = parse($lines, '');
  if ($own && score($own) >= 2 && grep { $_->{scheme} ne 'http' } on_port($own)) {
    return if $own->{block}{words}[0] eq $new->{words}[0] && words_of(@{ $own->{block}{in} }) eq words_of(grep({ is($_, 'tls') } @{ $own->{block}{in} }), @{ $new->{in} });
    die "$own->{file} has a site for $host on port $port already: call setWebhook with the new URL\n" if grep { $_ eq 'only-new' } @names;
    my $matcher = $path =~ m{^[\w./*-]+$} ? $path : "\"$path\"";
    my $inner = join "\n", map { source_of_lines($_) } @{ $new->{in} };
    $lines = "handle $matcher {\n    " . indented('    ', $inner) . "\n}\n";
    return set_route($own->{block});
  }
  no_redirects() if $lines =~ /127\.0\.0\.1:80\b/;
  set_site();
}

# no_redirects leaves port 80 to the bot, which holds it.
sub no_redirects {
  my ($global) = grep { $_->{in} && !@{ $_->{words} } } tree($conf);
  if (!$global) { $text{$conf} = "{\n\tauto_https disable_redirects\n}\n\n" . text($conf) }
  elsif (!grep { is($_, 'auto_https') } @{ $global->{in} }) { put_first($global, 'auto_https disable_redirects') }
}

sub source_of_lines { my ($x) = @_; return substr($lines, $x->{at}, $x->{end} - $x->{at}) =~ s/\n    /\n/gr }

# set_public takes out what binds to this machine alone.
sub set_public {
  my $own = find_own();
  my @binds = grep { is($_, 'bind') } $own ? within(@{ $own->{block}{in} }) : ();
  push @binds, grep { is($_, 'default_bind') } map { @{ $_->{in} } } grep { $_->{in} && !@{ $_->{words} } } top(tree($conf));
  for my $x (@binds) {
    my ($name, @to) = @{ $x->{words} };
    my @kept = grep { !/^(127\.|localhost|\[?::1)/ } @to;
    return change($x, @kept ? "$name @kept" : '') if @kept < @to;
  }
}

if ($task eq 'chain') { set_chain() }
elsif ($task eq 'ciphers') {
  set_tls(sub { my ($x) = @_; return is($x, 'ciphers') || is($x, 'curves') || is($x, 'protocols') && "@{ $x->{words} }" ne 'protocols tls1.2 tls1.3' ? '' : undef });
}
elsif ($task eq 'client-auth') {
  set_tls(sub {
    my ($x) = @_;
    return undef if !is($x, 'client_auth') || !$x->{in};
    my ($mode) = map { $_->{words}[1] } grep { is($_, 'mode') } @{ $x->{in} };
    my $want = (grep { $_->{words}[0] =~ /^trust/ } @{ $x->{in} }) ? 'verify_if_given' : 'request';
    return undef if defined $mode && $mode =~ /^(request|verify_if_given)$/;
    my $source = source_of($x);
    $source =~ s/^(\s*)mode\s+\S+/${1}mode $want/m or $source =~ s/\{\s*\n(\s*)/{\n$1mode $want\n$1/;
    return $source =~ s/\n\Q@{[indent_of(text($x->{file}), $x->{at})]}\E/\n/gr;
  });
}
elsif ($task eq 'redirect') { set_redirect() }
elsif ($task eq 'location') { set_route() }
elsif ($task eq 'upstream') { set_upstream() }
elsif ($task eq 'site') { set_site() }
elsif ($task eq 'proxy') { new_proxy() }
elsif ($task eq 'listen-public') { set_public() }
else { die "unknown task $task\n" }
commit(%text);
