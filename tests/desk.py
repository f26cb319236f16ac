"""Articles for the desk's tests, without a project around them."""

from mujaz.desk.checking import look
from mujaz.desk.finding import Finding
from mujaz.desk.fixing import mend
from mujaz.desk.manuscript import Manuscript
from mujaz.model import Settings
from mujaz.names import Registry, Rules
from mujaz.settings import NameEntry

RULES = Rules(Settings(), Registry(()))
PATH = "content/2019/05/24/a.md"


def article(body: str, **fields: str) -> str:
    """An article's file; headline, date and source have values of their own if not given."""
    front = {"headline": "خبر من التجربة", "date": "24/05/2019", "source": "وكالة", **fields}
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{lines}---\n{body}\n"


def written(body: str, **fields: str) -> Manuscript:
    """The article, as the rules see it."""
    return Manuscript(PATH, article(body, **fields).encode(), RULES)


def found(body: str, rule: str = "", **fields: str) -> list[Finding]:
    """What the text rules find in an article, or one of them."""
    return [f for f in look(written(body, **fields)) if rule in {"", f.rule}]


def mended(body: str) -> str:
    """A body after --fix."""
    return (
        mend(PATH, article(body).encode(), RULES)
        .decode()
        .partition("---\n")[2]
        .partition("---\n")[2][:-1]
    )


def with_names(*entries: NameEntry) -> Rules:
    """Rules of a site with names.toml."""
    return Rules(Settings(), Registry(entries))
