#!/bin/sh
# Run as root in a bare Debian 12 by scripts/interop/debian: installs the packages in /packages, and uses them.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C HOME=/root
quietly() { "$@" > /tmp/log 2>&1 || { tail -n 30 /tmp/log >&2; echo "failed: $*" >&2; exit 1; }; }
says() { echo "$1" | grep -q -F "$2" || { echo "expected \`$2\` in: $1" >&2; exit 1; }; }

# Builds no manual and asks no question: the program alone, on a machine without a compiler.
quietly apt-get update
quietly apt-get install -y --no-install-recommends /packages/eventstore_*.deb
! command -v g++ > /dev/null || { echo "this Debian is not bare: it has g++" >&2; exit 1; }
cd /tmp
eventstore generate --events 500 --seed 7 > events.ndjson
says "$(eventstore --store store --json import events.ndjson)" '"appended":500'
quietly eventstore --store store project run
says "$(eventstore --store store --json verify)" '"sound":true'
echo "program: installed, imported 500 events, projected and verified them"

# The library, with what its package depends on and a compiler.
quietly apt-get install -y --no-install-recommends /packages/libeventstore-dev_*.deb g++ cmake make pkg-config
echo "library: $(dpkg-query -W -f '${Package} ${Version}, ' libeventstore-dev libboost-dev g++ cmake | sed 's/, $//')"
cp -r /usr/share/doc/libeventstore-dev/examples/account account
quietly cmake -S account -B build
quietly cmake --build build
use() {
  says "$("$1" --store "$2" --json execute account-ada open '{"owner":"Ada"}')" AccountOpened
  says "$("$1" --store "$2" --json execute account-ada deposit '{"cents":2000}')" MoneyDeposited
  says "$("$1" --store "$2" --json state account-ada)" '"cents":2000'
  says "$("$1" --store "$2" --json project run)" '"events":2'
}
use build/account bank
echo "find_package: built and ran examples/account"
# The words of pkg-config are several arguments.
# shellcheck disable=SC2046
quietly g++ -std=c++20 account/account.cpp $(pkg-config --cflags --libs eventstore-cli) -o account-pc
use ./account-pc bank-pc
# shellcheck disable=SC2046
quietly g++ -std=c++20 account/account.cpp $(pkg-config --static --cflags --libs eventstore-cli) -o account-pc
echo "pkg-config: built and ran examples/account"

quietly apt-get purge -y eventstore libeventstore-dev
left=$(find / -xdev -path /tmp -prune -o -path /packages -prune -o -path /proc -prune -o -name '*eventstore*' -print)
[ -z "$left" ] || { echo "left behind by the packages: $left" >&2; exit 1; }
echo "purge: nothing left behind"
