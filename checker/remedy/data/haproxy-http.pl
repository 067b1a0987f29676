
sub need_bot { die "no program on this machine answers a POST to $path: start the bot, or name its address: BOT=127.0.0.1:PORT before the command\n" if $lines =~ /bot\.invalid/ }

sub mode_of {
  my ($s) = @_;
  my $mode;
  for my $x ((grep { $_->{kind} eq 'defaults' && $_->{first} < $s->{first} } @sections)[-1] || (), $s) {
    for my $i (inside($x)) { my ($w, $m) = words($lines[$i]); $mode = $m if defined $m && $w eq 'mode' }
  }
  return $mode || 'tcp';
}

# backend_of is the section with the servers that the webhook goes to: that of
# a use_backend line which names its path or host, else the default one.
sub backend_of {
  my ($s) = @_;
  my ($default, %acl, @chosen) = ('');
  for my $i (inside($s)) {
    my ($word, $name, @rest) = words(code_of($lines[$i]));
    next if !defined $name;
    my $about = join ' ', map { bare($_) } @rest;
    $acl{$name} .= " $about" if $word eq 'acl';
    $about .= " $acl{$_}" for grep { exists $acl{$_} } @rest;
    $default = bare($name) if $word eq 'default_backend';
    push @chosen, [bare($name), fits($about)] if $word eq 'use_backend';
  }
  my ($best) = sort { $b->[1] <=> $a->[1] } grep { $_->[1] } @chosen;
  my $wanted = $best ? $best->[0] : $default;
  my ($found) = grep { $_->{kind} =~ /^(backend|listen)$/ && $_->{name} eq $wanted } @sections;
  return $found || ($s->{kind} eq 'listen' ? $s : undef);
}

# fits guesses from the words of a condition whether it is about the webhook.
sub fits {
  my ($about) = @_;
  my ($n, $prefix) = (0, 0);
  for my $w (split ' ', $about) {
    $n += 2 if $w eq $path || $w eq $host;
    $n += 1 if $w =~ m{^/.} && index($path, $w) == 0 && $about =~ /path_beg|path_dir|base|url_beg/;
  }
  return $n;
}

# set_upstream corrects the servers that nothing answers at; what speaks to a
# bot otherwise than in plain HTTP goes.
sub set_upstream {
  need_port();
  need_bot();
  my $b = backend_of($here[0]);
  my @servers = $b ? grep { my ($w, $name, $a) = words($lines[$_]); defined $a && $w eq 'server' } inside($b) : ();
  return route() if !@servers;
  my ($to) = $lines =~ /^\s*server bot (\S+)/m;
  my @dead = grep { !answers(bare((words($lines[$_]))[2])) } @servers;
  @dead = $servers[0] if !@dead && !grep { (words($lines[$_]))[2] eq $to } @servers;
  for my $i (@dead) {
    my ($word, $name, $address, @rest) = words($lines[$i]);
    my @kept;
    while (@rest) {
      my $w = shift @rest;
      if ($w =~ /^(verify|ca-file|sni|crt|alpn|check-sni|check-alpn)$/) { shift @rest }
      elsif ($w !~ /^(ssl|check-ssl|no-check-ssl|send-proxy\S*|disabled)$/) { push @kept, $w }
    }
    set_line($i, $word, $name, $to, @kept);
  }
}

sub answers {
  my ($to) = @_;
  require IO::Socket::INET;
  return defined IO::Socket::INET->new(PeerAddr => $to, Proto => 'tcp', Timeout => 3);
}

# takes tells whether what listens at an address takes the webhook.
sub takes {
  my ($to) = @_;
  require IO::Socket::INET;
  my $s = IO::Socket::INET->new(PeerAddr => $to, Proto => 'tcp', Timeout => 3) or return 0;
  local $SIG{ALRM} = sub { die "no answer\n" };
  my $line = eval {
    alarm 3;
    print {$s} "POST $path HTTP/1.1\r\nHost: $host\r\nContent-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"update_id\":0}";
    readline $s;
  };
  alarm 0;
  return defined $line && $line =~ m{^HTTP/1\.\d (2\d\d|401|403)};
}

# set_site gives the name its certificate, and the bot a route where what the
# frontend leads to does not take the webhook.
sub set_site {
  (my $bind, $lines) = split /\n/, $lines, 2;
  set_bind('', split ' ', $bind);
  my $f = $here[0];
  return if $lines =~ /bot\.invalid/ || mode_of($f) ne 'http';
  my $b = backend_of($f);
  return if $b && grep { my ($w, undef, $a) = words($lines[$_]); defined $a && $w eq 'server' && takes(bare($a)) } inside($b);
  route();
}

