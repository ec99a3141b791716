#!/usr/bin/env python3
"""Opens a file of linecaster-send in Datasette: tables, facets, labels of other tables, and search must work as they are.

Usage: datasette_opens.py SEND RECORDS.jsonl [DATASETTE]
Ends with 77 where there is no Datasette.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

SEND, RECORDS = sys.argv[1:3]
DATASETTE = sys.argv[3] if len(sys.argv) > 3 else "datasette"
if not shutil.which(DATASETTE):
    print("datasette is not here: pip install datasette")
    sys.exit(77)

with tempfile.TemporaryDirectory() as folder:
    path = f"{folder}/news.db"
    subprocess.run([SEND, "--to", "sqlite", path, RECORDS], check=True)
    records = [json.loads(line) for line in open(RECORDS, encoding="utf-8")]

    def get(query):
        out = subprocess.run([DATASETTE, "--get", f"/news/{query}", path], capture_output=True, text=True)
        assert out.returncode == 0, (query, out.stderr[-500:], out.stdout[-500:])
        return json.loads(out.stdout)

    quotes = [quote for record in records for quote in record["quotes"] or []]
    speakers = [quote["speaker"]["name"] for quote in quotes if quote["speaker"] and quote["speaker"]["name"]]
    page = get("quotes.json?_facet=kind&_facet=speaker&_labels=on&_shape=objects")
    facets = page["facet_results"].get("results", page["facet_results"])
    kinds = {each["value"]: each["count"] for each in facets["kind"]["results"]}
    assert sum(kinds.values()) == len(quotes), kinds
    assert any(each["value"] in speakers for each in facets["speaker"]["results"])
    assert any(isinstance(row["article"], dict) and row["article"]["label"] for row in page["rows"]), "articles have no label"
    # The longest word of a quotation finds that quotation, and not all of them.
    word = max((w for w in quotes[0]["text"].split() if w.isalpha()), key=len)
    found = get("quotes.json?" + urllib.parse.urlencode({"_search": word, "_shape": "objects", "_size": "max"}))["rows"]
    assert found and all(word.lower() in (row["text"] + (row["speaker"] or "")).lower() for row in found), word
    title = max((w for w in records[0]["title"].split() if w.isalpha()), key=len)
    assert get("articles.json?" + urllib.parse.urlencode({"_search": title, "_shape": "objects"}))["rows"], title
    assert get("who_said_what.json?_shape=objects&_facet=kind")["rows"]
    print(f"Datasette shows {len(records)} articles and {len(quotes)} quotations, with facets, labels and search")
