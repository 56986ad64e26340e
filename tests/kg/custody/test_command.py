"""``hoso custody`` as a user types it, and what ``moved`` and ``show`` say then."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kg.cli.custody_rules_display import for_whom
from kg.custody import lists
from kg.custody.facts import KINDS
from kg.custody.headings import meaning
from kg.custody.holding import files_custody
from kg.custody.loading import read_list
from kg.errors import HosoError
from kg.messages import say
from kg.model import File
from kg.readers.tables.heading import Label
from kg.workspace import open_workspace
from tests.kg.custody.making import (
    ASSIGNED,
    ASSIGNMENTS,
    CITY,
    HANDED_OVER,
    HANDOVERS,
    list_csv,
    list_xlsx,
)
from tests.kg.questions import forms
from tests.kg.questions.conftest import store_folder  # noqa: F401
from tests.kg.typed import error, hoso, value

KEYS = ("files", "documents", "pages")


@pytest.fixture(autouse=True)
def own_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, store_folder: Path) -> None:  # noqa: F811
    """A copy of the store that the questions are asked of."""
    shutil.copytree(store_folder, tmp_path / "store")
    monkeypatch.setenv("HOSO_LANG", "en")
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("HOSO_STORE", f"sqlite:///{tmp_path / 'store' / 'h.db'}")
    monkeypatch.delenv("HOSO_CUSTODY_RULES", raising=False)


def custody_of(record: str) -> Any:
    """The custody value of ``hoso show``."""
    return value("show", record)["custody"]


def shown(*words: str) -> str:
    """What people read, on one line."""
    result = hoso(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_an_assignment_is_loaded_used_listed_and_withdrawn(tmp_path: Path) -> None:
    assert custody_of("r4")["destination"]["certainty"] == "not_assigned"
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)))
    assert (loaded["facts"], loaded["kinds"], loaded["unbound"], loaded["written"]) == (1, {"assignment": 1}, 0, True)
    custody = custody_of("r4")
    forms.check(forms.Custody, custody)
    assert custody["destination"]["name"] == "UBND phường Hoàn Kiếm"
    assert custody["destination"]["certainty"] == "assigned"
    assert custody["destination"]["basis"] == f"Quyết định số 4455/QĐ-UBND ngày 30/09/2025, {CITY}"
    assert custody["certainty"] == "fact"  # the finding aid's paper says where it is
    assert custody_of("r5")["destination"]["certainty"] == "by_rule_sure"  # permanent
    listed = value("custody", "list")
    (one,) = listed["lists"]
    assert (one["id"], one["rows"], one["in_use"], one["sha256"]) == (loaded["id"], 1, 1, loaded["sha256"])
    assert [paper["number"] for paper in one["papers"]] == ["4455/QĐ-UBND"]
    assert value("custody", "show", loaded["id"])["facts"][0]["target"] == {"fonds": "F2", "retention": "fixed"}
    assert "4455/QĐ-UBND" in shown("custody", "list")
    assert "UBND phường Hoàn Kiếm" in shown("custody", "show", loaded["id"])
    assert value("custody", "withdraw", loaded["id"], "--why", "replaced")["facts"] == 1
    assert custody_of("r4")["destination"]["certainty"] == "not_assigned"
    (one,) = value("custody", "list")["lists"]
    assert (one["in_use"], one["why"]) == (0, "replaced")
    assert error("custody", "withdraw", loaded["id"])["code"] == "bad_input"


def test_one_fact_of_a_list_can_be_withdrawn(tmp_path: Path) -> None:
    other = ("2", "Phân công", "F1", "", *ASSIGNED[4:])
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, other)))
    assert value("custody", "withdraw", f"{loaded['id']}#2")["facts"] == 1
    assert custody_of("r4")["destination"]["certainty"] == "assigned"
    assert custody_of("r1")["destination"]["certainty"] == "by_rule_likely"
    assert value("custody", "withdraw", loaded["id"])["facts"] == 1
    assert error("custody", "withdraw", "nothing#1")["code"] == "not_found"


def test_checking_writes_nothing(tmp_path: Path) -> None:
    (checked,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)), "--check")
    assert (checked["written"], checked["id"], checked["facts"]) == (False, None, 1)
    assert value("custody", "list")["lists"] == []
    assert "Nothing was written" in shown(
        "custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)), "--check"
    )


def test_one_bad_row_loses_no_other(tmp_path: Path) -> None:
    good = list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, name="good.csv")
    bad = list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, (*ASSIGNED[:5], "", *ASSIGNED[6:]), name="bad.csv")
    told = error("custody", "load", "--whole", str(good), str(bad))
    assert (told["code"], [one["row"] for one in told["candidates"]]) == ("bad_input", [3])
    assert value("custody", "list")["lists"] == []
    result = hoso("custody", "load", "--whole", str(bad))
    assert result.exit_code == 1
    assert "number is missing" in " ".join(result.stdout.split())
    assert "Headings in row 1" in " ".join(result.stdout.split())
    (loaded,) = value("custody", "load", str(bad))
    assert (loaded["facts"], loaded["taken"], len(loaded["rejected"])) == (1, [{"sheet": None, "row": 2}], 1)
    assert custody_of("r4")["destination"]["certainty"] == "assigned"
    text = shown("custody", "load", str(good), str(bad.rename(tmp_path / "other.csv")), "--check")
    assert "1 rows taken: row 2" in text
    assert "number is missing" in text


def test_a_list_of_which_no_row_is_good_is_not_loaded(tmp_path: Path) -> None:
    bad = list_csv(tmp_path, ASSIGNMENTS, (*ASSIGNED[:5], "", *ASSIGNED[6:]))
    assert error("custody", "load", str(bad))["code"] == "bad_input"
    assert value("custody", "list")["lists"] == []


@pytest.mark.parametrize("option", ["--check", "--partial"])
def test_what_each_column_was_taken_for_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    heading = ("Mã phông", "Kho", "Nơi nhận", "Cơ quan tiếp nhận", "Màu bìa", *ASSIGNMENTS[5:])
    row = ("F2", "Kho 3", "Kho A", "UBND phường Hoàn Kiếm", "đỏ", *ASSIGNED[5:])
    path = list_csv(tmp_path, heading, row)
    text = shown("custody", "load", str(path), option, "--kind", "phân công")
    for told in (
        "'Mã phông' (cột A) → phông",
        "'Kho' (cột B) → kho",
        "'Cơ quan tiếp nhận' (cột D) → cơ quan nhận",
        "'Số quyết định' (cột F) → số văn bản",
        "Không lấy 'Nơi nhận' (cột C) làm cơ quan nhận: đã lấy 'Cơ quan tiếp nhận'",
        "Cột không dùng: 'Màu bìa' (cột E)",
        "Đã lấy 1 dòng: dòng 2",
    ):
        assert told in text


def test_a_store_room_for_a_body_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    kho = list_csv(tmp_path, ("Mã phông", "Kho", "Sổ kho", "Ngày lập"), ("F2", "Kho 3", "Sổ 1", "31/12/2025"))
    assert "lấy 'Kho' (kho) làm nơi giữ" in shown("custody", "load", str(kho), "--kind", "sổ kho", "--check")
    heading = ("Mã phông", "Kho", "Nơi giữ", "Sổ kho", "Ngày lập")
    both = list_csv(tmp_path, heading, ("F2", "Kho 3", "Trung tâm Lưu trữ", "Sổ 1", "31/12/2025"), name="b.csv")
    (loaded,) = value("custody", "load", str(both), "--kind", "sổ kho")
    (fact,) = value("custody", "show", loaded["id"])["facts"]
    assert (fact["body"], fact["place"]) == ("Trung tâm Lưu trữ", "Kho 3")
    assert "Trung tâm Lưu trữ · Kho 3 · 31/12/2025" in shown("show", "r5")


def test_bad_rows_of_a_workbook_name_the_sheet_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    rows = [ASSIGNED, (*ASSIGNED[:5], "", *ASSIGNED[6:])]
    text = shown("custody", "load", str(list_xlsx(tmp_path, ASSIGNMENTS, rows)), "--check")
    assert 'trang tính "Kho", dòng 5' in text
    assert "Kho: 5" not in text


def test_a_list_that_is_loaded_again_or_was_changed_is_told(tmp_path: Path) -> None:
    path = list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)
    (first,) = value("custody", "load", str(path))
    assert first["id"] in error("custody", "load", str(path))["message"]
    list_csv(tmp_path, ASSIGNMENTS, (*ASSIGNED[:4], "UBND phường Cửa Nam", *ASSIGNED[5:]))
    (second,) = value("custody", "load", str(path), "--check")
    assert second["changed_from"]["id"] == first["id"]
    assert first["id"] in shown("custody", "load", str(path))
    listed = value("custody", "list")
    assert [one["kind"] for one in listed["contradictions"]] == ["same_day"]
    assert "none decides" in shown("custody", "list")
    assert custody_of("r4")["to_check"] == ["contradicting_papers"]
    value("custody", "withdraw", first["id"])
    assert custody_of("r4")["destination"]["name"] == "UBND phường Cửa Nam"
    value("custody", "withdraw", value("custody", "list")["lists"][1]["id"])
    list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)
    (again,) = value("custody", "load", str(path))
    assert again["id"] == f"{first['id']}-2"
    assert custody_of("r4")["destination"]["name"] == "UBND phường Hoàn Kiếm"


def test_facts_of_fonds_that_are_yet_to_come_are_counted(tmp_path: Path) -> None:
    unknown = ("1", "Phân công", "F9", *ASSIGNED[3:])
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, unknown)))
    assert loaded["unbound"] == 1
    assert value("custody", "list")["lists"][0]["unbound"] == 1


def test_totals_add_up_by_certainty_fonds_and_group(tmp_path: Path) -> None:
    before = value("moved", "--by", "custody")
    rows = [
        ("F1", "03", "Kho 3", "Sổ kho năm 2025", "31/12/2025"),
        ("F3", "toàn bộ", "Văn phòng Thành ủy", "Sổ kho năm 2025", "31/12/2025"),
    ]
    kho = list_xlsx(tmp_path, ("Mã phông", "Hồ sơ số", "Nơi lưu giữ", "Tên sổ", "Ngày lập"), rows)
    handed = list_csv(tmp_path, HANDOVERS, HANDED_OVER, name="ban giao.csv")
    value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)), str(kho))
    value("custody", "load", str(handed), "--kind", "giao nhận")
    after = value("moved", "--by", "custody")
    forms.check(forms.MovedByCustody, {key: after[key] for key in forms.MovedByCustody.__annotations__})
    assert after["totals"] == before["totals"]
    assert after["by_certainty"]["fact"]["files"] == before["by_certainty"]["fact"]["files"] + 3
    for value_ in (before, after):
        totals = value_["totals"]
        for parts in (list(value_["by_certainty"].values()), value_["by_fonds"], value_["groups"]):
            for key in KEYS:
                assert sum(part[key] for part in parts) == totals[key], key
            metres = sum(part["metres"] or 0 for part in parts)
            assert metres == pytest.approx(totals["metres"], abs=0.01)
        for fonds in value_["by_fonds"]:
            for key in KEYS:
                assert sum(part[key] for part in fonds["by_certainty"].values()) == fonds[key]
        assert sorted({key for group in value_["groups"] for key in group["fonds"]}) == ["", "F1", "F2", "F3"]
        assert value_["by_fonds"][-1]["fonds"] == ""  # what lies in no fonds, last
    (held,) = [group for group in after["groups"] if group["held_now"] == "Ủy ban nhân dân phường Hoàn Kiếm"]
    assert (held["files"], held["certainty"], held["destination_certainty"]) == (1, "fact", "by_rule_likely")
    text = shown("moved", "--by", "custody")
    assert "Văn phòng Thành ủy" in text
    assert "UBND phường Hoàn Kiếm" in text


def test_by_receiver_what_is_assigned_to_it_is_found(tmp_path: Path) -> None:
    to = ("moved", "--by", "custody", "--to", "Phường Hoàn Kiếm, Thành phố Hà Nội")
    before = value(*to)["totals"]["files"]
    value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)))
    found = value(*to)
    assert found["totals"]["files"] == before + 1
    assert "r4" in {row["record"]["id"] for row in found["records"]}


def test_the_table_of_rules_is_written_edited_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "rules.csv"
    assert "HOSO_CUSTODY_RULES" in shown("custody", "rules", str(out))
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert rows == [{key: row[key] for key in rows[0]} for row in value("custody", "rules")["rules"]]
    for row in rows:
        if row["id"] == "district_permanent":
            row["name"] = "Kho của tỉnh"
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(out))
    assert custody_of("r5")["destination"]["name"] == "Kho của tỉnh"
    out.write_text("id,name\nx,y\n", "utf-8")
    for command in (("custody", "rules"), ("show", "r5"), ("moved", "--by", "custody")):
        told = error(*command)
        assert told["code"] == "bad_input"
        assert "certainty" in told["message"]


def test_the_table_of_rules_is_shown_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    text = shown("custody", "rules")
    assert "{" not in text
    assert not re.search(r"\d_year|by_rule|not_assigned", text)
    assert "1 năm vào lưu trữ hiện hành, thêm 5 năm vào lưu trữ lịch sử" in text
    assert "30/06/2035" in text
    assert "cấp huyện; đơn vị cấp huyện kết thúc ngày 30/06/2025" in text  # for whom the rule is
    assert "Ủy ban nhân dân [đơn vị mới]" in text


def test_every_rule_says_for_whom_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    rules = value("custody", "rules")["rules"]
    told = ["; ".join(for_whom(rule)) for rule in rules]
    assert [rule["id"] for rule, words in zip(rules, told, strict=True) if not words] == ["no_rule"]
    assert not [words for words in told if "|" in words or "_" in words]


def test_wrong_arguments_are_one_line(tmp_path: Path) -> None:
    path = str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED))
    assert error("custody", "load", path, "--kind", "lent")["code"] == "bad_input"
    assert error("custody", "load", path, "--paper-date", "31/02/2025")["code"] == "bad_input"
    assert error("custody", "load", path, "--column", "nothing")["code"] == "bad_input"
    assert error("custody", "load", str(tmp_path / "none.csv"))["code"] == "not_found"
    assert error("custody", "show", "none")["code"] == "not_found"
    assert error("custody", "list", "--store", f"sqlite:///{tmp_path / 'none.db'}")["code"] == "not_found"


def test_the_files_of_a_fonds_with_their_papers(tmp_path: Path) -> None:
    value("custody", "load", str(list_csv(tmp_path, HANDOVERS, HANDED_OVER)), "--kind", "handover")
    with open_workspace(None) as workspace:
        (fonds,) = workspace.store.fonds(["F1"])
        found = files_custody(workspace.store, fonds, workspace.store.files(fonds="F1"))
    assert set(found) == {"F1/1/01", "F1/1/02", "F1//03"}
    handed = found["F1/1/02"]
    assert handed["custody"]["held_now"]["name"] == "UBND phường Hoàn Kiếm"
    assert [(paper["kind"], paper["at"], paper["to"]) for paper in handed["papers"]] == [
        ("handover", "2025-07-02", "UBND phường Hoàn Kiếm")
    ]
    assert found["F1/1/01"]["papers"] == []
    assert found["F1/1/01"]["custody"]["retention"] == "Vĩnh viễn"  # of its documents
    for record, file in (("r1", "F1/1/01"), ("r2", "F1/1/01")):
        assert custody_of(record) == found[file]["custody"]


# Agencies, fonds and RDF with the papers of a store

HOAN_KIEM_DISTRICT = "UBND quận Hoàn Kiếm"
TASK = ("2", "Giao nhiệm vụ", "", "", "UBND phường Cửa Nam", "4456/QĐ-UBND", "30/09/2025", CITY, HOAN_KIEM_DISTRICT)
WITH_CREATOR = (*ASSIGNMENTS, "Đơn vị hình thành phông")


def agency_today(name: str, *more: str) -> Any:
    """What ``hoso agency`` says of an ended body today."""
    return value("agency", name, *more)[0]["today"]


def test_an_agency_says_who_took_over_and_where_its_files_were_assigned(tmp_path: Path) -> None:
    before = agency_today(HOAN_KIEM_DISTRICT)
    assert (before["papers_asked"], before["tasks"]["certainty"]) == (True, "not_assigned")
    assert "no assignment has been loaded" in shown("agency", HOAN_KIEM_DISTRICT)
    value("custody", "load", str(list_csv(tmp_path, WITH_CREATOR, (*ASSIGNED, ""), TASK)))
    value("custody", "load", str(list_csv(tmp_path, HANDOVERS, HANDED_OVER, name="b.csv")))
    today = agency_today(HOAN_KIEM_DISTRICT)
    assert (today["tasks"]["assigned_to"], today["tasks"]["since"]) == ("UBND phường Cửa Nam", "2025-09-30")
    assert today["tasks"]["basis"] == f"Quyết định số 4456/QĐ-UBND ngày 30/09/2025, {CITY}"
    permanent, fixed = today["records"]
    assert (permanent["certainty"], permanent["fact"]) == ("by_rule_sure", None)
    assert (fixed["name"], fixed["certainty"], fixed["via"]) == ("UBND phường Hoàn Kiếm", "assigned", None)
    assert today["territory"] == before["territory"]  # a paper moves no land
    assert "4456/QĐ-UBND" in shown("agency", HOAN_KIEM_DISTRICT)
    other = agency_today("UBND quận Đống Đa")
    assert (other["tasks"]["assigned_to"], other["records"][1]["certainty"]) == (None, "not_assigned")


def test_a_name_that_several_ended_bodies_have_takes_no_paper(tmp_path: Path) -> None:
    row = (*TASK[:-1], "UBND xã Tân Lập")
    value("custody", "load", str(list_csv(tmp_path, WITH_CREATOR, row)))
    found = value("agency", "UBND xã Tân Lập", "--limit", "60")
    ended = [one["today"] for one in found if one["today"]]
    assert ended
    assert {today["tasks"]["assigned_to"] for today in ended} == {None}


def test_papers_of_one_day_that_disagree_decide_nothing_for_an_agency(tmp_path: Path) -> None:
    other = (*TASK[:4], "UBND phường Hoàn Kiếm", "4457/QĐ-UBND", *TASK[6:])
    value("custody", "load", str(list_csv(tmp_path, WITH_CREATOR, TASK, other)))
    tasks = agency_today(HOAN_KIEM_DISTRICT)["tasks"]
    assert (tasks["assigned_to"], len(tasks["contradictions"])) == (None, 2)
    assert "4457/QĐ-UBND" in shown("agency", HOAN_KIEM_DISTRICT)


def test_an_agency_asks_a_named_store_and_needs_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    none = f"sqlite:///{tmp_path / 'none.db'}"
    assert error("agency", HOAN_KIEM_DISTRICT, "--store", none)["code"] == "not_found"
    monkeypatch.setenv("HOSO_STORE", none)
    assert agency_today(HOAN_KIEM_DISTRICT)["papers_asked"] is False


def test_the_files_of_a_fonds_carry_custody_and_their_papers(tmp_path: Path) -> None:
    value("custody", "load", str(list_csv(tmp_path, HANDOVERS, HANDED_OVER)))
    files = {row["id"]: row for row in value("fonds", "F1")["file"]}
    handed = files["F1/1/02"]
    assert handed["custody"]["held_now"]["name"] == "UBND phường Hoàn Kiếm"
    (event,) = [event for event in handed["events"] if event.get("fact")]
    assert (event["kind"], event["at"], event["from"], event["to"]) == (
        "handover", "2025-07-02", "UBND phường Hàng Bạc", "UBND phường Hoàn Kiếm",
    )  # fmt: skip
    assert [event["at"] for event in handed["events"] if event["at"]] == sorted(
        event["at"] for event in handed["events"] if event["at"]
    )
    assert files["F1/1/01"]["retention_proposed"] is None  # a term is known
    assert "UBND phường Hoàn Kiếm" in shown("fonds", "F1")


def test_the_workbook_of_a_fonds_lists_its_files_with_their_custody(tmp_path: Path) -> None:
    value("custody", "load", str(list_csv(tmp_path, HANDOVERS, HANDED_OVER)))
    out = tmp_path / "f1.xlsx"
    shown("fonds", "F1", "--out", str(out))
    heading, *rows = load_workbook(out)["Files"].iter_rows(values_only=True)
    assert heading[-5:] == ("Held now", "Must go to", "Due", "By", "To be checked")
    number = heading.index("File")
    held = {row[number]: row[-5] for row in rows}
    assert sorted(held) == ["01", "02", "03"]
    assert "UBND phường Hoàn Kiếm · 02/07/2025" in held["02"]
    assert held["01"] == "not known"


def test_a_file_that_its_fonds_does_not_have_is_told(tmp_path: Path) -> None:
    path = list_csv(tmp_path, HANDOVERS, HANDED_OVER, ("F1", "0Z", *HANDED_OVER[2:]))
    (checked,) = value("custody", "load", str(path), "--check")
    (pending,) = checked["pending"]
    assert (checked["facts"], pending["row"], pending["missing"], pending["file"]) == (2, 3, "file", "0Z")
    assert "file 0Z, fonds of Ủy ban nhân dân phường Hàng Bạc" in shown("custody", "load", str(path))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("F1/1/09", "hồ sơ 09, mục lục 1, phông Ủy ban nhân dân phường Hàng Bạc"),
        ("P31-ubnd//P31.H001", "hồ sơ P31.H001, phông mã P31-ubnd"),
        ("HN.01.000009", "hồ sơ HN.01.000009"),
        ("hồ sơ số 9 mục lục 1 phông UBND phường Hàng Bạc", "hồ sơ 9, mục lục 1, phông Ủy ban nhân dân phường Hàng Bạc"),
        ("hồ sơ số 9 mục lục 3 phông UBND huyện Xa", "hồ sơ 9, mục lục 3, phông UBND huyện Xa"),
    ],
)  # fmt: skip
def test_a_paper_about_a_file_that_is_yet_to_come_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, told: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    path = list_csv(tmp_path, ("Mã hồ sơ", *HANDOVERS[2:]), (named, *HANDED_OVER[2:]))
    text = shown("custody", "load", str(path))
    assert "chưa thấy trong kho dữ liệu" in text
    assert f"({told}: dòng 2)" in text
    listed = value("custody", "list")["lists"][0]
    assert listed["pending"] == 1
    assert "chưa thấy trong kho dữ liệu" in shown("custody", "list")
    one = shown("custody", "show", listed["id"])
    assert told in one
    assert "chưa thấy trong kho dữ liệu" in one


def test_a_pending_paper_counts_when_its_file_arrives(tmp_path: Path) -> None:
    rows = [("F1/1/09", *HANDED_OVER[2:]), ("HN.01.000009", *HANDED_OVER[2:])]
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ("Mã hồ sơ", *HANDOVERS[2:]), *rows)))
    assert len(loaded["pending"]) == 2
    files = [
        File("F1/1/09", "F1", "F1/1", "09", "Nghị quyết"),
        File("F1/1/10", "F1", "F1/1", "10", "Chỉ thị", extra={"archive_code": "HN.01.000009"}),
    ]
    with open_workspace(None) as workspace:
        with workspace.store.writing() as writer:
            writer.put_files(files)
        (fonds,) = workspace.store.fonds(["F1"])
        found = files_custody(workspace.store, fonds, workspace.store.files(fonds="F1"))
    for file in files:
        assert found[file.id]["custody"]["held_now"]["name"] == "UBND phường Hoàn Kiếm"
    assert value("custody", "list")["lists"][0]["pending"] == 0
    assert "file 09, inventory 1, fonds of Ủy ban nhân dân phường Hàng Bạc" in shown("custody", "show", loaded["id"])


def test_minutes_with_a_giver_need_no_kind(tmp_path: Path) -> None:
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, HANDOVERS, HANDED_OVER)), "--check")
    assert loaded["kinds"] == {"handover": 1}


def test_by_receiver_what_was_handed_over_to_it_is_found(tmp_path: Path) -> None:
    to = ("moved", "--by", "custody", "--to", "Phường Hoàn Kiếm, Thành phố Hà Nội")
    row = ("F1", "01", *HANDED_OVER[2:])
    before = value(*to)
    value("custody", "load", str(list_csv(tmp_path, HANDOVERS, row)))
    after = value(*to)
    assert after["by_certainty"]["fact"]["files"] == before["by_certainty"]["fact"]["files"] + 1


def test_rdf_takes_agencies_and_custody_on_demand(tmp_path: Path) -> None:
    value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)))
    sizes = []
    for number, more in enumerate(([], ["--agencies", "Quận Hoàn Kiếm"], ["--custody"])):
        out = tmp_path / f"{number}.nt"
        sizes.append(value("export", "rdf", str(out), *more)["triples"])
        text = out.read_text(encoding="utf-8")
        assert ("hoso/agency/" in text) == ("--agencies" in more)
        assert ("hoso/fonds/" in text) == ("--custody" in more)
        assert ("wasMergedInto>" in text) == ("--agencies" in more)
    assert sizes[0] < min(sizes[1:])
    assert error("export", "csv", str(tmp_path / "x"), "--custody")["code"] == "bad_input"
    assert error("export", "rdf", str(tmp_path / "x.nt"), "--agencies", "Xã Tân Lập")["code"] == "ambiguous"
    assert not (tmp_path / "x.nt").exists()


# Who loads and withdraws; lists that are in use no more; papers of a day to come


def test_who_loads_and_who_withdraws_is_kept(tmp_path: Path) -> None:
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)), "--user", "Lê Thị Hoa")
    (one,) = value("custody", "list")["lists"]
    assert (one["by"], one["withdrawn_by"]) == ("Lê Thị Hoa", None)
    value("custody", "withdraw", loaded["id"], "--user", "Trần Văn Nam")
    (one,) = value("custody", "list")["lists"]
    assert (one["by"], one["withdrawn_by"]) == ("Lê Thị Hoa", "Trần Văn Nam")
    assert "Trần Văn Nam" in shown("custody", "list")


def test_without_a_name_the_login_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "hoa")
    value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)))
    assert value("custody", "list")["lists"][0]["by"] == "hoa"


def test_a_list_of_which_each_fact_was_withdrawn_is_loaded_again(tmp_path: Path) -> None:
    path = str(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED))
    (first,) = value("custody", "load", path)
    value("custody", "withdraw", f"{first['id']}#1")
    assert "withdrawn" in shown("custody", "list")
    (again,) = value("custody", "load", path)
    assert again["id"] != first["id"]
    assert custody_of("r4")["destination"]["certainty"] == "assigned"


def test_two_who_load_one_list_at_once_load_it_once(tmp_path: Path) -> None:
    """Both read their file before either writes."""
    path = list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)
    with open_workspace(None) as one, open_workspace(None) as other:
        read = [read_list(path)]
        lists.keep(one.store, read)
        with pytest.raises(HosoError):
            lists.keep(other.store, read)
    assert len(value("custody", "list")["lists"]) == 1


def test_what_is_in_use_is_read_inside_the_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another writes between the moment this one begins and the moment it holds the store."""
    read = [read_list(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED))]
    with open_workspace(None) as one, open_workspace(None) as other:
        writing = one.store.writing

        def late() -> Any:
            lists.keep(other.store, read)
            return writing()

        monkeypatch.setattr(one.store, "writing", late)
        with pytest.raises(HosoError):
            lists.keep(one.store, read)


