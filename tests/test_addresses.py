"""Addresses claimed are the same all at once as one by one."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from mujaz.addresses import claims, file_of

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="#\0"))


@given(st.lists(TEXT))
def test_claims_of_many_are_those_of_each(paths: list[str]) -> None:
    urls = [f"/{path}" for path in paths]
    assert claims(urls) == [normalize("NFC", file_of(url)).casefold() for url in urls]
