my ($root) = $conf =~ m{(.*)/};
my (%text, %defined);
# Debian's apache2ctl sets this one; httpd's root is a level above its conf/.
$root = $1 if load($conf) =~ /^\s*ServerRoot\s+"?([^"\s]+)/mi;
my %inside = map { $_ => 1 } qw(ifmodule ifdefine ifversion ifdirective ifsection iffile);

sub text { my ($file) = @_; $text{$file} = load($file) if !exists $text{$file}; return $text{$file} }

sub expand { my ($s) = @_; $s =~ s/\$\{([^{}]+)\}/defined $defined{$1} ? $defined{$1} : $&/ge; return $s }

sub words { my ($s) = @_; my @w; while ($s =~ /\G\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+))/g) { push @w, defined $1 ? $1 : defined $2 ? $2 : $3 } return @w }

# parse gives the directives of a file: file, at, end, name, args, and for a
# section in (its directives), open and close.
sub parse {
  my ($t, $file) = @_;
  my (@top, @sections);
  my $list = \@top;
  while ($t =~ /\G((?:[^\n\\]|\\[^\n]|\\\n)*)(\n|\z)/g) {
    last if $1 eq '' && $2 eq '';
    my ($line, $at, $end) = ($1, $-[1], $+[1]);
    $at += length $1 if $line =~ s/^(\s+)//;
    $end -= length $1 if $line =~ s/(\s+)\z//;
    next if $line eq '' || $line =~ /^#/;
    if ($line =~ m{^</}) {
      my $last = pop @sections or next;
      ($last->[0]{close}, $last->[0]{end}) = ($at, $end);
      $list = $last->[1];
    } elsif ($line =~ /^<(\S+?)(?:\s+(.*?))?\s*>\s*$/s) {
      my $section = { file => $file, at => $at, open => $end, name => lc $1, args => [words(defined $2 ? $2 : '')], in => [] };
      push @$list, $section;
      push @sections, [$section, $list];
      $list = $section->{in};
    } else {
      $line =~ s/\\\n/ /g;
      my ($name, @args) = words($line);
      push @$list, { file => $file, at => $at, end => $end, name => lc $name, args => \@args };
    }
  }
  die "$file: a section is not closed\n" if @sections;
  return @top;
}

sub tree { my ($file) = @_; return parse(text($file), $file) }

our $depth = 0;
sub included {
  my ($x) = @_;
  die "files include one another\n" if $depth > 40;
  my $name = expand($x->{args}[0]);
  $name = "$root/$name" if $name !~ m{^/};
  $name .= '/*' if -d $name;
  $name =~ s/([\s\\])/\\$1/g;
  return grep { -f } glob $name;
}

sub includes { my ($x) = @_; return $x->{name} =~ /^include(optional)?$/ && @{ $x->{args} } }

# all are the directives of a list, those of included files and of <IfModule>
# and the like among them; own leaves the included files out.
sub all {
  local $depth = $depth + 1;
  return map { includes($_) ? all(map { tree($_) } included($_)) : opened($_) ? all(@{ $_->{in} }) : $_ } @_;
}
sub own { return map { opened($_) ? own(@{ $_->{in} }) : $_ } @_ }
sub opened { my ($x) = @_; return $x->{in} && $inside{ $x->{name} } && !($x->{args}[0] && $x->{args}[0] =~ /^!/) }

sub named { my %out = map { lc $_ => 1 } @_; return sub { my ($x) = @_; return !$x->{in} && $out{ $x->{name} } } }