def test_a_decision_counts_from_its_day_of_effect(tmp_path: Path) -> None:
    row = (*ASSIGNED, "01/01/2199")
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, (*ASSIGNMENTS, "Ngày hiệu lực"), row)))
    assert [one["code"] for one in loaded["to_check"]] == ["to_come"]
    assert custody_of("r4")["destination"]["certainty"] == "not_assigned"


# What to look at


def checks(path: Path, *more: str) -> dict[str, list[Any]]:
    """The remarks of a list that is loaded, by their code."""
    (loaded,) = value("custody", "load", str(path), *more)
    found: dict[str, list[Any]] = {}
    for one in loaded["to_check"]:
        found.setdefault(one["code"], []).append((one["about"], one["value"], [row["row"] for row in one["rows"]]))
    return found


def test_bodies_that_are_not_known_or_were_not_there_are_told_with_their_rows(tmp_path: Path) -> None:
    rows = [
        ("F1", "01", "UBND phường Hàng Bạc", "Công ty Ánh Dương", "1/BB", "02/07/2025"),
        ("F1", "02", "UBND phường Hàng Bạc", "UBND phường Từ Liên", "2/BB", "02/07/2025"),
        ("F1", "03", "UBND phường Hoàn Kiếm", "???", "3/BB", "02/07/2025"),
        ("F2", "01", "UBND phường Hoàn Kiếm", "UBND phường Cầu Diễn", "4/BB", "30/06/2026"),
        ("F3", "01", "UBND thành phố Hà Nội", "UBND phường Từ Liêm", "5/BB", "30/06/2024"),
    ]
    told = checks(list_csv(tmp_path, HANDOVERS, *rows))
    assert told["body_no_unit"] == [("Công ty Ánh Dương", "", [2])]
    assert told["body_near"] == [("UBND phường Từ Liên", "Ủy ban nhân dân phường Tứ Liên", [3])]
    assert told["body_unknown"] == [("???", "", [4])]
    assert told["body_ended"] == [
        ("UBND phường Hàng Bạc", "30/06/2025", [2, 3]),
        ("UBND phường Cầu Diễn", "30/06/2025", [5]),
    ]
    assert told["body_not_begun"] == [("UBND phường Từ Liêm", "01/07/2025", [6])]
    text = shown("custody", "show", value("custody", "list")["lists"][0]["id"])
    assert "no body is known as '???' (row 4)" in text


