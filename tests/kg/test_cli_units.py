"""``hoso unit``, ``successors`` and ``predecessors`` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.messages import knows
from ontology.scoring import WEIGHTS
from tests.kg.typed import error, hoso, value

CUA_NAM = "Phường Cửa Nam, Quận Hoàn Kiếm"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")


def test_successors_have_the_fields_of_the_contract() -> None:
    answer = value("successors", CUA_NAM)
    assert (answer["certainty"], answer["weakest"], answer["kind"]) == ("candidates", "succession", "any")
    assert answer["unit"]["name"] == "Phường Cửa Nam"
    assert [parent["name"] for parent in answer["unit"]["parents"]] == ["Quận Hoàn Kiếm", "Thành phố Hà Nội"]
    assert [one["code"] for one in answer["successors"]] == ["00004", "00070", "00082", "00226"]
    first = answer["successors"][0]
    assert (first["extent"], first["act"], first["clause"]) == ("part", "1656/NQ-UBTVQH15", "3")
    assert set(first) >= {"id", "code", "name", "type", "level", "parents", "valid_from", "valid_to"}
    assert set(answer["events"][0]) >= {"date", "act", "clause", "basis", "took", "gave"}
    assert answer["also"] == []


@pytest.mark.parametrize(
    "name",
    ["P. Cửa Nam, Q. Hoàn Kiếm, TP. Hà Nội", "phuong cua nam, quan hoan kiem", "UBND phường Cửa Nam, Hoàn Kiếm"],
)
def test_names_are_taken_as_people_write_them(name: str) -> None:
    assert value("successors", name)["unit"]["code"] == "00073"


def test_on_a_day_before_the_change_the_unit_is_itself() -> None:
    answer = value("successors", CUA_NAM, "--on", "30/06/2025")
    assert (answer["on"], answer["certainty"]) == ("2025-06-30", "certain")
    assert [one["extent"] for one in answer["successors"]] == ["unchanged"]


def test_a_district_is_answered_with_all_its_communes() -> None:
    answer = value("successors", "Quận Đống Đa")
    assert (answer["all"], answer["level_ended"]) == (True, True)
    assert {one["extent"] for one in answer["successors"]} == {"contains", "contains_part"}


def test_predecessors_are_those_of_the_day_before() -> None:
    answer = value("predecessors", "Phường Cửa Nam")
    assert (answer["on"], answer["unit"]["valid_to"]) == ("2025-06-30", None)
    assert len(answer["predecessors"]) == 9


def test_before_the_first_list_an_answer_is_never_certain() -> None:
    """Whatever the tables know: on that day no unit of this name is on record."""
    answer = value("successors", "Phường Hàng Bạc, Quận Hoàn Kiếm", "--at", "1950")
    assert answer["certainty"] == "candidates"
    assert answer["weakest"] == "place"


def test_unit_lists_what_a_name_can_mean() -> None:
    found = value("unit", "Cửa Nam", "--at", "2020-01-01", "--within", "Hà Nội")
    assert {one["code"] for one in found} == {"00073", "00082"}
    assert found[0]["valid_from"] <= "2020-01-01" <= found[0]["valid_to"]
    assert all(found[0]["score"] > other["score"] for other in found[1:])
    assert all("not_in_force_at" in other["reasons"] for other in found[1:])
    assert value("unit", "Phường Zzzzzzzzzz") == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["successors", "Phường Không Có Tên Này"], "not_found"),
        (["successors", "00004@1900-01-01"], "not_found"),
        (["successors", "00004"], "ambiguous"),
        (["successors", "Phường Quang Trung"], "ambiguous"),
        (["unit", "Cửa Nam", "--at", "31/02/2020"], "bad_input"),
        (["successors", CUA_NAM, "--on", "2025"], "bad_input"),
        (["successors", "00082@2025-07-01", "--on", "2020-01-01"], "bad_input"),
        (["predecessors", "00082@2025-07-01", "--on", "31/02/2020"], "bad_input"),
    ],
)
def test_wrong_use_gives_one_line_and_an_error_object(words: list[str], code: str) -> None:
    assert error(*words)["code"] == code


def test_an_ambiguous_name_comes_with_its_candidates() -> None:
    candidates = error("successors", "00004")["candidates"]
    assert {one["code"] for one in candidates} == {"00004"}
    assert len(candidates) > 1


@pytest.mark.parametrize("words", [["successors"], ["unit"], ["successors", CUA_NAM, "--kind", "other"]])
def test_wrong_usage_exits_two(words: list[str]) -> None:
    assert hoso(*words).exit_code == 2


def test_a_batch_answers_line_by_line(tmp_path: Path) -> None:
    lines = [
        '{"name": "Xã Hà Phong", "within": "Huyện Hà Trung, Tỉnh Thanh Hóa", "at": "2018-06-30", "on": "2025-07-01"}',
        '{"id": "00073@1900-01-01"}',
        '{"nam": "x"}',
        "{}",
        '{"name": "Phường Hàng Bạc, Quận Hoàn Kiếm", "kind": "none"}',
        '{"name": 7}',
        "no JSON",
        '{"name": "Phường Hàng Bạc, Quận Hoàn Kiếm", "kind": "civil"}',
    ]
    batch = tmp_path / "asked.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8")
    for words, given in ((["--batch", str(batch)], None), (["--batch", "-"], "\n".join(lines))):
        result = hoso("successors", *words, given=given)
        assert result.exit_code == 0, result.output
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert len(answers) == len(lines)
        codes = [answer.get("error", {}).get("code") for answer in answers]
        assert codes == [None, "not_found", "bad_input", "bad_input", "bad_input", "bad_input", "bad_input", None]
        assert answers[0]["on"] == "2025-07-01"
        assert answers[-1]["kind"] == "civil"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_people_read_extent_act_and_certainty(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", language)
    monkeypatch.setenv("COLUMNS", "160")
    shown = hoso("successors", CUA_NAM).stdout
    assert "1656/NQ-UBTVQH15" in shown
    assert ("Chưa xác định: còn 4 khả năng" if language == "vi" else "undecided: 4 possibilities") in shown
    assert hoso("unit", "Cửa Nam").exit_code == 0
    assert hoso("predecessors", "Phường Cửa Nam").exit_code == 0
    ambiguous = hoso("successors", "Phường Quang Trung")
    assert ambiguous.exit_code == 1
    assert "Quận Đống Đa" in ambiguous.stdout


def test_every_reason_has_its_words() -> None:
    assert [reason for reason in WEIGHTS if reason != "not_nearby" and not knows(f"reason_{reason}")] == []
