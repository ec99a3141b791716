#!/usr/bin/env python3
"""Puts the stage clean beside other extractors, on pages of your own.

usage: pages.py PAGES.jsonl[.gz] [--linecaster BINARY] [--limit N]

PAGES is JSON Lines with `html` (or `text`: then Linecaster alone can read it) and `gold_text`, one page a line.
trafilatura and resiliparse (pip install trafilatura resiliparse) take part where they can be imported.

Prints of each extractor: precision, recall and F1 of four-word sequences, as the article extraction benchmark of
Scrapinghub defines them (means over pages, precision over those where anything was found); the share of pages with an
F1 of 95 % and more, and of those where nothing was found; pages and megabytes of page per second of CPU time, user and
system. The Python extractors are timed inside their process, pages decoded and modules loaded. Linecaster's time is that
of the whole `linecaster pipe`: start, JSON in and out, hashing and rendering are in it.
"""

import argparse
import collections
import gzip
import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile

WORD = re.compile(r"\w+")


def sequences(text):
    words = WORD.findall(text or "")
    if not words:
        return collections.Counter()
    return collections.Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def score(golds, texts):
    precisions, recalls, high, empty = [], [], 0, 0
    for gold, text in zip(golds, texts):
        gold, found = sequences(gold), sequences(text)
        common, g, f = (gold & found).total(), gold.total(), found.total()
        if f:
            precisions.append(common / f)
        else:
            empty += 1
        recalls.append(common / g if g else float(not f))
        high += 2 * common >= 0.95 * (g + f)
    p = sum(precisions) / max(1, len(precisions))
    r = sum(recalls) / max(1, len(recalls))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0, high / len(golds), empty / len(golds)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def extractors():
    def trafilatura():
        from trafilatura import extract

        return lambda page: extract(page, include_comments=False, include_tables=True) or ""

    def trafilatura_fast():
        from trafilatura import extract

        return lambda page: extract(page, include_comments=False, fast=True) or ""

    def resiliparse():
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        return lambda page: extract_plain_text(HTMLTree.parse(page), main_content=True, alt_texts=False)

    return [("trafilatura", trafilatura), ("trafilatura fast", trafilatura_fast), ("resiliparse", resiliparse)]


def run_python(make, pages, answer):
    """In a process of its own: the texts and the CPU seconds, the import not counted."""
    extract = make()
    extract(pages[0])
    texts, start = [], cpu()
    for page in pages:
        try:
            texts.append(extract(page))
        except Exception:  # A page that an extractor cannot take is a page without text.
            texts.append("")
    answer.send((texts, cpu() - start))


def run_linecaster(binary, rows, kind):
    """The texts, and the CPU seconds of the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline = os.path.join(folder, "peers.yaml")
        with open(pipeline, "w") as file:
            file.write("name: peers\nstages: [clean]\n")
        pages = os.path.join(folder, "pages.jsonl")
        with open(pages, "w", encoding="utf-8") as file:
            for n, row in enumerate(rows):
                file.write(json.dumps({"id": str(n), kind: row[kind]}, ensure_ascii=False) + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(pages, "rb") as file:
            done = subprocess.run([binary, "pipe", pipeline], stdin=file, stdout=subprocess.PIPE, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        texts = {record["id"]: record["text"] for record in map(json.loads, done.stdout.splitlines())}
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return [texts.get(str(n)) or "" for n in range(len(rows))], seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pages")
    parser.add_argument("--linecaster", default=".build/release/linecaster")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    rows = []
    opened = gzip.open if options.pages.endswith(".gz") else open
    with opened(options.pages, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            if options.limit and len(rows) >= options.limit:
                break
            rows.append(json.loads(line))
    if not rows:
        sys.exit(f"{options.pages}: no page")
    kind = "html" if "html" in rows[0] else "text"
    golds = [row.get("gold_text") or "" for row in rows]
    pages = [row[kind] for row in rows]
    megabytes = sum(len(page.encode()) for page in pages) / 1e6
    print(f"{len(rows)} pages, {megabytes:.1f} MB")
    print(f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'>=95':>7}{'empty':>7}{'pages/s':>9}{'MB/s':>8}")

    def show(name, texts, seconds):
        figures = "".join(f"{100 * x:7.2f}" for x in score(golds, texts))
        print(f"{name:18}{figures}{len(rows) / seconds:9.0f}{megabytes / seconds:8.1f}", flush=True)

    show("linecaster pipe", *run_linecaster(options.linecaster, rows, kind))
    if kind == "text":
        return
    for name, make in extractors():
        here, there = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=run_python, args=(make, pages, there))
        process.start()
        there.close()
        try:
            show(name, *here.recv())
        except EOFError:
            print(f"{name}: cannot be imported, or ended")
        process.join()


if __name__ == "__main__":
    main()
