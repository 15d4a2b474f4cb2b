#!/usr/bin/env bash
# PM4Py 2.7.23.11, read_xes(). It offers several readers of XES by name. Expected: they read the same log alike, and differ in speed and memory.
# Seen: "chunk_regex" and "line_by_line" keep &amp; and &lt; as they are written, so that an activity "R&D" becomes "R&amp;D"; "chunk_regex" drops an
# <id> and all but the last of a list's elements with one key; "line_by_line" gives the last element of a list to the event; "iterparse_20" empties
# lists. There is no warning. "iterparse" reads all of it, and is the default where lxml is installed, though the docstring calls "chunk_regex" the
# default. The docstring's name "iterparse20" gives "chunk_regex", too: a name that PM4Py does not know is no error.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pm4py==2.7.23.11 pandas==3.1.1 lxml==6.1.3 > log 2>&1 ||
  { echo "pm4py-xes-variants: pip could not install pm4py==2.7.23.11 pandas==3.1.1 lxml==6.1.3" >&2; cat log >&2; exit 2; }
cat > log.xes <<'XES'
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <trace>
    <string key="concept:name" value="door 1"/>
    <event>
      <string key="concept:name" value="R&amp;D &lt;new&gt;"/>
      <id key="identity:id" value="f3bd5ca0-cd2b-5280-a02a-f26b2371745c"/>
      <list key="notes">
        <values>
          <string key="item" value="one"/>
          <string key="item" value="two"/>
        </values>
      </list>
      <string key="after" value="last"/>
    </event>
  </trace>
</log>
XES
venv/bin/python - > seen 2> log <<'PYTHON' || { cat log >&2; exit 2; }
import warnings
warnings.filterwarnings("ignore")
import pm4py
for variant in None, "iterparse", "iterparse_mem_compressed", "iterparse_20", "iterparse20", "line_by_line", "chunk_regex":
    event, = (event for trace in pm4py.read_xes("log.xes", variant=variant, return_legacy_log_object=True) for event in trace)
    print(f"{variant}:", dict(event))
PYTHON
echo "pm4py 2.7.23.11 on $(venv/bin/python --version)"
cat seen
diff - seen <<'SEEN' || { echo "changed: the lines with < are what was seen before" >&2; exit 1; }
None: {'concept:name': 'R&D <new>', 'identity:id': 'f3bd5ca0-cd2b-5280-a02a-f26b2371745c', 'notes': {'value': None, 'children': [('item', 'one'), ('item', 'two')]}, 'after': 'last'}
iterparse: {'concept:name': 'R&D <new>', 'identity:id': 'f3bd5ca0-cd2b-5280-a02a-f26b2371745c', 'notes': {'value': None, 'children': [('item', 'one'), ('item', 'two')]}, 'after': 'last'}
iterparse_mem_compressed: {'concept:name': 'R&D <new>', 'identity:id': 'f3bd5ca0-cd2b-5280-a02a-f26b2371745c', 'notes': {'value': None, 'children': [('item', 'one'), ('item', 'two')]}, 'after': 'last'}
iterparse_20: {'concept:name': 'R&D <new>', 'identity:id': 'f3bd5ca0-cd2b-5280-a02a-f26b2371745c', 'notes': {'value': None, 'children': []}, 'after': 'last'}
iterparse20: {'concept:name': 'R&amp;D &lt;new&gt;', 'notes': {'value': None, 'children': {'item': 'two'}}, 'after': 'last'}
line_by_line: {'concept:name': 'R&amp;D &lt;new&gt;', 'identity:id': 'f3bd5ca0-cd2b-5280-a02a-f26b2371745c', 'item': 'two', 'after': 'last'}
chunk_regex: {'concept:name': 'R&amp;D &lt;new&gt;', 'notes': {'value': None, 'children': {'item': 'two'}}, 'after': 'last'}
SEEN
