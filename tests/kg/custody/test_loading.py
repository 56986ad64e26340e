"""A file as a list of facts: headings and kinds as offices write them; rows without their paper are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.custody.facts import Target
from kg.custody.loading import read_list
from kg.custody.paper import Paper
from kg.custody.rows import Defaults
from kg.errors import HosoError, NotFound, Unreadable
from tests.kg.custody.making import ASSIGNED, ASSIGNMENTS, CITY, HANDED_OVER, HANDOVERS, list_csv, list_xlsx


def reasons(path: Path, **defaults: str) -> list[str]:
    """Why rows are refused."""
    return [one.why for one in read_list(path, defaults=Defaults(**defaults)).rejected]


def test_an_assignment_of_the_chairman(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fact,) = read_list(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED)).facts
    assert (fact.kind, fact.target) == ("assignment", Target(fonds="F2", retention="fixed"))
    assert (fact.body, fact.since, fact.row) == ("UBND phường Hoàn Kiếm", "2025-09-30", 2)
    assert fact.paper == Paper("Quyết định", "4455/QĐ-UBND", "2025-09-30", CITY)
    assert fact.paper.cited() == f"Quyết định số 4455/QĐ-UBND ngày 30/09/2025, {CITY}"


def test_minutes_are_issued_by_who_gives(tmp_path: Path) -> None:
    (fact,) = read_list(list_csv(tmp_path, HANDOVERS, HANDED_OVER), defaults=Defaults("handover")).facts
    assert (fact.target.fonds, fact.target.file, fact.giver) == ("F1", "02", "UBND phường Hàng Bạc")
    assert (fact.paper.name, fact.paper.issuer) == ("Biên bản giao nhận", "UBND phường Hàng Bạc")


def test_a_store_room_list_as_printed(tmp_path: Path) -> None:
    heading = ("STT", "Mã phông", "Hồ sơ số", "Nơi lưu giữ", "Tên sổ", "Ngày lập", "Ghi chú")
    rows = [
        (1, "F1", "01", "Kho 3", "Sổ kho năm 2025", "31/12/2025", ""),
        (2, "F1", 2, "Kho 3", "Sổ kho năm 2025", "31/12/2025", "rách"),
    ]
    read = read_list(list_xlsx(tmp_path, heading, rows))
    assert [one.why for one in read.rejected] == []
    assert [(fact.kind, fact.target.file, fact.body, fact.note) for fact in read.facts] == [
        ("store_list", "01", "Kho 3", None), ("store_list", "2", "Kho 3", "rách")
    ]  # fmt: skip
    assert read.facts[0].paper == Paper("Sổ kho năm 2025", None, "2025-12-31", "Kho 3")


def test_one_paper_for_the_whole_list(tmp_path: Path) -> None:
    path = list_csv(
        tmp_path, ("Đơn vị hình thành phông", "Cơ quan tiếp nhận nhiệm vụ"), ("UBND quận Đống Đa", "UBND phường Láng")
    )
    assert len(reasons(path)) == 1
    given = Defaults("task", None, "12/QĐ-UBND", "2025-07-01", CITY)
    (fact,) = read_list(path, defaults=given).facts
    assert (fact.kind, fact.target.creator, fact.paper.number) == ("task", "UBND quận Đống Đa", "12/QĐ-UBND")


def test_a_level_within_a_place(tmp_path: Path) -> None:
    heading = (
        "Loại",
        "Cấp",
        "Khối",
        "Địa bàn",
        "Thời hạn lưu trữ",
        "Cơ quan được phân công",
        "Số QĐ",
        "Ngày QĐ",
        "Cơ quan ban hành",
    )
    row = (
        "Phân công",
        "Huyện",
        "Chính quyền",
        "Thành phố Hà Nội",
        "20 năm",
        "Trung tâm Lưu trữ",
        "1/QĐ-UBND",
        "1/9/2025",
        CITY,
    )
    (fact,) = read_list(list_csv(tmp_path, heading, row)).facts
    target = fact.target
    assert (target.level, target.bloc, target.scope) == ("district", "government", "level")
    assert (target.retention, target.term) == ("fixed", "20 năm")
    assert target.unit is not None
    assert target.unit.startswith("01@")


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [
        ("Loại", "Cho mượn", "Cho mượn"), ("Loại", "", "kind"), ("Mã phông", "", "names no"),
        ("Loại", "Chưa bàn giao", "Chưa bàn giao"), ("Loại", "Dự kiến phân công", "Dự kiến"),
        ("Thời hạn bảo quản", "lâu", "lâu"), ("Cơ quan tiếp nhận", "", "body"), ("Số quyết định", "", "number"),
        ("Ngày quyết định", "", "day"), ("Ngày quyết định", "09/2025", "09/2025"),
        ("Ngày quyết định", "31/02/2025", "31/02/2025"), ("Ngày quyết định", "01/01/2100", "01/01/2100"),
        ("Cơ quan ban hành", "", "issued"), ("Cơ quan tiếp nhận", "x" * 600, "500"),
    ],
)  # fmt: skip
def test_a_row_that_lacks_something_is_refused_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str, cell: str, word: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    bad = [cell if label == column else given for label, given in zip(ASSIGNMENTS, ASSIGNED, strict=True)]
    read = read_list(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, bad, name="danh sach.csv"))
    assert len(read.facts) == 1
    assert [one.row for one in read.rejected] == [3]
    assert word in read.rejected[0].why
    assert "\n" not in read.rejected[0].why


def test_a_hand_over_wants_its_paper_too(tmp_path: Path) -> None:
    for column in (4, 5):
        bad = ["" if position == column else cell for position, cell in enumerate(HANDED_OVER)]
        assert len(reasons(list_csv(tmp_path, HANDOVERS, bad), kind="handover")) == 1
    assert reasons(list_csv(tmp_path, HANDOVERS[1:], HANDED_OVER[1:]), kind="handover")  # a number of which fonds?


def test_repeated_rows_and_furniture_count_once(tmp_path: Path) -> None:
    read = read_list(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED, ("2", *ASSIGNED[1:]), ASSIGNMENTS, ("3", *[""] * 7)))
    assert (len(read.facts), read.repeated, read.rejected) == (1, 1, ())


def test_files_that_are_no_lists(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_list(tmp_path / "none.csv")
    with pytest.raises(HosoError):
        read_list(list_csv(tmp_path, ("Họ tên", "Chức vụ"), ("A", "B")))
    with pytest.raises(HosoError):
        read_list(list_csv(tmp_path, ASSIGNMENTS))
    with pytest.raises(HosoError):
        read_list(list_csv(tmp_path, ASSIGNMENTS, ASSIGNED), defaults=Defaults("lent"))
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    with pytest.raises(HosoError):
        read_list(tmp_path / "x.pdf")
    (tmp_path / "x.xlsx").write_bytes(b"PK broken")
    with pytest.raises(Unreadable):
        read_list(tmp_path / "x.xlsx")
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(Unreadable):
        read_list(tmp_path / "empty.csv")


DAYS = (*ASSIGNMENTS, "Ngày hiệu lực", "Hạn")


@pytest.mark.parametrize(
    ("since", "due", "word"),
    [
        ("01/01/1990", "", "before the day of its paper"), ("01/01/0005", "", "too early"), ("", "31/12/1980", "due"),
        ("01/10/2025", "30/09/2025", "due"), ("", "30/09/1925", "too early"),
    ],
)  # fmt: skip
def test_days_are_compared_with_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since: str, due: str, word: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    (told,) = reasons(list_csv(tmp_path, DAYS, (*ASSIGNED, since, due)))
    assert word in told


def test_a_decision_may_take_effect_later_and_minutes_may_not(tmp_path: Path) -> None:
    (fact,) = read_list(list_csv(tmp_path, DAYS, (*ASSIGNED, "01/01/2199", "31/12/2199"))).facts
    assert (fact.since, fact.due) == ("2199-01-01", "2199-12-31")
    late = (*HANDOVERS, "Ngày giao nhận")
    assert len(reasons(list_csv(tmp_path, late, (*HANDED_OVER, "01/01/2199")))) == 1


def test_what_was_held_before_its_list_was_made_is_no_slip(tmp_path: Path) -> None:
    heading = ("Mã phông", "Nơi đang giữ", "Tên sổ", "Ngày lập", "Giữ từ ngày")
    row = ("P1", "UBND phường Láng", "Sổ kho", "31/12/2025", "30/06/2025")
    (fact,) = read_list(list_csv(tmp_path, heading, row, name="so kho.csv")).facts
    assert (fact.since, fact.paper.date) == ("2025-06-30", "2025-12-31")


def test_one_run_tells_all_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    (told,) = reasons(list_csv(tmp_path, ("Cấp", "Hồ sơ số"), ("huyen hai", "12"), name="a.csv"))
    for word in ("no kind", "huyen hai", "number within a fonds", "body", "paper's day", "number or name"):
        assert word in told


def test_the_printed_list_of_files_is_loaded_with_options(tmp_path: Path) -> None:
    """The seven columns of Decree 30/2020, Appendix V: fonds, giver and receiver are those of the whole list."""
    heading = ("Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản",
               "Số tờ/ Số trang", "Ghi chú")  # fmt: skip
    rows = [
        ("1", "H001", "Quyết định", "2001-2003", "Vĩnh viễn", "120", ""),
        ("2", "H002", "Thư", "2004", "lâu", "", ""),
    ]
    given = Defaults("handover", None, "07/BB-UBND", "2025-07-02", None, "P01", "UBND quận X", "UBND phường Láng")
    read = read_list(list_csv(tmp_path, heading, *rows), defaults=given)
    assert (read.rejected, read.remarks) == ((), ())
    assert [(fact.target, fact.giver, fact.body) for fact in read.facts] == [
        (Target(file=code, fonds="P01"), "UBND quận X", "UBND phường Láng") for code in ("H001", "H002")
    ]
    assert read.columns[0].unknown == ()


def test_a_row_s_own_fonds_counts_before_that_of_the_list(tmp_path: Path) -> None:
    heading = ("Mã phông", "Hồ sơ số", "Số biên bản", "Ngày biên bản")
    rows = [("P2", "1", *HANDED_OVER[4:]), ("", "2", *HANDED_OVER[4:])]
    given = Defaults("handover", fonds="P1", giver="UBND quận X", receiver="UBND phường Láng")
    assert [fact.target.fonds for fact in read_list(list_csv(tmp_path, heading, *rows), defaults=given).facts] == [
        "P2",
        "P1",
    ]


@pytest.mark.parametrize(("kind", "good"), [("handover", True), ("store_list", True), ("assignment", True)])
def test_the_day_beside_a_number_is_the_paper_s(tmp_path: Path, kind: str, good: bool) -> None:
    heading = ("Mã phông", "Bên nhận", "Số", "Ngày", "Cơ quan ban hành")
    row = ("P1", "UBND phường Láng", "12/QĐ-UBND", "02/07/2025", CITY)
    read = read_list(list_csv(tmp_path, heading, row), columns={"paper_number": "Số"}, defaults=Defaults(kind))
    assert [(fact.since, fact.paper.date) for fact in read.facts] == [("2025-07-02", "2025-07-02")] * good


def test_a_day_of_effect_is_no_day_of_a_decision(tmp_path: Path) -> None:
    heading = ("Mã phông", "Bên nhận", "Số quyết định", "Ngày hiệu lực", "Cơ quan ban hành")
    row = ("P1", "UBND phường Láng", "12/QĐ-UBND", "02/07/2025", CITY)
    assert len(reasons(list_csv(tmp_path, heading, row), kind="assignment")) == 1


def test_shelf_and_box_of_a_file_are_its_place(tmp_path: Path) -> None:
    heading = ("TT", "Kho", "Giá", "Hộp số", "Hồ sơ số", "Mã phông", "Nơi giữ", "Tên sổ", "Ngày")
    row = ("1", "Kho số 1 (nhà B)", "3", "12", "H001", "P01", "UBND phường Từ Liêm", "Sổ kho", "01/09/2025")
    (fact,) = read_list(list_csv(tmp_path, heading, row, name="so-kho.csv")).facts
    assert (fact.kind, fact.body, fact.target) == (
        "store_list",
        "UBND phường Từ Liêm",
        Target(file="H001", fonds="P01"),
    )
    assert fact.place == "Kho số 1 (nhà B), giá 3, hộp 12"
