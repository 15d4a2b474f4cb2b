#!/usr/bin/env bash
# pymongo 4.6.3, bson.json_util. MongoDB's extended JSON says of {"$uuid": …} that the UUID is written as RFC 4122 has it, 36 characters with dashes.
# Expected: json_util's legacy mode, the one mode that prints $uuid, prints it so. Seen: it prints 32 digits without dashes. A reader that takes
# the field for a UUID's text refuses the document, or keeps a text that equals no other form of the same id. eventstore reads both.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pymongo==4.6.3 > log 2>&1 || { echo "pymongo-legacy-uuid: pip could not install pymongo==4.6.3" >&2; cat log >&2; exit 2; }
venv/bin/python - > seen <<'PYTHON'
import uuid
from bson import json_util
for mode in "LEGACY", "RELAXED", "CANONICAL":
    options = json_util.JSONOptions(json_mode=getattr(json_util.JSONMode, mode), uuid_representation=4)
    print(mode.lower(), json_util.dumps({"id": uuid.UUID("f3bd5ca0-cd2b-5280-a02a-f26b2371745c")}, json_options=options))
PYTHON
echo "pymongo 4.6.3 on $(venv/bin/python --version)"
cat seen
diff - seen <<'SEEN' || { echo "changed: the lines with < are what was seen before" >&2; exit 1; }
legacy {"id": {"$uuid": "f3bd5ca0cd2b5280a02af26b2371745c"}}
relaxed {"id": {"$binary": {"base64": "871coM0rUoCgKvJrI3F0XA==", "subType": "04"}}}
canonical {"id": {"$binary": {"base64": "871coM0rUoCgKvJrI3F0XA==", "subType": "04"}}}
SEEN
