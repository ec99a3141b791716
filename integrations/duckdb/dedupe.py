#!/usr/bin/env python3
"""Finds the copies of an archive with DuckDB, from the fingerprints of its articles, as one `dedupe` would have found them.

    linecaster fingerprint pipelines/news.yaml < articles.jsonl > fingerprints.jsonl
    linecaster fingerprint pipelines/news.yaml --rules > rules.json
    dedupe.py --rules rules.json --order arrival,id fingerprints.jsonl > duplicates.jsonl

Needs the package duckdb. Fingerprints may be JSON Lines, also .gz or .zst, or Parquet. Without --order articles arrived in the order
of the lines.
"""
import argparse
import json
import os
import re
import sys

import duckdb

COLUMNS = {
    "id": "VARCHAR", "arrival": "BIGINT", "day": "INTEGER", "text_hash": "UBIGINT", "body_hash": "UBIGINT", "words": "INTEGER",
    "indexed": "BOOLEAN", "complete": "BOOLEAN", "key_count": "INTEGER", "hashes": "UBIGINT[]", "places": "UTINYINT[]",
    "keys": "UBIGINT[]", "names": "VARCHAR[]", "name_hashes": "USMALLINT[]", "lead_names": "INTEGER", "numbers": "VARCHAR[]",
    "number_hashes": "USMALLINT[]",
}


def parts():
    """The statements of dedupe.sql by the names of its parts."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "dedupe.sql"), encoding="utf-8") as file:
        pieces = re.split(r"(?m)^-- part: (\w+)$", file.read())
    return dict(zip(pieces[1::2], pieces[2::2]))


def read(db, files, order):
    lists = "[" + ", ".join("'" + f.replace("'", "''") + "'" for f in files) + "]"
    if all(f.endswith(".parquet") for f in files):
        source = f"read_parquet({lists})"
    else:
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
        source = f"read_json({lists}, format = 'newline_delimited', columns = {{{columns}}}, maximum_object_size = 67108864)"
    place = f"row_number() OVER (ORDER BY {order})" if order else "row_number() OVER ()"
    db.execute(f"CREATE OR REPLACE TABLE fingerprint AS SELECT {place} AS place, {', '.join(COLUMNS)} FROM {source} WHERE id IS NOT NULL")
    twice = db.execute("SELECT id FROM fingerprint GROUP BY id HAVING count(*) > 1 LIMIT 1").fetchone()
    if twice:
        raise SystemExit(f"the id {twice[0]!r} stands there twice: ids must be unique (linecaster fingerprint --ids content makes them of the text)")


def solve(db, log=lambda text: None):
    """Fills the table `duplicate` from `fingerprint` and `rules`."""
    statements = parts()
    db.execute(statements["begin"])
    for number in range(1, 1000):
        db.execute(statements["round"])
        changed = db.execute("SELECT count(*) FROM changed").fetchone()[0]
        log(f"round {number}: {changed} articles are stored otherwise")
        if not changed:
            break
    if db.execute("SELECT count(DISTINCT hash) FROM left_out").fetchone()[0] >= 65536:
        log("more standing text than one dedupe notes (65,536 hashes): answers may differ from its")
    db.execute(statements["end"])
    while True:
        db.execute(statements["jump"])
        if not db.execute("SELECT count(*) FROM changed").fetchone()[0]:
            break
    db.execute(statements["answer"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", required=True, help="what linecaster fingerprint --rules printed")
    parser.add_argument("--order", help="columns that say in which order articles arrived, for example arrival,id")
    parser.add_argument("--database", default=":memory:", help="a file for what does not fit into memory")
    parser.add_argument("--threads", type=int)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    db = duckdb.connect(options.database)
    if options.threads:
        db.execute(f"SET threads = {options.threads}")
    db.execute(f"CREATE OR REPLACE TABLE rules AS FROM read_json('{options.rules}')")
    read(db, options.files, options.order)
    solve(db, lambda text: print(text, file=sys.stderr))
    cursor = db.execute("SELECT id, status, of, cluster, matches FROM duplicate ORDER BY place")
    while rows := cursor.fetchmany(10_000):
        for id, status, of, cluster, matches in rows:
            print(json.dumps({"id": id, "status": status, "of": of, "cluster": cluster, "matches": matches}, ensure_ascii=False))


if __name__ == "__main__":
    main()
