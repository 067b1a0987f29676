my (%text, @servers);
my ($root) = $conf =~ m{(.*)/};
$root = $1 if slurp($conf) =~ /^\s*ServerRoot\s+"?([^"\s]+)/m;
# Debian's apache2ctl sets this one; httpd's root is a level above its conf/.
my %inside = map { $_ => 1 } qw(ifmodule ifdefine ifversion ifdirective ifsection iffile);

sub words { my ($s) = @_; my @w; while ($s =~ /\G\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+))/g) { push @w, defined $1 ? $1 : defined $2 ? $2 : $3 } return @w }

# parse gives the directives of a text: at, end, name, args, and for a section
# in (its directives), open and close.
sub parse {
  my ($t) = @_;
  my (@top, @sections);
  my $list = \@top;
  while ($t =~ /\G((?:[^\n\\]|\\[^\n]|\\\n)*)(\n|\z)/g) {
    last if $1 eq '' && $2 eq '';
    my ($line, $at, $end) = ($1, $-[1], $+[1]);
    $at += length $1 if $line =~ s/^(\s+)//;
    next if $line eq '' || $line =~ /^#/;
    if ($line =~ m{^</}) {
      my $last = pop @sections or next;
      ($last->[0]{close}, $last->[0]{end}) = ($at, $end);
      $list = $last->[1];
    } elsif ($line =~ /^<(\S+?)(?:\s+(.*?))?\s*>\s*$/s) {
      my $section = { at => $at, open => $end, name => lc $1, args => [words(defined $2 ? $2 : '')], in => [] };
      push @$list, $section;
      push @sections, [$section, $list];
      $list = $section->{in};
    } else {
      $line =~ s/\\\n/ /g;
      my ($name, @args) = words($line);
      push @$list, { at => $at, end => $end, name => lc $name, args => \@args };
    }
  }
  return @top;
}

sub included {
  my ($name) = @_;
  $name = "$root/$name" if $name !~ m{^/};
  $name .= '/*' if -d $name;
  return grep { -f } glob $name;
}

# inner are the directives of a section, those of <IfModule> and the like
# among them.
sub inner { return map { $_->{in} && $inside{ $_->{name} } ? inner(@{ $_->{in} }) : $_ } @_ }

sub visit {
  my ($file, $follow, @list) = @_;
  for my $s (inner(@list)) {
    if ($follow && $s->{name} =~ /^include(optional)?$/) { read_file($_) for included($s->{args}[0]) }
    elsif ($s->{name} eq 'virtualhost' && $s->{in}) { add_server($file, $s) }
  }
}

sub read_file {
  my ($file) = @_;
  return if exists $text{$file};
  $text{$file} = slurp($file);
  visit($file, 1, parse($text{$file}));
}

