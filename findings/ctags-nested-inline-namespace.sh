#!/usr/bin/env bash
# Universal Ctags 5.9.0 (Debian 12). C++20 lets one line open a namespace and an inline namespace inside it:
# `namespace a::inline b {`. Expected: the tags of the two namespaces and of all that stands in them, as for the same
# file with two lines. Seen: no tag at all for the whole file, no warning, exit code 0. So jumping to a definition,
# and editors' outlines, silently lose every such file. This project writes the two namespaces on lines of their own.
set -euo pipefail
package=universal-ctags=5.9.20210829.0-1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Downloads the packages without installing them: the package's own libraries are unpacked into the folder too.
apt-get download -qq "$package" libjansson4 libseccomp2 libyaml-0-2 libxml2 libicu72 2>/dev/null ||
  { echo "ctags-nested-inline-namespace: apt-get could not download $package; run apt-get update and try again" >&2; exit 2; }
for file in ./*.deb; do dpkg -x "$file" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu
ctags=$work/root/usr/bin/ctags-universal

cat > two_lines.hpp <<'CPP'
namespace a {
inline namespace b {
class Thing {};
int twice(int x);
}
}
CPP
cat > one_line.hpp <<'CPP'
namespace a::inline b {
class Thing {};
int twice(int x);
}
CPP
"$ctags" --version | head -n 1
two=$("$ctags" -x --kinds-c++=+np two_lines.hpp | wc -l)
one=$("$ctags" -x --kinds-c++=+np one_line.hpp | wc -l)
echo "two lines: $two tags; one line: $one tags"
[ "$two" = 4 ] && [ "$one" = 0 ] || { echo "changed: expected 4 tags and 0" >&2; exit 1; }
