"""What is told of a fonds where lists are as offices write them: boxes, pages, numbers, rows that many lists have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kg.cli.fonds_display import show_fonds
from kg.export.fonds import write_fonds
from kg.ingest.run import ingest
from kg.model import File, Fonds, Record
from kg.questions.fonds import fonds
from kg.questions.fonds_days import days
from kg.questions.holdings import FileCount, Holdings, pages_of
from kg.questions.in_two_fonds import in_two_fonds
from kg.questions.metres import Shelf, boxes_of, total
from kg.questions.numbering import in_order, numbering
from kg.questions.reconciliation import differences
from kg.readers.batch import discover
from kg.store.held import Held
from kg.workspace import open_workspace
from ontology.registry import load
from tests.kg.ingest.batches import page

Take = Callable[..., list[dict[str, Any]]]


def row(fonds_id: str, code: str = "01", **values: Any) -> File:
    """A listed file."""
    given: dict[str, Any] = {"title": "Hồ sơ quản lý nhà phố cổ", "since": "1987", "until": "1996", "listed": True}
    return File(f"{fonds_id}//{code}", fonds_id, code=code, **(given | values))


def held(*records: Record) -> Holdings:
    """The count of some records."""
    found = Holdings()
    for record in records:
        found.add(Held.of(record), None)
    return found


def scan(identifier: str, file: str | None, **values: Any) -> Record:
    """A scan of which no row speaks."""
    given: dict[str, Any] = {"source": f"{identifier}.pdf", "fonds": "A", "file": file, "pages": 1}
    return Record(identifier, **(given | values))


# -- in two fonds


@pytest.mark.parametrize("code", ["H-{n:02}", "{n:02}/2001", "01.{n:02}", "{n:02}.TCCB"])
def test_numbers_with_a_mark_name_no_fonds(code: str) -> None:
    files = [
        row(one, code.format(n=n), title=f"Hồ sơ giao đất của ông {one} {n}")
        for one in ("P01", "P02", "P03")
        for n in range(5)
    ]
    assert in_two_fonds(files, held()) == {}


def test_codes_of_a_column_prove_nothing_where_the_titles_differ() -> None:
    def file(one: str, title: str) -> File:
        return row(one, "7", title=title, extra={"archive_code": "H-07"})

    assert in_two_fonds([file("A", "Hồ sơ giao đất"), file("B", "Sổ quỹ")], held()) == {}
    assert set(in_two_fonds([file("A", "Sổ quỹ năm 2001"), file("B", "Sổ quỹ năm 2001")], held())) == {"A//7", "B//7"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Công văn đi năm 2001", "sheets": 100}, {"title": "Công văn đi năm 2001", "sheets": 50}),
        ({"title": "Công văn đi năm 2001"}, {"title": "Công văn đi năm 2001"}),
        ({"title": "Hồ sơ A"}, {"title": "Hồ sơ A"}),
        ({"sheets": 100}, {"sheets": 50}),
        ({"retention": "vĩnh viễn"}, {"retention": "10 năm"}),
    ],
)
def test_what_every_office_has_and_what_differs_is_not_one_file(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert in_two_fonds([row("A", **one), row("B", **other)], held()) == {}


def test_two_archivists_count_one_file_a_little_otherwise() -> None:
    assert set(in_two_fonds([row("A", sheets=97), row("B", sheets=87)], held())) == {"A//01", "B//01"}


def test_two_lists_of_one_scheme_have_no_file_in_common() -> None:
    titles = ("giải quyết khiếu nại đất đai", "khen thưởng phong trào thi đua", "nghĩa vụ quân sự hằng năm")
    files = [row(one, str(n), title=f"Hồ sơ {title}") for one in "AB" for n, title in enumerate(titles)]
    assert in_two_fonds(files, held()) == {}
    others = [row(one, str(n), title=f"Hồ sơ của {one} số {n}") for one in "AB" for n in range(10, 30)]
    assert len(in_two_fonds([*files, *others], held())) == 6


# -- not scanned, not listed


def told(files: list[File], counted: Holdings) -> list[tuple[str | None, str, Any, Any, Any]]:
    """(file, kind, listed, found, why) of the differences."""
    found = differences("A", files, counted, {}, title=lambda file: file.title).rows
    return [(one["file"], one["kind"], one["listed"], one["found"], one.get("why")) for one in found]


def test_documents_of_a_file_that_no_list_of_files_has_and_nobody_scanned() -> None:
    file = row("A", listed=False)
    counted = held(*(scan(f"r{n}", file.id, source=None, pages=7) for n in (1, 2)))
    assert told([file], counted) == [(file.id, "not_scanned", 2, 0, None)]
    assert pages_of(file, counted.of(file.id)) == {"finding_aid": 14}


def test_loose_and_unreadable_scans_are_differences() -> None:
    in_list, in_none, whole = row("A", "03"), row("A", "98", listed=False), row("A", "01")
    counted = held(scan("r1", whole.id), scan("r2", None, source="A/rời.pdf"))
    counted.add_unread("A", in_list.id, "broken_pdf")
    counted.add_unread("A", in_none.id, "broken_pdf")
    assert told([whole, in_list, in_none], counted) == [
        (in_list.id, "not_scanned", None, 0, ["unreadable"]),
        (in_none.id, "not_listed", None, 1, None),
        (None, "not_listed", None, 1, ["loose"]),
    ]
    assert told([in_none], counted) == []  # without a list there is nothing to compare with


def test_a_secret_file_is_delivered() -> None:
    counted = held()
    counted.add_unread("A", "A//01", "secret", "secret")
    assert told([row("A")], counted) == []


def test_all_are_counted_and_the_first_made_into_rows() -> None:
    found = differences("A", [row("A", str(n)) for n in range(9)], held(), {}, title=lambda _: None, limit=2)
    assert ([one["code"] for one in found.rows], found.by_kind) == (["0", "1"], {"not_scanned": 9})
    assert found.by_list == {"not_scanned_finding_aid": 9}


# -- pages, boxes, metres


def test_pages_are_the_lists_where_it_gives_them_else_those_of_the_documents() -> None:
    count = FileCount(documents=3, scanned=2, pages_scanned=5, pages_listed=4, pages_exact=False)
    assert pages_of(row("A", pages=100), count) == {"finding_aid": 100}
    assert pages_of(row("A"), count) == {"estimated": 5, "finding_aid": 4}
    assert pages_of(None, FileCount()) == {}


def test_boxes_are_counted_in_each_inventory_and_by_their_numbers() -> None:
    files = [
        File(f"A/{inventory}/{n}", "A", f"A/{inventory}", str(n), box=box, listed=True)
        for inventory in ("01", "02")
        for n, box in enumerate(("1", "01", "Hộp 1", "2-3"))
    ]
    assert len({box for file in files for box in boxes_of(file)}) == 6
    shelf = Shelf(files, {"A": Fonds("A")})
    assert total(shelf.metres(file) for file in files)[0] == pytest.approx(0.75)


def test_metres_are_added_and_then_rounded() -> None:
    files = [File(f"A//{n}", "A", code=str(n), pages=1, listed=True) for n in range(2000)]
    shelf = Shelf(files, {"A": Fonds("A", level="commune")})
    assert total(shelf.metres(file) for file in files)[0] == round(2000 / 1312.5, 3)


# -- numbers


def listed(*codes: str) -> list[File]:
    """Listed files of one inventory."""
    return [File(f"A/1/{code}", "A", "A/1", code, listed=True) for code in codes]


def test_the_number_is_the_last_that_is_no_year() -> None:
    (dotted,) = numbering(listed("P01.01.H001", "P01.01.H002", "P01.01.H004"))
    assert (dotted["from"], dotted["missing"]) == ("P01.01.H001", ["3"])
    (of_year,) = numbering(listed("12/2001", "14/2001"))
    assert of_year["missing"] == ["13"]
    (volumes,) = numbering(listed("H1 (tập 1)", "H1 (tập 2)"))
    assert volumes["repeated"] == ["H1 (tập 1), H1 (tập 2)"]


def test_a_missing_number_that_is_scanned_is_told() -> None:
    (series,) = numbering([*listed("H001", "H003"), File("A//H002", "A", code="H002")])
    assert (series["missing"], series["missing_scanned"]) == (["2"], ["H002"])


def test_files_stand_in_the_order_of_their_numbers() -> None:
    codes = ["1", "2", "10", "11", "H2", "H10"]
    assert [file.code for file in in_order(listed(*sorted(codes)))] == codes


# -- opening and closing


def committee(name: str, **values: Any) -> Fonds:
    """The fonds of a district's committee."""
    return Fonds("P", f"UBND {name}", unit=load().argument(name, prefer="ended").unit.id, **values)


