#!/usr/bin/env bash
# SQLite 3.46.0 (in apsw 3.46.0.0), R*Tree: a deleted place stays in the file. Expected: with PRAGMA secure_delete = ON and VACUUM, nothing of a deleted row is left, as with
# every other table. Actual: a node of the tree is a blob of fixed size, of which the first cells count; the cells behind them keep the coordinates of deleted
# entries, and VACUUM copies the blob. Making the table anew leaves nothing.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet apsw==3.46.0.0
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import pathlib, struct
import apsw

# Numbers are stored as doubles in a table, and as floats in a tree.
def left(table, columns, place):
    file = pathlib.Path(table + ".sqlite")
    connection = apsw.Connection(str(file))
    run = lambda sql, *values: list(connection.execute(sql, values))
    run("PRAGMA secure_delete = ON")
    run(f"CREATE {columns}")
    for number in range(1, 6):
        run(f"INSERT INTO {table} VALUES (?, ?, ?)", number, float(number), float(number))
    run(f"INSERT INTO {table} VALUES (9, ?, ?)", 12.34567, 12.34567)
    run(f"DELETE FROM {table} WHERE id = 9")
    run("VACUUM")
    found = place in file.read_bytes()
    if table == "tree":
        run("CREATE TABLE kept AS SELECT * FROM tree")
        run("DROP TABLE tree")
        run(f"CREATE {columns}")
        run("INSERT INTO tree SELECT * FROM kept")
        run("DROP TABLE kept")
        run("VACUUM")
    again = place in file.read_bytes()
    connection.close()
    return found, again

plain = left("plain", "TABLE plain (id INTEGER PRIMARY KEY, low REAL, high REAL)", struct.pack(">d", 12.34567))
tree = left("tree", "VIRTUAL TABLE tree USING rtree(id, low, high)", struct.pack(">f", 12.34567))
print("SQLite", apsw.sqlite_lib_version())
print("a deleted place is in the file after VACUUM: R*Tree", tree[0], "- plain table", plain[0])
print("after the R*Tree was made anew:             ", tree[1])
if (tree, plain) != ((True, False), (False, False)):
    raise SystemExit("SQLite behaves in another way now: VACUUM leaves nothing of deleted places")
PYTHON