sub redirects { my @w = @_; return $w[0] eq 'redirect' || $w[0] eq 'http-request' && ($w[1] eq 'redirect' || $w[1] eq 'return' && "@w" =~ /status 30\d/) }
sub not_found { my @w = @_; return $w[0] eq 'http-request' && "@w" =~ /^http-request (deny\b.* deny_status|return\b.* status) 404/ }

# spare leaves the webhook's path out of every line that $is tells, of the
# frontend and of the backend that it goes to.
sub spare {
  my ($test, $is) = @_;
  need_port();
  my $b = backend_of($here[0]);
  for my $i (map { inside($_) } @here, $b && $b != $here[0] ? $b : ()) {
    my @w = words($lines[$i]);
    next if @w < 2 || !$is->(@w) || index($lines[$i], $test) >= 0;
    my $code = code_of($lines[$i]);
    my $rest = substr $lines[$i], length $code;
    my ($line, $how, $when) = $code =~ /^(.*?)(?:\s+(if|unless)\s+(.*?))?\s*$/;
    if (!defined $how) { $line .= " unless $test" }
    elsif ($how eq 'unless') { $line .= " unless $when || $test" }
    else { $line .= ' if ' . join(' || ', map { "$_ !$test" } split /\s+(?:\|\||or)\s+/, $when) }
    $lines[$i] = $line . $rest;
  }
}

# route sends the path to a backend of its own, before other choices and before
# what answers by itself.
sub route {
  need_port();
  need_bot();
  my $f = $here[0];
  die "the frontend of port $port is in mode tcp and sees no paths: give the bot a frontend, port or name of its own\n" if mode_of($f) ne 'http';
  my ($use, $backend) = split /\n\n/, $lines, 2;
  my ($test) = $use =~ /(\{ path(?:_beg)? .*\})$/;
  spare($test, \&not_found) if defined $test;
  put_route($f, $backend, $use);
}

