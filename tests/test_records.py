"""Records of files are what a dict of them would be."""

from hypothesis import given
from hypothesis import strategies as st

from mujaz.addresses import claims_of_files
from mujaz.records import FileRecord, Records

BYTES = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)  # of names that aren't UTF-8
PATHS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | BYTES, max_size=3
)
ROWS = st.dictionaries(PATHS, st.tuples(st.integers(0, 9), st.integers(), st.binary(max_size=4)))


@given(st.lists(st.tuples(st.lists(PATHS), ROWS), max_size=5), PATHS)
def test_records_after_changes(
    changes: list[tuple[list[str], dict[str, FileRecord]]], other: str
) -> None:
    plain: dict[str, FileRecord] = {}
    records = Records()
    for gone, made in changes:
        before, was = records, dict(plain)
        for path in gone:
            plain.pop(path, None)
        plain |= made
        records = Records(before.changed(gone, made).plain)
        assert dict(before.rows()) == was
    assert dict(records.rows()) == plain
    assert sorted(records) == sorted(plain)
    assert (len(records), records.size) == (len(plain), sum(row[0] for row in plain.values()))
    assert (records.get(other), other in records) == (plain.get(other), other in plain)


NAMES = st.sampled_from(["a", "A", "b", "\u00e9", "e\u0301", "index.html"])
DEEP_PATHS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)


@given(st.lists(DEEP_PATHS, unique=True), st.lists(DEEP_PATHS, max_size=3))
def test_what_may_be_in_the_way_of_new_files_is_near(old: list[str], new: list[str]) -> None:
    """The same file in other letters, one where a folder must be, all in a folder where a file must be."""
    fresh = claims_of_files(new)
    records = Records().changed((), dict.fromkeys(old, (1, 2, b"")))
    near = {path for part in records.near(fresh) for path in part}
    for path, key in zip(old, claims_of_files(old), strict=True):
        if any(key == k or key.startswith(f"{k}/") or k.startswith(f"{key}/") for k in fresh):
            assert path in near


def test_most_parts_arent_near_a_page() -> None:
    """So that a new article is compared with few of a big site's files."""
    days = [f"2020/{month:02}/{day:02}" for month in range(1, 13) for day in range(1, 29)]
    records = Records().changed((), dict.fromkeys([f"{d}/a/index.html" for d in days], (1, 2, b"")))
    near = [path for part in records.near(["2020/05/24/b/index.html"]) for path in part]
    assert "2020/05/24/a/index.html" in near
    assert len(near) < len(days) / 20
