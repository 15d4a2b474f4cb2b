# Every requirement is what Debian 12 has: nothing is downloaded. For scripts/interop/conan, and for people who build on Debian.
[settings]
os=Linux
arch=x86_64
compiler=gcc
compiler.version=12
compiler.libcxx=libstdc++11
compiler.cppstd=20
build_type=Debug

[platform_requires]
boost/1.74.0
cereal/1.3.2
tl-expected/1.0.0
fmt/9.1.0
icu/72.1
openssl/3.0.16
roaring/0.2.66
simdjson/3.0.1
xxhash/0.8.1
zstd/1.5.4
sqlite3/3.40.1
zlib/1.2.13
cli11/2.1.2

[conf]
tools.cmake.cmaketoolchain:generator=Ninja
