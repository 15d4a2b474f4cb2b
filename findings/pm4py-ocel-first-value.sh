#!/usr/bin/env bash
# PM4Py 2.7.23.11, OCEL 2.0: an attribute of an object has values, each with the time from which it holds; 1970-01-01 is that of a value from the
# beginning. Expected: what PM4Py writes as JSON or XML, it reads as it was. Seen: its readers of both take the first value of an attribute for one
# from the beginning, whatever its time. So a door painted red on 2 May was always red, the change is gone from `object_changes`, and the next file
# that PM4Py writes says 1970. Its reader of SQLite keeps the time: who needs the changes of objects reads that.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pm4py==2.7.23.11 pandas==3.1.1 lxml==6.1.3 > log 2>&1 ||
  { echo "pm4py-ocel-first-value: pip could not install pm4py==2.7.23.11 pandas==3.1.1 lxml==6.1.3" >&2; cat log >&2; exit 2; }
venv/bin/python - > seen 2> log <<'PYTHON' || { cat log >&2; exit 2; }
import json, sqlite3, warnings
warnings.filterwarnings("ignore")
import pm4py

with sqlite3.connect("log.sqlite") as file:
    file.executescript("""
        CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
        CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
        CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type (ocel_type));
        CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type (ocel_type));
        CREATE TABLE event_painted (ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id), ocel_time TIMESTAMP);
        CREATE TABLE object_door (ocel_id TEXT REFERENCES object (ocel_id), ocel_time TIMESTAMP, ocel_changed_field TEXT, colour TEXT);
        CREATE TABLE event_object (ocel_event_id TEXT REFERENCES event (ocel_id), ocel_object_id TEXT REFERENCES object (ocel_id), ocel_qualifier TEXT,
                                   PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
        CREATE TABLE object_object (ocel_source_id TEXT REFERENCES object (ocel_id), ocel_target_id TEXT REFERENCES object (ocel_id), ocel_qualifier TEXT,
                                    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
        INSERT INTO event_map_type VALUES ('painted', 'painted');
        INSERT INTO object_map_type VALUES ('door', 'door');
        INSERT INTO event VALUES ('e1', 'painted'), ('e2', 'painted');
        INSERT INTO object VALUES ('d1', 'door');
        INSERT INTO event_painted VALUES ('e1', '2024-05-02 10:00:00'), ('e2', '2024-05-03 10:00:00');
        INSERT INTO object_door VALUES ('d1', '1970-01-01 00:00:00', NULL, NULL), ('d1', '2024-05-02 10:00:00', 'colour', 'red'),
                                       ('d1', '2024-05-03 10:00:00', 'colour', 'blue');
        INSERT INTO event_object VALUES ('e1', 'd1', 'door'), ('e2', 'd1', 'door');
    """)

def told(what, log):
    changes = [(str(row["ocel:timestamp"])[:10], row["colour"]) for row in log.object_changes.to_dict("records")]
    print(f"{what}: began as {log.objects['colour'].tolist()}, changes {changes}")

log = pm4py.read_ocel2_sqlite("log.sqlite")
told("SQLite", log)
pm4py.write_ocel2_json(log, "log.json")
pm4py.write_ocel2_xml(log, "log.xml")
print("JSON as written:", [(value["time"], value["value"]) for value in json.load(open("log.json"))["objects"][0]["attributes"]])
told("JSON", pm4py.read_ocel2_json("log.json"))
told("XML", pm4py.read_ocel2_xml("log.xml"))
pm4py.write_ocel2_json(pm4py.read_ocel2_json("log.json"), "again.json")
print("JSON written again:", [(value["time"], value["value"]) for value in json.load(open("again.json"))["objects"][0]["attributes"]])
PYTHON
echo "pm4py 2.7.23.11 on $(venv/bin/python --version)"
cat seen
diff - seen <<'SEEN' || { echo "changed: the lines with < are what was seen before" >&2; exit 1; }
SQLite: began as [nan], changes [('2024-05-02', 'red'), ('2024-05-03', 'blue')]
JSON as written: [('2024-05-02T10:00:00+00:00', 'red'), ('2024-05-03T10:00:00+00:00', 'blue')]
JSON: began as ['red'], changes [('2024-05-03', 'blue')]
XML: began as ['red'], changes [('2024-05-03', 'blue')]
JSON written again: [('1970-01-01T00:00:00Z', 'red'), ('2024-05-03T10:00:00+00:00', 'blue')]
SEEN
