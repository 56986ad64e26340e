"""``moved``: places and custody apart, weakest links, totals that add up."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from kg.custody.lists import keep
from kg.custody.loading import read_list
from kg.custody.rows import Defaults
from kg.custody_wording import held_totals, waiting_lines
from kg.errors import HosoError
from kg.questions.moved import moved
from kg.workspace import Workspace, open_workspace
from ontology.errors import AmbiguousUnit, BadDate, UnitNotFound
from tests.kg.custody.making import ASSIGNED, ASSIGNMENTS, HANDOVERS, list_csv
from tests.kg.questions import forms
from tests.kg.questions.conftest import CUA_NAM, HANG_BAC, HOAN_KIEM


def _row(value: dict[str, Any], record: str) -> dict[str, Any]:
    return next(row for row in value["records"] if row["record"]["id"] == record)


@pytest.mark.parametrize("source", [None, HANG_BAC, HOAN_KIEM])
def test_answers_by_place_have_the_contracts_form(workspace: Workspace, source: str | None) -> None:
    forms.check(forms.MovedByPlace, moved(workspace, source=source))


def test_answers_by_custody_have_the_contracts_form(workspace: Workspace) -> None:
    forms.check(forms.MovedByCustody, moved(workspace, by="custody"))


@pytest.mark.parametrize("by", ["place", "custody"])
def test_totals_are_the_sum_of_the_certainties(workspace: Workspace, by: Any) -> None:
    value = moved(workspace, by=by)
    for name in ("files", "documents", "pages"):
        assert value["totals"][name] == sum(row[name] for row in value["by_certainty"].values())
    metres = sum(row["metres"] or 0 for row in value["by_certainty"].values())
    assert value["totals"]["metres"] == pytest.approx(metres, abs=0.01)


def test_both_answers_count_the_same_documents_and_files(workspace: Workspace) -> None:
    by_place, by_custody = moved(workspace), moved(workspace, by="custody")
    assert by_place["totals"] == by_custody["totals"]
    assert by_place["totals"]["documents"] == 7  # the archive's own page is none
    assert by_place["totals"]["files"] == 6


def test_a_ward_that_went_whole_to_one_ward_is_certain(workspace: Workspace) -> None:
    row = _row(moved(workspace, source=HANG_BAC), "r1")
    assert row["place"]["certainty"] == "certain"
    assert row["place"]["weakest"] is None
    assert [step["name"] for step in row["place"]["new"]] == ["Phường Hoàn Kiếm"]
    assert row["place"]["new"][0]["act"] == "1656/NQ-UBTVQH15"
    assert row["place"]["new"][0]["clause"]


def test_an_undecided_place_lists_all_units_and_names_the_weakest_link(workspace: Workspace) -> None:
    place = _row(moved(workspace, source=HANG_BAC), "r2")["place"]
    assert (place["old"], place["certainty"], place["weakest"]) == (None, "candidates", "place")
    assert {unit["name"] for unit in place["old_candidates"]} == {"Phường Hàng Bạc", "Phường Cửa Nam"}


def test_a_doubtful_reading_is_never_certain(workspace: Workspace) -> None:
    place = _row(moved(workspace, source=HANG_BAC), "r5")["place"]
    assert (place["certainty"], place["weakest"]) == ("candidates", "reading")


def test_a_file_counts_under_its_weakest_document(workspace: Workspace) -> None:
    value = moved(workspace, source=HANG_BAC)
    certain, undecided = value["by_certainty"]["certain"], value["by_certainty"]["candidates"]
    assert (certain["documents"], undecided["documents"]) == (2, 2)  # r1, r3; r2, r5
    assert (certain["files"], undecided["files"]) == (1, 2)  # r3's; r1 and r2's, r5's


def test_a_district_takes_in_all_below_it(workspace: Workspace) -> None:
    assert moved(workspace, source=HOAN_KIEM)["totals"]["documents"] == 5


def test_to_a_new_ward_finds_the_old_wards_records(workspace: Workspace) -> None:
    value = moved(workspace, target="Phường Hoàn Kiếm, Thành phố Hà Nội")
    assert {row["record"]["id"] for row in value["records"]} == {"r1", "r2", "r4", "r5"}
    narrower = moved(workspace, source=CUA_NAM, target="Phường Hoàn Kiếm, Thành phố Hà Nội")
    assert {row["record"]["id"] for row in narrower["records"]} == {"r2", "r4"}
    # r2 may be about Cửa Nam, part of which lies in Ba Đình; then it did not come from Hàng Bạc
    ba_dinh = "Phường Ba Đình, Thành phố Hà Nội"
    assert moved(workspace, target=ba_dinh)["totals"]["documents"] == 2
    assert moved(workspace, source=HANG_BAC, target=ba_dinh)["totals"]["documents"] == 0


def test_denunciations_are_counted_and_not_listed(workspace: Workspace) -> None:
    value = moved(workspace, source=HANG_BAC)
    assert value["withheld"] == 1
    assert "r3" not in {row["record"]["id"] for row in value["records"]}
    opened = moved(workspace, source=HANG_BAC, access="closed")
    assert "r3" in {row["record"]["id"] for row in opened["records"]}


def test_custody_follows_the_fonds_and_not_the_subject(workspace: Workspace) -> None:
    value = moved(workspace, source=HOAN_KIEM, by="custody")
    assert {row["record"]["fonds"] for row in value["records"]} == {"F1", "F2", "F3"}
    ward = moved(workspace, source=HANG_BAC, by="custody")
    assert {row["record"]["id"] for row in ward["records"]} == {"r1", "r2"}  # and r3, closed; not r5 of the district


def test_only_a_dated_paper_makes_custody_a_fact(workspace: Workspace) -> None:
    value = moved(workspace, by="custody")
    assert value["by_certainty"]["fact"]["files"] == 1
    row = _row(value, "r4")["custody"]
    assert row["held_now"] == {
        "name": "Lưu trữ lịch sử thành phố Hà Nội",
        "since": "2025-09-15",
        "paper": "Biên bản 12/BB-TTLT",
    }
    assert row["destination"]["certainty"] == "not_assigned"  # 20 years, of a district that ended
    assert row["destination"]["name"] is None


def test_permanent_files_of_a_district_go_to_the_historical_archive(workspace: Workspace) -> None:
    destination = _row(moved(workspace, by="custody"), "r5")["custody"]["destination"]
    assert destination["name"] == "Lưu trữ lịch sử nhà nước của thành phố Hà Nội"
    assert destination["basis"] == "Thông tư 06/2025/TT-BNV, Điều 40 khoản 2 điểm a"
    assert destination["certainty"] == "by_rule_sure"


def test_without_a_fonds_custody_is_not_determined(workspace: Workspace) -> None:
    value = moved(workspace, by="custody")
    assert value["by_certainty"]["unknown_fonds"]["documents"] == 1
    assert _row(value, "r7")["custody"]["destination"] == {"name": None, "basis": None, "certainty": "unknown_fonds"}


def test_retention_of_a_file_is_the_longest_of_its_documents(workspace: Workspace) -> None:
    """r2 is kept ten years, r1 of the same file for ever: the file is permanent, also where only r2 is selected."""
    row = _row(moved(workspace, source=CUA_NAM), "r2")
    assert row["custody"]["destination"]["rule"] == "commune_permanent_merged"
    assert row["custody"]["due"] == "2035-06-30"


def test_metres_say_how_they_were_had(workspace: Workspace) -> None:
    basis = moved(workspace)["totals"]["metres_basis"]
    assert basis["measured"] == 0.5
    assert basis["coefficient"] == pytest.approx((14 + 26) / 1312.5 + 3 / 1625, abs=0.001)
    assert set(basis) == {"measured", "coefficient"}


def test_the_limit_shortens_the_list_and_not_the_totals(workspace: Workspace) -> None:
    value = moved(workspace, limit=2)
    assert len(value["records"]) == value["listed"] == 2
    assert value["totals"]["documents"] == 7


def test_unknown_and_ambiguous_units_are_errors(workspace: Workspace) -> None:
    with pytest.raises(UnitNotFound):
        moved(workspace, source="Xã Không Có Thật Đâu")
    with pytest.raises(AmbiguousUnit):
        moved(workspace, source="Xã Tân Tiến")
    with pytest.raises(HosoError):
        moved(workspace, by="owner")  # type: ignore[arg-type]


def test_the_day_of_a_name_is_read_as_people_write_it(workspace: Workspace) -> None:
    value = moved(workspace, source="Phường Hàng Bạc", within="Quận Hoàn Kiếm", at="30/06/2025")
    assert value["totals"]["documents"] == 4
    assert moved(workspace, source="Phường Hàng Bạc", within="Quận Hoàn Kiếm", at="2012")["from"] == value["from"]
    with pytest.raises(BadDate):
        moved(workspace, source=HANG_BAC, at="31/02/2001")


def test_by_custody_who_holds_it_and_where_it_must_go_are_two_totals(workspace: Workspace) -> None:
    """A file held by a paper stays among the undecided while nobody is assigned to receive it."""
    value = moved(workspace, by="custody")
    assert "fact" not in value["by_destination"]
    for name in ("files", "documents", "pages"):
        assert value["totals"][name] == sum(row[name] for row in value["by_destination"].values())
    undecided = {
        row["file"]["id"] for row in value["files"] if row["custody"]["destination"]["certainty"] == "not_assigned"
    }
    assert "F2/1/01" in undecided  # a paper says who holds it
    assert value["by_destination"]["not_assigned"]["files"] == len(undecided)
    assert value["by_certainty"]["not_assigned"]["files"] < len(undecided)
    assert "by_destination" not in moved(workspace)


def test_by_custody_files_are_listed_that_nobody_scanned_too(workspace: Workspace) -> None:
    value = moved(workspace, by="custody")
    listed = [row["file"]["id"] for row in value["files"]]
    assert set(listed) == {"F1/1/01", "F1/1/02", "F1//03", "F2/1/01", "F2/1/02", "F3//01"}
    assert (value["files_listed"], value["files_known"]) == (6, 6)
    assert [name for name in listed if name.startswith("F1/1")] == ["F1/1/01", "F1/1/02"]
    unscanned = next(row for row in value["files"] if row["file"]["id"] == "F1/1/02")
    assert (unscanned["file"]["scanned"], unscanned["file"]["pages"]) == (False, 26)
    assert unscanned["custody"]["destination"]["certainty"]
    for row in value["files"]:
        TypeAdapter(forms.File).validate_python(row["file"])
    assert len(moved(workspace, by="custody", limit=2)["files"]) == 2
    assert "files" not in moved(workspace)


def test_the_title_of_a_file_of_denunciations_is_kept_back(workspace: Workspace) -> None:
    def title(access: Any) -> Any:
        rows = moved(workspace, by="custody", access=access)["files"]
        return next(row["file"]["title"] for row in rows if row["file"]["id"] == "F1//03")

    assert (title("open"), title("closed")) == (None, "Đơn thư")


def test_what_is_not_assigned_of_the_units_before_is_named_and_not_counted(workspace: Workspace) -> None:
    """The new ward was made of Hàng Bạc and of the district around it: the district's file of 20 years waits."""
    value = moved(workspace, target="Phường Hoàn Kiếm, Thành phố Hà Nội", by="custody")
    assert [row["file"]["id"] for row in value["files"]] == ["F1/1/02"]  # by rule, of the ward that went whole
    waiting = value["undecided"]
    assert waiting["files"] >= 1
    assert {row["id"] for row in waiting["fonds"]} <= {"F1", "F2"}
    assert moved(workspace, by="custody")["undecided"] is None
    assert moved(workspace, target="Thành phố Hà Nội", by="custody")["undecided"] is None