sub put_route {
  my ($f, $backend, @use) = @_;
  my $use = $use[-1];
  my ($name) = (words($use))[1];
  my ($old) = grep { $_->{kind} eq 'backend' && $_->{name} eq $name } @sections;
  return if $old && grep { join("\0", words($lines[$_])) eq join("\0", words($use)) } inside($f);
  $_ = '' for @lines[grep { my @w = words($lines[$_]); @w > 1 && $w[0] eq 'use_backend' && $w[1] eq $name } inside($f)];
  if ($old) { $_ = '' for @lines[$old->{first} .. $old->{last}]; $lines[$old->{first}] = $backend }
  else { $lines[-1] .= "\n$backend" }
  my ($first) = grep { $lines[$_] =~ /^\s*(use_backend|default_backend|server)\b/ } inside($f);
  my $new = join '', map { "    $_\n" } @use;
  if (defined $first) { $lines[$first] = "$new$lines[$first]" }
  else { $lines[$f->{last}] = $f->{last} == $#lines ? $lines[$f->{last}] =~ s/\n/\n$new/r : "$lines[$f->{last}]$new" }
}

# new_proxy gives a frontend that has the port the bot's route, and else writes
# sections for it.
sub new_proxy {
  my ($name, $certificate) = @names;
  my ($first) = grep { $lines[$_] =~ /^# begin \Q$name\E$/ } 0 .. $#lines;
  if (defined $first) {
    my ($last) = grep { $lines[$_] =~ /^# end \Q$name\E$/ } $first .. $#lines;
    $_ = '' for @lines[$first .. $last];
    $lines[$first] = $lines;
    return;
  }
  if (@here) {
    my $bind = join ' ', map { $lines[$_] } grep { binds($_) } inside($here[0]);
    my ($server) = $lines =~ /^\s*(server bot .*)$/m;
    my $own_tls = $lines =~ /^\s*mode tcp/m;
    my ($f, $ends_tls) = ($here[0], $bind =~ /\sssl(\s|$)/);
    if (!$ends_tls && $own_tls && mode_of($f) eq 'tcp' && $host !~ /^[\d.]+$|:/) {
      # It chooses by the name in the hello, which it has to wait for.
      my @wait = grep { /^\s*tcp-request inspect-delay/ } map { $lines[$_] } inside($f);
      return put_route($f, "backend $name\n    mode tcp\n    timeout connect 5s\n    timeout server 75s\n    $server\n",
        @wait ? () : ('tcp-request inspect-delay 5s', 'tcp-request content accept if { req.ssl_hello_type 1 }'), "use_backend $name if { req.ssl_sni -i $host }");
    }
    die "a frontend in $conf has port $port already, without TLS or in mode tcp: give the bot another port or name\n" if mode_of($f) ne 'http' || !$ends_tls;
    die "a frontend in $conf ends TLS on port $port, and no certificate for $host with its key is on this machine: get one first\n" if !-s $certificate;
    $server .= ' ssl verify none' if $own_tls;
    $lines = "use_backend $name if { req.hdr(host),field(1,:) -i $host }\n\nbackend $name\n    mode http\n    timeout connect 5s\n    timeout server 75s\n    $server\n";
    set_bind('', 'crt', $certificate) if $bind !~ /\Q$certificate\E/;
    return route();
  }
  $lines[-1] .= $lines;
}

# crt_files are the files that HAProxy reads certificates from.
sub crt_files {
  my ($base, @found) = ('');
  for my $line (@lines) {
    my @w = map { bare($_) } words($line);
    $base = "$w[1]/" if @w > 1 && $w[0] eq 'crt-base';
    for my $n (1 .. $#w) {
      push @found, "$base\0$w[$n]" if $w[$n - 1] eq 'crt' && $w[0] eq 'bind';
      push @found, map { /^\s*([^#\s]\S*)/ ? "$base\0$1" : () } split /\n/, slurp($w[$n]) if $w[$n - 1] eq 'crt-list' && -f $w[$n];
    }
  }
  my %seen;
  return grep { -f && !/\.(key|ocsp|sctl|issuer|dh)$/ && !$seen{$_}++ } map { -d $_ ? glob "$_/*" : -e $_ ? $_ : glob "$_.{rsa,ecdsa,dsa}" } map { m{\0/} ? s/.*\0//r : s/\0//r } @found;
}

# set_chain writes the chain into every file of this certificate and keeps the
# key and what else is there.
sub set_chain {
  my ($own, $chain, $key) = @names;
  my ($new_key, %new) = public_key($chain);
  $own =~ s/\s*\z/\n/;
  return if grep { renewed($_) } crt_files();
  for my $file (crt_files()) {
    # The file may begin with the intermediate: then its key tells whose it is.
    my ($leaf, $of_key) = (public_key($file), public_key($file, 'pkey'));
    next if !grep { $_ eq $own || $_ eq $new_key } $leaf, $of_key;
    my $old = defined $key && $key ne '' ? slurp($key) : slurp($file);
    my @others;
    while ($old =~ /-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----/gs) { push @others, $& =~ s/\r//gr if $1 !~ /CERTIFICATE$/ }
    $new{$file} = join '', map { join "\n", '-----BEGIN CERTIFICATE-----', $_ =~ /.{1,64}/g, "-----END CERTIFICATE-----\n" } certs_in($chain);
    $new{$file} .= join '', map { "$_\n" } @others;
  }
  die "no file that $conf names with crt holds this certificate\n" if !%new;
  return %new;
}

my %chains;
my $versions = 'force-\S+|ssl-m(?:in|ax)-ver|no-(?:sslv3|tlsv1\d)';
if ($task eq 'bind-ssl') { need_port(); my @add = split ' ', $lines; @add = 'ssl' if $add[0] eq 'ssl' && grep { binds($_) && $lines[$_] =~ /\scrt(-list)?\s/ } map { inside($_) } @here; set_bind('', @add) }
elsif ($task eq 'bind-direct') { set_bind('accept-proxy') }
elsif ($task eq 'bind-public') { set_public() }
elsif ($task eq 'bind-verify') { set_bind('verify', 'verify', 'none') }
elsif ($task eq 'versions') { set_bind($versions); set_global($lines, $versions) }
elsif ($task eq 'ciphers') { set_bind("$versions|ciphers|ciphersuites|curves|ecdhe|sigalgs"); set_global($lines, $versions) }
elsif ($task eq 'upstream') { set_upstream() }
elsif ($task eq 'redirect') { chomp $lines; spare($lines, \&redirects) }
elsif ($task eq 'site') { set_site() }
elsif ($task eq 'route') { route() }
elsif ($task eq 'proxy') { new_proxy() }
elsif ($task eq 'chain') { %chains = set_chain() }
else { die "unknown task $task\n" }
my %after;
$after{ $file[$_] } .= $lines[$_] for 0 .. $#lines;
commit(%lists, %chains, map { $_ => $after{$_} } grep { $after{$_} ne $before{$_} } keys %after);
