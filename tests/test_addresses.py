"""Addresses in pages and on disks: the quick ways end where the plain ones do."""

from unicodedata import normalize
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from mujaz.addresses import claims, file_of, site_address

KEPT = "/-._~!$&'()*+,;=:@"  # RFC 3986: pchar and "/"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="#\0"))


@given(TEXT)
def test_addresses_are_encoded_as_quote_encodes_them(path: str) -> None:
    assert site_address(f"/{path}", "/موجز") == quote(f"/موجز/{path}", safe=KEPT)


@given(st.lists(TEXT))
def test_claims_of_many_are_those_of_each(paths: list[str]) -> None:
    urls = [f"/{path}" for path in paths]
    assert claims(urls) == [normalize("NFC", file_of(url)).casefold() for url in urls]