def test_a_giver_that_does_not_hold_it_is_told(tmp_path: Path) -> None:
    held = ("F1", "02", "UBND phường Đại Mỗ", "UBND phường Láng", "9/BB", "02/08/2025")
    first = list_csv(tmp_path, HANDOVERS, HANDED_OVER, name="a.csv")
    assert "giver_not_holder" not in checks(first)
    ((about, value_, rows),) = checks(list_csv(tmp_path, HANDOVERS, held, name="b.csv"))["giver_not_holder"]
    assert (about, rows) == ("UBND phường Đại Mỗ", [2])
    assert value_.startswith("UBND phường Hoàn Kiếm")


def test_a_chain_of_hand_overs_of_one_day_is_no_slip(tmp_path: Path) -> None:
    rows = [HANDED_OVER, ("F1", "02", "UBND phường Hoàn Kiếm", "UBND phường Láng", "8/BB-UBND", HANDED_OVER[5])]
    assert "giver_not_holder" not in checks(list_csv(tmp_path, HANDOVERS, *rows))


def test_files_that_the_paper_counts_are_compared_with_the_store(tmp_path: Path) -> None:
    heading = (*ASSIGNMENTS, "Số lượng hồ sơ")
    told = checks(list_csv(tmp_path, heading, ("1", "Phân công", "F1", "tất cả", *ASSIGNED[4:], "50")))
    assert told["files_differ"] == [("50", "3", [2])]


