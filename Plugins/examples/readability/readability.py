"""Readability: Flesch, "A New Readability Yardstick", Journal of Applied Psychology 32 (1948), pages 221-233; Kincaid, Fishburne,
Rogers, Chissom, "Derivation of New Readability Formulas", Naval Technical Training Command, Report 8-75 (1975)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Optional

from linecaster_stage import Article, run

# Don't and well-known are a word each; so is a number, and 2.5.
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
# How many words are remembered.
CACHE = 1 << 16

VOWELS = re.compile(r"[aeiouyà-öø-üœ]+")
# What is written with a vowel and spoken without: make, makes, walked, safely, movement, careful, special, nation.
SILENT = re.compile(
    r"(?:[^aeioulrwy][lr])(?:es?|ed)$()"  # table, settled, hundred: none, and no other rule
    r"|[^aeiouy]e$|(?:[^aeiouyscgxzh]|[^sc]h)es$|[^aeiouytd]ed$|[^aeiouy]e(?:ly|ful|less|ness)$|[^aeiouyl]ement")
# Two vowels in one run that are two syllables: media, video, create, being, actual, influence, quiet, earlier.
HIATUS = re.compile(
    r"(?<![cstgxl])i[aou]|(?<=^l)io|(?<=^sc)ie|(?<=[ae])yo|(?<![gp])eo|rea(?=t[eio]|l[il])|area|(?<=[aeouy])ing$|(?<![gq])u(?:a(?![iy])|ou)"
    r"|(?<![gq])ue(?=n[ct])|iet|(?<=..[lsprt])ier$|(?<=[aeiou])ism$|oe(?=[tm])|(?<=[^aeiou])yi|eing|io(?=t|lence)")
# A syllable that no vowel stands for: tourism, rhythm, didn't.
BARE = re.compile(r"sms?$|thms?$|[^aeiou]n['’]t$")
POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(CACHE)
def syllables(word: str) -> int:
    """Syllables of an English word, told from its letters. A number counts as one."""
    return sum(max(1, _part(part)) for part in re.split(r"['’-](?=\w\w)", POSSESSIVE.sub("", word.casefold())))


def _part(word: str) -> int:
    silent = SILENT.search(word)
    count = len(VOWELS.findall(word)) + len(HIATUS.findall(word)) + len(BARE.findall(word))
    return count - (1 if silent and silent[1] is None else 0)


def stage(article: Article) -> Optional[dict[str, object]]:
    if article.language not in (None, "en") or article.sentences is None:
        return None
    headings = iter(
        [] if article.options.headings else [item for item in article.paragraphs or [] if item["kind"] == "heading"])
    heading = next(headings, None)
    sentences = words = spoken = 0
    for sentence in article.sentences:
        while heading is not None and heading["end"] <= sentence["start"]:
            heading = next(headings, None)
        if heading is not None and heading["start"] <= sentence["start"]:
            continue
        found = WORD.findall(article.words(sentence))
        if found:
            sentences += 1
            words += len(found)
            spoken += sum(map(syllables, found))
    enough = words >= article.options.least
    return {
        "ease": round(206.835 - 1.015 * words / sentences - 84.6 * spoken / words, 1) if enough else None,
        "grade": round(0.39 * words / sentences + 11.8 * spoken / words - 15.59, 1) if enough else None,
        "sentences": sentences, "words": words, "syllables": spoken
    }


if __name__ == "__main__":
    run(stage)
