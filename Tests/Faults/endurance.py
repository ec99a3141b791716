"""Runs a daemon on very many articles: its memory and its descriptors must not grow with them.

    python3 Tests/Faults/endurance.py [ARTICLES]

The memory that lies in no file is taken after a tenth of the articles and at the end: at most 1.1 times as much, or 4 MiB more, which is
two bytes for each article between. Exit code: 0 it holds, 1 not.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LINECASTER = os.path.abspath(".build/release/linecaster")
LINES = 10_000
MOST = 1.1
# What an allocator keeps of a few MiB is not the same twice.
MOST_MORE = 4 << 20
# The daemon gives memory back to the system when it has had nothing to do for some seconds.
IDLE = 22
PIPELINE = """\
name: news
inbox: {settle: 0ms}
outbox: {min_free: 0B, size: 64MiB, roll: {size: 16MiB}}
done: remove
stages: [segment]
"""


def memory(pid):
    """Bytes of a process that lie in no file."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("RssAnon:")) << 10


def children(pid):
    found = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children") as file:
            found += [int(child) for child in file.read().split()]
    return found


def figures(daemon):
    """When nothing is under way any more."""
    time.sleep(IDLE)
    processes = [daemon]
    for pid in processes:
        processes += children(pid)
    return {"daemon": memory(daemon), "all": sum(map(memory, processes)),
            "descriptors": len(os.listdir(f"/proc/{daemon}/fd"))}


def main():
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    generator = random.Random(1)
    words = [f"word{number}" for number in range(5000)]
    folder = tempfile.mkdtemp(prefix="endurance.", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    root = os.path.join(folder, "spool")
    inbox = os.path.join(root, "inbox")
    os.makedirs(inbox)
    with open(os.path.join(folder, "news.yaml"), "w") as file:
        file.write(PIPELINE)
    with open(os.path.join(folder, "log"), "w") as log:
        daemon = subprocess.Popen([LINECASTER, "run", os.path.join(folder, "news.yaml"), "--root", root], stderr=log)

    def done():
        answer = subprocess.run([LINECASTER, "status", "--json", "--root", root], capture_output=True, text=True).stdout
        return json.loads(answer)["records"] if answer else 0

    begin, first, given = time.monotonic(), None, 0
    try:
        while given < articles:
            path = os.path.join(inbox, f".{given}.new")
            with open(path, "w") as file:
                for number in range(LINES):
                    text = " ".join(generator.choices(words, k=12))
                    file.write(f'{{"text":"{text}. Number {given + number}."}}\n')
            os.rename(path, os.path.join(inbox, f"{given}.jsonl"))
            given += LINES
            while given - done() > 3 * LINES:
                time.sleep(0.05)
            if given % (10 * LINES) == 0:
                print(f"# {given}: {memory(daemon.pid) >> 20} MiB", flush=True)
            if first is None and given >= articles // 10:
                while done() < given:
                    time.sleep(0.05)
                first = figures(daemon.pid)
                print(f"after {given}: {first}", flush=True)
        while done() < articles:
            time.sleep(0.05)
        last = figures(daemon.pid)
    finally:
        daemon.send_signal(signal.SIGTERM)
        code = daemon.wait(60)
        shutil.rmtree(folder)
    seconds = time.monotonic() - begin
    print(f"after {articles}: {last}; {articles / seconds:.0f} articles/s")
    ratios = {key: last[key] / first[key] for key in first}
    flat = all(ratios[key] <= MOST or last[key] - first[key] <= MOST_MORE for key in ("daemon", "all"))
    good = code == 0 and flat and last["descriptors"] <= first["descriptors"] + 2
    print(("ok   " if good else "FAIL ") + ", ".join(f"{key} {ratio:.2f} times" for key, ratio in ratios.items()))
    sys.exit(0 if good else 1)


main()
