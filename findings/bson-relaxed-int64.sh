#!/usr/bin/env bash
# npm's bson 6.2.0, EJSON. MongoDB's extended JSON wraps a 64-bit integer, {"$numberLong": "9007199254740993"}, so that no reader takes it for a
# double. Expected: a reader of the wrapper keeps all digits, and a writer wraps what a double does not hold, or says that it cannot write it.
# Seen: in the relaxed mode, which is the default, EJSON.parse() gives 9007199254740992 for the wrapper, and EJSON.stringify() prints 9007199254740992
# for the Long, both without a word. So one pass through a Node script changes ids and amounts; {relaxed: false} on both sides does not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"type":"module"}' > package.json
npm install --silent bson@6.2.0 > log 2>&1 || { echo "bson-relaxed-int64: npm could not install bson@6.2.0" >&2; cat log >&2; exit 2; }
node --input-type=module - > seen <<'NODE'
import {EJSON, Long} from 'bson';
const wrapped = '{"n":{"$numberLong":"9007199254740993"}}';
console.log('read relaxed:', EJSON.stringify(EJSON.parse(wrapped), {relaxed: false}));
console.log('read canonical:', EJSON.stringify(EJSON.parse(wrapped, {relaxed: false}), {relaxed: false}));
console.log('written relaxed:', EJSON.stringify({n: Long.fromString('9007199254740993')}));
NODE
echo "bson 6.2.0 on node $(node --version)"
cat seen
diff - seen <<'SEEN' || { echo "changed: the lines with < are what was seen before" >&2; exit 1; }
read relaxed: {"n":{"$numberLong":"9007199254740992"}}
read canonical: {"n":{"$numberLong":"9007199254740993"}}
written relaxed: {"n":9007199254740992}
SEEN
