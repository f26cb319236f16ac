"""Equal values, and only they, have equal digests."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.digest import SIZE, digest, quick_digest
from mujaz.model import Card, HomePage, Link, Settings, Steps

TEXTS = st.text(st.characters(exclude_categories=()))
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), TEXTS, st.binary())
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12)
TUPLES = st.lists(VALUES, max_size=4).map(tuple)


def spelled(value: object) -> object:
    """A value with its types: to Python ``True == 1``."""
    if isinstance(value, tuple):
        return tuple(spelled(x) for x in value)
    return type(value).__name__, value


@given(VALUES, VALUES)
def test_digests_are_equal_when_values_are(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (spelled(one) == spelled(other))


@given(TUPLES, TUPLES)
def test_quick_digests_are_equal_when_tuples_are(
    one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert (quick_digest(one) == quick_digest(other)) == (spelled(one) == spelled(other))


@given(VALUES)
def test_equal_values_made_apart_have_equal_digests(value: object) -> None:
    assert digest(value) == digest(again(value))


@given(TUPLES)
def test_equal_tuples_made_apart_have_equal_quick_digests(value: tuple[object, ...]) -> None:
    copied = again(value)
    assert isinstance(copied, tuple)
    assert quick_digest(value) == quick_digest(copied)


def again(value: object) -> object:
    """An equal value that shares no object with it."""
    match value:
        case tuple():
            return tuple([again(x) for x in value])
        case str():
            return "".join(list(value)) if len(value) != 1 else (value + " ")[:1]
        case bytes():
            return bytes(bytearray(value))
        case bool() | None:
            return value
        case int():
            return int(str(value))
    raise AssertionError(value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((("a",), ("b",)), (("a", "b"),)),
        ((("a",), ()), (("a",),)),
        ((), ("",)),
        ((), None),
        (("a", ""), ("a",)),
        ("1", 1),
        (b"a", "a"),
        (True, 1),
        (False, 0),
        (None, "None"),
        (10, (1, 0)),
        ("e\u0301", "é"),
        ("\ud800", "?"),
    ],
)
def test_values_that_look_alike_differ(one: object, other: object) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "value",
    [
        {1},
        frozenset({"a"}),
        1.5,
        ["a"],
        {"a": 1},
        object(),
        Settings,
        ("a", ["b"]),
        (("a",), (["b"],)),
        (1.0,),
    ],
)
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no one spelling"):
        digest(value)


def test_settings_differ_in_every_field() -> None:
    plain = Settings()
    for name, value in plain._asdict().items():
        other: Any = {str: "x", int: 99, bool: not value, tuple: (("a", "b"),)}[type(value)]
        assert digest(plain._replace(**{name: other})) != digest(plain), name
    assert digest(Settings()) == digest(Settings())


def test_dataclasses_of_two_kinds_differ() -> None:
    @dataclass(frozen=True)
    class One:
        a: str

    @dataclass(frozen=True)
    class Other:
        a: str

    assert digest(One("x")) != digest(Other("x"))


def card(headline: str) -> Card:
    rest = ("/x/", headline, "", "2019-05-24", "", "", "", "", "")
    return Card(*rest, digest=quick_digest(rest))


def test_a_card_stands_for_itself_by_its_own_digest() -> None:
    home = HomePage(pinned=(card("أ"),), days=(), steps=Steps(), pictures=())
    assert digest(home) == digest(home._replace(pinned=(card("أ"),)))
    assert digest(home) != digest(home._replace(pinned=(card("ب"),)))


def test_named_tuples_count_by_their_values() -> None:
    assert digest((Link("a", "/b/"), Link("c", "/d/"))) != digest((Link("a", "/b/"),))
    assert quick_digest((Link("a", "/b/"),)) == quick_digest((("a", "/b/"),))


def test_a_named_tuple_in_a_named_tuple_is_no_trouble_to_the_quick_one() -> None:
    class Outer(NamedTuple):
        link: Link
        more: tuple[Link, ...]

    value = Outer(Link("a", "/b/"), (Link("c", "/d/"),))
    assert quick_digest(value) == quick_digest((("a", "/b/"), (("c", "/d/"),)))


def test_a_digest_has_sixteen_bytes() -> None:
    assert len(digest("x")) == len(quick_digest(("x",))) == SIZE == 16
