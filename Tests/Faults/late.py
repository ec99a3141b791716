#!/usr/bin/env python3
"""Writers of another user that pause longer than `settle` in the middle of a file, as SFTP does: whatever half was taken,
every whole comes out, and supersedes it. Needs root, to be two users.

    late.py [--files 200] [--pause 0.6 30] [--scale 1] [--settle 500ms] [--seed N]
"""

import argparse
import concurrent.futures
import json
import os
import random
import sys
import tempfile
import time

import spool as house
from spool import Failure, records, wait_for

USER = 65534
WORDS = ("river bridge council harbour strike vote minister train storm market school hospital company court airport "
         "farmers budget union election coast").split()


def story(chance, tag, sentences=14):
    """A text of words that no other has in this order."""
    lines = []
    for number in range(sentences):
        words = " ".join(chance.choice(WORDS) for _ in range(9))
        lines.append(f"In {tag} the {words} came to {chance.randrange(10_000)} on day {number}.")
    return " ".join(lines)


def plan(chance, count):
    """Names, contents, and what records they are to give; every fifth text is a copy of an earlier one."""
    files = []
    for number in range(count):
        if number % 2:
            texts = [story(chance, f"line {number}-{line}", 3) for line in range(20)]
            content = "".join(json.dumps({"text": text}) + "\n" for text in texts)
            files.append((f"l{number}.jsonl", content, texts))
        else:
            earlier = [texts[0] for name, _, texts in files if name.endswith(".txt")]
            is_copy = number % 5 == 0 and earlier
            text = chance.choice(earlier) if is_copy else story(chance, f"text {number}")
            files.append((f"t{number}.txt", text, [text]))
    return files


def write(path, content, cuts, pauses):
    """One file, in pieces, with pauses while it is open."""
    data = content.encode()
    with open(path, "wb", buffering=0) as file:
        start = 0
        for cut, pause in zip(cuts, pauses):
            file.write(data[start:cut])
            time.sleep(pause)
            start = cut
        file.write(data[start:])


def check(spool, files):
    lines = list(records(spool.stream()))
    by_name = {}
    for record in lines:
        by_name.setdefault(record["source"]["name"], []).append(record)
    superseded = {record["revision_of"]: record["seq"] for record in lines if record["revision_of"] is not None}
    problems = []
    halves = 0
    for name, _, texts in files:
        found = by_name.get(name, [])
        wholes = [record for record in found if record["seq"] not in superseded]
        halves += len(found) - len(wholes)
        if sorted(record["text"] for record in wholes) != sorted(texts):
            problems.append(f"{name}: {len(wholes)} records that nothing supersedes, {len(texts)} wanted")
        for record in found:
            if record["revision_of"] is not None and record["revision_of"] not in {other["seq"] for other in found}:
                problems.append(f"{name}: supersedes a record of another file")
    for record in lines:
        for match in (record["duplicates"] or {}).get("matches", []):
            if superseded.get(match["seq"], record["seq"] + 1) <= record["seq"]:
                problems.append(f"{record['source']['name']}: called a copy of a half, seq {match['seq']}")
    # Of equal texts all wholes but the first are exact copies; that one may be near to a half whose whole comes later.
    first = set()
    for record in sorted(lines, key=lambda record: record["seq"]):
        if record["seq"] in superseded or not record["source"]["name"].endswith(".txt"):
            continue
        status = record["duplicates"]["status"]
        if record["text"] not in first and record["duplicates"]["matches"]:
            wrong = any(match["seq"] not in superseded for match in record["duplicates"]["matches"])
        else:
            wrong = status != ("exact" if record["text"] in first else "unique")
        if wrong:
            problems.append(f"{record['source']['name']}: {status}")
        first.add(record["text"])
    for folder in (spool.failed, os.path.join(spool.claimed, house.NAME), os.path.join(spool.root, "state/revisions")):
        if os.path.isdir(folder) and os.listdir(folder):
            problems.append(f"{folder} holds {sorted(os.listdir(folder))[:5]}")
    return problems, len(lines), halves


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=200)
    options.add_argument("--pause", type=float, nargs=2, default=(0.6, 30), metavar=("FROM", "TO"), help="seconds")
    options.add_argument("--scale", type=float, default=1, help="of the pauses and of settle")
    options.add_argument("--settle", type=int, default=500, help="milliseconds")
    options.add_argument("--writers", type=int, default=40, help="at a time")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    wish = options.parse_args()
    if os.geteuid() != 0:
        sys.exit("needs root, to write as one user and read as another")
    print(f"seed {wish.seed}", flush=True)
    chance = random.Random(wish.seed)
    files = plan(chance, wish.files)
    with tempfile.TemporaryDirectory(prefix="linecaster-late-") as directory:
        os.chmod(directory, 0o755)
        spool = house.Spool(
            os.path.join(directory, "spool"), settle=f"{max(20, int(wish.settle * wish.scale))}ms",
            stages=("segment", "dedupe"))
        for place in (spool.root, spool.inbox):
            os.chown(place, USER, USER)
        begin = time.monotonic()
        with house.running(spool):
            spool.start(before=("setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"))
            spool.ready()
            with concurrent.futures.ThreadPoolExecutor(wish.writers) as pool:
                jobs = []
                for name, content, _ in files:
                    length = len(content)
                    cuts = sorted(chance.randrange(length) for _ in range(chance.choice((1, 1, 2))))
                    pauses = [chance.uniform(*wish.pause) * wish.scale for _ in cuts]
                    jobs.append(pool.submit(write, os.path.join(spool.inbox, name), content, cuts, pauses))
                for job in jobs:
                    job.result()
            written = time.monotonic()
            wanted = sum(len(texts) for _, _, texts in files)
            wholes = {(name, text) for name, _, texts in files for text in texts}

            def is_there():
                return wholes <= {(record["source"]["name"], record["text"]) for record in records(spool.stream())}

            try:
                wait_for("every whole", is_there, 60, spool.process)
            except Failure as failure:
                print(failure)
            last = time.monotonic()
            if spool.stop() != 0:
                raise Failure("the daemon did not end well")
        problems, lines, halves = check(spool, files)
        warnings = spool.log_bytes().count(b"ready: rename")
        if warnings != 1:
            problems.append(f"{warnings} warnings for one writer")
        print(
            f"{len(files)} files, {wanted} articles: {lines} records, {halves} of them halves that were superseded; "
            f"written in {written - begin:.0f} s, the last whole {last - written:.1f} s later")
        for problem in problems[:20]:
            print("WRONG:", problem)
        if problems:
            sys.exit(f"{len(problems)} problems")


if __name__ == "__main__":
    main()
