"""assets/ -> files with hashed names, and assets/root/ as it is."""

import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from posixpath import splitext
from typing import Any, NamedTuple
from unicodedata import normalize

from markupsafe import Markup

from mujaz.addresses import beside, site_address
from mujaz.errors import AssetError, MujazError, Place
from mujaz.files import read_file, scan

_URL = re.compile(r"""url\(\s*+(["']?)([^"')]++)\1\s*\)""")


class Asset(NamedTuple):
    """One file of assets/."""

    path: str  # under assets/
    address: str  # decoded
    data: bytes  # as published


class Assets(NamedTuple):
    """All files of assets/, by path under it; those of the site's root by address."""

    named: dict[str, Asset]
    root: dict[str, Asset]

    def address(self, name: str) -> str:
        """Return an asset's address. Raises AssetError for a name that isn't there."""
        return self._get(name).address

    def inline(self, name: str) -> Markup:
        """Return an asset's text as markup. Raises AssetError for a name that isn't there."""
        return Markup(self._get(name).data.decode())  # noqa: S704 - the site's own file

    def _get(self, name: str) -> Asset:
        if name not in self.named:
            raise AssetError(
                f"no such asset: expected a file of assets/, found none at assets/{name}",
                Place(f"assets/{name}"),
            )
        return self.named[name]

    def globals(self) -> dict[str, Any]:
        """What layouts may call."""
        return {"asset": self.address, "inline": self.inline}


def read_assets(folders: tuple[Path, ...], base: str, errors: list[MujazError]) -> Assets:
    """Return the assets of the project's folder over the shipped ones, name by name.

    Style sheets come last, since the addresses in them are those of hashed files. What can't be read,
    and a ``url()`` that names no asset, go to ``errors``.
    """
    data: dict[str, bytes] = {}
    for folder in reversed(folders):
        data |= _read(folder, errors)
    named: dict[str, Asset] = {}
    root = {}
    for path in sorted(data, key=lambda p: (p.endswith(".css"), p)):
        if path.startswith("root/"):
            root["/" + path.removeprefix("root/")] = Asset(
                path, "/" + path.removeprefix("root/"), data[path]
            )
            continue
        text = (
            _rewritten(path, data[path], named, base, errors)
            if path.endswith(".css")
            else data[path]
        )
        stem, ending = splitext(path)
        mark = blake2b(text, digest_size=5).hexdigest()
        named[path] = Asset(path, f"/assets/{stem}.{mark}{ending}", text)
    return Assets(named, root)


def _read(folder: Path, errors: list[MujazError]) -> dict[str, bytes]:
    """The files of a folder by path in NFC, whatever the disk has."""
    found: dict[str, bytes] = {}
    for path in scan(folder, [""] if folder.is_dir() else []).files:
        name = normalize("NFC", path.lstrip("/"))
        if name in found:
            message = "expected one file of this name, found two that differ in Unicode form only"
            errors.append(AssetError(message, Place(f"assets/{name}")))
        try:
            found[name] = read_file(folder, path.lstrip("/"))
        except MujazError as error:
            errors.append(error)
    return found


def _rewritten(
    path: str, data: bytes, named: Mapping[str, Asset], base: str, errors: list[MujazError]
) -> bytes:
    """A style sheet with the addresses of hashed files."""

    def address(found: re.Match[str]) -> str:
        target = found[2].strip()
        if re.match(r"data:|#|https?:|/", target):
            return found[0]
        asset = named.get(beside(path, target))
        if asset is None:
            line = text.count("\n", 0, found.start()) + 1
            errors.append(
                AssetError(f"url({target}) names no file of assets/", Place(f"assets/{path}", line))
            )
            return found[0]
        return f'url("{site_address(asset.address, base)}")'

    text = data.decode("utf-8-sig")
    return _URL.sub(address, text).encode()
