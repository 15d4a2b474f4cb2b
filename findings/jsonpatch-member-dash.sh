#!/usr/bin/env bash
# Python's jsonpatch 1.33. In a JSON pointer "-" stands for the place behind the last element of an array; in an object it is a name as any other
# (RFC 6901, section 4). Expected: {"op": "replace", "path": "/-"} replaces the member "-" of an object, as add, remove, test, move and copy
# with this path work. Seen: InvalidJsonPatch, also for the patch that make_patch() itself made. So a map with the key "-" can be made and
# emptied by a patch, and not changed; `add` with the same path and value does what `replace` should.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet jsonpatch==1.33 jsonpointer==2.4 > log 2>&1 ||
  { echo "jsonpatch-member-dash: pip could not install jsonpatch==1.33 jsonpointer==2.4" >&2; cat log >&2; exit 2; }
venv/bin/python - > seen 2> log <<'PYTHON' || { cat log >&2; exit 2; }
import json
import jsonpatch

def told(what, make):
    try:
        print(f"{what}: {json.dumps(make())}")
    except jsonpatch.JsonPatchException as error:
        print(f"{what}: {type(error).__name__}: {error}")

def apply(**operation):
    told(operation["op"], lambda: jsonpatch.apply_patch({"-": 1, "a": 3}, [operation]))

apply(op="test", path="/-", value=1)
apply(op="add", path="/-", value=2)
apply(op="replace", path="/-", value=2)
apply(op="remove", path="/-")
apply(op="copy", path="/-", **{"from": "/a"})
apply(op="move", path="/-", **{"from": "/a"})
patch = jsonpatch.make_patch({"-": 1}, {"-": 2})
print("its own patch:", patch)
told("applied", lambda: patch.apply({"-": 1}))
PYTHON
echo "jsonpatch 1.33 on $(venv/bin/python --version)"
cat seen
diff - seen <<'SEEN' || { echo "changed: the lines with < are what was seen before" >&2; exit 1; }
test: {"-": 1, "a": 3}
add: {"-": 2, "a": 3}
replace: InvalidJsonPatch: 'path' with '-' can't be applied to 'replace' operation
remove: {"a": 3}
copy: {"-": 3, "a": 3}
move: {"-": 3}
its own patch: [{"op": "replace", "path": "/-", "value": 2}]
applied: InvalidJsonPatch: 'path' with '-' can't be applied to 'replace' operation
SEEN