def test_to_the_province_counts_what_its_archive_arranges_first(workspace: Workspace) -> None:
    value = moved(workspace, source=HOAN_KIEM, target="Thành phố Hà Nội", by="custody")
    first = [row["file"]["id"] for row in value["files"] if row["custody"]["destination"]["via"]]
    assert "F2/1/01" in first


def test_what_lies_elsewhere_is_not_counted_as_held_here(store_folder: Path, tmp_path: Path) -> None:
    """A ward is to receive three files: it has one, another body has the second, of the third no paper says who has it."""
    shutil.copytree(store_folder, tmp_path / "store")
    with open_workspace(f"sqlite:///{tmp_path / 'store' / 'h.db'}") as workspace:
        handed = ("F1", "01", "UBND phường Hàng Bạc", "UBND P. Hoàn Kiếm", "07/BB-UBND", "02/07/2025")
        keep(
            workspace.store,
            [
                read_list(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)),
                read_list(list_csv(tmp_path, HANDOVERS, handed, name="b.csv"), defaults=Defaults("handover")),
            ],
        )
        value = moved(workspace, target="Phường Hoàn Kiếm, Thành phố Hà Nội", by="custody")
    held, listed = value["by_held"], {row["file"]["id"]: row["custody"] for row in value["files"]}
    assert {word: row["files"] for word, row in held.items()} == {"here": 1, "elsewhere": 1, "unknown": 1}
    assert listed["F2/1/01"]["held_now"]["name"] == "Lưu trữ lịch sử thành phố Hà Nội"
    assert value["to_come"]["files"] == 2
    for name in ("files", "documents", "pages"):
        assert value["totals"][name] == sum(row[name] for row in held.values())
    assert [row["files"] for _, row in held_totals(value)] == [1, 1, 1]
    assert "2" in waiting_lines(value)[0]
    assert value["by_certainty"]["fact"]["files"] == 2


def test_without_a_receiver_nothing_is_to_come(workspace: Workspace) -> None:
    value = moved(workspace, by="custody")
    assert (value["by_held"], value["to_come"]) == (None, None)
    assert [row["files"] for _, row in held_totals(value)] == [1, 5]


def test_one_body_in_several_spellings_is_one_group(store_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(store_folder, tmp_path / "store")
    with open_workspace(f"sqlite:///{tmp_path / 'store' / 'h.db'}") as workspace:
        spelled = ("P. Hoàn Kiếm", "ubnd p. hoàn kiếm", "UBND phường Hoàn Kiếm")
        rows = [
            ("F1", code, "UBND phường Hàng Bạc", body, "07/BB-UBND", "02/07/2025")
            for code, body in zip(("01", "02", "03"), spelled, strict=True)
        ]
        keep(workspace.store, [read_list(list_csv(tmp_path, HANDOVERS, *rows), defaults=Defaults("handover"))])
        value = moved(workspace, source=HANG_BAC, by="custody")
    assert {group["held_now"] for group in value["groups"]} == {"Ủy ban nhân dân phường Hoàn Kiếm"}
    assert {row["custody"]["held_now"]["name"] for row in value["files"]} == set(spelled)  # as the papers have it
