"""The stage NAME_OF_PLUGIN: sentences with many words."""

from __future__ import annotations

from linecaster_stage import Article, run


def stage(article: Article) -> object:
    found = []
    for sentence in article.sentences or []:
        count = len(article.words(sentence).split())
        if count >= article.options.words:
            found.append({**article.span(sentence["start"], sentence["end"]), "words": count})
    return found


if __name__ == "__main__":
    run(stage)
