"""Every message that the readers speak is in the catalogue, in both languages, on one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.messages import knows, say
from kg.readers.reading import read_file  # noqa: F401  (the package imports whole)

ROOT = Path(kg.__file__).parent
SOURCES = [*sorted((ROOT / "readers").rglob("*.py")), ROOT / "sheets.py"]
PLAIN = re.compile(r"say\(\s*\"([a-z_]+)\"")
REASON = re.compile(r"_problem\(\w+, \"([a-z_]+)\"|BadValue\(\"([a-z_]+)\"")


def keys() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        found.update(PLAIN.findall(text))
        found.update(f"row_{first or second}" for first, second in REASON.findall(text))
    return found


def test_the_search_for_messages_finds_them() -> None:
    assert {"unreadable_empty", "row_two_rows", "row_bad_date", "path_leaves_batch"} <= keys()


@pytest.mark.parametrize("key", sorted(keys()))
def test_each_message_is_known(key: str) -> None:
    assert knows(key)


def test_messages_are_vietnamese_where_that_is_asked() -> None:
    assert say("unreadable_empty", lang="vi", name="a.txt") == "a.txt: tệp rỗng, không có nội dung."
