"""The commands: one module each, with its flags (``add``) and what it does (``run``).

A command's module imports at its top only what its flags need; the rest is imported when it runs,
so that no command waits for another's libraries.
"""

from importlib import import_module
from types import ModuleType

# In the order of --help, with their modules
COMMANDS = {
    name: name.replace("import", "import_")
    for name in ("build", "serve", "new", "check", "import", "init", "editor", "clean")
}


def modules(name: str) -> list[ModuleType]:
    """Return the module of a command, or all of them for what is none."""
    named = [COMMANDS[name]] if name in COMMANDS else COMMANDS.values()
    return [import_module(f"mujaz.commands.{module}") for module in named]
