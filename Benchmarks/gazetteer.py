#!/usr/bin/env python3
"""Measures what a long list of names costs the stage `entities`: the time to load it, and the speed with it.

usage: gazetteer.py ARTICLES.jsonl [NAMES [RUNS [LINECASTER]]]

ARTICLES.jsonl has one {"text": "..."} a line, some tens of megabytes. NAMES made-up names (default 1000000) of one to
four words are listed, and beside them one in ten of the capitalised words and pairs of words of the articles, so that
some are found. Medians of RUNS (default 7) runs of `linecaster pipe`, in CPU seconds, one with the list after one
without; the stage alone is what is left when a chain without it is taken off. LINECASTER is the built command (default
.build/release/linecaster).
"""
import json, os, random, re, resource, statistics, subprocess, sys, tempfile

SYLLABLES = [a + b for a in "b br c d dr f g gr h j k kl l m n p pr qu r s st t tr v w z".split() for b in "a e i o u".split()]
ENDINGS = ["", "n", "r", "s", "th", "ler", "man", "ston", "berg", "field"]


def word(random):
    return "".join(random.choice(SYLLABLES) for _ in range(random.randint(1, 3))).capitalize() + random.choice(ENDINGS)


def names(count, texts):
    """Rows of a list."""
    rng = random.Random(1)
    seen = set()
    for text in texts:
        found = re.findall(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", text)
        seen.update(name for name in found if rng.random() < 0.1)
    for number, name in enumerate(sorted(seen)):
        yield f"{name}\tMISC\tt{number}"
    for number in range(count):
        name = " ".join(word(rng) for _ in range(rng.choice([1, 2, 2, 2, 3, 4])))
        yield f"{name}\t{rng.choice(['PERSON', 'ORG', 'LOC'])}\tn{number}"


def seconds(command, pipeline, articles):
    """CPU seconds of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(articles) as lines:
        subprocess.run([command, "pipe", pipeline], stdin=lines, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    articles = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    command = sys.argv[4] if len(sys.argv) > 4 else ".build/release/linecaster"
    with open(articles) as lines:
        texts = [json.loads(line)["text"] for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/names.tsv", "w") as out:
            for row in names(count, texts):
                out.write(row + "\n")
        chains = {"cut": "segment", "plain": "segment, entities", "listed": "segment, entities: {gazetteers: [names.tsv]}"}
        for name, stages in chains.items():
            with open(f"{folder}/{name}.yaml", "w") as out:
                out.write(f"name: {name}\nstages: [{stages}]\n")
        open(f"{folder}/none", "w").close()
        times = {(name, full): [] for name in chains for full in (True, False)}
        for _ in range(runs):
            for name, full in times:
                times[name, full].append(seconds(command, f"{folder}/{name}.yaml", articles if full else f"{folder}/none"))
    median = {key: statistics.median(values) for key, values in times.items()}
    work = {name: median[name, True] - median[name, False] for name in chains}
    print(f"{count:,} names: loaded in {median['listed', False] - median['plain', False]:.2f} s")
    print(f"segment and entities: {work['plain']:.2f} s without the list, {work['listed']:.2f} s with it"
          f" ({100 * (work['listed'] / work['plain'] - 1):+.1f} %)")
    stage = {name: work[name] - work["cut"] for name in ("plain", "listed")}
    print(f"entities alone: {stage['plain']:.2f} s and {stage['listed']:.2f} s"
          f" ({100 * (stage['listed'] / stage['plain'] - 1):+.1f} %)")


if __name__ == "__main__":
    main()
