"""Groups -> those that must be planned page by page, and those that are as the last build left them."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from mujaz.addresses import file_of
from mujaz.model import Bundle, Group
from mujaz.pages.groups import expanded
from mujaz.trace import BundleRecord, GroupRecord, State, pages_of


class Plan(NamedTuple):
    """All groups before rendering."""

    kept: dict[str, GroupRecord]  # as recorded
    todo: list[Group]
    names: list[str]  # of all, in order
    bundles: dict[str, BundleRecord]


def plan(
    planned: Iterable[Group | Bundle],
    last: State,
    stale: AbstractSet[str],
    altered: Mapping[str, object],
    leave: str,
    *,
    common: bool,
) -> Plan:
    """Part groups by what the last build recorded; a bundle as recorded isn't even looked into.

    ``stale`` are layouts that have changed, ``altered`` files that aren't as they were left,
    ``leave`` begins the names of groups that keep their record under its old digest, so that the
    next build makes them. With ``common`` changed, all must be made.
    """
    hurt = _hurt(last, altered)
    found = Plan({}, [], [], {})
    for one in planned:
        if isinstance(one, Bundle) and not (common or stale or hurt) and _keep(one, last, found):
            continue
        groups = list(expanded([one]))
        names = tuple([group.name for group in groups])
        left = frozenset([name for name in names if leave and name.startswith(leave)])
        found.names.extend(names)
        if isinstance(one, Bundle):
            found.bundles[one.name] = b"" if left else one.digest, names
        for group in groups:
            recorded = last.groups.get(group.name)
            if recorded and (
                group.name in left
                or (
                    recorded[0] == group.digest
                    and not common
                    and group.name not in hurt
                    and _fresh(recorded, stale)
                )
            ):
                found.kept[group.name] = recorded
            else:
                found.todo.append(group)
    return found


def _keep(bundle: Bundle, last: State, found: Plan) -> bool:
    """Keep all groups of a bundle if it is as recorded."""
    recorded = last.bundles.get(bundle.name)
    if not recorded or recorded[0] != bundle.digest:
        return False
    found.bundles[bundle.name] = recorded
    found.names.extend(recorded[1])
    found.kept.update([(name, last.groups[name]) for name in recorded[1]])
    return True


def _hurt(last: State, altered: Mapping[str, object]) -> AbstractSet[str]:
    """The groups with pages that aren't as they were left."""
    return {
        name
        for name, recorded in (last.groups.items() if altered else ())
        if any(file_of(url) in altered for url in pages_of(recorded))
    }


def _fresh(recorded: GroupRecord, stale: AbstractSet[str]) -> bool:
    """Whether no page of a group has a stale layout."""
    return not stale or not any(layout in stale for layout, _ in pages_of(recorded).values())
