#!/usr/bin/env python3
"""How many articles a second linecaster_stage.py answers: processes of a stage that counts words, asked by as many threads.

  speed.py [PROCESSES] [BATCH] [SECONDS] [form: each, batch, async]
"""

import os
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Plugins/python"))

import fakehost

STAGES = {
    "each": "def stage(article):\n  return len(article.text.split())\nrun(stage)\n",
    "batch": "def batch(articles):\n  return [len(article.text.split()) for article in articles]\nrun(batch=batch)\n",
    "async": "async def stage(article):\n  return len(article.text.split())\nrun(stage)\n",
}
TEXT = ("The harbour council voted on Monday to repair the old lighthouse, über 40 percent. " * 13)[:1000]


def ask(host, batch, end, counts, place):
    """Keeps the window full, and looks at nothing but the lengths of answers."""
    host.ready()
    article = {
        "id": "0123456789abcdef01234567", "text": TEXT, "title": "A title", "byline": ["Ada Corr"], "published": None,
        "language": "en", "url": None, "tags": [], "meta": None, "source": {"name": "a.txt"}}
    payload = fakehost.frame(0, article)[8:]
    number = done = 0
    data = bytearray()
    while time.monotonic() < end:
        burst = bytearray()
        while number - done < batch:
            number += 1
            burst += fakehost.HEAD.pack(len(payload), number) + payload
        host.socket.sendall(burst)
        data += host.socket.recv(1 << 18)
        at = 0
        while len(data) - at >= 8:
            length = fakehost.HEAD.unpack_from(data, at)[0]
            if len(data) - at < 8 + length:
                break
            at += 8 + length
            done += 1
        del data[:at]
    counts[place] = done


def main():
    words = sys.argv[1:]
    processes = int(words[0]) if words else 2
    batch = int(words[1]) if len(words) > 1 else 16
    seconds = float(words[2]) if len(words) > 2 else 5
    form = words[3] if len(words) > 3 else "each"
    os.environ["PYTHONPATH"] = sys.path[0]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "stage.py"), "w", encoding="utf-8") as file:
            file.write("from linecaster_stage import run\n" + STAGES[form])
        hosts = [fakehost.Host(["python3", "stage.py"], folder, ["words"], batch=batch) for _ in range(processes)]
        counts = [0] * processes
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(target=ask, args=(host, batch, end, counts, place)) for place, host in enumerate(hosts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for host in hosts:
            host.close()
    print(f"{form}: {sum(counts) / seconds:.0f} articles/s of {len(TEXT)} characters, {processes} processes, batch {batch}")


if __name__ == "__main__":
    main()