# servers are the virtual hosts in the order in which Apache reads them.
sub servers {
  my @all;
  for my $x (all(tree($conf))) {
    $defined{ $x->{args}[0] } = expand($x->{args}[1]) if $x->{name} eq 'define' && @{ $x->{args} } > 1;
    next if $x->{name} ne 'virtualhost' || !$x->{in};
    my %s = (file => $x->{file}, block => $x, nth => scalar @all, names => [], root => '');
    for my $y (all(@{ $x->{in} })) {
      push @{ $s{names} }, map { (my $n = lc expand($_)) =~ s{^\w+://|:\d+$}{}g; $n } @{ $y->{args} } if $y->{name} =~ /^server(name|alias)$/;
      $s{root} = $y->{args}[0] if $y->{name} eq 'documentroot';
    }
    push @all, \%s;
  }
  return @all;
}

# addresses are those of a virtual host with the webhook's port.
sub addresses {
  my ($s) = @_;
  my @found;
  for my $a (map { expand($_) } @{ $s->{block}{args} }) {
    my ($address, $p) = $a =~ /^(.*?)(?::(\d+|\*))?$/;
    next if defined $p && $p ne '*' && $p != $port;
    push @found, $address eq '_default_' || $address eq '' || $address eq '0.0.0.0' ? '*' : lc $address;
  }
  return @found;
}

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

# here are the virtual hosts among which Apache chooses for Telegram's
# connection: those of the address itself, else those of all addresses.
my ($address, @here, $default, $own);
sub choose {
  my @port = grep { addresses($_) } servers();
  my $made = grep({ $_->{name} eq 'use' } all(tree($conf))) ? '; those that a <Macro> makes are changed by hand' : '';
  die "no VirtualHost for port $port in $conf and the files that it includes$made\n" if !@port;
  for my $a ($ip, '*', $host) {
    $address = $a;
    last if @here = grep { grep { $_ eq $a } addresses($_) } @port;
  }
  if (!@here) {
    ($address) = sort { ($a =~ /^127\.|^\[/) <=> ($b =~ /^127\.|^\[/) } map { addresses($_) } @port;
    @here = grep { grep { $_ eq $address } addresses($_) } @port;
  }
  $default = $here[0];
  my ($named) = grep { score($_) } @here;
  my $is_ip = $host =~ /^[\d.]+$|:/;
  $own = ($task =~ /^(tls|chain)/ && $is_ip) ? $default : $named || $default;
}

sub each_block { my ($do, @which) = @_; $do->((servers())[$_->{nth}]{block}) for @which }

sub as_text { my ($x) = @_; return join "\0", $x->{name}, @{ $x->{args} }, $x->{in} ? ("\1", map { as_text($_) } @{ $x->{in} }) : () }
sub same { my ($a, $b) = @_; return join("\2", map { as_text($_) } @$a) eq join("\2", map { as_text($_) } @$b) }

# under tells whether a prefix, which ends where a part of the path does,
# matches the webhook's path.
sub under { my ($prefix) = @_; return index($path, $prefix) == 0 && ($prefix =~ m{/$} || length $path == length $prefix || substr($path, length $prefix, 1) eq '/') }

# covers tells whether a section is about the webhook's path.
sub covers {
  my ($x, $docroot) = @_;
  return 0 if !$x->{in} || !@{ $x->{args} };
  my ($first, $second) = @{ $x->{args} };
  return under($first) if $x->{name} eq 'location' && $first ne '~';
  return eval { $path =~ /$second/ } if $x->{name} eq 'location';
  return eval { $path =~ /$first/ } if $x->{name} eq 'locationmatch';
  return $docroot && index("$docroot/", $first =~ m{/$} ? $first : "$first/") == 0 if $x->{name} eq 'directory';
  return 0;
}

# standing are the directives that $out tells, of a virtual host and of its
# sections about the path. Those of included files are not edited there: other
# sites include them too; a line at the end overrides them.
sub standing {
  my ($block, $out) = @_;
  my @list = own(@{ $block->{in} });
  my ($docroot) = map { $_->{args}[0] } grep { $_->{name} eq 'documentroot' } @list;
  return grep { $out->($_) } @list, map { own(@{ $_->{in} }) } grep { covers($_, $docroot) } @list;
}

# set_in puts new lines into a virtual host, in place of those that $out tells,
# at the end where an included file may say otherwise before.
sub set_in {
  my ($block, $new, $out) = @_;
  my @old = standing($block, $out);
  return if same(\@old, [parse($new, '')]);
  my $t = text($block->{file});
  my $pad = indent_of($t, $block->{at});
  my ($in_place) = grep { my $o = $_; grep { $_ == $o } @{ $block->{in} } } @old;
  $in_place = undef if $new eq '' || $in_place && grep { includes($_) && $_->{at} > $in_place->{at} } own(@{ $block->{in} });
  my @changes = map { $in_place && $_ == $in_place ? [$_->{at}, $_->{end}, indented(indent_of($t, $_->{at}), $new)] : cut($t, $_->{at}, $_->{end}) } @old;
  push @changes, at_end($block, $new) if !$in_place && $new ne '';
  $text{ $block->{file} } = splice_in($t, @changes);
}

sub at_end {
  my ($block, $new) = @_;
  my $pad = indent_of(text($block->{file}), $block->{at});
  return [$block->{close}, $block->{close}, '    ' . indented("$pad    ", $new) . "\n$pad"];
}

# put_first puts new lines at the start of a virtual host, where the first
# match wins, once.
sub put_first {
  my ($block, $new, @old) = @_;
  my $t = text($block->{file});
  my @new = parse($new, '');
  return if same([@{ $block->{in} }[0 .. min($#new, $#{ $block->{in} })]], \@new);
  my $pad = indent_of($t, $block->{at}) . '    ';
  $text{ $block->{file} } = splice_in($t, [$block->{open}, $block->{open}, "\n$pad" . indented($pad, $new)], map { cut($t, $_->{at}, $_->{end}) } @old);
}
sub min { return $_[0] < $_[1] ? $_[0] : $_[1] }

sub absolute { my ($name) = @_; $name = expand($name); return $name =~ m{^/} ? $name : "$root/$name" }

# set_chain changes the certificate that is presented, of several the one of
# the same key, and leaves the others. In the older form the intermediates have
# a file of their own.
sub set_chain {
  my ($new) = parse($lines, '');
  my $chain = $new->{args}[0];
  my @certs = grep { $_->{name} eq 'sslcertificatefile' } all(@{ $own->{block}{in} });
  @certs = grep { $_->{name} eq 'sslcertificatefile' } all(tree($conf)) if !@certs;
  my ($old) = grep { @certs == 1 || public_key(absolute($_->{args}[0])) eq public_key($chain) } @certs;
  $old ||= $certs[0] || die "no SSLCertificateFile for $host on port $port\n";
  if (certs_in($chain) && join(' ', certs_in(absolute($old->{args}[0]))) ne join(' ', certs_in($chain))) {
    my $better = chain_beside(absolute($old->{args}[0]), $chain);
    my $quoted = $better =~ /\s/ ? "\"$better\"" : $better;
    my $t = text($old->{file});
    $text{ $old->{file} } = splice_in($t, [$old->{at}, $old->{end}, "SSLCertificateFile $quoted"]);
  } elsif (!certs_in($chain)) {
    $text{ $old->{file} } = splice_in(text($old->{file}), [$old->{at}, $old->{end}, "SSLCertificateFile $chain"]);
  }
  each_block(sub { set_in($_[0], '', named('SSLCertificateChainFile')) }, $own);
}
