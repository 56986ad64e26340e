"""``hoso agency``: which agency a name means, its days, and who an ended one is today; what ``hoso show`` says of a
paper's date."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

import ontology.agencies
from kg.cli.app import build
from kg.errors import HosoError, NotFound
from kg.linking.identity import agency_node
from kg.messages import say
from kg.model import Edge, Record, RecordGraph
from kg.questions.agency import agency, agency_brief, meant
from kg.questions.show import show
from kg.workspace import open_workspace
from ontology.agencies.exceptions import Effect
from ontology.errors import BadDate
from tests.kg.questions.conftest import CUA_NAM, HOAN_KIEM, unit

BOUND = {
    "date",
    "date_partial",
    "day",
    "exact",
    "not_before",
    "latest",
    "rule",
    "source",
    "note",
    "sure",
    "act",
    "article",
    "law_sure",
}
LINK = {"id", "name", "unit", "extent", "act", "clause", "after_absence"}


def test_an_agency_has_its_unit_its_days_and_what_stands_around_it() -> None:
    (found, *_) = agency("UBND phường Cửa Nam", at="2026", within="Hà Nội")
    assert found["id"] == "ubnd:00082@2025-07-01"
    assert found["unit"]["id"] == "00082@2025-07-01"
    assert set(found["opened"]) == BOUND
    assert (found["closed"], found["today"], found["successors"]) == (None, None, [])
    assert len(found["predecessors"]) == 9
    assert all(set(link) == LINK for link in found["predecessors"])
    assert {"name": "UBND phường Cửa Nam", "style": "short"} in found["names"]
    assert json.dumps(found, ensure_ascii=False)


def test_one_name_in_2024_and_2026_is_two_agencies() -> None:
    of_2024, of_2026 = (agency("UBND phường Cửa Nam", at=year, within="Hà Nội")[0] for year in ("2024", "2026"))
    assert of_2024["id"] != of_2026["id"]
    assert of_2026["id"] in {link["id"] for link in of_2024["successors"]}


def test_who_a_district_committee_is_today_has_three_answers() -> None:
    found = agency("UBND quận Đống Đa")[0]
    assert found["closed"]["day"] == "2025-06-30"
    assert (found["closed"]["act"], found["closed"]["sure"]) == ("Luật 72/2025/QH15", "sure")
    assert found["successors"] == []
    territory, tasks, records = (found["today"][key] for key in ("territory", "tasks", "records"))
    assert "Phường Đống Đa" in {one["name"] for one in territory["successors"]}
    assert len(territory["successors"]) == 7
    assert (tasks["assigned_to"], tasks["certainty"]) == (None, "not_assigned")
    assert {"justice", "land"} < {rule["matter"] for rule in tasks["provided"]}
    permanent, fixed = records
    assert permanent["name"] == "Lưu trữ lịch sử nhà nước của thành phố Hà Nội"
    assert (permanent["certainty"], fixed["name"], fixed["certainty"]) == ("by_rule_sure", None, "not_assigned")


def test_the_map_names_no_custodian_of_a_divided_ward() -> None:
    found = agency("UBND phường Cửa Nam", at="2024", within="Hà Nội")[0]
    fixed = next(row for row in found["today"]["records"] if row["retention"] == "fixed")
    assert (fixed["name"], fixed["certainty"]) == (None, "not_assigned")


def test_a_special_line_keeps_its_own_records() -> None:
    found = agency("Công an quận Đống Đa")[0]
    closed = found["closed"]
    assert (closed["day"], closed["date"], closed["date_partial"]) == ("2025-03", None, "2025-03")
    assert all(row["name"] is None and "ngành Công an" in row["note"] for row in found["today"]["records"])


def test_a_department_whose_unit_goes_on_is_not_said_to_go_on() -> None:
    found = agency("Sở LĐTBXH Hà Nội")[0]
    assert [link["name"] for link in found["successors"]] == ["Sở Nội vụ thành phố Hà Nội"]
    fixed = next(row for row in found["today"]["records"] if row["retention"] == "fixed")
    assert (fixed["name"], fixed["certainty"]) == (None, "not_assigned")


def test_a_department_of_long_ago_keeps_no_records_of_its_own() -> None:
    """Its unit goes on in a later version: what a body that ended holds is never said to be with itself."""
    (found,) = agency("Ban Tổ chức Chính quyền Thành phố", within="Hà Nội")
    assert found["closed"]["day"] == "2003"
    assert [link["name"] for link in found["successors"]] == ["Sở Nội vụ thành phố Hà Nội"]
    fixed = next(row for row in found["today"]["records"] if row["retention"] == "fixed")
    assert (fixed["name"], fixed["certainty"]) == (None, "not_assigned")


def test_a_body_whose_month_of_closing_is_known_alone_has_its_day_due() -> None:
    found = agency("Ủy ban Hành chính xã Ngọc Long", within="Yên Minh")[0]
    assert found["closed"]["day"] == "1976-07"
    permanent = next(row for row in found["today"]["records"] if row["retention"] == "permanent")
    assert permanent["due"] == "2035-06-30"


def test_a_body_below_the_agency_and_words_not_understood_are_in_the_answer() -> None:
    plain, cell, words = (
        agency(name, at="2024", within="Hà Nội")[0]
        for name in ("Đảng ủy phường Cửa Nam", "Chi bộ 9 phường Cửa Nam", "Đảng ủy phường Cửa Nam khóa XX")
    )
    assert plain["id"] == cell["id"] == words["id"]
    assert [(one["below"], one["unread"]) for one in (plain, cell, words)] == [
        (None, None),
        ("Chi bộ 9", None),
        (None, "khóa XX"),
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Chi bộ 9 phường Cửa Nam", "Chi bộ 9"),
        ("Đảng ủy phường Cửa Nam khóa XX", "khóa XX"),
        ("Ban Tổ chức Chính quyền Thành phố", "--within"),
    ],
)
def test_people_read_what_is_amiss_with_a_name_first(
    name: str, said: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_LANG", lang)
    shown = CliRunner().invoke(build("agency"), ["agency", name]).stdout
    assert said in shown.splitlines()[0]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [72, 80, 100])
def test_the_table_of_agencies_fits_a_narrow_terminal(width: int, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids whole, names and days on lines of their own, no column of a few letters."""
    monkeypatch.setenv("HOSO_LANG", lang)
    monkeypatch.setenv("COLUMNS", str(width))
    shown = CliRunner().invoke(build("agency"), ["agency", "UBND phường Cửa Nam", "--at", "2024"]).stdout
    table = shown[: shown.index("[ubnd:")].splitlines()
    assert max(map(len, table[:-1])) <= width
    assert sum("@" in line for line in table) == 5
    assert len(table) <= 5 * 4 + 4
    assert any("03/01/1981 – 30/06/2025" in line for line in table)


