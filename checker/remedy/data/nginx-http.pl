
# matches tells how well a location fits the path: 0 not, else its length, and
# more for an exact one.
sub matches {
  my ($x) = @_;
  my (undef, @m) = @{ $x->{words} };
  my ($how, $what) = @m >= 2 ? @m : ('', $m[0]);
  ($how, $what) = ($1, $2) if @m == 1 && $m[0] =~ /^(=|\^~|~\*|~)(.+)/;
  return ('', 0) if !defined $what || $what =~ /^@/;
  return ($how, $path eq $what ? 1e9 : 0) if $how eq '=';
  return ($how, ($how eq '~' ? eval { $path =~ /$what/ } : eval { $path =~ /$what/i }) ? 1 : 0) if $how =~ /^~/;
  return ($how, index($path, $what) == 0 ? length $what : 0);
}

# serving is the location that answers the path: the exact one, the longest
# prefix with ^~, the first regular expression, the longest prefix; and within
# it the same again.
sub serving {
  my ($block) = @_;
  my ($prefix, $length, $how, $regex) = (undef, 0, '', undef);
  for my $x (grep { is($_, 'location') && $_->{in} } statements(@{ $block->{in} })) {
    my ($kind, $fit) = matches($x);
    next if !$fit;
    if ($kind =~ /^~/) { $regex ||= $x }
    elsif ($fit > $length) { ($prefix, $length, $how) = ($x, $fit, $kind) }
  }
  if ($prefix && $how ne '=') {
    my $inner = serving($prefix);
    return $inner if $inner && ((matches($inner))[0] =~ /^~/ || !$regex || $how eq '^~');
  }
  return $regex if $regex && $how ne '=' && $how ne '^~';
  return $prefix;
}

# tried is the location that try_files ends in, and whether it has a name.
sub tried {
  my ($block, $x) = @_;
  my ($try) = grep { is($_, 'try_files') } statements(@{ $x->{in} });
  my $last = $try ? $try->{words}[-1] : '';
  my ($named) = grep { is($_, 'location') && $_->{in} && $_->{words}[1] eq $last } statements(@{ $block->{in} });
  return $named;
}

my $handed = qr/^(?:proxy|fastcgi|uwsgi|scgi|grpc)_pass$/;

# redirects tells whether a statement sends clients elsewhere.
sub redirects {
  my ($x) = @_;
  my @w = @{ $x->{words} };
  return 1 if $w[0] eq 'return' && "@w[1 .. $#w]" =~ /^(30\d|\$|https?:)/;
  return 1 if $w[0] eq 'rewrite' && ($w[-1] =~ /^(permanent|redirect)$/ || defined $w[2] && $w[2] =~ /^(https?:|\$scheme)/);
  return $w[0] eq 'if' && $x->{in} && grep { redirects($_) } @{ $x->{in} };
}

sub need_bot { die "no program on this machine answers a POST to $path: start the bot, or name its address: BOT=127.0.0.1:PORT before the command\n" if $lines =~ /bot\.invalid/ }

# parts are the statements that the lines hold, as text.
sub parts { my ($name) = @_; return map { substr $lines, $_->{at}, $_->{end} - $_->{at} } grep { is($_, $name) } parse($lines, '') }

# set_location puts a location for the webhook's path into the server.
sub set_location {
  my ($block, $new) = @_;
  my ($x) = parse($new, '');
  my $head = "@{ $x->{words} }";
  set_in($block, $new, sub { my ($y) = @_; return $y->{in} && "@{ $y->{words} }" eq $head });
}