def test_what_narrows_and_is_not_known_is_told_at_check(tmp_path: Path) -> None:
    path = list_csv(tmp_path, (*ASSIGNMENTS, "Đợt"), (*ASSIGNED, "2"))
    assert "the column 'Đợt' is not used" in shown("custody", "load", str(path), "--check")


def test_a_fonds_that_is_not_there_is_named_with_its_rows(tmp_path: Path) -> None:
    rows = [ASSIGNED, (*ASSIGNED[:2], "P99", *ASSIGNED[3:])]
    text = shown("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, *rows)))
    assert "fonds P99: row 3" in text
    assert "1 facts wait" in shown("custody", "list")


# The whole list by options, roles in words, empty lists


def test_roles_of_columns_may_be_named_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(list_csv(tmp_path, ("Mã phông", "Chỗ", "Tên sổ", "Ngày lập"), ("F1", "Kho A", "Sổ kho", "31/12/2025")))
    for role in ("cơ quan đang giữ", "Nơi giữ", "holder"):
        (read,) = value("custody", "load", path, "--kind", "sổ kho", "--column", f"{role}=Chỗ", "--check")
        assert read["body_from"] == {"holder": 1}
    monkeypatch.setenv("HOSO_LANG", "vi")
    told = error("custody", "load", path, "--column", "chỗ nào=Chỗ")["message"]
    assert "cơ quan đang giữ" in told
    assert "holder" not in told


def test_the_printed_list_with_options(tmp_path: Path) -> None:
    heading = ("Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ/ Số trang",
               "Ghi chú")  # fmt: skip
    path = list_csv(tmp_path, heading, ("1", "01-02", "Quyết định", "2001", "Vĩnh viễn", "12", ""))
    options = ("--kind", "giao nhận", "--fonds", "F1", "--giver", "UBND phường Hàng Bạc", "--receiver",
               "UBND phường Hoàn Kiếm", "--paper", "07/BB-UBND", "--paper-date", "02/07/2025")  # fmt: skip
    (loaded,) = value("custody", "load", str(path), *options)
    assert (loaded["facts"], loaded["rejected"]) == (2, [])
    assert custody_of("r1")["held_now"]["name"] == "UBND phường Hoàn Kiếm"


FILLED = {
    "row_number": "1", "fonds": "F1", "file": "01", "retention": "tất cả", "creator": "UBND phường Hàng Bạc",
    "giver": "UBND phường Hàng Bạc", "body": "UBND phường Hoàn Kiếm", "holder": "UBND phường Hoàn Kiếm",
    "paper_number": "12/QĐ-UBND", "paper_name": "Danh mục", "paper_date": "02/07/2025", "issuer": CITY,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_of_each_kind_is_loaded_when_filled_in(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "mau.xlsx"
    spoken = say(f"facts_kind_{kind}", lang="vi")
    written = value("custody", "template", spoken, str(out))
    assert written["kind"] == kind
    assert error("custody", "template", kind, str(out))["code"] == "bad_input"  # it is there
    book = load_workbook(out)
    sheet, helped = book.worksheets
    labels = [str(cell.value) for cell in sheet[1]]
    assert all(row[1].value for row in helped.iter_rows(min_row=2) if row[0].value != "Tiêu đề hồ sơ")
    roles = [told[0] if (told := meaning(Label(label))) else None for label in labels]
    sheet.append([FILLED.get(role or "") for role in roles])
    book.save(out)
    (checked,) = value("custody", "load", str(out), "--check")
    assert (checked["kinds"], checked["rejected"], checked["pending"]) == ({kind: 1}, [], [])
    assert checked["columns"][0]["unknown"] == []


def test_an_empty_list_of_no_kind_is_refused(tmp_path: Path) -> None:
    assert error("custody", "template", "cho mượn", str(tmp_path / "a.xlsx"))["code"] == "bad_input"
    assert error("custody", "template", "sổ kho", str(tmp_path / "a.csv"))["code"] == "bad_input"


def test_what_limits_a_fact_is_shown_once(tmp_path: Path) -> None:
    row = ("1", "Phân công", "F2", "20 năm", *ASSIGNED[4:])
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, row)))
    assert shown("custody", "show", loaded["id"]).count("20 năm") == 1


