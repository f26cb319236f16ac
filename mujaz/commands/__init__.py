"""The commands: one module each, with its flags (``add``) and what it does (``run``).

A command's module imports at its top only what its flags need; the rest is imported when it runs,
so that no command waits for another's libraries.
"""

from types import ModuleType

from mujaz.commands import build, check, clean, editor, import_, init, new, serve

# In the order of --help
COMMANDS: tuple[ModuleType, ...] = (build, serve, new, check, import_, init, editor, clean)
