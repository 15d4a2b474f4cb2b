#!/usr/bin/env bash
# r4pm 0.6.2, df.import_ocel() of OCEL 2.0 in JSON. A log declares the type of each attribute, and the published JSON schema of OCEL 2.0 has every
# value as a text. Expected: a value is of its declared type. Seen: the declaration counts for nothing. A text that looks like a time becomes one, so a
# declared string "2024-05-01T12:00:00+02:00" comes back as 10:00 without its offset, and changes its text where other values of the column are no
# times; an integer, a float and a boolean that are written as texts stay texts. Those that are written as JSON numbers and booleans are read as such.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet r4pm==0.6.2 polars==2.1.0 polars-runtime-32==2.1.0 pyarrow==26.0.1 > log 2>&1 ||
  { echo "r4pm-ocel-types: pip could not install r4pm==0.6.2 polars==2.1.0 polars-runtime-32==2.1.0 pyarrow==26.0.1" >&2; cat log >&2; exit 2; }
venv/bin/python - > seen 2> log <<'PYTHON' || { cat log >&2; exit 2; }
import json
from r4pm import df

types = {"label": "string", "name": "string", "count": "integer", "weight": "float", "open": "boolean"}
texts = [{"label": "2024-05-01T12:00:00+02:00", "name": "2024-05-01T12:00:00+02:00", "count": "7", "weight": "1.5", "open": "true"}, {"name": "door"}]
own = [{"count": 7, "weight": 1.5, "open": True}, {}]

def read(values):
    log = {
        "eventTypes": [{"name": "opened", "attributes": [{"name": name, "type": kind} for name, kind in types.items()]}],
        "objectTypes": [{"name": "door", "attributes": []}],
        "events": [{"id": f"e{place}", "type": "opened", "time": f"2024-05-01T10:00:0{place}Z",
                    "attributes": [{"name": name, "value": value} for name, value in each.items()],
                    "relationships": [{"objectId": "d1", "qualifier": "door"}]} for place, each in enumerate(values)],
        "objects": [{"id": "d1", "type": "door", "attributes": [], "relationships": []}],
    }
    json.dump(log, open("log.json", "w"))
    return df.import_ocel("log.json")["events"].sort("ocel:eid")

for values in texts, own:
    events = read(values)
    for name, kind in types.items():
        if name in values[0]:
            print(f"{name} as {kind}, {values[0][name]!r}: {events[name].dtype} {str(events[name][0])!r}")
PYTHON
echo "r4pm 0.6.2 on $(venv/bin/python --version)"
cat seen
diff - seen <<'SEEN' || { echo "changed: the lines with < are what was seen before" >&2; exit 1; }
label as string, '2024-05-01T12:00:00+02:00': Datetime(time_unit='ns', time_zone=None) '2024-05-01 10:00:00'
name as string, '2024-05-01T12:00:00+02:00': String '2024-05-01 10:00:00'
count as integer, '7': String '7'
weight as float, '1.5': String '1.5'
open as boolean, 'true': String 'true'
count as integer, 7: Int64 '7'
weight as float, 1.5: Float64 '1.5'
open as boolean, True: Boolean 'True'
SEEN
