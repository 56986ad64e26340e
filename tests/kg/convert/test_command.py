"""``hoso convert`` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kg.cli.app import build
from kg.convert import losses
from kg.messages import knows

_SHEET = 'Mã,Địa chỉ\n1,"Phường Khâm Thiên, Đống Đa, Hà Nội"\n2,"Phường Cửa Nam, Hoàn Kiếm, Hà Nội"\n3,\n4,abc\n'


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    monkeypatch.chdir(tmp_path)


def hoso(*words: str) -> Result:
    return CliRunner().invoke(build("convert"), ["convert", *words])


def value(*words: str) -> Any:
    result = hoso(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_answer_has_the_fields_of_the_contract() -> None:
    Path("in.csv").write_text(_SHEET, encoding="utf-8")
    answer = value("in.csv", "out.csv", "--on", "2025-07-01")
    counts = {name: answer[name] for name in ("rows", "certain", "by_population", "candidates", "unknown", "blank")}
    assert counts == {"rows": 4, "certain": 1, "by_population": 0, "candidates": 1, "unknown": 1, "blank": 1}
    assert answer["out"] == "out.csv"
    assert answer["columns"] == ["Địa chỉ"]
    assert answer["sheets"] == []
    assert answer["ambiguous"] == 5
    assert Path(answer["ambiguous_at"]).is_file()
    assert answer["seconds"] >= 0


def test_people_are_told_what_was_done_and_where_the_possibilities_stand() -> None:
    Path("in.csv").write_text(_SHEET, encoding="utf-8")
    result = hoso("in.csv", "out.csv", "--column", "b")
    assert result.exit_code == 0
    assert "Rows converted (Địa chỉ): 4; 1 certain, 0 by population, 1 undecided, 1 unknown, 1 blank" in result.stdout
    assert "out.undecided.csv" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("missing.csv", "out.csv"), "missing.csv"),
        (("in.csv", "in.csv", "--force"), "original"),
        (("in.csv", "out.xlsx"), ".csv"),
        (("in.csv", "no/such/out.csv"), "out.csv"),
        (("in.csv", "out.csv", "--column", "Nơi ở"), "Mã; Địa chỉ"),
        (("in.csv", "out.csv", "--at", "31/02/2020"), "31/02/2020"),
        (("in.csv", "out.csv", "--on", "2025"), "2025"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_nothing(words: tuple[str, ...], told: str) -> None:
    Path("in.csv").write_text(_SHEET, encoding="utf-8")
    result = hoso(*words, "--json")
    assert result.exit_code == 1
    assert told in json.loads(result.stdout)["error"]["message"]
    assert len(result.stderr.strip().splitlines()) == 1
    assert {path.name for path in Path().iterdir()} == {"in.csv"}


def test_every_code_has_its_words() -> None:
    decides = ("locality", "commune", "reading", "spelling", "day", "act", "table")
    assert all(knows(f"convert_decides_{code}") for code in decides)
    rows = losses.table()
    assert all(knows(f"convert_loss_{row['key']}") for row in rows)
    assert len(rows) > 1


def test_days_that_cannot_be_read_are_noted_and_counted() -> None:
    rows = ["Địa chỉ,Ngày", '"Phường Cửa Nam, Hà Nội",hôm qua', '"Khâm Thiên, Đống Đa, Hà Nội",31/02/1994']
    Path("in.csv").write_text("\n".join([*rows, '"Khâm Thiên, Đống Đa, Hà Nội",1/2/1994']), encoding="utf-8")
    answer = value("in.csv", "out.csv", "--date-column", "Ngày", "--at", "2025-09-01")
    assert (answer["unread_dates"], answer["candidates"]) == (2, 1)
    text = Path("out.csv").read_text(encoding="utf-8-sig")
    assert "'hôm qua'" in text
    assert text.count("cannot be read") == 2
    assert "cannot be read: 2 " in hoso("in.csv", "out2.csv", "--date-column", "Ngày").stderr


def test_folders_are_told_as_such() -> None:
    Path("in.csv").write_text(_SHEET, encoding="utf-8")
    Path("out.csv").mkdir()
    assert "is a folder" in hoso("in.csv", "out.csv", "--force").stderr
    assert "is a folder" in hoso("out.csv", "x.csv").stderr
    assert "there is no folder" in hoso("in.csv", "no/out.csv").stderr
