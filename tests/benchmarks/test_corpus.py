"""The benchmarks measure the same work each time, and notice when they don't."""

from pathlib import Path

from benchmarks import corpus, counts, measure


def test_an_article_depends_on_its_number_and_the_seed_alone() -> None:
    assert corpus.Corpus(1).story(7) == corpus.Corpus(1).story(7)
    assert corpus.Corpus(1).story(7) != corpus.Corpus(2).story(7)


def test_every_flavor_has_the_same_words_and_its_own_marks(tmp_path: Path) -> None:
    story = corpus.Corpus().story(3)
    texts = {
        name: Path(corpus.write(str(tmp_path / name), story, flavor)).read_text(encoding="utf-8")
        for name, flavor in corpus.FLAVORS.items()
    }
    assert f"<{story.names[0]}>" in texts["mujaz"]
    assert f"«{story.names[0]}»" in texts["hugo"]
    bodies = {name: text.split("\n\n", 1)[1] for name, text in texts.items()}
    assert bodies["hugo"] == bodies["zola"]
    assert bodies["mujaz"].replace("<", "«").replace(">", "»") == bodies["hugo"]


def test_a_body_edit_changes_one_word_each_time(tmp_path: Path) -> None:
    corpus.make(str(tmp_path), 10)
    before = measure.article(tmp_path).read_text(encoding="utf-8")
    for mark in (1, 2):
        measure.edit_body(tmp_path, mark)
    after = measure.article(tmp_path).read_text(encoding="utf-8")
    assert after.replace(" زمن2.", ".", 1) == before


def test_a_headline_edit_changes_the_headline_alone(tmp_path: Path) -> None:
    corpus.make(str(tmp_path), 10)
    before = measure.article(tmp_path).read_text(encoding="utf-8")
    for mark in (1, 2):
        measure.edit_headline(tmp_path, mark)
    after = measure.article(tmp_path).read_text(encoding="utf-8")
    assert after.replace(" زمن2\n", "\n", 1) == before


def test_lists_are_counted_as_each_generator_numbers_them() -> None:
    known = counts.Facts(45, frozenset(), (1, 20, 21, 40), ())
    assert counts.expected(known, "mujaz")["home"] == 2
    assert counts.expected(known, "hugo")["home"] == 3
    assert counts.expected(known, "mujaz")["tag"] == 1 + 1 + 1 + 2
    assert counts.expected(known, "hugo")["tag"] == 1 + 1 + 2 + 2


def test_a_missing_page_is_noticed(tmp_path: Path) -> None:
    known = counts.Facts(0, frozenset(), (), ())
    for name in ("tags/index.html", "names/index.html", "feed.xml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert not counts.check(tmp_path, known, "hugo")
    (tmp_path / "tags/index.html").unlink()
    assert "'tags'" in counts.check(tmp_path, known, "hugo")[0]
