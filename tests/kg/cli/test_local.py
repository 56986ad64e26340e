"""``hoso local`` and addresses in ``unit``, ``successors`` and ``predecessors``, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.messages import say
from tests.kg.localities.making import CUA_NAM, GOOD, HANG_BONG, csv_file
from tests.kg.typed import error, hoso, value

ADDRESS = "Tổ 5, Phường Cửa Nam, Quận Hoàn Kiếm"
BAD = ("Tổ 6", "Phường Cữa Nan", "Quận Hoàn Kiếm", "Phường Ba Đình")


@pytest.fixture(autouse=True)
def beside_a_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("HOSO_STORE", f"sqlite:///{tmp_path / 'x.db'}")


def shown(*words: str) -> str:
    """What people read, on one line."""
    return " ".join(hoso(*words).stdout.split())


SOURCE = ("--source", "Công văn 12/UBND-NV", "--date", "05/07/2025")


def test_a_table_is_loaded_listed_shown_asked_and_removed(tmp_path: Path) -> None:
    loaded = value("local", "load", str(csv_file(tmp_path, GOOD)), *SOURCE)
    assert (loaded["name"], loaded["rows"], loaded["localities"], loaded["replaced"]) == ("cua nam", 3, 3, None)
    assert (loaded["old_units"], loaded["new_units"], loaded["date"]) == (1, 3, "2025-07-05")
    assert [one["name"] for one in value("local", "list")] == ["cua nam"]
    shown = value("local", "show", "cua nam")
    assert shown["places"][0].items() >= {"row": 2, "name": "Tổ dân phố số 1", "new_name": "Phường Cửa Nam"}.items()
    answer = value("successors", ADDRESS)
    assert (answer["certainty"], answer["local"]["table"]) == ("certain", "cua nam")
    removed = value("local", "remove", "cua nam")
    assert Path(removed["former"]).is_file()
    assert value("local", "list") == []
    assert value("successors", ADDRESS)["certainty"] == "candidates"


def test_a_store_named_by_option_has_its_own_tables(tmp_path: Path) -> None:
    other = ("--store", f"sqlite:///{tmp_path / 'other.db'}")
    value("local", "load", str(csv_file(tmp_path, GOOD)), *SOURCE, *other)
    assert value("local", "list") == []
    assert value("successors", ADDRESS, *other)["certainty"] == "certain"
    assert value("successors", ADDRESS)["certainty"] == "candidates"


def test_one_bad_row_leaves_the_table_out_and_all_are_told(tmp_path: Path) -> None:
    path = str(csv_file(tmp_path, [*GOOD, BAD, BAD]))
    told = error("local", "load", path, *SOURCE)
    assert (told["code"], [one["row"] for one in told["candidates"]]) == ("bad_input", [5, 6])
    assert "--partial" in told["message"]
    assert value("local", "list") == []
    people = hoso("local", "load", path, *SOURCE)
    assert people.exit_code == 1
    assert "Cữa Nan" in people.stdout
    part = value("local", "load", path, *SOURCE, "--partial")
    assert (part["localities"], [one["row"] for one in part["rejected"]]) == (3, [5, 6])


def test_partial_without_any_good_row_loads_nothing(tmp_path: Path) -> None:
    assert error("local", "load", str(csv_file(tmp_path, [BAD])), *SOURCE, "--partial")["code"] == "bad_input"
    assert value("local", "list") == []


def test_loading_again_replaces_and_says_where_the_former_is(tmp_path: Path) -> None:
    path = str(csv_file(tmp_path, GOOD))
    value("local", "load", path, *SOURCE, "--name", "Bảng A")
    again = value("local", "load", path, *SOURCE, "--name", "Bảng A")
    assert Path(again["replaced"]).is_file()
    assert len(value("local", "list")) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["local", "load", "none.csv"], "not_found"),
        (["local", "show", "x"], "not_found"),
        (["local", "remove", "x"], "not_found"),
        (["local", "list", "--store", "ftp://x"], "bad_input"),
        (["successors", ADDRESS, "--store", "ftp://x"], "bad_input"),
    ],
)
def test_wrong_use_is_one_line(words: list[str], code: str) -> None:
    assert error(*words)["code"] == code


@pytest.mark.parametrize(
    "options",
    [
        ["--date", "31/02/2025"],
        ["--date", "01/07/9998"],
        ["--column", "x=y"],
        ["--name", "..."],
        ["--old", "Phường Quang Trung"],
    ],
)
def test_wrong_options_load_nothing(tmp_path: Path, options: list[str]) -> None:
    assert error("local", "load", str(csv_file(tmp_path, GOOD)), *options)["code"] in ("bad_input", "ambiguous")
    assert value("local", "list") == []


def test_a_command_is_needed() -> None:
    assert hoso("local").exit_code == 2


def test_a_unit_needs_no_store_that_can_be_opened() -> None:
    assert value("successors", "Phường Cửa Nam, Quận Hoàn Kiếm", "--store", "ftp://x")["unit"]["code"] == "00073"


def test_units_that_the_ontology_no_longer_has_are_told(tmp_path: Path) -> None:
    value("local", "load", str(csv_file(tmp_path, GOOD)), *SOURCE)
    (path,) = (tmp_path / "x.db-data" / "localities").glob("*.json")
    path.write_text(path.read_text("utf-8").replace("00004@2025-07-01", "00004@1900-01-01"), "utf-8")
    assert value("local", "list")[0]["unknown_units"] == 1
    assert say("local_unknown_units", name="cua nam", n="1") in " ".join(hoso("local", "list").stdout.split())
    assert value("successors", ADDRESS)["certainty"] == "candidates"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_people_read_what_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("HOSO_LANG", language)
    before = hoso("successors", ADDRESS).stdout
    assert say("local_why_no_table", details="Tổ 5", unit="Phường Cửa Nam") in before
    rows = [*GOOD, ("Tổ 9", *CUA_NAM, "Phường Tây Hồ")]
    loaded = hoso("local", "load", str(csv_file(tmp_path, rows)), *SOURCE)
    assert say("local_clash_conflict", n="1") in loaded.stdout
    decided = hoso("successors", ADDRESS).stdout
    assert say("certainty_by_local_table") in decided
    assert "Công văn 12/UBND-NV" in decided
    assert say("units_local_table") in hoso("successors", ADDRESS.replace("5", "9")).stdout
    assert (
        say("local_why_no_row", details="Tổ 7", unit="Phường Cửa Nam")
        in hoso("successors", ADDRESS.replace("5", "7")).stdout
    )
    assert say("reason_holds_address") in " ".join(hoso("unit", ADDRESS).stdout.split())
    assert hoso("local", "show", "cua nam").exit_code == 0
    assert hoso("local", "list").exit_code == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_people_read_which_table_knows_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", language)
    rows = [("Thôn Đoài", *ward, "Phường Hoàn Kiếm") for ward in (CUA_NAM, HANG_BONG)]
    hoso("local", "load", str(csv_file(tmp_path, [*GOOD, *rows])), *SOURCE)
    row = {"unit": "Phường Hoàn Kiếm", "table": "cua nam", "source": SOURCE[1], "date": "05/07/2025"}
    there = say("local_by", place="Thôn Đoài", old="Phường Cửa Nam", row=5, **row)
    other = say("local_by", place="Thôn Đoài", old="Phường Hàng Bông", row=6, **row)
    assert there in shown("unit", "Thôn Đoài, Phường Cửa Nam, Hoàn Kiếm")
    alone = shown("unit", "Thôn Đoài")
    assert there in alone
    assert other in alone
    assert say("reason_local_table") in alone
    back = shown("predecessors", "Thôn Đoài, Phường Hoàn Kiếm, Hà Nội")
    assert say("local_why_several_old", details="Thôn Đoài") in back
    numbered = shown("predecessors", "Tổ 2, Phường Hoàn Kiếm, Hà Nội")
    assert say("local_doubt", doubt=say("reason_locality_renumbered")) in numbered


def test_a_containing_unit_that_is_none_is_told() -> None:
    assert say("local_unknown_containing", name="Sao Hỏa") in shown("unit", "Mỹ Đình", "--within", "Sao Hỏa")
    told = error("successors", "Mỹ Đình", "--within", "Sao Hỏa")
    assert (told["code"], "'Sao Hỏa'" in told["message"]) == ("not_found", True)
    assert "Thôn Đoài, Sao Hỏa" in shown("unit", "Thôn Đoài", "--within", "Sao Hỏa")


def test_text_of_a_table_does_not_command_the_terminal(tmp_path: Path) -> None:
    rows = [("Tổ 5", *CUA_NAM, "Phường Ba Đình", "\x1b[31m[red]đỏ[/red]")]
    heading = ("Tổ dân phố", "Phường cũ", "Quận cũ", "Phường mới", "Nguồn")
    value("local", "load", str(csv_file(tmp_path, rows, heading=heading)), "--date", "2025")
    shown = hoso("local", "show", "cua nam").stdout + hoso("successors", ADDRESS).stdout
    assert "\x1b" not in shown
    assert "[red]đỏ[/red]" in shown


def test_batches_answer_addresses_and_names_nearby(tmp_path: Path) -> None:
    value("local", "load", str(csv_file(tmp_path, GOOD)), *SOURCE)
    lines = [
        json.dumps({"name": ADDRESS}),
        json.dumps({"name": "Tổ 5"}),
        json.dumps({"name": ADDRESS, "kind": "land"}),
    ]
    answers = [
        json.loads(line) for line in hoso("successors", "--batch", "-", given="\n".join(lines)).stdout.splitlines()
    ]
    assert [one.get("certainty") for one in answers] == ["certain", None, "certain"]
    nearby: list[Any] = ["Phường Khương Thượng; Phường Láng Hạ", ["Phường Khương Thượng"], [], None, [1], {"a": 1}]
    given = "\n".join(json.dumps({"name": "Phường Quang Trung", "nearby": one}) for one in nearby)
    found = [json.loads(line) for line in hoso("unit", "--batch", "-", given=given).stdout.splitlines()]
    for one in found[:2]:
        assert one[0]["parents"][0]["name"] == "Quận Đống Đa"
        assert "nearby" in one[0]["reasons"]
    assert [isinstance(one, list) for one in found] == [True, True, True, True, False, False]
    typed = value("unit", "Phường Quang Trung", "--nearby", "Phường Khương Thượng", "--nearby", "Phường Láng Hạ")
    assert typed[0]["parents"][0]["name"] == "Quận Đống Đa"
