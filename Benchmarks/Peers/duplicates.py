#!/usr/bin/env python3
"""Finds near copies with linecaster, rensa and datasketch in one run, on the same made-up articles.

  duplicates.py [ARTICLES] [SEED]      (pip install rensa datasketch; one that is missing is left out)

Of the articles one in ten is a whole copy with another beginning, one in ten the first third of an earlier one, one in
ten half of an earlier one in a text of its own. All peers get word 5-grams of lower-case words; processor seconds are of
everything behind reading the text: shingles, signature, query, insertion. linecaster is measured as a whole process,
with reading and writing JSON Lines.
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
import time

HOUSE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMMAND = os.environ.get("LINECASTER", os.path.join(HOUSE, ".build/release/linecaster"))
PIPELINE = os.path.join(HOUSE, "pipelines/dedupe.yaml")


def generate(count, seed):
    """Texts, and for each what it was made from: (kind, number of the original) or nothing."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 9))) for _ in range(20000)]
    texts, origins = [], []

    def prose(size):
        return " ".join(dice.choice(words[:400] if dice.random() < 0.5 else words) for _ in range(size))

    for number in range(count):
        kind = dice.random()
        original = dice.randrange(number) if number else None
        if original is None or kind > 0.3 or origins[original]:
            texts.append(prose(680))
            origins.append(None)
            continue
        source = texts[original].split(" ")
        if kind < 0.1:
            texts.append(prose(8) + " " + texts[original])
            origins.append(("copy", original))
        elif kind < 0.2:
            texts.append(" ".join(source[: len(source) // 3]))
            origins.append(("trimmed", original))
        else:
            texts.append(" ".join(source[: len(source) // 2]) + " " + prose(len(source) // 2))
            origins.append(("half", original))
    return texts, origins


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at : at + 5]) for at in range(len(words) - 4)]


def linecaster(texts):
    lines = "".join(json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run([COMMAND, "pipe", PIPELINE], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = [{int(match["id"]) for match in json.loads(line)["duplicates"]["matches"]} for line in output.splitlines()]
    return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_process(add):
    def run(texts):
        began = time.process_time()
        found = [add(number, text) for number, text in enumerate(texts)]
        return found, time.process_time() - began

    return run


def rensa_peer(threshold, bands):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands)

    def add(number, text):
        signature = RMinHash(num_perm=128, seed=1)
        signature.update(shingles(text))
        found = set(index.query(signature))
        index.insert(number, signature)
        return found

    return in_process(add)


def datasketch_peer(threshold):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=128)

    def add(number, text):
        signature = MinHash(num_perm=128, seed=1)
        signature.update_batch([shingle.encode() for shingle in shingles(text)])
        found = {int(name) for name in index.query(signature)}
        index.insert(str(number), signature)
        return found

    return in_process(add)


PEERS = [
    ("linecaster pipe", lambda: linecaster),
    ("rensa .3, 64 bands", lambda: rensa_peer(0.3, 64)),
    ("rensa .5, 32 bands", lambda: rensa_peer(0.5, 32)),
    ("datasketch .8", lambda: datasketch_peer(0.8)),
    ("datasketch .5", lambda: datasketch_peer(0.5)),
]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    texts, origins = generate(count, seed)
    kinds = sorted({origin[0] for origin in origins if origin})
    print(f"{count} articles of {sum(map(len, texts)) // count} bytes, seed {seed}, processor time of all threads")
    print(f"{'':22}{'articles/s':>11}" + "".join(f"{kind:>10}" for kind in kinds) + f"{'wrong':>8}")
    for name, make in PEERS:
        try:
            peer = make()
        except ImportError as missing:
            print(f"{name:22}{missing}")
            continue
        found, seconds = peer(texts)
        # What has the same original is no fault.
        family = [origin[1] if origin else number for number, origin in enumerate(origins)]
        wrong = sum(family[other] != family[number] for number, others in enumerate(found) for other in others)
        shares = []
        for kind in kinds:
            wanted = [(number, origin[1]) for number, origin in enumerate(origins) if origin and origin[0] == kind]
            shares.append(sum(original in found[number] for number, original in wanted) / len(wanted))
        print(f"{name:22}{count / seconds:>11.0f}" + "".join(f"{share:>9.1%} " for share in shares) + f"{wrong:>7}")


if __name__ == "__main__":
    main()
