"""Keywords by RAKE: Rose, Engel, Cramer, Cowley, "Automatic Keyword Extraction from Individual Documents", in: Berry, Kogan
(eds.), Text Mining: Applications and Theory, Wiley 2010, pages 1-20."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import NamedTuple, Optional

from linecaster_stage import Article, Options, run

# A word, or one letter that ends a phrase: no words of one phrase have anything but spaces between them.
WORD = re.compile(r"[^\W\d_]+(?:[-'’.&][^\W_]+)*|\d\S*|[^\w\s]|\n")
# A possessive is none of the phrase.
POSSESSIVE = re.compile(r"['’]s?$")
# How often two phrases must stand beside the same stop words to be one: "axis of evil".
ADJOINING = 2

stop_words: frozenset[str] = frozenset()


class Phrase(NamedTuple):
    words: tuple[str, ...]
    start: int
    end: int


def setup(options: Options) -> None:
    global stop_words
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stopwords.txt")
    with open(path, encoding="utf-8") as file:
        listed = [line.strip() for line in file if not line.startswith("#")]
    stop_words = frozenset(listed) | {word.casefold() for word in options.stop_words}


def phrases(text: str) -> list[list[Phrase]]:
    """Runs of words without a stop word, parted into stretches by whatever ends a phrase, a full stop or a number."""
    stretches: list[list[Phrase]] = [[]]
    words: list[str] = []
    start = end = 0

    def close() -> None:
        if words:
            stretches[-1].append(Phrase(tuple(words), start, end))
            words.clear()

    for match in WORD.finditer(text):
        word = match[0].replace("’", "'").casefold()
        if not word[0].isalpha():
            close()
            if stretches[-1]:
                stretches.append([])
        elif word in stop_words or POSSESSIVE.sub("", word) in stop_words:
            close()
        else:
            if not words:
                start = match.start()
            bare = POSSESSIVE.sub("", word)
            words.append(bare)
            end = match.end() - (len(word) - len(bare) if len(word) == len(match[0]) else 0)
            if bare != word:
                close()
    close()
    return stretches


def joined(stretches: list[list[Phrase]], text: str) -> list[Phrase]:
    """Phrases that stand beside each other twice or more, with the same stop words between them, are one besides."""
    found: list[Phrase] = []
    for stretch in stretches:
        for first, second in zip(stretch, stretch[1:]):
            between = text[first.end : second.start].casefold().split()
            if between and all(word in stop_words for word in between):
                found.append(Phrase((*first.words, *between, *second.words), first.start, second.end))
    counts = Counter(phrase.words for phrase in found)
    return [phrase for phrase in found if counts[phrase.words] >= ADJOINING]


def stage(article: Article) -> Optional[list[dict[str, object]]]:
    if article.language not in (None, "en"):
        return None
    longest: int = article.options.longest
    stretches = phrases(article.text)
    candidates = [phrase for stretch in stretches for phrase in stretch if len(phrase.words) <= longest]
    frequency: Counter[str] = Counter()
    degree: Counter[str] = Counter()
    for phrase in candidates:
        for word in phrase.words:
            frequency[word] += 1
            degree[word] += len(phrase.words)
    occurrences: dict[tuple[str, ...], list[Phrase]] = {}
    for phrase in candidates + joined(stretches, article.text):
        occurrences.setdefault(phrase.words, []).append(phrase)
    # A stop word inside of a joined phrase has no score.
    scores = {words: sum(degree[word] / frequency[word] for word in words if frequency[word]) for words in occurrences}
    # Of equal ones the more frequent, then the earlier.
    order = sorted(occurrences, key=lambda words: (-scores[words], -len(occurrences[words]), occurrences[words][0].start))
    return [
        {
            **article.span(occurrences[words][0].start, occurrences[words][0].end),
            "score": round(scores[words] / scores[order[0]], 4), "count": len(occurrences[words])
        } for words in order[: article.options.count]
    ]


if __name__ == "__main__":
    run(stage, setup)