NO_NUMBER = (*ASSIGNED[:5], "", *ASSIGNED[6:])


def test_a_list_without_a_good_row_keeps_no_other_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, name="good.csv")
    bad = list_csv(tmp_path, ASSIGNMENTS, NO_NUMBER, name="bad.csv")
    bare = list_csv(tmp_path, ASSIGNMENTS, name="bare.csv")
    paths = [str(bad), str(good), str(bare), str(tmp_path / "none.csv")]
    checked = value("custody", "load", *paths, "--check")
    assert [(one["written"], one["problem"] is None) for one in checked] == [
        (False, False),
        (False, True),
        (False, False),
        (False, False),
    ]
    assert value("custody", "list")["lists"] == []
    loaded = value("custody", "load", *paths)
    assert [(one["file"], one["facts"], one["written"]) for one in loaded] == [
        ("bad.csv", 0, False),
        ("good.csv", 1, True),
        ("bare.csv", 0, False),
        ("none.csv", 0, False),
    ]
    assert [one["problem"] and one["problem"]["code"] for one in loaded] == [
        "bad_input",
        None,
        "bad_input",
        "not_found",
    ]
    assert [(row["file"], row["row"]) for row in loaded[0]["rejected"]] == [("bad.csv", 2)]
    assert custody_of("r4")["destination"]["certainty"] == "assigned"
    monkeypatch.setenv("HOSO_LANG", "vi")
    other = list_csv(tmp_path, ASSIGNMENTS, ("1", "Phân công", "F1", *ASSIGNED[3:]), name="other.csv")
    text = shown("custody", "load", str(bad), str(other), str(good))
    for told in (
        "Không nạp 'bad.csv'. bad.csv: không dòng nào nạp được",
        "'bad.csv', dòng không nạp được: 1",
        "Đã nạp 'other.csv'",
        "Không nạp 'good.csv'. good.csv đã nạp ngày",
        "Đã nạp 1/3 danh sách; không nạp: bad.csv, good.csv.",
    ):
        assert told in text


