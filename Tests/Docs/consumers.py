"""Runs the blocks of docs/consumers.md on an outbox that is made for it, and on an empty one.

    python3 Tests/Docs/consumers.py LINECASTER

A block whose tool or Python package is missing is left out, and told of. Exit code: 0 all ran, 1 not.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

PAGE = os.path.join(os.path.dirname(__file__), "../../docs/consumers.md")
PIPELINE = """\
name: news
inbox: {settle: 0ms}
outbox: {min_free: 0B}
stages:
  - segment
  - entities
  - quotes
  - dedupe: {action: set_aside}
"""
STORY = ("The harbour of Velmora opened again on Monday. “We have worked day and night,” said Mayor Ada Corr of Velmora. "
         "The first ships are on their way, and the old bridge was opened as well, after nine days of storm. {}\n")
FRENCH = ("Le port de Velmora a rouvert lundi après neuf jours de tempête, a annoncé la mairie. « Nous avons travaillé "
          "jour et nuit », a dit la maire de la ville devant des journalistes, qui attendaient depuis le matin.\n")


def spool(linecaster, folder, articles):
    root = os.path.join(folder, "spool")
    inbox = os.path.join(root, "inbox")
    os.makedirs(inbox)
    with open(os.path.join(folder, "news.yaml"), "w") as file:
        file.write(PIPELINE)
    for name, content in articles.items():
        with open(os.path.join(inbox, name), "w") as file:
            file.write(content)
    subprocess.run([linecaster, "run", os.path.join(folder, "news.yaml"), "--root", root, "--once"],
                   check=True, capture_output=True)
    return root


def blocks():
    with open(PAGE) as file:
        text = file.read()
    return re.findall(r"^```(sh|python)\n(.*?)^```$", text, re.M | re.S)


def missing(kind, code):
    if kind == "sh":
        tools = [tool for tool in ("jq", "sqlite3", "sqlite-utils") if re.search(rf"\b{tool}\b", code)]
        path = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"
        return [tool for tool in tools if not shutil.which(tool, path=path)]
    modules = re.findall(r"^import ([\w., ]+)", code, re.M)
    names = [name.split(" as ")[0].split(".")[0].strip() for line in modules for name in line.split(",")]
    return [name for name in names
            if subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True).returncode]


def main():
    linecaster = os.path.abspath(sys.argv[1])
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        tools = os.path.join(folder, "bin")
        os.makedirs(tools)
        with open(os.path.join(tools, "linecaster"), "w") as file:
            file.write(f'#!/bin/sh\nexec {linecaster} "$@"\n')
        os.chmod(os.path.join(tools, "linecaster"), 0o755)
        environment = {**os.environ, "PATH": f"{tools}:{os.path.dirname(sys.executable)}:{os.environ['PATH']}"}
        os.makedirs(os.path.join(folder, "full"))
        os.makedirs(os.path.join(folder, "none"))
        long = " ".join(STORY.format(f"It was the {number}th time.") for number in range(450))
        articles = {"a.txt": STORY.format("That was all."), "b.txt": STORY.format("That was all."), "c.txt": FRENCH,
                    "d.json": json.dumps({"id": "00042", "title": "Ports, and “bridges”\nof Velmora", "text": long})}
        full = spool(linecaster, os.path.join(folder, "full"), articles)
        none = spool(linecaster, os.path.join(folder, "none"), {})
        with open(os.path.join(full, "outbox/news.jsonl")) as file:
            lines = file.readlines()
        assert len(lines) == 3 and max(map(len, lines)) > 400_000, [len(line) for line in lines]
        assert os.path.getsize(os.path.join(full, "outbox/duplicates/news.jsonl")) > 0
        for number, (kind, code) in enumerate(blocks(), 1):
            title = code.strip().splitlines()[0]
            if missing(kind, code):
                print(f"left out: {title} ({', '.join(missing(kind, code))} is not installed)")
                continue
            for name, root in (("", full), (" on an empty outbox", none)):
                command = ["sh", "-ec", code] if kind == "sh" else [sys.executable, "-c", code]
                # As often as somebody may: nothing may be doubled.
                runs = [subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120)
                        for _ in range(2)]
                same = runs[0].stdout == runs[1].stdout
                # tail that is ended by timeout
                good = all(run.returncode in (0, 124) and not run.stderr for run in runs) and same
                print(f"{'ok  ' if good else 'FAIL'} {number}: {title}{name}")
                if not good:
                    failed = True
                    print(runs[-1].stdout[-500:], runs[-1].stderr[-2000:])
                elif not name:
                    check = CHECKS.get(number)
                    if check and not check(runs[0].stdout, root):
                        failed = True
                        print(f"FAIL {number}: its output is not as expected:\n{runs[0].stdout[-1000:]}")
    sys.exit(1 if failed else 0)


def rows(database, table, root):
    found = subprocess.run(["sqlite3", os.path.join(root, database), f"SELECT count(*), min(id) FROM {table}"],
                           capture_output=True, text=True).stdout.strip()
    return found


# What the full outbox must give, by the number of the block.
CHECKS = {
    1: lambda out, _: "Ada Corr" in out and "We have worked day and night," in out,
    2: lambda out, _: len(out.splitlines()) == 2,
    3: lambda out, _: len(out.splitlines()) == 3 and '"id":"00042"' in out,
    4: lambda out, _: "Ada Corr" in out,
    6: lambda out, _: "00042" in out,
    7: lambda out, _: out.startswith("3 "),
    8: lambda out, root: out.strip() == "3" and rows("news.db", "articles", root).startswith("3|00042"),
    9: lambda _, root: rows("news-utils.db", "articles", root).startswith("3|00042"),
    10: lambda _, root: len(open(os.path.join(root, "bulk.ndjson")).readlines()) == 6,
}

main()
