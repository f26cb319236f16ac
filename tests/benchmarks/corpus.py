#!/usr/bin/env python3
"""Write N Arabic news articles as Markdown files.

    corpus.py OUT N [--flavor mujaz|hugo|zola] [--seed 1]

Article i depends on (seed, i) alone, never on the flavor or on N: every generator gets the same
words. Tags and names follow Zipf's law. Only the front matter and the marks of names differ:

    mujaz      headline, date as dd/mm/yyyy, tags; names stand in the body as <name>
    hugo, zola title, ISO date, tags and the article's names as a list; in the body «name»
"""

import argparse
import datetime as dt
import itertools
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # tests/, when run as a script

from benchmarks.words import NAMES, PLACES, TAGS, WORDS

DAYS = 1826  # five years
FIRST_DAY = dt.date(2021, 1, 1)
TAG_EXPONENT, NAME_EXPONENT = 1.0, 0.9  # of Zipf's law


class Story(NamedTuple):
    """One article. In ``body`` a name stands between U+0001 and U+0002."""

    day: dt.date
    slug: str
    headline: str
    tags: tuple[str, ...]
    names: tuple[str, ...]  # distinct, in order of first mention
    body: str


class Flavor(NamedTuple):
    """How one generator wants its articles."""

    front: Callable[[Story], str]
    left: str  # before a name in the body
    right: str
    section: Callable[[str], str] | None  # text of _index.md of a dated folder, from "2021/05"


def _weights(count: int, exponent: float) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 1) ** exponent for rank in range(count)))


class Corpus:
    """The endless sequence of articles of one seed."""

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        order = random.Random(seed)
        self.tags, self.names = list(TAGS), list(NAMES)
        order.shuffle(self.tags)
        order.shuffle(self.names)
        self._tag_weights = _weights(len(self.tags), TAG_EXPONENT)
        self._name_weights = _weights(len(self.names), NAME_EXPONENT)
        self._vocabulary = [*WORDS, *WORDS, *WORDS, *PLACES]

    def story(self, i: int) -> Story:
        """Return article i."""
        rng = random.Random(f"{self.seed}:{i}")
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS))
        headline = " ".join(rng.choices(self._vocabulary, k=rng.randint(6, 11)))
        tags = self._distinct_tags(rng, 3)
        mentions = rng.choices(self.names, cum_weights=self._name_weights, k=rng.randint(8, 15))
        names = tuple(dict.fromkeys(mentions))
        return Story(day, f"khabar-{i:06d}", headline, tags, names, self._body(rng, i, mentions))

    def news(self, i: int) -> Story:
        """Return article i as news: of the last day, so it heads its lists."""
        return self.story(i)._replace(day=FIRST_DAY + dt.timedelta(days=DAYS - 1))

    def _distinct_tags(self, rng: random.Random, count: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[rng.choices(self.tags, cum_weights=self._tag_weights)[0]] = None
        return tuple(found)

    def _body(self, rng: random.Random, i: int, mentions: list[str]) -> str:
        paragraphs = [self._paragraph(rng) for _ in range(rng.randint(5, 6))]
        for k, name in enumerate(mentions):
            words = paragraphs[k % len(paragraphs)]
            words[rng.randrange(len(words) - 1)] += f" \x01{name}\x02"
        for words in rng.sample(paragraphs, 2):
            at = rng.randrange(5, 30)
            words[at] = f"**{words[at].rstrip('،.')}**"
        words = paragraphs[rng.randrange(len(paragraphs))]
        words[rng.randrange(31, 50)] += f" [{rng.choice(PLACES)}](https://example.org/{i})"
        blocks = [" ".join(words) for words in paragraphs]
        return "\n\n".join(self._with_extra_block(rng, blocks)) + "\n"

    def _paragraph(self, rng: random.Random) -> list[str]:
        """Two sentences with commas."""
        words = rng.choices(self._vocabulary, k=rng.randint(60, 90))
        for at in range(rng.randint(7, 12), len(words) - 4, rng.randint(9, 14)):
            words[at] += "،"
        for at in (len(words) // 2, -1):
            words[at] = words[at].rstrip("،") + "."
        return words

    def _with_extra_block(self, rng: random.Random, blocks: list[str]) -> list[str]:
        """One article in ten has a list, one in ten a quotation."""
        kind = rng.random()
        if kind < 0.1:
            items = [" ".join(rng.choices(self._vocabulary, k=8)) for _ in range(4)]
            blocks.insert(3, "\n".join(f"- {item}" for item in items))
        elif kind < 0.2:
            blocks.insert(3, "> " + " ".join(rng.choices(self._vocabulary, k=25)))
        return blocks


def _quoted(items: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"


def _mujaz(story: Story) -> str:
    date, tags = f"{story.day:%d/%m/%Y}", ", ".join(story.tags)
    return f"---\nheadline: {story.headline}\ndate: {date}\ntags: [{tags}]\n---\n\n"


def _hugo(story: Story) -> str:
    return (
        f'+++\ntitle = "{story.headline}"\ndate = {story.day}\nmonths = ["{story.day:%Y-%m}"]\n'
        f'days = ["{story.day}"]\ntags = {_quoted(story.tags)}\n'
        f"names = {_quoted(story.names)}\n+++\n\n"
    )


def _zola(story: Story) -> str:
    return (
        f'+++\ntitle = "{story.headline}"\ndate = {story.day}\n[taxonomies]\n'
        f"tags = {_quoted(story.tags)}\nnames = {_quoted(story.names)}\n+++\n\n"
    )


def _zola_section(name: str) -> str:
    template = ("year.html", "month.html", "day.html")[name.count("/")]
    return (
        f'+++\ntitle = "{name}"\ntemplate = "{template}"\ntransparent = true\n'
        'sort_by = "date"\n+++\n'
    )


FLAVORS = {
    "mujaz": Flavor(_mujaz, "<", ">", None),
    "hugo": Flavor(_hugo, "«", "»", None),
    "zola": Flavor(_zola, "«", "»", _zola_section),
}


def write(root: str, story: Story, flavor: Flavor) -> str:
    """Write one article below root/content, with the section files it needs; return its path."""
    folder = f"{root}/content/{story.day:%Y/%m/%d}"
    os.makedirs(folder, exist_ok=True)
    path = f"{folder}/{story.slug}.md"
    body = story.body.replace("\x01", flavor.left).replace("\x02", flavor.right)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(flavor.front(story) + body)
    if flavor.section:
        for name in (f"{story.day:%Y}", f"{story.day:%Y/%m}", f"{story.day:%Y/%m/%d}"):
            section = Path(root, "content", name, "_index.md")
            if not section.exists():
                section.write_text(flavor.section(name), encoding="utf-8")
    return path


def make(root: str, count: int, flavor: str = "mujaz", seed: int = 1) -> None:
    """Write articles 0 to count - 1 below root/content."""
    corpus = Corpus(seed)
    for i in range(count):
        write(root, corpus.story(i), FLAVORS[flavor])


def main() -> None:
    """Read the command line and write the articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out")
    parser.add_argument("n", type=int)
    parser.add_argument("--flavor", choices=FLAVORS, default="mujaz")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.out, arguments.n, arguments.flavor, arguments.seed)


if __name__ == "__main__":
    main()
