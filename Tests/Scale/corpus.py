"""Generated articles as JSON Lines: words by Zipf's law, and planted exact, edited, half, trimmed and embedded copies, forms that are
filled in again, footers and datelines. python3 corpus.py COUNT SEED [DAYS]"""
import datetime
import itertools
import json
import random
import sys

SYLLABLES = "ba co di fu ge ha jo ki lu mo ne pa ri so tu ve wa xo yi za bra cle dro fli".split()


class Corpus:
    def __init__(self, count, seed, days=20):
        self.r = r = random.Random(seed)
        self.count, self.days = count, days
        self.vocabulary = ["".join(r.choice(SYLLABLES) for _ in range(r.randint(1, 4))) for _ in range(6000)]
        self.weights = list(itertools.accumulate(1 / (place + 8) for place in range(len(self.vocabulary))))
        self.names = ["".join(r.choice(SYLLABLES) for _ in range(2)).capitalize() + r.choice(["ov", "en", "sky", "ton"]) for _ in range(800)]
        self.footers = [". ".join(" ".join(self.words(r.randint(8, 14))) for _ in range(r.randint(3, 7))) + "." for _ in range(60)]
        self.forms = [
            "On {d} the " + " ".join(self.words(20)) + " {n} " + " ".join(self.words(40)) + " {k} " + " ".join(self.words(30)) + " {m} "
            + " ".join(self.words(25)) + " {l}." for _ in range(20)]

    def words(self, count):
        return self.r.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def sentence(self):
        r, words = self.r, self.words(self.r.randint(6, 22))
        if r.random() < 0.5:
            words.insert(r.randint(1, len(words) - 1), r.choice(self.names))
        if r.random() < 0.3:
            words.insert(r.randint(1, len(words) - 1), str(r.randint(2, 90000)))
        return words[0].capitalize() + " " + " ".join(words[1:])

    def paragraph(self):
        return ". ".join(self.sentence() for _ in range(self.r.randint(1, 6))) + "."

    def fresh(self):
        r, kind = self.r, self.r.random()
        if kind < 0.02:
            return [self.sentence() + "."]
        if kind < 0.05:
            form = r.choice(self.forms)
            return [form.format(d=r.choice(self.names), n=r.choice(self.names), k=r.randint(1, 9999), m=r.choice(self.names), l=r.randint(1, 9999))]
        return [self.paragraph() for _ in range(r.randint(2, 9) if kind < 0.97 else r.randint(30, 80))]

    def copy(self, base):
        r, kind = self.r, self.r.random()
        if kind < 0.2:
            return base
        if kind < 0.45:
            edited = []
            for paragraph in base:
                words = paragraph.split(" ")
                for _ in range(max(1, len(words) // 25)):
                    words[r.randrange(len(words))] = r.choice(self.vocabulary)
                edited.append(" ".join(words))
            return edited
        if kind < 0.6:
            half = max(1, len(base) // 2)
            return base[:half] + [self.paragraph() for _ in range(half)]
        if kind < 0.75:
            return base[: max(1, len(base) * 2 // 3)]
        if kind < 0.9:
            return [self.paragraph() for _ in range(3)] + base + [self.paragraph() for _ in range(3)]
        return [" ".join(self.words(6)).title()] + base

    def articles(self):
        r, kept, start = self.r, [], datetime.date(2024, 1, 1)
        for number in range(self.count):
            text = self.copy(r.choice(kept if r.random() < 0.5 else kept[-400:])) if kept and r.random() < 0.14 else self.fresh()
            if r.random() < 0.12:
                text = text + [r.choice(self.footers)]
            if r.random() < 0.5 or number < 50:
                kept.append(text)
            if len(kept) > 6000:
                kept[r.randrange(len(kept))] = kept.pop()
            if r.random() < 0.1:
                text = [r.choice(self.names).upper() + " (" + r.choice(["AP", "Reuters"]) + ") — " + text[0]] + text[1:]
            day = start + datetime.timedelta(days=number * self.days // self.count)
            yield {"id": f"a{number:07d}", "text": "\n\n".join(text), "published": day.isoformat()}


def main():
    count, seed, days = (int(word) for word in (sys.argv[1:] + ["20"])[:3])
    for article in Corpus(count, seed, days).articles():
        print(json.dumps(article, ensure_ascii=False))


if __name__ == "__main__":
    main()