def test_where_no_list_can_be_loaded_each_says_why(tmp_path: Path) -> None:
    bad = list_csv(tmp_path, ASSIGNMENTS, NO_NUMBER, name="bad.csv")
    bare = list_csv(tmp_path, ASSIGNMENTS, name="bare.csv")
    told = error("custody", "load", str(bad), str(bare))
    assert "bad.csv" in told["message"]
    assert "bare.csv" in told["message"]
    assert [(row["file"], row["row"]) for row in told["candidates"]] == [("bad.csv", 2)]
    assert error("custody", "load", str(bad), str(tmp_path / "none.csv"), "--check")["code"] == "bad_input"
    result = hoso("custody", "load", str(bad), str(bare))
    assert (result.exit_code, "'bad.csv', rows that cannot be loaded: 1" in result.stdout) == (1, True)
    good = list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, name="good.csv")
    assert error("custody", "load", "--whole", str(good), str(bare))["code"] == "bad_input"
    assert value("custody", "list")["lists"] == []


def test_a_column_that_no_table_has_is_refused(tmp_path: Path) -> None:
    heading = (*ASSIGNMENTS[:4], "Về đâu", *ASSIGNMENTS[5:])
    named = str(list_csv(tmp_path, heading, ASSIGNED, name="a.csv"))
    plain = str(list_csv(tmp_path, ASSIGNMENTS, ("1", "Phân công", "F1", *ASSIGNED[3:]), name="b.csv"))
    told = error("custody", "load", plain, "--column", "body=Về đâu")
    assert (told["code"], "Về đâu" in told["message"]) == ("bad_input", True)
    assert value("custody", "list")["lists"] == []
    loaded = value("custody", "load", named, plain, "--column", "body=về đâu")  # of one of them it is
    assert [one["facts"] for one in loaded] == [1, 1]


