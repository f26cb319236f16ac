"""Records of files are what a dict of them would be."""

from hypothesis import given
from hypothesis import strategies as st

from mujaz.records import FileRecord, Records

BYTES = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)  # of names that aren't UTF-8
PATHS = st.text(st.characters(exclude_categories=["Cs"]) | BYTES, max_size=3)
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
