"""The commands: one module each, with its flags (``add``) and what it does (``run``).

A command's module imports at its top only what its flags need; the rest is imported when it runs,
so that no command waits for another's libraries.
"""

from importlib import import_module
from keyword import iskeyword
from types import ModuleType

COMMANDS = (
    "build",
    "serve",
    "new",
    "check",
    "import",
    "init",
    "editor",
    "clean",
)  # as --help has them


def modules(name: str) -> list[ModuleType]:
    """Return the module of a command, or all of them for what is none."""
    named = [name] if name in COMMANDS else COMMANDS
    return [import_module(f"mujaz.commands.{x}{'_' if iskeyword(x) else ''}") for x in named]