sub add_server {
  my ($file, $block) = @_;
  my %s = (file => $file, block => $block, names => []);
  for my $x (inner(@{ $block->{in} })) {
    push @{ $s{names} }, map { (my $n = lc) =~ s{^\w+://|:\d+$}{}g; $n } @{ $x->{args} } if $x->{name} =~ /^server(name|alias)$/;
    $s{rejects} = 0;
  }
  push @servers, \%s;
}

sub on_port { my ($s) = @_; return grep { /:(\d+|\*)$/ ? $1 eq '*' || $1 == $port : 1 } @{ $s->{block}{args} } }

sub score {
  my ($s) = @_;
  for my $n (@{ $s->{names} }) {
    return 2 if $n eq $host;
    (my $re = quotemeta $n) =~ s/\\\*/.*/g;
    $re =~ s/\\\?/./g;
    return 1 if $host =~ /^$re$/;
  }
  return 0;
}

read_file($conf);
my @here = grep { on_port($_) } @servers;
die "no VirtualHost for port $port in $conf and the files that it includes\n" if !@here;
my $default = $here[0];
my ($named) = grep { score($_) } @here;
my $is_ip = $host =~ /^[\d.]+$|:/;
my $own = ($task =~ /^tls/ && $is_ip) ? $default : $named || $default;

sub same { my ($a, $b) = @_; return join("\1", map { join "\0", $_->{name}, @{ $_->{args} } } @$a) eq join("\1", map { join "\0", $_->{name}, @{ $_->{args} } } @$b) }

# covers tells whether a section is about the webhook's path.
sub covers { my ($x) = @_; return $x->{name} eq 'location' && index($path, $x->{args}[0]) == 0 }

# set_in puts the new lines at the end of a virtual host, after what it
# includes, and takes out the directives that they replace.
sub set_in {
  my ($s, $new, @out) = @_;
  my $t = $text{ $s->{file} };
  my %out = map { lc $_ => 1 } @out;
  my @list = inner(@{ $s->{block}{in} });
  my @old = grep { $out{ $_->{name} } && !$_->{in} } @list, map { inner(@{ $_->{in} }) } grep { covers($_) } @list;
  return if same(\@old, [parse($new)]);
  my $pad = indent_of($t, $s->{block}{at});
  $text{ $s->{file} } = splice_in($t, [$s->{block}{close}, $s->{block}{close}, $new eq '' ? '' : '    ' . indented("$pad    ", $new) . "\n$pad"],
    map { cut($t, $_->{at}, $_->{end}) } @old);
}

# put_first puts the new lines at the start of a virtual host, where the first
# match wins.
sub put_first {
  my ($s, $new, @old) = @_;
  my $t = $text{ $s->{file} };
  my $pad = indent_of($t, $s->{block}{at}) . '    ';
  my $insert = "\n$pad" . indented($pad, $new);
  return if index(substr($t, $s->{block}{open}, $s->{block}{end} - $s->{block}{open}), $insert) >= 0;
  $text{ $s->{file} } = splice_in($t, [$s->{block}{open}, $s->{block}{open}, $insert], map { cut($t, $_->{at}, $_->{end}) } @old);
}

# proxied is the ProxyPass that the path falls to.
sub proxied {
  my ($s) = @_;
  my @list = inner(@{ $s->{block}{in} });
  my ($x) = grep { $_->{name} eq 'proxypass' && @{ $_->{args} } > 1 && $_->{args}[1] ne '!' && index($path, $_->{args}[0]) == 0 } @list;
  ($x) = grep { $_->{name} eq 'proxypass' } map { @{ $_->{in} } } grep { covers($_) } @list if !$x;
  return $x;
}

sub set_route {
  my ($s) = @_;
  put_first($s, $lines, grep { $_->{name} eq 'proxypass' && $_->{args}[0] eq $path } inner(@{ $s->{block}{in} }));
}

# set_upstream changes the bot's address in ProxyPass and ProxyPassReverse and
# leaves their paths.
sub set_upstream {
  my ($s) = @_;
  my $x = proxied($s) or return set_route($s);
  my ($from) = "@{ $x->{args} }" =~ m{(\w+://[^/\s"]+)} or return set_route($s);
  my ($to) = $lines =~ m{ProxyPass .*?(\w+://[^/\s"]+)} or die "no address\n";
  return if $from eq $to;
  my $t = $text{ $s->{file} };
  my @changes;
  for my $y (grep { $_->{name} =~ /^proxypass(reverse)?$/ } map { $_->{in} ? @{ $_->{in} } : $_ } inner(@{ $s->{block}{in} })) {
    my $line = substr $t, $y->{at}, $y->{end} - $y->{at};
    next if index($line, $from) < 0;
    $line =~ s/\Q$from\E(?=[\/\s"]|$)/$to/;
    push @changes, [$y->{at}, $y->{end}, $line];
  }
  $text{ $s->{file} } = splice_in($t, @changes);
}

# set_redirect puts the exception before every RewriteRule, and a route to the
# bot where the virtual host has none.
sub set_redirect {
  my ($s) = @_;
  my ($exception, $route) = $lines =~ /\A(.*\[END\]\n)(.*)\z/s;
  put_first($s, proxied($s) ? $exception : $lines);
}

sub set_section {
  my ($s) = @_;
  my ($new) = parse($lines);
  my $t = $text{ $s->{file} };
  my $pad = indent_of($t, $s->{block}{at});
  my ($old) = grep { $_->{in} && same([$_], [$new]) } inner(@{ $s->{block}{in} });
  my $change = $old ? [$old->{at}, $old->{end}, indented("$pad    ", $lines)] : [$s->{block}{close}, $s->{block}{close}, '    ' . indented("$pad    ", $lines) . "\n$pad"];
  $text{ $s->{file} } = splice_in($t, $change);
}

sub new_site {
  my ($source) = grep { my $x = proxied($_); $x && @{ $x->{args} } && $x->{args}[0] eq $path } @here;
  $source ||= $default;
  my ($mine) = grep { score($_) == 2 } @here;
  my @others = grep { $_ ne $host } @{ $source->{names} };
  if ($mine || !@others) {
    my @out = $mine ? grep { lc $_ ne 'servername' && lc $_ ne 'serveralias' } @names : @names;
    my $new = join '', grep { !$mine || !/^ServerName/ } map { "$_\n" } split /\n/, $lines;
    return change(sub { set_in($_[0], $new, @out) }, $mine || $source);
  }
  my $t = $text{ $source->{file} };
  my $b = $source->{block};
  my $copy = substr $t, $b->{at}, $b->{end} - $b->{at};
  ($b) = parse($copy);
  $text{copy} = $copy;
  set_in({ file => 'copy', block => $b }, $lines, @names);
  my $pad = indent_of($t, $source->{block}{at});
  $text{ $source->{file} } = splice_in($t, [$source->{block}{end}, $source->{block}{end}, "\n\n$pad" . delete $text{copy}]);
}

# change runs over virtual hosts of which each may be in a file changed before.
sub change {
  my ($do, @which) = @_;
  for my $w (@which) {
    my ($nth) = grep { $servers[$_] == $w } 0 .. $#servers;
    $nth = grep { $_->{file} eq $w->{file} } @servers[0 .. $nth - 1] if $nth;
    my @kept = splice @servers;
    visit($w->{file}, 0, parse($text{ $w->{file} }));
    my $fresh = $servers[$nth];
    @servers = @kept;
    $do->($fresh);
  }
}

my @both = $own == $default ? $own : ($own, $default);
if ($task eq 'tls') { change(sub { set_in($_[0], $lines, @names) }, $own) }
elsif ($task eq 'tls-default') { change(sub { set_in($_[0], $lines, @names) }, @both) }
elsif ($task eq 'tls-listen') {
  die "port 80 is shared with other sites: give the webhook another port (443, 8443, 88)\n" if $port == 80 && @here > 1;
  change(sub { set_in($_[0], $lines, @names) }, @both);
}
elsif ($task eq 'location') { change(\&set_route, $own) }
elsif ($task eq 'upstream') { change(\&set_upstream, $own) }
elsif ($task eq 'redirect') { change(\&set_redirect, $own) }
elsif ($task eq 'section') { change(\&set_section, $own) }
elsif ($task eq 'site') { new_site() }
else { die "unknown task $task\n" }
store($_, $text{$_}) for sort keys %text;
