#!/usr/bin/env bash
# Polars 2.1.0: a table of rows takes the type of a column from the first 100 rows. Expected: a later value that the type does not hold is an
# error, because `strict` is on by default, and its documents say that it throws "if any data value does not exactly match the given or inferred
# data type". Text after 100 whole numbers is such an error. Actual: a fraction after 100 whole numbers is cut to a whole number, without a word,
# by pl.DataFrame and by pl.read_database. With infer_schema_length=None the column is of fractions, and nothing is lost.
# 0: still so. 1: not any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet polars==2.1.0
"$work/venv/bin/python" - <<'PYTHON'
import sqlite3
import polars as pl

def last(read):
    try:
        return read().get_column("v")[-1]
    except Exception as error:
        return type(error).__name__

rows = [(1,)] * 100 + [(1.5,)]
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE numbers (v)")
connection.executemany("INSERT INTO numbers VALUES (?)", rows)
query = "SELECT v FROM numbers ORDER BY rowid"
text = last(lambda: pl.DataFrame([(1,)] * 100 + [("one",)], schema=["v"], orient="row", strict=True))
frame = last(lambda: pl.DataFrame(rows, schema=["v"], orient="row", strict=True))
database = last(lambda: pl.read_database(query, connection))
scanned = last(lambda: pl.read_database(query, connection, infer_schema_length=None))
print("polars", pl.__version__)
print("'one' after 100 ones, strict:     ", text)
print("1.5 after 100 ones, strict:       ", frame)
print("1.5 after 100 ones, read_database:", database)
print("the same, infer_schema_length=None:", scanned)
if (text, frame, database, scanned) != ("ComputeError", 1, 1, 1.5):
    raise SystemExit("polars behaves in another way now: 1.5 is no longer cut to 1, or other values changed")
PYTHON