def test_an_id_is_that_agency() -> None:
    (found,) = agency("hdnd:00073@1981-01-03")
    assert (found["closed"]["day"], found["closed"]["rule"]) == ("2021-06-30", "hanoi_ward_councils")
    assert agency(id="hdnd:00073@1981-01-03")[0]["id"] == found["id"]


def test_what_cannot_be_asked_is_an_error() -> None:
    with pytest.raises(NotFound):
        agency(id="ubnd:nowhere")
    with pytest.raises(HosoError):
        agency("  ")
    with pytest.raises(BadDate):
        agency("UBND quận Đống Đa", at="31/02/2024")
    assert agency("Nguyễn Văn A") == []


def test_how_a_council_counts_its_terms() -> None:
    kept, new = (agency(name, at="2026", within="Hà Nội")[0]["terms"] for name in (
        "HĐND phường Cửa Nam", "HĐND phường Văn Miếu - Quốc Tử Giám",
    ))  # fmt: skip
    assert kept["counting"] == "goes_on"
    assert kept["former"] == {"id": "hdnd:00073@1981-01-03", "name": "Hội đồng nhân dân phường Cửa Nam"}
    assert (new["counting"], new["former"]) == ("begins", None)


def test_the_limit_is_kept() -> None:
    assert len(agency("UBND xã Tân Lập", limit=3)) == 3


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "name", ["UBND quận Đống Đa", "HĐND phường Cửa Nam", "Sở LĐTBXH Hà Nội", "ubhc:00166@1978-12", "UBND xã Tân Lập"]
)
def test_people_read_every_answer(name: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", lang)
    result = CliRunner().invoke(build("agency"), ["agency", name])
    assert result.exit_code == 0, result.output
    assert agency(name)[0]["name"] in result.output


def test_without_a_store_no_paper_is_claimed_to_be_missing() -> None:
    today = agency("UBND quận Đống Đa")[0]["today"]
    assert (today["papers_asked"], today["tasks"]["fact"]) == (False, None)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_bad_table_of_rules_is_one_line(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "rules.csv"
    table.write_text("id,name\nx,y\n", encoding="utf-8")
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(table))
    monkeypatch.setenv("HOSO_LANG", lang)
    result = CliRunner().invoke(build("agency"), ["agency", "UBND quận Đống Đa"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert str(table) in result.stderr
    assert "certainty" in result.stderr
    told = CliRunner().invoke(build("agency"), ["agency", "UBND quận Đống Đa", "--json"])
    assert json.loads(told.stdout)["error"]["code"] == "bad_input"


EXCEPTIONS = "id,bodies,units,effect,until,sure,act,note"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_archives_own_exception_is_said_with_its_place(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "ngoai-le.csv"
    table.write_text(
        f"{EXCEPTIONS}\nx,p.y-te,006,closes,2019-05-31,sure,QĐ 9/QĐ-UBND,Giải thể sớm\n", encoding="utf-8"
    )
    monkeypatch.setenv("HOSO_AGENCY_EXCEPTIONS", str(table))
    monkeypatch.setenv("HOSO_LANG", lang)
    found = agency("Phòng Y tế quận Đống Đa")[0]
    assert found["closed"]["source"] == "ngoai-le.csv:2"
    assert [row["id"] for row in found["exceptions"]] == ["x"]
    result = CliRunner().invoke(build("agency"), ["agency", "Phòng Y tế quận Đống Đa"])
    assert result.exit_code == 0
    assert all(said in result.stdout for said in ("31/05/2019", "ngoai-le.csv:2", "QĐ 9/QĐ-UBND", "Giải thể sớm"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_bad_table_of_exceptions_is_one_line(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "ngoai-le.csv"
    table.write_text(f"{EXCEPTIONS}\nx,p.y-te,006,ends,2019-05-31,check,,\n", encoding="utf-8")
    monkeypatch.setenv("HOSO_AGENCY_EXCEPTIONS", str(table))
    monkeypatch.setenv("HOSO_LANG", lang)
    result = CliRunner().invoke(build("agency"), ["agency", "UBND quận Đống Đa"])
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert all(said in result.stderr for said in (str(table), "2", "ends", "closes"))
    told = CliRunner().invoke(build("agency"), ["agency", "UBND quận Đống Đa", "--json"])
    assert json.loads(told.stdout)["error"]["code"] == "bad_input"


def test_every_fault_of_a_table_of_exceptions_is_told_in_both_languages() -> None:
    folder = Path(ontology.agencies.__file__).parent
    text = "".join((folder / name).read_text("utf-8") for name in ("own.py", "own_rows.py", "in_time.py"))
    codes = set(re.findall(r'BadAgencyTable\(\s*"(\w+)"', text)) | set(re.findall(r'yield "(\w+)"', text))
    assert len(codes) > 20
    for code in codes:
        for lang in ("vi", "en"):
            assert say(f"exceptions_{code}", lang=lang, column="c", value="v")
    for effect in get_args(Effect):
        assert effect == "none" or say(f"agency_effect_{effect}", lang="vi") != say(
            f"agency_effect_{effect}", lang="en"
        )


def test_the_command_answers_in_json_and_in_batches(tmp_path: Path) -> None:
    program = build("agency")
    result = CliRunner().invoke(program, ["agency", "UBND quận Đống Đa", "--at", "2020", "--json"])
    assert json.loads(result.stdout)[0]["id"] == "ubnd:006@1981-01-03"
    lines = tmp_path / "names.jsonl"
    lines.write_text('{"name": "Quận ủy Đống Đa"}\n{"at": "x", "name": "UBND quận Đống Đa"}\n', encoding="utf-8")
    result = CliRunner().invoke(program, ["agency", "--batch", str(lines)])
    good, bad = (json.loads(line) for line in result.stdout.splitlines())
    assert good[0]["id"] == "dang-uy:006@1981-01-03"
    assert bad["error"]["code"] == "bad_input"


# What is to be checked about a record


def shown(folder: Path, date: str | None, issuer: str, place: str) -> list[Any]:
    """The checks of a record by that issuer with that date."""
    node = agency_node(issuer, unit(place).id)
    with open_workspace(f"sqlite:///{folder / 'c.db'}", create=True) as workspace:
        record = Record("r1", "r1.txt", date=date, issuer=issuer)
        with workspace.store.writing() as writer:
            writer.put_records([RecordGraph(record, "", (0,), (node,), (Edge("r1", "ISSUED_BY", node.id, "r1"),))])
        checks: list[Any] = show(workspace, "r1")["checks"]
        return checks


def test_a_paper_after_its_issuers_closing_is_to_be_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    (check,) = shown(tmp_path, "2025-08-15", "Ủy ban nhân dân quận Hoàn Kiếm", HOAN_KIEM)
    assert (check["code"], check["agency"]["id"]) == ("after_closing", "ubnd:002@1981-01-03")
    assert check["bound"]["day"] == "2025-06-30"
    assert check["message"].startswith("Cần kiểm tra")
    assert "15/08/2025" in check["message"]


@pytest.mark.parametrize("date", [None, "2024-05-05"])
def test_a_paper_of_its_issuers_time_is_not(date: str | None, tmp_path: Path) -> None:
    assert shown(tmp_path, date, "Ủy ban nhân dân phường Cửa Nam", CUA_NAM) == []


def test_a_council_that_there_was_none_of(tmp_path: Path) -> None:
    (check,) = shown(tmp_path, "2023-01-01", "Hội đồng nhân dân phường Cửa Nam", CUA_NAM)
    assert check["bound"]["rule"] == "hanoi_ward_councils"


@pytest.mark.parametrize("code", ["after_closing", "after_closing_in_transition", "before_opening"])
def test_each_doubt_has_its_words(code: str) -> None:
    for lang in ("vi", "en"):
        assert say(f"agency_check_{code}", lang=lang, name="N", date="D", day="D", latest="L", sure="S")


def test_how_many_a_name_can_mean_is_said_beside_those_that_are_listed() -> None:
    found = agency("UBND xã Tân Lập", limit=2)
    assert (len(found), {one["total"] for one in found}) == (2, {54})


@pytest.mark.parametrize("name", ["ubnd:nowhere@1999", "p.noi-vu.2025:006@1900-01-01+3"])
def test_an_id_that_nobody_has_is_not_found_as_a_name_either(name: str) -> None:
    with pytest.raises(NotFound):
        agency(name)


def test_a_line_of_a_batch_can_say_how_many_are_listed(tmp_path: Path) -> None:
    batch = tmp_path / "b.jsonl"
    lines = [{"name": "UBND xã Tân Lập", "limit": 1}, {"name": "UBND xã Tân Lập"}, {"name": "UBND xã", "limit": 0}]
    batch.write_text(
        "\n".join(map(json.dumps, [*lines, {"name": "UBND xã Tân Lập", "limit": None}])), encoding="utf-8"
    )
    shown = CliRunner().invoke(build("agency"), ["agency", "--batch", str(batch), "--limit", "3"]).stdout
    one, three, bad, null = map(json.loads, shown.splitlines())
    assert [len(answer) for answer in (one, three, null)] == [1, 3, 3]
    assert bad["error"]["code"] == "bad_input"


def test_a_name_beside_a_batch_is_wrong_usage(tmp_path: Path) -> None:
    batch = tmp_path / "b.jsonl"
    batch.write_text('{"name": "UBND quận Đống Đa"}\n', encoding="utf-8")
    assert CliRunner().invoke(build("agency"), ["agency", "UBND quận Ba Đình", "--batch", str(batch)]).exit_code == 2
    assert CliRunner().invoke(build("agency"), ["agency", "--batch", str(batch), "--at", "2024"]).exit_code == 2


@pytest.mark.parametrize(
    ("lang", "more", "equal"), [("vi", "34 cơ quan khác", "khớp ngang nhau"), ("en", "34 more", "fit as well")]
)
def test_people_read_how_many_more_a_name_can_mean(
    lang: str, more: str, equal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_LANG", lang)
    shown = CliRunner().invoke(build("agency"), ["agency", "UBND xã Tân Lập"]).stdout
    assert more in shown
    assert equal in shown


def test_a_kind_of_body_that_is_known_by_name_alone_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    shown = CliRunner().invoke(build("agency"), ["agency", "Lưu trữ lịch sử nhà nước của thành phố Hà Nội"]).stdout
    assert "biết loại cơ quan này (Lưu trữ lịch sử nhà nước)" in shown


def test_people_and_programs_are_told_the_same() -> None:
    """What a table shows of an agency is in its whole form, alike."""
    whole = agency("UBND phường Cửa Nam", at="2024")
    for one, candidate in zip(whole, meant("UBND phường Cửa Nam", at="2024"), strict=True):
        assert agency_brief(candidate).items() <= one.items()
