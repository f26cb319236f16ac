"""What is recorded of the site's files. There are tens of thousands, and a build touches a few."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from zlib import crc32

from mujaz.addresses import claims_of_files

PARTS = 256
DEEP = 3  # names of a path that choose its part: files that may be in each other's way lie together
FileRecord = tuple[int, int, bytes]  # size, mtime in ns, check of the bytes
Plain = tuple[int, int, dict[int, bytes]]  # files, their bytes, parts


class Records:
    """The records of files by their paths; a part of them stays packed till one of it is asked for.

    Never changed: ``changed`` returns others.
    """

    def __init__(self, plain: Plain = (0, 0, {})) -> None:
        self.plain = plain
        self._opened: dict[int, dict[str, FileRecord]] = {}

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return self.plain[1]

    def __len__(self) -> int:
        return self.plain[0]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.parts())

    def parts(self) -> Iterator[Mapping[str, FileRecord]]:
        """Yield the parts, one after the other: all at once take ten times the memory."""
        return map(marshal.loads, self.plain[2].values())

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and path in self._part(_number(path))

    def get(self, path: str) -> FileRecord | None:
        """Return the record of a file."""
        return self._part(_number(path)).get(path)

    def near(self, keys: Sequence[str]) -> Iterator[Mapping[str, FileRecord]]:
        """Yield parts that hold all files which some new ones may be, lie in or hold.

        ``keys`` are what new files claim; see ``addresses.claims_of_files``.
        """
        names = [key.split("/")[:DEEP] for key in keys]
        if any(len(row) < DEEP for row in names):  # a folder of this name may hold any part's files
            return self.parts()
        folders = {"/".join(row[:deep]) for row in names for deep in range(1, DEEP + 1)}
        return map(self._part, set(_numbers(folders)))

    def rows(self) -> Iterator[tuple[str, FileRecord]]:
        """Yield all files with their records."""
        for part in self.parts():
            yield from part.items()

    def changed(self, gone: Iterable[str], made: Mapping[str, FileRecord]) -> "Records":
        """Return the records without some files, and with others."""
        rows: dict[str, FileRecord | None] = {**dict.fromkeys(gone), **made}
        changes: dict[int, dict[str, FileRecord | None]] = {}
        numbers = _numbers(claims_of_files(list(rows)))
        for number, (path, record) in zip(numbers, rows.items(), strict=True):
            changes.setdefault(number, {})[path] = record
        count, size, packed = self.plain
        parts: dict[int, bytes] = {}
        for number, change in changes.items():
            old = self._part(number)
            new = {path: record for path, record in {**old, **change}.items() if record}
            if new != old:
                count += len(new) - len(old)
                size += _bytes(new) - _bytes(old)
                parts[number] = marshal.dumps(new)
        return Records((count, size, packed | parts))

    def _part(self, number: int) -> dict[str, FileRecord]:
        if number not in self._opened:
            packed = self.plain[2].get(number)
            self._opened[number] = marshal.loads(packed) if packed else {}
        return self._opened[number]


def _number(path: str) -> int:
    return _numbers(claims_of_files([path]))[0]


def _numbers(keys: Iterable[str]) -> list[int]:
    """The numbers of the parts for what some files claim, by their first names."""
    first = ["/".join(key.split("/", DEEP)[:DEEP]) for key in keys]
    return [crc32(name.encode("utf-8", "surrogateescape")) % PARTS for name in first]


def _bytes(part: Mapping[str, FileRecord]) -> int:
    return sum([record[0] for record in part.values()])
