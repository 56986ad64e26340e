"""``hoso disagreements`` as a user types it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.messages import knows
from kg.questions.disagreements import reason_in
from ontology.compile.package import read_package
from ontology.disagreements import CLAIMS, KINDS, REASONS, all_of
from tests.kg.typed import error, hoso, value

HEADER = ["Mã cũ", "Tên cũ", "Quận/huyện cũ", "Tỉnh cũ", "Mã mới", "Tên mới", "Phạm vi"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")


def table(path: Path, *rows: list[str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return str(path)


def test_all_are_listed_and_have_the_fields_of_the_contract() -> None:
    found = value("disagreements")
    assert len(found) == len(all_of())
    for one in found:
        assert {"id", "kind", "unit", "other", "date", "claims", "held", "reason"} <= one.keys()
        assert [set(claim) for claim in one["claims"]] == [{"source", "says"}] * 2
        assert one["date"] is None or len(one["date"]) == len("2025-07-01")


def test_those_of_a_unit_whichever_end_and_version() -> None:
    (one,) = value("disagreements", "Phường Thịnh Quang, Hà Nội", "--kind", "edge")
    assert (one["unit"]["id"], one["other"]["id"]) == ("00223@1981-01-03", "00235@2025-01-01")
    assert one["unit"]["parents"][0]["name"] == "Quận Đống Đa"
    assert value("disagreements", "00235@2025-01-01") == [one]
    assert value("disagreements", "Phường Cửa Nam, Quận Hoàn Kiếm") == []


def test_a_partial_day_is_told_as_such() -> None:
    (one,) = [one for one in value("disagreements", "--at", "1976") if one["unit"]["name"] == "Tỉnh Nghĩa Bình"]
    assert (one["date"], one["date_partial"]) == (None, "1976-02")


def test_kind_place_and_day_narrow_the_list() -> None:
    found = value("disagreements", "--kind", "parent", "--within", "Hà Nội")
    assert {one["unit"]["name"] for one in found} == {"Xã Dương Nội", "Xã Biên Giang", "Xã Đồng Mai"}
    days = {one["date"] for one in value("disagreements", "--at", "2025-07-01")}
    assert days == {"2025-07-01"}


def test_people_read_each_source_what_is_held_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    shown = hoso("disagreements", "09886@2006-01-04").output
    assert "danh mục biến động 2008–2025 của cơ quan thống kê ghi: thuộc: Huyện Hoài Đức" in shown
    assert "Ở đây giữ: thuộc: Thị xã Hà Đông" in shown
    assert "Lý do: văn bản được lấy" in shown


def test_every_kind_claim_and_reason_has_words() -> None:
    from kg.cli.disagreements_display import _slug

    assert all(knows(f"dispute_{kind}") for kind in KINDS)
    assert [claim for claim in CLAIMS if not knows(f"claim_{_slug(claim)}")] == []
    assert [reason for reason in REASONS if not knows(f"ground_{_slug(reason)}")] == []


def test_the_reason_of_every_correction_has_words_in_vietnamese() -> None:
    reviewed = [each.reason for each in all_of() if each.id.startswith("reviewed:")]
    assert [reason for reason in reviewed if reason_in("vi", reason) == reason] == []
    assert reason_in("en", reviewed[0]) == reviewed[0]
    told = reason_in("vi", "The list of snapshots has the act on that day: 27/NQ-CP")
    assert told == "Danh sách các đợt ghi văn bản vào ngày đó: 27/NQ-CP"


def test_they_go_into_a_workbook(tmp_path: Path) -> None:
    out = tmp_path / "khac biet.xlsx"
    assert hoso("disagreements", "--kind", "parent", "--out", str(out)).exit_code == 0
    rows = list(load_workbook(out).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 1 + 4
    assert rows[0][0] == "Kind"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--kind", "colour"], "colour"),
        (["Phường Không Có"], "Phường Không Có"),
        (["--at", "31/02/2025"], "31/02/2025"),
        (["--out", "khac.docx"], "khac.docx"),
        (["--against", "khong-co.csv"], "khong-co.csv"),
    ],
)
def test_bad_input_is_told_in_a_line(words: list[str], told: str) -> None:
    assert told in error("disagreements", *words)["message"]


def test_against_goes_with_nothing_else(tmp_path: Path) -> None:
    path = table(tmp_path / "bang.csv")
    assert hoso("disagreements", "Hà Nội", "--against", path).exit_code == 2


# A table held against the acts


def test_a_table_as_the_acts_have_it_shows_no_difference(tmp_path: Path) -> None:
    rows = [
        ["00001", "Phường Phúc Xá", "Quận Ba Đình", "Thành phố Hà Nội", "00097", "Phường Hồng Hà", "toàn bộ"],
        ["", "Xã Nhơn Châu", "Thành phố Quy Nhơn", "Bình Định", "", "Xã Nhơn Châu", "giữ nguyên"],
    ]
    answer = value("disagreements", "--against", table(tmp_path / "bang.csv", *rows))
    assert (answer["rows"], answer["edges"], answer["agree"], answer["unread"]) == (2, 2, 2, [])
    assert {one["difference"] for one in answer["differ"]} == {"missing_there"}  # other communes of phường Hồng Hà


def test_an_edge_that_no_act_has_another_extent_and_what_is_missing(tmp_path: Path) -> None:
    rows = [
        ["9859", "Xã Sơn Đồng", "", "", "09616", "Xã Đoài Phương", ""],  # Excel took the zero in front
        ["09013", "Xã Văn Khê", "", "", "08980", "", "toàn bộ"],
        ["25102", "Xã Đạ M'ri", "", "", "25105", "", ""],
        ["00008", "Phường Ngọc Hà", "", "", "00008", "Phường Ngọc Hà", ""],  # the code was Liễu Giai's
    ]
    answer = value("disagreements", "--against", table(tmp_path / "bang.csv", *rows))
    wrong = [one for one in answer["differ"] if one["difference"] == "missing_here"]
    assert wrong[0]["row"] == 2
    assert [(to["name"], to["act"], to["clause"]) for to in wrong[0]["goes_to"]] == [
        ("Xã Sơn Đồng", "1656/NQ-UBTVQH15", "104")
    ]
    missing = [one for one in answer["differ"] if one["difference"] == "missing_there"]
    assert ("09013@2007-12-17", "09817@2025-07-01", "part_area_only", "107") in [
        (one["old"]["id"], one["new"]["id"], one["here"], one["clause"]) for one in missing
    ]
    assert {one["row"]: one["why"] for one in answer["unread"]} == {4: "ended", 5: "code_and_name"}
    shown = hoso("disagreements", "--against", str(tmp_path / "bang.csv")).output
    assert "1656/NQ-UBTVQH15" in shown


def test_an_extent_that_differs_is_told_with_the_clause(tmp_path: Path) -> None:
    path = table(tmp_path / "bang.csv", ["00118", "", "", "", "00118", "", "toàn bộ"])
    differences = value("disagreements", "--against", path)["differ"]
    (one,) = [one for one in differences if one["difference"] == "extent"]
    assert (one["there"], one["here"], one["act"]) == ("whole", "part_area_all_pop", "1656/NQ-UBTVQH15")


def test_the_differences_go_into_a_table(tmp_path: Path) -> None:
    path = table(tmp_path / "bang.csv", ["09859", "Xã Sơn Đồng", "", "", "09616", "Xã Đoài Phương", ""])
    out = tmp_path / "khac.csv"
    assert hoso("disagreements", "--against", path, "--out", str(out)).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["Difference"] == "not in the acts"


def test_a_table_without_old_and_new_units_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_text("họ tên,năm sinh\nA,1990\n", encoding="utf-8")
    told = error("disagreements", "--against", str(path))["message"]
    assert "Phường/Xã cũ" in told
    assert "old_code" in told


def test_the_package_as_a_table_differs_in_the_edges_that_its_comparison_found(tmp_path: Path) -> None:
    package = read_package()
    old = {each.code or each.district: each for each in package.old}
    rows = [
        [code, old[code].name, old[code].district_name, old[code].province_name, new, "", ""]
        for code, targets in sorted(package.went_to.items())
        for new in sorted(targets)
    ]
    answer = value("disagreements", "--against", table(tmp_path / "goi.csv", *rows))
    assert answer["unread"] == []
    found = {(one["old"]["id"], one["new"]["id"]) for one in answer["differ"]}
    assert found == {(each.unit, each.other) for each in all_of("edge") if each.id.startswith("package:")}
    assert len(found) == 34


@pytest.mark.shared
def test_the_reference_of_disagreements_as_a_table(shared: Path) -> None:
    """83 rows: 13 are edges of the acts; 57 are not; 13 name communes that had ended before."""
    path = shared / "admin" / "disagreements.csv"
    with (shared / "admin" / "gold_mapping.csv").open(encoding="utf-8-sig", newline="") as file:
        gold = {(row["old_code"], row["new_code"]) for row in csv.DictReader(file)}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {number: (row["old"], row["new"]) for number, row in enumerate(csv.DictReader(file), start=2)}
    answer = value("disagreements", "--against", str(path))
    refused = {one["row"] for one in answer["differ"] if one["difference"] == "missing_here"}
    refused |= {one["row"] for one in answer["unread"]}
    assert answer["rows"] == 83
    assert answer["agree"] == 13
    assert refused == {number for number, pair in rows.items() if pair not in gold}


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (
            "Phường/Xã cũ;Quận/Huyện cũ;Tỉnh cũ;Phường/Xã mới;Tỉnh mới",
            "P. Hàng Bạc;Hoàn Kiếm;Hà Nội;Hoàn Kiếm;Hà Nội",
        ),
        ("Đơn vị cũ;Đơn vị mới", "Phường Hàng Bạc, Hoàn Kiếm;Phường Hoàn Kiếm"),
        ("Tên cũ;Tên mới", "Hàng Bạc;Hoàn Kiếm, Hà Nội"),
        ("Mã ĐVHC cũ;Mã đơn vị mới;Xã sau sắp xếp", "00061;00070;Phường Hoàn Kiếm"),
        ("Địa chỉ;Đơn vị mới", "Số 5 Mã Mây, Phường Hàng Bạc, Hoàn Kiếm, Hà Nội;Phường Hoàn Kiếm"),
    ],
)
def test_an_offices_own_headings_and_names_are_read(tmp_path: Path, heading: str, row: str) -> None:
    path = tmp_path / "bang.csv"
    path.write_text(f"{heading}\n{row}\n", encoding="utf-8")
    answer = value("disagreements", "--against", str(path))
    assert (answer["edges"], answer["agree"], answer["unread"]) == (1, 1, [])
