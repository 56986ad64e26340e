"""The texts beside the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import HosoError, Unavailable
from kg.store import texts as module
from kg.store.texts import Text, Texts


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[Texts]:
    opened = Texts(tmp_path / "x.db-data")
    yield opened
    opened.close()


def test_texts_come_back_with_their_pages(texts: Texts) -> None:
    text = Text("Ủy ban nhân dân\fTrang hai", (0, 16))
    texts.put([("r1", text), ("r2", Text(""))])
    assert texts.get("r1") == text
    assert texts.get("none") is None
    assert dict(texts.get_many(["r2", "none"])) == {"r2": Text("")}
    assert texts.ids() == {"r1", "r2"}


def test_a_text_is_replaced_and_removed(texts: Texts) -> None:
    texts.put([("r1", Text("one")), ("r2", Text("two"))])
    texts.put([("r1", Text("new"))])
    texts.remove(["r2", "none"])
    assert texts.get("r1") == Text("new")
    assert texts.ids() == {"r1"}


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (9, 1), (10, 2), (24, 2), (25, 3), (999, 3)])
def test_page_of_an_offset(offset: int, page: int) -> None:
    assert Text("", (0, 10, 25)).page_of(offset) == page


def test_a_removed_text_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    import random
    import zlib

    body = "".join(random.Random(3).choices("abcdefghijklmnop", k=3000))
    texts = Texts(tmp_path)
    texts.put([("r1", Text(body))])
    texts.remove(["r1"])
    texts.close()  # the last connection folds the write-ahead log in and removes it
    trace = zlib.compress(body.encode())[200:260]
    assert all(trace not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_locked_file_gives_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    texts = Texts(tmp_path)
    other = sqlite3.connect(tmp_path / "texts.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as locked:
        texts.put([("r1", Text("x"))])
    assert "\n" not in locked.value.message
    other.close()
    assert texts.ids() == set()
    texts.put([("r1", Text("x"))])
    assert texts.ids() == {"r1"}


def test_a_file_that_is_no_database_is_said_to_be_unreadable(tmp_path: Path) -> None:
    (tmp_path / "texts.db").write_bytes(b"Ha Noi" * 1000)
    with pytest.raises(HosoError) as refused:
        Texts(tmp_path)
    assert refused.value.code == "unreadable"