# head begins a location for the path alone.
sub head {
  my ($given) = parts('location');
  return $1 if $given && $given =~ /\A([^{]*\{)/;
  return 'location ' . ((grep { $_ eq '-prefix' } @names) ? '^~ ' : '= ') . ($path =~ m{^[\w./:-]+$} ? $path : '"' . $path =~ s/(["\\])/\\$1/gr . '"') . ' {';
}

# own_location is a location for the path alone with what another one holds,
# but what $out tells.
sub own_location {
  my ($x, $out) = @_;
  my ($kind) = matches($x);
  die "the path is served by `@{ $x->{words} }`, whose captures a location of its own would lack: change it by hand\n"
    if $kind =~ /^~/ && substr(text($x->{file}), $x->{open}, $x->{close} - $x->{open}) =~ /\$[1-9]/;
  my @parts;
  for my $y (grep { !$out->($_) } @{ $x->{in} }) {
    my $part = substr text($y->{file}), $y->{at}, $y->{end} - $y->{at};
    # Where proxy_pass has a path, it stands for the location's.
    $part =~ s{(\w+://[^/;\s"']+)(/[^;\s"']*)}{$1 . $2 . substr($path, length $x->{words}[-1])}e if is($y, 'proxy_pass') && $kind !~ /[~=]/;
    my $pad = indent_of(text($y->{file}), $y->{at});
    $part =~ s/\n\Q$pad\E/\n    /g;
    push @parts, "    $part\n";
  }
  return head() . "\n" . join('', @parts) . '}';
}

# set_redirect keeps the path out of what the server redirects, and gives it a
# location where its own redirects or is none.
sub set_redirect {
  my ($block) = @_;
  my ($exception) = parts('if');
  my ($there) = grep { words_of($_) eq words_of(parse($exception, '')) } @{ $block->{in} };
  if (!$there && grep { redirects($_) } statements(@{ $block->{in} })) {
    $text{ $block->{file} } = splice_in(text($block->{file}), put_first($block, $exception));
    $there = 1;
    ($block) = (servers())[$own->{nth}]{block};
  }
  my $x = serving($block);
  my $hands = $x && grep { $_->{words}[0] =~ $handed } statements(@{ $x->{in} });
  my @inside = $x ? grep { redirects($_) } statements(@{ $x->{in} }) : ();
  return if $there && $x && !@inside && ($hands || (matches($x))[0] eq '=');
  my ($bot) = $lines =~ m{(://[^/;\s]+);};
  return if $hands && !@inside && grep { is($_, 'proxy_pass') && "$_->{words}[1]/" =~ m{\Q$bot\E/} } statements(@{ $x->{in} });
  if ($hands && @inside) { return set_location($block, own_location($x, \&redirects)) }
  return if $x && "@{ $x->{words} }" eq "@{ (grep { is($_, 'location') } parse($lines, ''))[0]{words} }" && !@inside && $lines =~ /bot\.invalid/;
  need_bot();
  set_location($block, parts('location'));
}

# set_in_location changes what the path's location says. One that serves other
# paths too keeps it for them.
sub set_in_location {
  my ($block) = @_;
  my $x = serving($block) or die "no location of the server block in $block->{file} serves $path\n";
  my ($mine) = parse(head() . '}', '');
  if ("@{ $x->{words} }" eq "@{ $mine->{words} }") { return set_in($x, $lines, named(@names)) }
  my $copy = own_location($x, named(@names));
  $copy =~ s/\{/"{\n    " . indented('    ', $lines)/e;
  set_location($block, $copy);
}

# set_upstream changes the bot's address where it stands: in the only server of
# an upstream block, or in proxy_pass, whose path is left.
sub set_upstream {
  my ($block) = @_;
  my $x = serving($block) or die "no location of the server block in $block->{file} serves $path\n";
  need_bot();
  my ($tries) = grep { is($_, 'try_files') } statements(@{ $x->{in} });
  my $named = tried($block, $x);
  if ($tries && !$named) { return set_location($block, head() . "\n    proxy_pass $lines;\n}") }
  $x = $named if $named;
  my ($scheme, $to) = $lines =~ m{(\w+)://([^/;\s]+)};
  my ($old) = grep { is($_, 'proxy_pass') } map { is($_, 'if') && $_->{in} ? statements(@{ $_->{in} }) : $_ } statements(@{ $x->{in} });
  if (!$old) { return set_in($x, "proxy_pass $lines;", sub { $_[0]{words}[0] =~ $handed }) }
  my ($name) = $old->{words}[1] =~ m{^\w+://([^/:\$]+)};
  my ($group) = grep { is($_, 'upstream') && $_->{in} && $_->{words}[1] eq ($name || '') } statements(@http);
  my @members = $group ? grep { is($_, 'server') } @{ $group->{in} } : ();
  my $t = text(@members == 1 ? $members[0]{file} : $old->{file});
  if (@members == 1) { $old = $members[0]; $old->{words}[1] = $to }
  my $line = substr $t, $old->{at}, $old->{end} - $old->{at};
  if (@members) { $line = "@{ $old->{words} };" if @members == 1 }
  if (@members != 1) { $line =~ s{\w+://(?:unix:[^:;\s"']*:?|[^/;\s"']+)}{$scheme://$to} }
  $text{ $old->{file} } = splice_in($t, [$old->{at}, $old->{end}, $line]);
}

# fresh_listen are a server's listen statements of the port without options that
# may stand only once.
sub fresh_listen {
  my ($s) = @_;
  return join "\n", map { my ($where, @o) = @$_; join(' ', 'listen', $where, grep { /^(ssl|http2|quic|proxy_protocol)$/ } @o) . ';' } at_port($s);
}

# leads_to tells whether a server hands the path to an address.
sub leads_to {
  my ($block, $bot) = @_;
  my $x = serving($block) or return 0;
  $x = tried($block, $x) || $x;
  my ($p) = $bot =~ /:(\d+)$/;
  for my $pass (grep { $_->{words}[0] =~ $handed } statements(@{ $x->{in} })) {
    my $to = $pass->{words}[1];
    return 1 if $to =~ /\$/ || $to =~ /:$p(\D|$)/;
    my ($name) = $to =~ m{^(?:\w+://)?([^/:]+)};
    return 1 if grep { is($_, 'upstream') && $_->{in} && $_->{words}[1] eq $name && grep { is($_, 'server') && $_->{words}[1] =~ /:$p$/ } @{ $_->{in} } } statements(@http);
  }
  return !grep { $_->{words}[0] =~ $handed } statements(@{ $x->{in} });
}

# new_site gives the host a server block of its own: a copy of the block that
# serves the bot's path, with the name and the certificate changed, or one for
# the bot alone. A block that has no other name takes the name itself.
sub new_site {
  my ($location) = parts('location');
  my $new = join "\n", map { substr $lines, $_->{at}, $_->{end} - $_->{at} } grep { !is($_, 'location') } parse($lines, '');
  my @alive = grep { !$_->{rejects} } @here;
  my ($mine) = grep { score($_) >= 4e6 } @alive;
  if ($mine) {
    return if grep { renewed(absolute($_->{words}[1])) } effective($mine, 'ssl_certificate');
    (my $pair = $new) =~ s/^server_name[^\n]*\n//;
    return each_block(sub { set_in($_[0], $pair, named(grep { $_ ne 'server_name' } @names)) }, $mine);
  }
  my $exactly = sub { my $x = serving($_[0]{block}); return $x && "@{ $x->{words} }" =~ /^location (?:= |\^~ )?\Q$path\E$/ };
  my $serves = sub { my $x = serving($_[0]{block}); return $x && grep { $_->{words}[0] =~ $handed || "@{ $_->{words} }" =~ /^return (2|"?ok)/ } statements(@{ $x->{in} }) };
  my ($source) = grep { $exactly->($_) } @alive;
  ($source) = grep { $serves->($_) } grep { !$_->{rejects} } ($default, @alive) if !$source;
  my ($bot) = $lines =~ m{proxy_pass \w+://([^/;\s]+);};
  $source = undef if $source && $lines !~ /bot\.invalid/ && !$exactly->($source) && !leads_to($source->{block}, $bot);
  if ($source && !grep { !/^(_|localhost|)$/ && $_ ne $host } @{ $source->{names} }) { return each_block(sub { set_in($_[0], $new, named(@names)) }, $source) }
  if (!$source && (!defined $location || $lines =~ /bot\.invalid/)) {
    ($source) = grep { !$_->{rejects} } ($default, @alive);
    need_bot() if !$source;
  }
  my $b = ($source || $default)->{block};
  my $t = text($b->{file});
  my $pad = indent_of($t, $b->{at});
  my $copy = "server {\n    " . indented('    ', fresh_listen($default) . "\n$new\n$location") . "\n}";
  if ($source) {
    $text{'copy'} = substr $t, $b->{at}, $b->{end} - $b->{at};
    my $at = sub { return (tree('copy'))[0] };
    set_in($at->(), fresh_listen($source), sub { is($_[0], 'listen') });
    set_in($at->(), $new, named(@names));
    $copy = delete $text{'copy'};
  } else { $copy = indented($pad, $copy) }
  $text{ $b->{file} } = splice_in($t, [$b->{end}, $b->{end}, "\n\n$pad$copy"]);
}

# new_proxy gives the path to the server of the name that is there, and else
# writes a server for it.
sub new_proxy {
  my ($name, $only_new) = @names;
  my ($there) = grep { my $s = $_; score($s) && !$s->{rejects} && grep { grep { $_ eq 'ssl' } @$_ } at_port($s) } servers();
  my ($server) = parse($lines, '');
  if ($there && $there->{file} !~ m{/hookcheck-[^/]*$}) {
    die "$there->{file} has a server for $host on port $port already: call setWebhook with the new URL\n" if $only_new;
    my ($location) = map { substr $lines, $_->{at}, $_->{end} - $_->{at} } grep { is($_, 'location') } @{ $server->{in} };
    return each_block(sub { set_location($_[0], join "\n", map { s/^    //r } split /\n/, $location) }, $there);
  }
  for my $x (grep { is($_, 'include') } @http) {
    my ($folder, $pattern) = absolute($x->{words}[1]) =~ m{^(.*)/([^/]*\*[^/]*)$} or next;
    (my $re = quotemeta $pattern) =~ s/\\\*/.*/g;
    next if "$name.conf" !~ /^$re$/ || !-d $folder;
    $text{"$folder/$name.conf"} = $lines;
    return;
  }
  my ($block) = grep { is($_, 'http') } tree($conf);
  set_in($block, $lines, sub { my ($x) = @_; return is($x, 'server') && words_of($x) eq words_of($server) });
}

if ($task eq 'proxy') { new_proxy(); commit(%text); exit }
choose();
my $taken = $own == $default ? [$own] : [$own, $default];
if ($task eq 'no-client') {
  each_block(sub { set_in($_[0], $lines, named(@names)) }, $own);
  # What asks for the certificate's outcome would turn the webhook away.
  my $asks = sub { my ($x) = @_; return is($x, 'if') && "@{ $x->{words} }" =~ /\$\{?ssl_client_/ };
  each_block(sub { set_in($_[0], '', $asks) }, $own);
  each_block(sub { my $x = serving($_[0]) or return; set_in($x, '', $asks) }, $own);
}
elsif ($task eq 'tls') { each_block(sub { set_in($_[0], $lines, named(@names)) }, $own) if !grep { renewed(absolute($_->{words}[1])) } effective($own, 'ssl_certificate') }
elsif ($task eq 'chain') { set_chain() }
elsif ($task eq 'ciphers') { each_block(sub { set_in($_[0], $lines, named(@names)) }, @$taken); %text = (%text, leaf_first(@$taken)) }
elsif ($task eq 'tls-default') { each_block(sub { set_in($_[0], $lines, named(@names)) }, @$taken) }
elsif ($task eq 'tls-listen') {
  my @others = grep { $_->{nth} != $own->{nth} && ($port == 80 || grep { !/^(_|localhost|)$/ } @{ $_->{names} }) && !grep { grep { $_ eq 'ssl' } @$_ } at_port($_) } @here;
  die "port $port is shared with other sites that speak HTTP there: give the webhook another port (443, 8443, 88)\n" if @others;
  my @without = grep { !effective($_, 'ssl_certificate') } @$taken;
  each_block(sub { set_in($_[0], $lines, named(@names)) }, @without);
  each_block(sub { set_in($_[0], '', named('ssl')) }, @$taken);
  each_block(sub { listen_with($_[0], sub { grep({ $_ eq 'ssl' } @_) ? @_ : (@_, 'ssl') }) }, @here);
}
elsif ($task eq 'listen-direct') { each_block(sub { listen_with($_[0], sub { grep { $_ ne 'proxy_protocol' } @_ }) }, @here) }
elsif ($task eq 'listen-public') {
  my $done = 0;
  each_block(sub { listen_with($_[0], sub { my ($l, $where, @o) = @_; local_only((place([$where, @o]))[0]) ? $done++ ? () : ($l, $port, @o) : @_ }) }, $own);
}
elsif ($task eq 'location') { need_bot(); each_block(sub { set_location($_[0], $lines) }, $own) }
elsif ($task eq 'redirect') { each_block(\&set_redirect, $own) }
elsif ($task eq 'in-location') { each_block(\&set_in_location, $own) }
elsif ($task eq 'upstream') { each_block(\&set_upstream, $own) }
elsif ($task eq 'site') { new_site() }
else { die "unknown task $task\n" }
commit(%text);
