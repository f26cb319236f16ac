"""Who is meant by a name mark: the registry first, then the one fuller name of the article."""

from collections.abc import Sequence

import pytest
import seen
from conftest import SiteFolder
from hypothesis import given
from hypothesis import strategies as st

from mujaz.names import Registry, Resolved, key, resolve
from mujaz.settings import NameEntry

PUTIN = "فلاديمير بوتين"
EMPTY = Registry(())


def entry(name: str, *aliases: str, note: str = "") -> NameEntry:
    """A row of names.toml."""
    return NameEntry(name=name, aliases=aliases, kind="person", role="", note=note)


def meant(typed: Sequence[str], registry: Registry = EMPTY) -> dict[str, str]:
    """What each mark of an article stands for, nothing being unclear."""
    found = resolve(typed, registry)
    assert found.problems == ()
    return dict(found.marks)


@pytest.mark.parametrize(
    "typed", [[PUTIN, "بوتين"], ["بوتين", PUTIN], ["فلاديمير", PUTIN], ["بوتِين", PUTIN]]
)
def test_a_short_form_stands_for_the_one_fuller_name(typed: list[str]) -> None:
    assert set(meant(typed).values()) == {PUTIN}


def test_the_longest_of_nested_names_is_meant() -> None:
    names = ["محمد بن سلمان بن عبد العزيز", "محمد بن سلمان", "بن سلمان", "سلمان"]
    assert set(meant(names).values()) == {names[0]}


@pytest.mark.parametrize(
    "typed",
    [
        ["علي", "محمد العلي"],
        ["محمد العزيز", "محمد بن العزيز"],
        ["بوت", PUTIN],
        ["بوتين فلاديمير", PUTIN],
    ],
)
def test_words_must_be_whole_side_by_side_and_in_order(typed: list[str]) -> None:
    assert meant(typed) == {name: name for name in typed}


def test_two_candidates_leave_a_mark_alone_and_are_told() -> None:
    found = resolve(["علي", "محمد علي", "علي حسن"], EMPTY)
    assert dict(found.marks)["علي"] == "علي"
    assert found.problems == (("علي", "<علي> may be 'علي حسن' or 'محمد علي': write the full name"),)


def test_two_spellings_of_one_fuller_name_are_one_candidate() -> None:
    assert meant(["إردوغان", "رجب إردوغان", "رجب اردوغان"])["إردوغان"] in {
        "رجب إردوغان",
        "رجب اردوغان",
    }


def test_the_registry_comes_first() -> None:
    registry = Registry([entry("فلاديمير فلاديميروفيتش بوتين", PUTIN, "بوتين")])
    assert set(meant(["بوتين", PUTIN, "أليكسي بوتين"], registry).values()) == {
        "فلاديمير فلاديميروفيتش بوتين",
        "أليكسي بوتين",
    }


def test_a_short_form_may_stand_for_a_name_of_the_registry() -> None:
    registry = Registry([entry(PUTIN, "Vladimir Putin")])
    assert meant(["Vladimir Putin", "بوتين"], registry) == {"Vladimir Putin": PUTIN, "بوتين": PUTIN}


HOMONYMS = Registry([entry("محمد علي", note="الملاكم"), entry("محمد علي", note="الوالي")])


def test_a_homonym_is_picked_by_its_note() -> None:
    assert meant(["محمد علي|الملاكم", "محمد علي| الوالي"], HOMONYMS) == {
        "محمد علي|الملاكم": "محمد علي|الملاكم",
        "محمد علي| الوالي": "محمد علي|الوالي",
    }


def test_a_homonym_without_its_note_is_told() -> None:
    (problem,) = resolve(["محمد علي"], HOMONYMS).problems
    assert problem[0] == "محمد علي"
    assert "may be 'محمد علي|الملاكم' or 'محمد علي|الوالي': write <محمد علي|الملاكم>" in problem[1]


def test_a_note_that_the_registry_does_not_have_makes_a_name_of_its_own() -> None:
    assert meant(["محمد علي|الطبيب"], HOMONYMS) == {"محمد علي|الطبيب": "محمد علي|الطبيب"}
    assert key("محمد علي|الطبيب") != key("محمد علي|الوالي") != key("محمد علي")


@given(
    st.lists(
        st.sampled_from(
            ["علي", "محمد علي", "محمد", "علي حسن", "Ali", "محمد علي حسن", "محمّد", "علي|ملاكم", "؟"]
        ),
        max_size=6,
    )
)
def test_every_mark_stands_for_a_name_that_stands_for_itself(typed: list[str]) -> None:
    found = resolve(typed, EMPTY)
    assert [mark for mark, _ in found.marks] == list(dict.fromkeys(typed))
    assert list(found.names) == list(dict.fromkeys(name for _, name in found.marks))
    again = resolve(found.names, EMPTY)
    assert set(again.names) <= set(found.names)


def test_no_marks_no_names() -> None:
    assert resolve([], EMPTY) == Resolved((), (), ())


# --- in a site --------------------------------------------------------------------------------------


@pytest.fixture
def known(site: SiteFolder) -> SiteFolder:
    site.write(
        "content/names.toml",
        '[[names]]\nname = "محمد علي"\nnote = "الملاكم"\nkind = "person"\nrole = "بطل العالم"\n\n'
        '[[names]]\nname = "محمد علي"\nnote = "الوالي"\nkind = "person"\n\n'
        '[[names]]\nname = "فلاديمير بوتين"\naliases = ["بوتن", "Vladimir Putin"]\nkind = "person"\n',
    )
    return site


def test_homonyms_have_pages_of_their_own(known: SiteFolder) -> None:
    known.article("a", "قال <محمد علي|الملاكم> وقال <محمد علي|الوالي> و<Vladimir Putin> و<بوتن>.")
    known.build()
    assert seen.index(known, "/names/")[PUTIN] == 1
    assert len(list(known.site.glob("names/*/index.html"))) == 3
    names = [
        (seen.text(a), a.get("href"))
        for a in seen.every(seen.body(known, "/2019/05/24/a/"), "a", "name")
    ]
    assert [name for name, _ in names] == ["محمد علي", "محمد علي", "Vladimir Putin", "بوتن"]
    assert len({address for _, address in names}) == 3


def test_an_unclear_mark_is_told_with_its_line_and_has_no_wrong_link(known: SiteFolder) -> None:
    known.article("a", "نص\n\nقال <محمد علي>.\n\nو<محمد>")
    problems = [str(p) for p in known.build().notes.problems]
    assert [p.partition(" ")[0] for p in problems if "may be" in p] == ["content/a.md:7:"]


def test_a_new_alias_moves_articles_to_its_page(known: SiteFolder) -> None:
    known.article("a", "قال <القيصر>.")
    known.build()
    assert "القيصر" in seen.index(known, "/names/")
    known.edit("content/names.toml", '"بوتن"', '"بوتن", "القيصر"')
    known.build()
    assert seen.index(known, "/names/") == {PUTIN: 1}
    assert known.files() == known.files_of_a_clean_build()