def test_days_come_from_the_agency_where_nobody_says_them() -> None:
    found = days(committee("quận Nam Từ Liêm"))
    assert (found["opened"], found["opened_basis"]) == ("2014-04-01", "agency")
    assert (found["closed"], found["closed_basis"], found["closed_sure"]) == ("2025-06-30", "agency", "sure")
    assert found["status"] == "closed"


def test_what_a_list_says_goes_first_and_older_files_deny_an_opening() -> None:
    found = days(committee("quận Nam Từ Liêm", closed="2025-07-15", status="open"), "2009")
    assert (found["closed"], found["closed_basis"], found["status"]) == ("2025-07-15", None, "open")
    assert (found["opened"], found["opened_basis"]) == (None, None)


def test_an_unknown_creator_has_no_days() -> None:
    assert set(days(Fonds("P", "Ban không ai biết")).values()) == {None}


# -- a whole delivery


@pytest.fixture
def taken(tmp_path: Path) -> Take:
    """Take in tables and one scan of each path, and ask for all fonds and then for each."""

    def answer(*scans: str, **tables: str) -> list[dict[str, Any]]:
        batch = tmp_path / "lo-1"
        for name, text in {
            **{f"{name}.csv": text for name, text in tables.items()},
            **dict.fromkeys(scans, page(1)),
        }.items():
            (batch / name).parent.mkdir(parents=True, exist_ok=True)
            (batch / name).write_text(text, encoding="utf-8")
        with open_workspace(f"sqlite:///{tmp_path / 'kho.db'}", create=True) as workspace:
            ingest(workspace, discover([batch]), workers=1)
            every = fonds(workspace, files=True)
            assert isinstance(every, list)
            for one in every:
                alone = fonds(workspace, one["id"])
                assert isinstance(alone, dict)
                assert {key: alone[key] for key in one} == one
            limited = fonds(workspace, limit=1)
            assert isinstance(limited, list)
            assert all(len(one["differences"]) <= 1 for one in limited)
            assert [one["differences_count"] for one in limited] == [one["differences_count"] for one in every]
        return every

    return answer


