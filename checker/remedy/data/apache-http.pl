
sub need_bot { die "no program on this machine answers a POST to $path: start the bot, or name its address: BOT=127.0.0.1:PORT before the command\n" if $lines =~ /bot\.invalid/ }

# proxied is what hands the path on: a ProxyPass, that of a section, or a rule
# with [P].
sub proxied {
  my ($block) = @_;
  my @list = all(@{ $block->{in} });
  my @sections = grep { $_->{name} =~ /^proxypass(match)?$/ } map { all(@{ $_->{in} }) } grep { covers($_) } @list;
  return $sections[-1] if @sections;
  for my $x (@list) {
    my ($first, $second) = @{ $x->{args} };
    next if !defined $second || $second eq '!' || $second =~ m{^wss?://};
    return $x if $x->{name} eq 'proxypass' && under($first);
    return $x if $x->{name} eq 'proxypassmatch' && eval { $path =~ /$first/ };
    return $x if $x->{name} eq 'rewriterule' && "@{ $x->{args} }" =~ /\[(?:[^\]]*,)?\s*(?:P|proxy)\s*(?:,|\])/ && eval { $path =~ /$first/ };
  }
  return undef;
}

# set_route puts the route before every other, and into a section at the end
# where one hands the path on: those win.
sub set_route {
  my ($block) = @_;
  need_bot();
  my ($pass) = $lines =~ /^(ProxyPass .*)$/m;
  my $section = grep { covers($_) && grep { $_->{name} =~ /^proxypass/ } all(@{ $_->{in} }) } own(@{ $block->{in} });
  if ($section) {
    (my $others = $lines) =~ s/^ProxyPass .*\n?//m;
    my ($where) = $pass =~ /^ProxyPass ("(?:[^"\\]|\\.)*"|\S+)/;
    set_section($block, "<Location $where>\n" . join('', map { "    $_\n" } grep { !/^SSLProxy|^$/ } split /\n/, $others) . '    ProxyPass ' . substr($pass, length("ProxyPass $where ")) . "\n</Location>\n");
    return;
  }
  put_first($block, $lines, grep { $_->{name} eq 'proxypass' && ($_->{args}[0] || '') eq $path } own(@{ $block->{in} }));
}

