"""Entities found by spaCy, in the record's shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Optional

from linecaster_stage import Article, Options, run

# What spaCy's models call things: OntoNotes of the English ones, WikiNER of many others. What is not here is no name.
TYPES = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC",
    "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC", "PRODUCT": "MISC", "MISC": "MISC"
}
# What stands outside of a mention.
BEFORE = ("the ", "The ", "“", '"', "‘", "'")
AFTER = ("'s", "’s", "'", "’", "”", '"', ",", ";", ":")

model: Any = None
languages: Sequence[str] = ()


class Mention(NamedTuple):
    start: int
    end: int
    type: str
    name: str


def setup(options: Options) -> None:
    global model, languages
    # Here, so that its absence is told as any other error of a start.
    import spacy

    model = spacy.load(options.model, exclude=list(options.leave_out))
    languages = options.languages


def mentions(text: str, found: Iterable[tuple[int, int, str]]) -> list[Mention]:
    """Names without quotation marks, possessives and articles around them."""
    result = []
    for start, end, label in found:
        kind = TYPES.get(label)
        if kind is None:
            continue
        before = None
        while before != (start, end):
            before = (start, end)
            for words in BEFORE:
                if text.startswith(words, start, end):
                    start += len(words)
            for words in AFTER:
                if text.endswith(words, start, end):
                    end -= len(words)
            part = text[start:end]
            start += len(part) - len(part.lstrip())
            end -= len(part) - len(part.rstrip())
        if start < end:
            result.append(Mention(start, end, kind, " ".join(text[start:end].split())))
    return result


def entities(article: Article, found: Iterable[tuple[int, int, str]]) -> list[dict[str, object]]:
    groups: list[list[Mention]] = []
    by_name: dict[tuple[str, str], list[Mention]] = {}
    for mention in sorted(mentions(article.text, found)):
        key = (mention.type, mention.name.casefold())
        group = by_name.get(key)
        if group is None:
            group = []
            groups.append(group)
            by_name[key] = group
            words = mention.name.casefold().split()
            if mention.type == "PERSON" and len(words) > 1:
                # Whoever has that name last is meant by the surname.
                by_name[mention.type, words[-1]] = group
        group.append(mention)
    return [
        {
            "id": number, "type": group[0].type, "name": max(group, key=lambda mention: len(mention.name)).name, "link": None,
            "roles": [], "value": None, "amount": None, "unit": None,
            "mentions": [article.span(mention.start, mention.end) for mention in group], "references": []
        } for number, group in enumerate(groups)
    ]


def batch(articles: list[Article]) -> list[Optional[dict[str, object]]]:
    wanted = [
        article for article in articles if not languages or article.language is None or article.language in languages
    ]
    results: dict[int, dict[str, object]] = {}
    for article, document in zip(wanted, model.pipe([article.text for article in wanted])):
        found = [(name.start_char, name.end_char, name.label_) for name in document.ents]
        results[id(article)] = {"entities": entities(article, found)}
    return [results.get(id(article)) for article in articles]


if __name__ == "__main__":
    run(batch=batch, setup=setup)
