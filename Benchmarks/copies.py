#!/usr/bin/env python3
"""Measures dedupe on generated texts: excerpts that are found, standing text that is left out.

usage: copies.py LINECASTER [--seed N] [excerpts|notices|all]
"""
import bisect, itertools, json, os, random, resource, subprocess, sys, tempfile, time


class Prose:
    """Sentences of made-up words, as often as Zipf's law has them."""
    def __init__(self, seed, words=30000):
        self.random = random.Random(seed)
        letters, word = 'etaoinshrdlucmfwypvbgk', random.Random(7)
        self.words = [''.join(word.choice(letters) for _ in range(word.randint(2, 9))) for _ in range(words)]
        self.sums = list(itertools.accumulate(1 / (n + 2) for n in range(words)))

    def text(self, count):
        out, left = [], 0
        for n in range(count):
            word = self.words[bisect.bisect(self.sums, self.random.random() * self.sums[-1])]
            if left == 0: word, left = word.capitalize(), self.random.randint(8, 20)
            left -= 1
            out.append(word + ('.' if left == 0 or n == count - 1 else ''))
        return ' '.join(out)


def run(binary, articles, options=()):
    """The records, and the seconds of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline = os.path.join(folder, 'p.yaml')
        json.dump({'name': 'p', 'inbox': {'path': 'inbox'}, 'stages': [{'dedupe': dict(options)}]}, open(pipeline, 'w'))
        payload = ''.join(json.dumps(a) + '\n' for a in articles).encode()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run([binary, 'pipe', pipeline, '--workers', '1'], input=payload, stdout=subprocess.PIPE, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [json.loads(line) for line in out.splitlines()], after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def excerpts(binary, seed):
    print('excerpts found in %, excerpt after the article / before it')
    prose = Prose(seed)
    for length, count in ((300, 100), (600, 200), (1200, 400), (3000, 400), (10000, 100)):
        row = []
        for words in (30, 40, 60, 120):
            texts = [prose.text(length) for _ in range(count)]
            pairs = []
            for n, text in enumerate(texts):
                all_words = text.split()
                at = prose.random.randint(0, length - words)
                pairs.append(({'id': 'a%d' % n, 'text': text}, {'id': 'e%d' % n, 'text': ' '.join(all_words[at:at + words])}))
            found = []
            for order in (0, 1):
                articles = [pair[order] for pair in pairs] + [pair[1 - order] for pair in pairs]
                records, _ = run(binary, articles)
                late = {r['id']: {m['id'] for m in r['duplicates']['matches']} for r in records[count:]}
                found.append(sum(('ae'[order] + i[1:]) in m for i, m in late.items()) * 100 / count)
            row.append('%3.0f/%3.0f' % tuple(found))
        print('%6d words: ' % length + '  '.join('%d: %s' % (w, r) for w, r in zip((30, 40, 60, 120), row)), flush=True)


def notices(binary, seed, count=20000):
    prose = Prose(seed + 1)
    notice = prose.text(56)
    plain = [{'id': str(n), 'text': prose.text(60)} for n in range(count)]
    double = [{'id': str(n), 'text': prose.text(116)} for n in range(count)]
    noted = [{'id': a['id'], 'text': a['text'] + '\n\n' + notice} for a in plain]
    for n in range(count // 2, count, 50):  # true copies among them
        source = prose.random.randrange(n)
        noted[n] = {'id': 'copy of %d' % source, 'text': 'Yesterday evening. ' + noted[source]['text']}
    _, short = run(binary, plain)
    _, long = run(binary, double)
    records, seconds = run(binary, noted)
    false = sum(r['duplicates']['status'] != 'unique' for r in records if not r['id'].startswith('copy'))
    copies = [r for r in records if r['id'].startswith('copy')]
    right = sum(r['id'][8:] in {m['id'] for m in r['duplicates']['matches']} for r in copies)
    others = sum(len([m for m in r['duplicates']['matches'] if m['id'] != r['id'][8:]]) for r in copies)
    print('%d short texts with one notice: %d false, %d of %d copies found with %d others; %.2f CPU s, %.2f without the notice, %.2f '
          'of the same length' % (count, false, right, len(copies), others, seconds, short, long))


if __name__ == '__main__':
    arguments = [a for a in sys.argv[2:]]
    seed = int(arguments.pop(arguments.index('--seed') + 1)) if '--seed' in arguments else 1
    what = next((a for a in arguments if a in ('excerpts', 'notices')), 'all')
    print('seed', seed)
    if what in ('excerpts', 'all'): excerpts(sys.argv[1], seed)
    if what in ('notices', 'all'): notices(sys.argv[1], seed)
