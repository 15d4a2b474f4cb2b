#!/usr/bin/env bash
# DuckDB 1.5.5 with its SQLite extension: a view of an attached SQLite file. Expected: SHOW ALL TABLES lists it, as it lists the views of DuckDB's own
# databases. Actual: it lists the tables of the SQLite file alone, though `SELECT * FROM file.view` gives the rows, and information_schema.tables and
# duckdb_views() have the view. So who looks with SHOW ALL TABLES takes the view for missing.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet duckdb==1.5.5 duckdb-extension-sqlite-scanner==1.5.5
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import importlib.util, pathlib, sqlite3
import duckdb

with sqlite3.connect("file.sqlite") as file:
    file.executescript("CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1), (2); CREATE VIEW even AS SELECT n FROM numbers WHERE n % 2 = 0")
folder = pathlib.Path(importlib.util.find_spec("duckdb_extension_sqlite_scanner").origin).parent
connection = duckdb.connect()
connection.execute(f"LOAD '{next(folder.rglob('*.duckdb_extension'))}'")
connection.execute("CREATE VIEW own AS SELECT 1")
connection.execute("ATTACH 'file.sqlite' AS file (TYPE sqlite, READ_ONLY)")
column = lambda sql, place: sorted(row[place] for row in connection.execute(sql).fetchall())
shown = column("SHOW ALL TABLES", 2)
schema = column("SELECT table_name FROM information_schema.tables WHERE table_catalog = 'file'", 0)
views = column("SELECT view_name FROM duckdb_views() WHERE database_name = 'file'", 0)
queried = connection.execute("SELECT * FROM file.even").fetchall()
print("duckdb", duckdb.__version__)
print("SHOW ALL TABLES:          ", shown)
print("information_schema.tables:", schema)
print("duckdb_views():           ", views)
print("SELECT * FROM file.even:  ", queried)
if (shown, schema, views, queried) != (["numbers", "own"], ["even", "numbers"], ["even"], [(2,)]):
    raise SystemExit("DuckDB behaves in another way now: it lists the view, or reads it in another way")
PYTHON