HEAD = "Mã phông,Đơn vị hình thành phông,Số và ký hiệu hồ sơ,Tiêu đề hồ sơ,Thời gian tài liệu,Số tờ,Hộp số\n"


def test_one_fonds_is_told_as_among_all_and_all_go_into_one_list(
    taken: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "P1,UBND quận Đống Đa,H2,Hồ sơ quản lý nhà phố cổ,1987-1996,97,1\n"
        "P1,UBND quận Đống Đa,H10,Sổ quỹ,1990,99999999999999999999,1\n"
        "P1,UBND quận Đống Đa,,Không số,1991,3,1\n"
        "P1,UBND quận Đống Đa,H1,Sổ chứng thực chữ ký,1990,100,1\n"
        "P1,UBND quận Đống Đa,H1,Hồ sơ tổ dân phố,1991,10,1\n"
        "P2,UBND quận Ba Đình,H2,Hồ sơ quản lý nhà phố cổ,1987-1996,87,1\n"
    )
    first, second = taken("P1/H2/001.txt", "P1/rời.txt", mucluc=HEAD + rows)
    assert (first["files"], first["sheets"], first["rows_without_number"]) == (4, 207, 1)
    assert [(file["code"], file["same_number"]) for file in first["file"]] == [
        ("H1", True), ("H1", True), ("H2", None), ("H10", None),
    ]  # fmt: skip
    assert first["differences_by_kind"] == {"in_two_fonds": 1, "not_listed": 1, "not_scanned": 3, "sheets": 1}
    assert second["differences_by_kind"] == {"in_two_fonds": 1, "not_scanned": 1}
    loose = first["differences"][-1]
    assert (loose["file"], loose["named"], loose["why"]) == (None, ["P1/rời.txt"], ["loose"])
    assert sum(file["pages"] or 0 for file in first["file"]) + 1 == first["pages"]
    write_fonds(tmp_path / "a.xlsx", [first, second])
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[2]
    assert [cells[0].value for cells in sheet.iter_rows(min_row=2)] == ["P1"] * 4 + ["P2"]
    monkeypatch.setenv("HOSO_LANG", "vi")
    monkeypatch.setenv("COLUMNS", "80")
    whole = dict.fromkeys(("numbering", "duplicates", "events"), ())
    show_fonds(first | whole, 3)
    said = capsys.readouterr().out
    alike = {str(file["custody"]) for file in first["file"]}
    assert said.count("Nơi phải nộp:") == len(alike) + 3
    assert "Đang hiện 3 trong 4 hồ sơ" in said
    assert "H1 · trùng số · Sổ chứng thực chữ ký" in said
    assert "Dòng mục lục không có số hồ sơ, chưa tính vào đâu: 1" in said
