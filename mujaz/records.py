"""What is recorded of the site's files. There are tens of thousands, and a build touches a few."""

import marshal
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from zlib import crc32

PARTS = 256
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

    def rows(self) -> Iterator[tuple[str, FileRecord]]:
        """Yield all files with their records."""
        for part in self.parts():
            yield from part.items()

    def changed(self, gone: Iterable[str], made: Mapping[str, FileRecord]) -> "Records":
        """Return the records without some files, and with others."""
        changes: dict[int, dict[str, FileRecord | None]] = {}
        for path, record in chain(dict.fromkeys(gone).items(), made.items()):
            changes.setdefault(_number(path), {})[path] = record
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
    return crc32(path.encode("utf-8", "surrogateescape")) % PARTS


def _bytes(part: Mapping[str, FileRecord]) -> int:
    return sum([record[0] for record in part.values()])
