#!/usr/bin/env python3
"""Holds what linecaster-export writes against the records, and against what brat, Label Studio and ninjs 3.1 ask for; then reads the
annotations back with linecaster-train.

Usage: exports.py EXPORT TRAIN RECORDS.jsonl
"""
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

EXPORT, TRAIN, RECORDS = sys.argv[1:4]
problems = []


def wrong(text):
    problems.append(text)
    if len(problems) < 20:
        print("WRONG:", text)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


records = [json.loads(line) for line in open(RECORDS, encoding="utf-8")]
assert all(each["pipeline"]["offsets"] == "codepoints" for each in records)


def names(record):
    """[start, end, type] of all mentions by name."""
    return sorted([m["start"], m["end"], e["type"]] for e in record["entities"] or [] for m in e["mentions"])


def check_brat(folder):
    files = sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".ann"))
    if len(files) != len(records):
        wrong(f"brat: {len(files)} files for {len(records)} records")
    for record, name in zip(records, files):
        text = open(f"{folder}/{name}.txt", encoding="utf-8", newline="").read()
        if text != record["text"]:
            wrong(f"{name}: the text is another")
        labels, relations = {}, []
        for line in open(f"{folder}/{name}.ann", encoding="utf-8", newline=""):
            fields = line.rstrip("\n").split("\t")
            if fields[0][0] == "T":
                kind, bounds = fields[1].split(" ", 1)
                pieces = [tuple(map(int, piece.split(" "))) for piece in bounds.split(";")]
                if " ".join(text[a:b] for a, b in pieces) != fields[2] or "\n" in fields[2]:
                    wrong(f"{name} {fields[0]}: its words are not those of the text")
                if pieces != sorted(pieces) or any(a >= b for a, b in pieces):
                    wrong(f"{name} {fields[0]}: its pieces are out of order")
                labels[fields[0]] = (kind, pieces)
            else:
                kind, one, other = fields[1].split(" ")
                relations.append((kind, one[5:], other[5:]))
        quotes = []
        for kind, one, other in relations:
            if one not in labels or other not in labels:
                wrong(f"{name}: a relation of a label that is not there")
            elif kind == "SaidBy":
                quotes.append((labels[one][0].lower(), labels[one][1], labels[other][1]))
        def flat(spans):
            """Pieces without the line ends between them."""
            return [(m.start() + s["start"], m.end() + s["start"]) for s in spans
                    for m in re.finditer(r"[^\n\r]+", text[s["start"]:s["end"]])]
        expected = [(q["kind"], flat(q["spans"]), flat([q["speaker"]])) for q in record["quotes"] or [] if q["speaker"]]
        if sorted(quotes) != sorted(expected):
            wrong(f"{name}: other quotations than the record's")


def check_labels(lines, what):
    rows = [json.loads(line) for line in lines.splitlines()]
    if len(rows) != len(records):
        wrong(f"{what}: {len(rows)} rows for {len(records)} records")
    for record, row in zip(records, rows):
        if row["text"] != record["text"] or sorted(row["entities"]) != names(record):
            wrong(f"{what}, {record['id']}: what was read back differs")


# What the standard says of the members that we write: their types, and of lists the members of an element.
TEXT, URI, TIME, WHOLE = "text", "uri", "time", "whole"
NINJS = {
    "uri": URI, "type": ["text"], "representationType": ["full", "partial"], "pubStatus": ["usable", "withheld", "canceled"],
    "version": TEXT, "firstCreated": TIME, "versionCreated": TIME, "language": TEXT, "title": TEXT, "by": TEXT, "located": TEXT,
    "headlines": [{"role": TEXT, "contentType": TEXT, "value": TEXT}],
    "bodies": [{"role": TEXT, "contentType": TEXT, "charCount": WHOLE, "wordCount": WHOLE, "value": TEXT}],
    "people": [{"name": TEXT, "rel": TEXT, "uri": URI, "literal": TEXT}],
    "organisations": [{"name": TEXT, "rel": TEXT, "uri": URI, "literal": TEXT}],
    "places": [{"name": TEXT, "rel": TEXT, "uri": URI, "literal": TEXT}],
    "subjects": [{"name": TEXT}], "infoSources": [{"role": TEXT, "name": TEXT}], "altIds": [{"role": TEXT, "value": TEXT}],
    "standard": {"name": TEXT, "version": TEXT, "schema": URI},
}
URI_FORM = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
                      r"(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?")


def fits(value, form):
    if form == TEXT:
        return isinstance(value, str)
    if form == WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    if form == URI:
        return isinstance(value, str) and URI_FORM.fullmatch(value) is not None
    if form == TIME:
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
            return False
        datetime.datetime.fromisoformat(value[:19])
        return True
    if isinstance(form, dict):
        return isinstance(value, dict) and all(key in form and fits(each, form[key]) for key, each in value.items())
    if isinstance(form[0], str):
        return value in form
    return isinstance(value, list) and all(fits(each, form[0]) for each in value)


def check_ninjs(lines):
    items = [json.loads(line) for line in lines.splitlines()]
    if len(items) != len(records):
        wrong(f"ninjs: {len(items)} items for {len(records)} records")
    for record, item in zip(records, items):
        if "uri" not in item:
            wrong(f"ninjs, {record['id']}: it has no uri")
        for key, value in item.items():
            if key not in NINJS or not fits(value, NINJS[key]):
                wrong(f"ninjs, {record['id']}: {key} is {str(value)[:200]}")
        if item["bodies"][0]["value"] != record["text"]:
            wrong(f"ninjs, {record['id']}: another text")


with tempfile.TemporaryDirectory() as folder:
    run(EXPORT, "--to", "brat", "--out", f"{folder}/brat", RECORDS)
    check_brat(f"{folder}/brat")
    check_labels(run(TRAIN, "labels", "--from", "brat", f"{folder}/brat"), "brat")
    run(EXPORT, "--to", "labelstudio", "--out", f"{folder}/tasks.json", RECORDS)
    for record, task in zip(records, json.load(open(f"{folder}/tasks.json", encoding="utf-8"))):
        units = record["text"].encode("utf-16-le")
        for region in task["predictions"][0]["result"]:
            if "value" in region:
                value = region["value"]
                if units[2 * value["start"]:2 * value["end"]].decode("utf-16-le") != value["text"]:
                    wrong(f"Label Studio, {record['id']}: other words")
    check_labels(run(TRAIN, "labels", "--from", "labelstudio", f"{folder}/tasks.json"), "Label Studio")
    check_ninjs(run(EXPORT, "--to", "ninjs", RECORDS))
astral = sum(any(ord(c) > 0xFFFF for c in each["text"]) for each in records)
print(f"{len(records)} records, {astral} with astral characters, {sum(len(names(each)) for each in records)} mentions: "
      f"{len(problems)} problems")
sys.exit(1 if problems else 0)