# set_upstream changes the bot's address where it stands, as the only member of
# a balancer or in ProxyPass and ProxyPassReverse, and leaves their paths.
sub set_upstream {
  my ($block) = @_;
  need_bot();
  my $x = proxied($block) or return set_route($block);
  my ($from) = expand("@{ $x->{args} }") =~ m{(\w+://[^/\s"\$]+)} or return set_route($block);
  my ($to) = $lines =~ m{^ProxyPass .*?(\w+://[^/\s"]+)}m or die "no address\n";
  if ($from =~ /^balancer:/) {
    my ($group) = grep { $_->{name} eq 'proxy' && $_->{in} && ($_->{args}[0] || '') =~ /^\Q$from\E\/?$/ } all(tree($conf)), all(@{ $block->{in} });
    my @members = $group ? grep { $_->{name} eq 'balancermember' } all(@{ $group->{in} }) : ();
    die "the group $from has not one member: correct the address by hand\n" if @members != 1;
    ($from) = "@{ $members[0]{args} }" =~ m{(\w+://[^/\s"]+)};
    return replace_address($from, $to, @members);
  }
  replace_address($from, $to, grep { $_->{name} =~ /^proxypass(match|reverse)?$/ || $_ == $x || $_->{at} == $x->{at} && $_->{file} eq $x->{file} }
    map { $_->{in} ? all(@{ $_->{in} }) : $_ } all(@{ $block->{in} }));
}

sub replace_address {
  my ($from, $to, @list) = @_;
  my %changes;
  for my $y (@list) {
    my $line = substr text($y->{file}), $y->{at}, $y->{end} - $y->{at};
    (my $new = $line) =~ s/(?:unix:[^|\s"]*\|)?\Q$from\E(?=[\/\s"\$?]|$)/$to/;
    if ($new eq $line) { next if index(expand($line), $from) < 0; ($new = expand($line)) =~ s/\Q$from\E(?=[\/\s"\$?]|$)/$to/ }
    push @{ $changes{ $y->{file} } }, [$y->{at}, $y->{end}, $new];
  }
  $text{$_} = splice_in(text($_), @{ $changes{$_} }) for keys %changes;
}

# spare rewrites Redirect and RedirectMatch so that they leave the path out.
sub spare {
  my ($t, @list) = @_;
  my $not = '(?!' . quotemeta_apache($path) . '$)';
  my @changes;
  for my $x (grep { $_->{name} =~ /^redirect(match|permanent|temp)?$/ } @list) {
    my @args = @{ $x->{args} };
    my @status = $x->{name} eq 'redirectpermanent' ? 301 : $x->{name} eq 'redirecttemp' ? 302 : $args[0] =~ /^([3-5]\d\d|permanent|temp|seeother|gone)$/ ? shift @args : ();
    my ($from, $to) = @args;
    if (@args == 1 && $x->{within}) {
      # In a section about the path Redirect takes a target alone.
      my $line = substr $t, $x->{at}, $x->{end} - $x->{at};
      push @changes, [$x->{at}, $x->{end}, "<If \"%{REQUEST_URI} != '" . $path =~ s/(['\\"])/\\$1/gr . "'\">\n    $line\n</If>"];
      next;
    }
    next if !defined $from || index($from, $not) >= 0;
    if ($x->{name} eq 'redirectmatch') {
      next if !eval { $path =~ /$from/ };
      (my $re = $from) =~ s/^\^?/^$not/;
      $re = "^$not.*?(?:$from)" if $from !~ /^\^/;
      push @changes, [$x->{at}, $x->{end}, join ' ', 'RedirectMatch', @status, quoted($re), defined $to ? quoted($to) : ()];
    } else {
      # Redirect adds what follows its prefix to the target.
      next if !under($from);
      push @changes, [$x->{at}, $x->{end}, join ' ', 'RedirectMatch', @status, quoted("^$not" . quotemeta_apache($from) . '(.*)'), defined $to ? quoted("$to\$1") : ()];
    }
  }
  return splice_in($t, @changes);
}
sub quotemeta_apache { my ($s) = @_; $s =~ s/([\\.^\$|()\[\]{}*+?])/\\$1/g; return $s }
sub quoted { my ($s) = @_; return $s =~ /[\s"\\']/ ? '"' . $s =~ s/(["\\])/\\$1/gr . '"' : $s }

# set_redirect keeps the path out of what redirects: of rules by an exception
# before them, of Redirect by its pattern, in .htaccess too. A route to the bot
# comes where the virtual host has none.
sub set_redirect {
  my ($block) = @_;
  my ($exception, $route) = $lines =~ /\A(.*\[END\]\n)(.*)\z/s;
  my $hands = proxied($block);
  my $file = $block->{file};
  $text{$file} = spare(text($file), map { my $x = $_; $x->{in} ? (map { +{ %$_, within => covers($x) } } own(@{ $x->{in} })) : $x } own(@{ $block->{in} }));
  $block = (servers())[$own->{nth}]{block};
  if (!$hands && $own->{root}) {
    my $folder = expand($own->{root});
    for my $part ('', $path =~ m{([^/]+)/}g) {
      $folder .= "/$part" if $part ne '';
      next if !-f "$folder/.htaccess";
      $text{"$folder/.htaccess"} = spare(text("$folder/.htaccess"), own(tree("$folder/.htaccess")));
    }
  }
  put_first($block, $hands || $lines =~ /bot\.invalid/ ? $exception : $lines);
}

sub set_section {
  my ($block, $section) = @_;
  $section =~ s{(?=</Location>)}{    SSLVerifyClient none\n} if $section !~ /ProxyPass/ && grep { $_->{name} eq 'sslverifyclient' } map { all(@{ $_->{in} }) } grep { covers($_) } all(@{ $block->{in} });
  my ($new) = parse($section, '');
  my $t = text($block->{file});
  my $pad = indent_of($t, $block->{at});
  my ($old) = grep { $_->{in} && $_->{name} eq $new->{name} && "@{ $_->{args} }" eq "@{ $new->{args} }" } own(@{ $block->{in} });
  return if $old && as_text($old) eq as_text($new);
  my $inner = join "\n", map { s/^    //r } grep { !m{^</?Location}i } split /\n/, $section;
  if ($old) {
    my %out = map { $_->{name} => 1 } @{ $new->{in} };
    $out{$_} = 1 for qw(require order allow deny satisfy requireall requireany requirenone);
    %out = map { $_->{name} => 1 } @{ $new->{in} } if $section =~ /ProxyPass/;
    my @gone = grep { $out{ $_->{name} } } own(@{ $old->{in} });
    $text{ $block->{file} } = splice_in($t, (map { cut($t, $_->{at}, $_->{end}) } @gone), at_end($old, $inner));
  } else { $text{ $block->{file} } = splice_in($t, at_end($block, $section)) }
}

# read_again tells whether the file of a virtual host's certificate is renewed.
sub read_again { my ($s) = @_; return grep { $_->{name} eq 'sslcertificatefile' && renewed(absolute($_->{args}[0])) } all(@{ $s->{block}{in} }) }

# new_site gives the host a virtual host of its own: a copy of the one that
# serves the bot's path, with the name and the certificate changed, or one for
# the bot alone. One that has no other name takes the name itself.
sub new_site {
  my ($site, $route) = $lines =~ /\A((?:(?:ServerName|SSLCertificate)[^\n]*\n)+)(.*)\z/s;
  my ($mine) = grep { score($_) == 2 } @here;
  my $exactly = sub { my $x = proxied($_[0]{block}); return $x && ($x->{args}[0] || '') eq $path };
  my ($source) = grep { $exactly->($_) } @here;
  ($source) = grep { my $s = $_; proxied($s->{block}) || $s->{root} || grep { $_->{name} eq 'rewriterule' } all(@{ $s->{block}{in} }) } ($default, @here) if !$source;
  $source = $default if !$source || $lines =~ /bot\.invalid/;
  my @others = grep { $_ ne $host } @{ $source->{names} };
  return if $mine && read_again($mine);
  if ($mine || !@others) {
    my @out = $mine ? grep { lc $_ ne 'servername' && lc $_ ne 'serveralias' } @names : @names;
    my $new = join '', grep { !$mine || !/^ServerName/ } map { "$_\n" } split /\n/, $site;
    return each_block(sub { set_in($_[0], $new, named(@out)) }, $mine || $source);
  }
  my $b = $source->{block};
  my $t = text($b->{file});
  $text{copy} = substr $t, $b->{at}, $b->{end} - $b->{at};
  set_in((tree('copy'))[0], $site, named(@names));
  my ($bot) = $route =~ m{^ProxyPass .*?(\w+://[^/\s"]+)}m;
  my $to = proxied($b);
  my $leads = $to && (!defined $bot || index(expand("@{ $to->{args} }"), $bot =~ s/.*(?=:)//r) >= 0);
  put_first((tree('copy'))[0], $route) if !$leads && !$exactly->($source) && $lines !~ /bot\.invalid/;
  my $pad = indent_of($t, $b->{at});
  $text{ $b->{file} } = splice_in($t, [$b->{end}, $b->{end}, "\n\n$pad" . delete $text{copy}]);
}

# listen_once takes out a Listen that somebody added for the port before there
# was TLS: with it Debian's own counts, which stands in <IfModule>.
sub listen_once {
  my ($walk, @plain, %inside);
  $walk = sub {
    my ($in, @list) = @_;
    for my $x (@list) {
      if (includes($x)) { $walk->($in, tree($_)) for included($x) }
      elsif (opened($x)) { $walk->($x->{args}[0] =~ /^(ssl_module|mod_ssl\.c)$/ || $in, @{ $x->{in} }) if $x->{args}[0] !~ /gnutls/ }
      elsif ($x->{name} eq 'listen' && $x->{args}[0] =~ /(?:^|:)$port$/) { $in ? ($inside{ $x->{args}[0] } = 1) : push @plain, $x }
    }
  };
  $walk->(0, tree($conf));
  my %changes;
  push @{ $changes{ $_->{file} } }, cut(text($_->{file}), $_->{at}, $_->{end}) for grep { $inside{ $_->{args}[0] } } @plain;
  $text{$_} = splice_in(text($_), @{ $changes{$_} }) for keys %changes;
}

# listens are the Listen directives of the port.
sub listens { return grep { $_->{name} eq 'listen' && ($_->{args}[0] || '') =~ /(?:^|:)$port$/ } all(tree($conf)) }

# set_public has Apache listen on every address.
sub set_public {
  my ($done, %changes) = (0);
  my @listen = listens();
  $done = 1 if grep { $_->{args}[0] =~ /^(?:(?:0\.0\.0\.0|\*):)?\d+$/ } @listen;
  for my $x (grep { $_->{args}[0] =~ /^(127\.|\[|localhost)/ } @listen) {
    push @{ $changes{ $x->{file} } }, $done++ ? cut(text($x->{file}), $x->{at}, $x->{end}) : [$x->{at}, $x->{end}, join ' ', 'Listen', $port, @{ $x->{args} }[1 .. $#{ $x->{args} }]];
  }
  die "no Listen for port $port in $conf and the files that it includes\n" if !@listen;
  for my $s (grep { grep { /^(127\.|\[|localhost)/ } addresses($_) } servers()) {
    my $t = text($s->{file});
    my $head = substr $t, $s->{block}{at}, $s->{block}{open} - $s->{block}{at};
    (my $new = $head) =~ s/(?:127\.[\d.]+|\[[0-9a-f:]*\]|localhost):$port/*:$port/;
    push @{ $changes{ $s->{file} } }, [$s->{block}{at}, $s->{block}{open}, $new];
  }
  $text{$_} = splice_in(text($_), @{ $changes{$_} }) for keys %changes;
}

# new_proxy gives the path to the virtual host of the name that is there, and
# else writes one for it.
sub new_proxy {
  my ($name, $only_new) = @names;
  my @ssl = grep { my $s = $_; addresses($s) && $s->{file} !~ m{/hookcheck-[^/]*$} && grep { $_->{name} eq 'sslengine' && lc $_->{args}[0] eq 'on' } all(@{ $s->{block}{in} }) } servers();
  my ($there) = grep { score($_) } @ssl;
  if ($there) {
    die "$there->{file} has a virtual host for $host on port $port already: call setWebhook with the new URL\n" if $only_new;
    my ($vhost) = parse($lines, '');
    my $t = join '', map { s/^    //; "$_\n" } grep { !/^\s*(SSLEngine|SSLCertificate|SSLProtocol|ServerName)/ } split /\n/, substr $lines, $vhost->{open} + 1, $vhost->{close} - $vhost->{open} - 1;
    $lines = $t;
    $own = $there;
    return each_block(\&set_route, $there);
  }
  my $folder = -d "$root/sites-enabled" ? "$root/sites-enabled" : "$root/conf.d";
  die "neither sites-enabled nor conf.d below $root\n" if !-d $folder;
  my $file = "$folder/$name.conf";
  my $listening = grep { $_->{file} ne $file } listens();
  $text{$file} = ($listening ? '' : "Listen $port https\n") . $lines;
}

listen_once() if $task eq 'proxy' || $task eq 'tls-listen';
if ($task eq 'proxy') { new_proxy(); commit(%text); exit }
if ($task eq 'listen-public') { set_public(); commit(%text); exit }
choose();
my @both = $own->{nth} == $default->{nth} ? $own : ($own, $default);
if ($task eq 'tls') { each_block(sub { set_in($_[0], $lines, named(@names)) }, $own) if !read_again($own) }
elsif ($task eq 'chain') { set_chain() }
elsif ($task eq 'tls-default') { each_block(sub { set_in($_[0], $lines, named(@names)) }, @both) }
elsif ($task eq 'tls-listen') {
  my @others = grep { $_->{nth} != $own->{nth} && ($port == 80 || $_->{names}[0]) && !grep { $_->{name} eq 'sslengine' && lc $_->{args}[0] eq 'on' } all(@{ $_->{block}{in} }) } @here;
  die "port $port is shared with other sites that speak HTTP there: give the webhook another port (443, 8443, 88)\n" if @others;
  for my $s (@both) {
    my $has = grep { $_->{name} eq 'sslcertificatefile' } all(@{ $s->{block}{in} });
    each_block(sub { $has ? set_in($_[0], "SSLEngine on\n", named('SSLEngine')) : set_in($_[0], $lines, named(@names)) }, $s);
  }
}
elsif ($task eq 'location') { each_block(\&set_route, $own) }
elsif ($task eq 'upstream') { each_block(\&set_upstream, $own) }
elsif ($task eq 'redirect') { each_block(\&set_redirect, $own) }
elsif ($task eq 'section') { each_block(sub { set_section($_[0], $lines) }, $own) }
elsif ($task eq 'site') { new_site() }
else { die "unknown task $task\n" }
commit(%text);
