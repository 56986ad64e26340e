"""Local tables kept beside the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import HosoError, NotFound
from kg.localities import load_localities
from kg.localities.store import Table, checked_name, folder, get, keep, remove, tables
from ontology.localities import HouseNumbers, Locality

ROW = Locality(
    "house_range", "Phố \ud800 <b>", HouseNumbers(1, None, "odd"), "1@2000", "2@2025-07-01", "", None, "a", 3
)


def table(name: str = "a", *rows: Locality) -> Table:
    return Table(name, "a.csv", "Công văn 1", "2025-07", "2025-08-01T08:00:00", rows, (3,))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'x.db'}"


def test_without_a_table_there_is_nothing_and_nothing_is_made(url: str, tmp_path: Path) -> None:
    assert not load_localities(url)
    assert tables(url) == []
    assert list(tmp_path.iterdir()) == []


def test_a_table_comes_back_as_it_was(url: str, tmp_path: Path) -> None:
    plain = Locality("group", "Tổ 5", None, "1@2000", "2@2025-07-01", "s", "2025-07-01", "a", 2)
    assert keep(table("a", plain), url) is None
    assert tables(url) == [table("a", plain)]
    assert [row.name for row in load_localities(url).decide(["tổ 5"], _unit())] == ["Tổ 5"]
    held = json.loads((tmp_path / "x.db-data" / "localities" / "a.json").read_text("utf-8"))
    assert held["rows"] == [[2, "group", "Tổ 5", None, None, None, "1@2000", "2@2025-07-01", "s", "2025-07-01"]]
    assert not (tmp_path / "x.db").exists()


def test_characters_of_no_text_do_not_break_the_file(url: str) -> None:
    keep(table("a", ROW), url)
    (held,) = tables(url)[0].rows
    assert held.numbers == ROW.numbers
    assert "<b>" in held.name


def test_a_table_of_the_same_name_replaces_it_and_the_former_stays(url: str) -> None:
    keep(table("a"), url)
    former = keep(table("a", ROW), url)
    again = keep(table("a"), url)
    assert former is not None
    assert again is not None
    assert former != again
    assert json.loads(former.read_text("utf-8"))["rows"] == []
    assert len(tables(url)) == 1


def test_what_was_loaded_since_is_seen(url: str) -> None:
    keep(table("a"), url)
    assert not load_localities(url)
    keep(table("b", ROW), url)
    assert load_localities(url)


def test_names_that_share_a_file_are_refused(url: str) -> None:
    keep(table("Cửa Nam"), url)
    with pytest.raises(HosoError):
        keep(table("Của Năm"), url)
    assert [one.name for one in tables(url)] == ["Cửa Nam"]


def test_names_stay_in_the_folder(url: str) -> None:
    keep(table("../../ngoài"), url)
    assert [path.name for path in folder(url).iterdir()] == ["ngoai.json"]
    assert checked_name("  a   b ") == "a b"
    for bad in ("", "...", "x" * 81):
        with pytest.raises(HosoError):
            checked_name(bad)


def test_removing_keeps_a_copy(url: str) -> None:
    keep(table("a", ROW), url)
    with pytest.raises(NotFound, match="a"):
        remove("b", url)
    former = remove("a", url)
    assert former.is_file()
    assert tables(url) == []
    with pytest.raises(NotFound):
        get("a", url)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"format": 1, "columns": []}', "\ufffe"])
def test_a_file_that_is_none_of_ours_is_one_clear_line(url: str, text: str) -> None:
    keep(table("a"), url)
    path = folder(url) / "a.json"
    path.write_text(text, "utf-8")
    for ask in (lambda: load_localities(url), lambda: tables(url)):
        with pytest.raises(HosoError, match=r"a\.json") as caught:
            ask()
        assert caught.value.code == "unreadable"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "x.db-data").write_text("a file")
    with pytest.raises(HosoError):
        keep(table("a"), f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(HosoError):
        folder("ftp://x")


def _unit():  # type: ignore[no-untyped-def]
    from tests.ontology.small import unit

    return unit("1", "Phường X", start="2000")
