"""New files under content/, whole or not at all."""

import os
from pathlib import Path

from mujaz.errors import OutputError, Place


def create(project: Path, path: str, data: bytes) -> None:
    """Write a new file under content/, whole or not at all.

    Raises OutputError if there is one already or the folder leads out of the project.
    """
    target = project / path
    folder = target.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to((project / "content").resolve()):
            raise OutputError("expected a folder of content/, found a symbolic link", Place(path))
        temporary = folder / f".{os.getpid()}.{target.name[-40:]}"
        try:
            temporary.write_bytes(data)
            os.link(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError:
        raise OutputError("is there already, and isn't overwritten", Place(path)) from None
    except OSError as error:
        raise OutputError(f"can't be written: {error.strerror}", Place(path)) from None
