"""Addresses as they stand in pages: percent-encoded exactly once, under the base path."""

import re
from collections.abc import Sequence
from functools import lru_cache
from posixpath import dirname, join, normpath
from unicodedata import normalize
from urllib.parse import quote, unquote

_KEPT = "/-._~!$&'()*+,;=:@"  # RFC 3986: what a path may hold as it is
_EXTERNAL = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=1 << 17)
def site_address(address: str, base: str) -> str:
    """Return an address of the site ("/2019/…", "…#part") with its base path, percent-encoded."""
    path, sign, fragment = address.partition("#")
    encoded = quote(base + path, safe=_KEPT)
    return encoded + sign + quote(fragment, safe=_KEPT + "?") if sign else encoded


def external_address(address: str) -> str:
    """Return a link to elsewhere, what isn't ASCII encoded; "" if its scheme isn't allowed.

    Allowed: http, https, mailto, tel; "//host" is taken as https. Controls and blanks, with which
    browsers let a scheme be hidden (WHATWG URL), are dropped first.
    """
    bare = _DROPPED.sub("", address)
    if bare.startswith("//"):
        bare = f"https:{bare}"
    if not _EXTERNAL.match(bare):
        return ""
    return quote(bare, safe=_KEPT + "?#%[]")


def encoded(address: str, base: str) -> str:
    """Return any address from a layout or a link: the site's own, an anchor, or one elsewhere."""
    if address.startswith("#"):
        return "#" + quote(address[1:], safe=_KEPT + "?%")
    if address.startswith("/") and not address.startswith("//"):
        return site_address(address, base)
    return external_address(address)


def beside(path: str, target: str) -> str:
    """Return the path that a relative link of a file means: NFC, decoded, without fragment."""
    plain = unquote(target.partition("#")[0].partition("?")[0])
    return normalize("NFC", normpath(join(dirname(path), plain)))


def file_of(url: str) -> str:
    """Return the file of an address, relative to the output folder."""
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]


def url_of(file: str) -> str:
    """Return the address of a file of the output folder: that of its folder for index.html."""
    return f"/{file.removesuffix('index.html') if f'/{file}'.endswith('/index.html') else file}"


def claim(url: str) -> str:
    """Return what two addresses have in common if some file system or reader takes them for one."""
    return claims([url])[0]


def claims(urls: Sequence[str]) -> list[str]:
    """Return ``claim`` of each of some addresses; all at once, which is quicker than one by one."""
    return claims_of_files(list(map(file_of, urls)))


def claims_of_files(paths: Sequence[str]) -> list[str]:
    """Return ``claim`` of each of some files."""
    # no path holds U+0000, nothing composes with it, and it has no case
    return normalize("NFC", "\0".join(paths)).casefold().split("\0") if paths else []