def test_one_number_with_several_givers_is_told(tmp_path: Path) -> None:
    rows = [
        HANDED_OVER,
        ("F1", "01", "ubnd p. hàng bạc", *HANDED_OVER[3:]),
        ("F2", "01", "UBND phường Cửa Nam", *HANDED_OVER[3:]),
        ("F2", "02", "UBND phường Cửa Nam", HANDED_OVER[3], "08/BB-UBND", HANDED_OVER[5]),
    ]
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, HANDOVERS, *rows)), "--kind", "giao nhận")
    (told,) = [one for one in loaded["to_check"] if one["code"] == "several_givers"]
    assert (told["about"], told["value"]) == ("07/BB-UBND", "UBND phường Hàng Bạc, UBND phường Cửa Nam")
    assert [line["row"] for line in told["rows"]] == [2, 3, 4]


def test_an_open_condition_is_told_at_load_and_with_the_list(tmp_path: Path) -> None:
    rows = [ASSIGNED, ("2", "Phân công", "F1", "", *ASSIGNED[4:]), ("3", "Phân công", "F3", "tất cả", *ASSIGNED[4:])]
    (loaded,) = value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, *rows)))
    assert [one["rows"] for one in loaded["to_check"] if one["code"] == "open_condition"] == [
        [{"sheet": None, "row": 3}]
    ]
    listed = value("custody", "show", loaded["id"])
    assert [fact["remarks"] for fact in listed["facts"]] == [[], ["open_condition"], []]
    assert [one["rows"] for one in listed["to_check"] if one["code"] == "conditions_open"] == [
        [{"sheet": None, "row": 3}]
    ]


@pytest.mark.parametrize(("cell", "said"), [("", True), ("tất cả", False), ("Có thời hạn", False)])
def test_an_answer_says_that_its_paper_leaves_a_condition_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, said: bool
) -> None:
    row = (*ASSIGNED[:3], cell, *ASSIGNED[4:])
    value("custody", "load", str(list_csv(tmp_path, ASSIGNMENTS, row)))
    custody = custody_of("r4")
    assert custody["destination"]["certainty"] == "assigned"
    assert ("open_condition" in custody["to_check"]) is said
    monkeypatch.setenv("HOSO_LANG", "vi")
    assert ("nên được tính cho mọi hồ sơ" in shown("show", "r4")) is said
