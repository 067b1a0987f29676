use strict;
use warnings;
use Cwd 'realpath';

my ($keep, $conf, $host, $port, $path, $lines, $task, @names) = @ARGV;

sub slurp {
  my ($file) = @_;
  open my $in, '<', $file or die "reading $file: $!\n";
  local $/;
  my $text = readline $in;
  return defined $text ? $text : '';
}

# store writes a file; the bytes from before the first change are kept.
sub store {
  my ($file, $text) = @_;
  return if slurp($file) eq $text;
  $file = realpath($file);
  my ($folder) = "$keep$file" =~ m{(.*)/};
  if (!-e "$keep$file") {
    system('mkdir', '-p', '-m', '700', $folder) == 0 && system('cp', '-a', $file, "$keep$file") == 0 or die "no copy of $file in $keep\n";
  }
  open my $out, '>', $file or die "writing $file: $!\n";
  print {$out} $text;
  close $out or die "writing $file: $!\n";
  print "changed: $file\n";
}

# splice_in makes changes [from, to, text] to one text, the last one first.
sub splice_in {
  my ($text, @changes) = @_;
  substr($text, $_->[0], $_->[1] - $_->[0]) = $_->[2] for sort { $b->[0] <=> $a->[0] } @changes;
  return $text;
}

# cut is the change that takes a piece of text out, with its line where
# nothing else stands on it.
sub cut {
  my ($text, $from, $to) = @_;
  my ($before) = substr($text, 0, $from) =~ /([ \t]*)\z/;
  my $first = $from - length $before;
  if (($first == 0 || substr($text, $first - 1, 1) eq "\n") && substr($text, $to) =~ /\A([ \t]*\n)/) {
    return [$first, $to + length $1, ''];
  }
  return [$from, $to, ''];
}

sub indent_of {
  my ($text, $at) = @_;
  my ($line) = substr($text, 0, $at) =~ /([^\n]*)\z/;
  return $line =~ /^([ \t]*)/ ? $1 : '';
}

sub indented {
  my ($with, $text) = @_;
  chomp $text;
  $text =~ s/\n(?=.)/\n$with/g;
  return $text;
}
