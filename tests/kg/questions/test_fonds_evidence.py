"""What lists and scans differ in, on what evidence; numbers of files, duplicates, registers, events; the list to keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kg.errors import HosoError
from kg.export.fonds import write_fonds
from kg.ingest.run import ingest
from kg.model import File, Record
from kg.questions.difference_words import fonds_label, label, why
from kg.questions.fonds import fonds
from kg.questions.forms import Json
from kg.questions.holdings import Holdings
from kg.questions.in_two_fonds import Twice, in_two_fonds
from kg.questions.numbering import numbering
from kg.questions.reconciliation import differences as all_differences
from kg.readers.batch import discover
from kg.store.held import Held
from kg.workspace import open_workspace
from tests.kg.ingest.batches import page

Answer = Callable[..., dict[str, Any]]


def held(*records: Record) -> Holdings:
    """The count of some records."""
    found = Holdings()
    for record in records:
        found.add(Held.of(record), None)
    return found


def scan(identifier: str, file: str, **values: Any) -> Record:
    """A scanned document of a file, of which a row of a manifest speaks."""
    given: dict[str, Any] = {"source": f"{identifier}.pdf", "fonds": file.partition("/")[0], "file": file, "pages": 1, "extra": {"manifest": {"a": 1}}}  # fmt: skip
    return Record(identifier, **(given | values))


def differences(files: list[File], counted: Holdings, twice: Twice, fonds_id: str = "A") -> list[Json]:
    """The differences of the files of one fonds."""
    return all_differences(fonds_id, files, counted, twice, title=lambda file: file.title).rows


def kinds(files: list[File], counted: Holdings) -> list[tuple[str, str]]:
    """(file, kind) of the differences, whatever the fonds."""
    found = differences(files, counted, in_two_fonds(files, counted))
    return [(row["file"], row["kind"]) for row in found]


def proofs(files: list[File], counted: Holdings) -> dict[str, dict[str, set[str]]]:
    """Of each file that is found in two fonds, the other fonds with the proofs."""
    return {ident: dict(others) for ident, others in in_two_fonds(files, counted).items()}


# -- in two fonds


def test_the_same_scan_in_files_of_two_fonds() -> None:
    files = [File("A//1", "A", code="1"), File("B//2", "B", code="2"), File("A//3", "A", code="3")]
    counted = held(*(scan(f"r{n}", file.id, sha256="same") for n, file in enumerate(files)))
    assert proofs(files, counted) == {"A//1": {"B": {"scan"}}, "B//2": {"A": {"scan"}}, "A//3": {"B": {"scan"}}}


def test_scans_of_one_folder_of_a_file_that_went_to_two_fonds() -> None:
    files = [File("A//H1", "A", code="H1"), File("B//H1", "B", code="H1"), File("B//H9", "B", code="H9")]
    counted = held(
        scan("r1", "A//H1", source="A/H1/001.pdf"), scan("r2", "B//H1", source="A/H1/002.pdf"),
        scan("r3", "B//H9", source="A/H1/003.pdf"),
    )  # fmt: skip
    assert proofs(files, counted) == {"A//H1": {"B": {"folder"}}, "B//H1": {"A": {"folder"}}}


def test_scans_of_many_files_in_one_folder_prove_nothing() -> None:
    files = [File("A//H1", "A", code="H1"), File("B//H1", "B", code="H1")]
    counted = held(scan("r1", "A//H1", source="quet/001.pdf"), scan("r2", "B//H1", source="quet/002.pdf"))
    assert proofs(files, counted) == {}


def test_a_file_that_bears_the_archive_code_of_another_fonds() -> None:
    files = [File("P01//H012", "P01", code="H012"), File("P02//x", "P02", code="P01.H012"), File("P02//H012", "P02", code="H012")]  # fmt: skip
    assert proofs(files, held()) == {"P01//H012": {"P02": {"code"}}, "P02//x": {"P01": {"code"}}}


def row(fonds_id: str, code: str = "01", **values: Any) -> File:
    """A listed file."""
    given: dict[str, Any] = {"title": "Hồ sơ quản lý nhà phố cổ", "since": "1987", "until": "1996", "listed": True}
    return File(f"{fonds_id}//{code}", fonds_id, code=code, **(given | values))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (row("A"), row("B"), True),
        (row("A"), row("B", since=None, until=None), True),
        (row("A"), row("B", title="HỒ SƠ QUẢN LÝ NHÀ PHỐ CỔ"), True),
        (row("A"), row("B", since="1999", until="2001"), False),
        (row("A"), row("B", code="77"), False),
        (row("A", sheets=45), row("B", code="77", sheets=45), True),
        (row("A", sheets=45), row("B", code="77", sheets=46), False),
    ],
)
def test_one_row_in_the_lists_of_two_fonds(one: File, other: File, *, expected: bool) -> None:
    assert bool(proofs([one, other], held())) is expected


def test_what_the_lists_of_many_fonds_have_is_the_wording_of_a_scheme() -> None:
    assert proofs([row("A"), row("B"), row("C")], held()) == {}


# -- sheets and pages


@pytest.mark.parametrize(
    ("sheets", "pages", "estimated", "told"),
    [
        (45, 87, False, False),
        (45, 45, False, False),
        (45, 90, False, False),
        (45, 44, False, True),
        (45, 91, False, True),
        (9, 6, True, False),
        (13, 6, True, True),
        (3, 13, True, True),
    ],
)
def test_a_sheet_has_one_or_two_pages(sheets: int, pages: int, *, estimated: bool, told: bool) -> None:
    file = row("A", sheets=sheets)
    counted = held(scan("r1", file.id, pages=pages, pages_estimated=estimated))
    found = differences([file], counted, {})
    assert bool(found) is told
    for one in found:
        assert (one["kind"], one["listed"], one["found"], one["estimated"]) == ("sheets", sheets, pages, estimated)  # fmt: skip


def test_pages_that_nobody_can_read_are_not_judged_by_their_letters() -> None:
    file = row("A", sheets=40)
    assert kinds([file], held(scan("r1", file.id, pages=1, pages_estimated=True, readable=False))) == []


def test_a_list_that_gives_pages_is_taken_at_its_word() -> None:
    file = row("A", pages=12)
    (found,) = differences([file], held(scan("r1", file.id, pages=11)), {})
    assert (found["kind"], found["listed"], found["found"], found["unit"]) == ("sheets", 12, 11, "pages")


def test_a_document_listed_and_not_scanned_is_named_unless_it_is_closed() -> None:
    file = row("A")
    counted = held(
        scan("r1", file.id),
        scan("r2", file.id, source=None),
        scan("r3", file.id, source=None, subject="denunciation"),
    )
    (found,) = differences([file], counted, {})
    assert (found["kind"], found["listed"], found["found"], found["documents"]) == ("not_scanned", 3, 1, ["r2"])


def test_a_scan_of_which_no_row_speaks_among_those_that_have_one() -> None:
    file = row("A")
    (found,) = differences([file], held(scan("r1", file.id), scan("r2", file.id, extra={})), {})
    assert (found["kind"], found["listed"], found["found"]) == ("not_listed", 1, 2)
    assert differences([file], held(scan("r1", file.id, extra={}), scan("r2", file.id, extra={})), {}) == []


def test_a_difference_says_with_which_list_it_is() -> None:
    in_list, in_none = row("A", "1"), row("A", "2", listed=False)
    counted = held(
        scan("r1", in_none.id), scan("r2", in_none.id, source=None), scan("r3", in_none.id, extra={}),
    )  # fmt: skip
    found = differences([in_list, in_none], counted, {})
    assert [(one["kind"], one["list"], one["listed"], one["found"]) for one in found] == [
        ("not_scanned", "finding_aid", None, 0),
        ("not_scanned", "manifest", 2, 1),
        ("not_listed", "finding_aid", None, 2),
    ]
    assert len({label(one) for one in found}) == len({(label(one), why(one)) for one in found}) == 3


def test_without_a_finding_aid_the_manifest_alone_is_compared() -> None:
    part, none = row("A", "1", listed=False), row("A", "2", listed=False)
    counted = held(
        scan("r1", part.id), scan("r2", part.id, extra={}), scan("r3", part.id, extra={}, subject="denunciation"),
        scan("r4", none.id, source=None),
    )  # fmt: skip
    found = differences([part, none], counted, {})
    assert [(one["kind"], one["list"], one["listed"], one["found"], one["documents"]) for one in found] == [
        ("not_listed", "manifest", 1, 3, ["r2"]),
        ("not_scanned", "manifest", 1, 0, ["r4"]),
    ]


def test_an_unknown_fonds_is_no_second_one() -> None:
    one, other = row("A"), File("//01", None, code="01", title="Hồ sơ quản lý nhà phố cổ", since="1987", until="1996", listed=True)  # fmt: skip
    counted = held(scan("r1", one.id, sha256="same"), scan("r2", other.id, sha256="same", fonds="A"))
    assert proofs([one, other], counted) == {}
    assert fonds_label("") == fonds_label(None) != ""


# -- numbers


def listed(*codes: str, **values: Any) -> list[File]:
    """Listed files of one inventory."""
    return [File(f"A/1/{code}", "A", "A/1", code, listed=True, **values) for code in codes]


def test_numbers_repeated_and_missing() -> None:
    files = [*listed("H001", "H002a", "H002b", "H005", "H009"), *listed("H010", extra={"repeated_in": ["a.csv:7"]})]
    (series,) = numbering([*files, *listed("B01", extra={"bundle": True})])
    assert (series["from"], series["to"], series["files"]) == ("H001", "H010", 7)
    assert (series["repeated"], series["repeated_count"]) == (["H002a, H002b", "H010"], 2)
    assert (series["missing"], series["missing_count"]) == (["3-4", "6-8"], 5)


def test_series_of_their_own_and_what_counts_nothing() -> None:
    found = numbering(listed("01.TCCB", "03.TCCB", "01.VP", "02.VP", "1995", "1998", "TC-7", "abc"))
    assert {(row["from"], row["to"], row["missing_count"]) for row in found} == {
        ("01.TCCB", "03.TCCB", 1),
        ("01.VP", "02.VP", 0),
    }


# -- a whole delivery


@pytest.fixture
def taken(tmp_path: Path) -> Answer:
    """Take in tables and scans (path → text), and ask for a fonds."""

    def answer(asked: str, **tables: str) -> dict[str, Any]:
        batch = tmp_path / "lo-1"
        batch.mkdir(exist_ok=True)
        for name, text in tables.items():
            (batch / f"{name}.csv").write_text(text, encoding="utf-8")
        with open_workspace(f"sqlite:///{tmp_path / 'kho.db'}", create=True) as workspace:
            ingest(workspace, discover([batch]), workers=1)
            value = fonds(workspace, asked)
        assert isinstance(value, dict)
        return value

    return answer


LIST = "Mã phông,Số và ký hiệu hồ sơ,Tiêu đề hồ sơ,Thời gian tài liệu,Thời hạn bảo quản,Số tờ,Hộp số\n"


def test_a_register_is_a_record_with_fields_of_its_own(taken: Answer) -> None:
    one = taken(
        "P5",
        mucluc_so="Phông số: P5,,,,,\nTT,Loại sổ,Quyển số,Năm mở-khóa,Số trường hợp,Số trang\n"
        "1,Sổ đăng ký khai sinh,01,1987-1988,245 trường hợp,200\n",
    )
    (register,) = one["registers_listed"]
    assert {key: register[key] for key in ("kind", "number", "opened", "closed", "cases", "pages", "scanned")} == {
        "kind": "Sổ đăng ký khai sinh", "number": "01", "opened": "1987", "closed": "1988", "cases": 245, "pages": 200,
        "scanned": False,
    }  # fmt: skip
    assert (one["registers"], one["documents"]) == (1, 1)


def test_figures_say_how_they_were_had(taken: Answer) -> None:
    rows = "P5,01,Hồ sơ một,1990,Vĩnh viễn,45,1\nP5,02,Hồ sơ hai,1991,Vĩnh viễn,30,1\nP5,02,Hồ sơ ba,1991,,,2\n"
    one = taken("P5", mucluc=LIST + rows)
    assert (one["files"], one["boxes"], one["sheets"], one["pages_basis"]) == (3, 2, 75, {})
    assert set(one["metres_basis"]) == {"boxes"}
    (norm,) = one["metres_norms"]
    assert "0.125" in norm
    assert {(row["sheets_basis"], row["metres_basis"], row["metres_norm"]) for row in one["file"]} == {
        ("finding_aid", "boxes", norm),
        (None, "boxes", norm),
    }
    (series,) = one["numbering"]
    assert (series["repeated"], series["files"]) == (["02"], 3)


def test_the_same_list_again_is_no_event_and_a_changed_one_is(taken: Answer) -> None:
    first = taken("P5", mucluc=f"{LIST}P5,01,Hồ sơ một,1990,Vĩnh viễn,45,1\n")
    assert len(taken("P5")["events"]) == len(first["events"]) == 1
    again = taken("P5", mucluc=f"{LIST}P5,01,Hồ sơ một,1990,Vĩnh viễn,46,1\nP5,02,Hồ sơ hai,1991,,3,1\n")
    assert [(event["files"], event["documents"], event["tables"]) for event in again["events"]] == [
        (1, 0, ["mucluc.csv"]),
        (2, 0, ["mucluc.csv"]),
    ]
    assert [(event["kind"], event["what"]) for event in again["file"][0]["events"]] == [("finding_aid", "mucluc.csv")]


def test_a_delivery_and_a_handover_are_events_of_the_file(taken: Answer, tmp_path: Path) -> None:
    scanned = tmp_path / "lo-1" / "P5" / "01" / "001.txt"
    scanned.parent.mkdir(parents=True)
    scanned.write_text(page(1), encoding="utf-8")
    head = LIST.strip() + ",Nơi đang giữ,Ngày nhận bàn giao,Biên bản giao nhận\n"
    one = taken("P5", mucluc=f"{head}P5,01,Hồ sơ một,1990,Vĩnh viễn,1,1,Lưu trữ lịch sử,15/09/2025,12/BB-LTLS\n")
    events = one["file"][0]["events"]
    assert [event["kind"] for event in events] == ["handover", "finding_aid", "delivery"]
    assert (events[0]["at"], events[0]["to"], events[0]["what"]) == ("2025-09-15", "Lưu trữ lịch sử", "12/BB-LTLS")
    assert (events[2]["what"], events[2]["documents"]) == ("lo-1", 1)


def test_a_list_without_the_table_of_fonds_leaves_what_was_known_of_them(taken: Answer) -> None:
    table = (
        "Mã phông,Tên phông,Trạng thái,Tổng số tài liệu,Ngôn ngữ,Công cụ tra cứu,Lịch sử đơn vị hình thành phông\n"
    )
    told = (
        'P5,Phông Đảng ủy xã Dịch Vọng,Đóng,"1.250",Tiếng Việt,Mục lục,Thành lập năm 1961; giải thể ngày 31/8/1997\n'
    )
    first = taken("P5", phong=table + told)
    assert (first["level"], first["bloc"], first["opened"], first["closed"]) == ("commune", "party", "1961", "1997-08-31")  # fmt: skip
    assert first["description"]["total"] == 1250
    assert first["description"]["lookup_tools"] == "Mục lục"
    later = taken("P5", phong="x\n", mucluc=f"{LIST}P5,01,Hồ sơ một,1990,Vĩnh viễn,45,1\n")
    assert {key: later[key] for key in ("level", "bloc", "closed", "description", "creator")} == {
        key: first[key] for key in ("level", "bloc", "closed", "description", "creator")
    }


def test_the_list_of_differences_holds_no_formula(taken: Answer, tmp_path: Path) -> None:
    one = taken("P5", mucluc=f'{LIST}P5,01,"=HYPERLINK(""http://x"")",1990,Vĩnh viễn,45,1\n')
    assert write_fonds(tmp_path / "a.xlsx", one) == 1
    book = load_workbook(tmp_path / "a.xlsx")
    assert len(book.worksheets) == 5
    assert "f" not in {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells}
    write_fonds(tmp_path / "a.csv", [one])
    assert "\"'=HYPERLINK(" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(HosoError):
        write_fonds(tmp_path / "a.txt", one)


def test_a_day_in_a_column_goes_before_one_in_a_history(taken: Answer) -> None:
    told = "Mã phông,Tên phông,Lịch sử đơn vị hình thành phông\nP5,Phông UBND xã Dịch Vọng,giải thể ngày 31/8/1997\n"
    first = taken("P5", a_phong=told)
    assert (first["closed"], first["closed_basis"]) == ("1997-08-31", "history")
    dated = "Mã phông,Tên phông,Ngày đóng phông\nP5,Phông UBND xã Dịch Vọng,01/09/1997\n"
    both = taken("P5", b_phong=dated)
    assert (both["closed"], both["closed_basis"]) == ("1997-09-01", None)


def test_which_numbers_are_repeated_is_for_the_newest_list_to_say(taken: Answer) -> None:
    rows = "P5,01,Hồ sơ một,1990,,45,1\nP5,02,Hồ sơ hai,1991,,30,1\n"
    first = taken("P5", mucluc=f"{LIST}{rows}P5,02,Hồ sơ ba,1991,,7,1\n")
    assert [series["repeated"] for series in first["numbering"]] == [["02"]]
    later = taken("P5", mucluc=LIST + rows)
    assert [series["repeated"] for series in later["numbering"]] == [[]]
