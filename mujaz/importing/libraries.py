"""Libraries that only ``import`` needs: the optional dependencies ``mujaz[import]``."""

from collections.abc import Sequence
from importlib.util import find_spec

from mujaz.errors import Place, SourceError

_CALLED = {"yaml": "PyYAML"}  # what pip calls a module


def needed(names: Sequence[str], place: Place) -> None:
    """Raise SourceError that says how to install the libraries that are missing."""
    missing = [_CALLED.get(name, name) for name in names if find_spec(name) is None]
    if missing:
        raise SourceError(f"reading it needs more: run pip install {' '.join(missing)}", place)
