"""Manifests and finding aids: dialects, headings, kinds of rows, and how several tables become one catalogue."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from kg.readers.batch import discover
from kg.readers.model import Batch
from kg.readers.tables.grid import Row
from kg.readers.tables.header import is_between
from tests.kg.readers.making import workbook

LIST = """ỦY BAN NHÂN DÂN XÃ DỊCH VỌNG;;;;;;
PHÔNG ỦY BAN NHÂN DÂN XÃ DỊCH VỌNG;;;;;;
Phông số: P5;;;;;;
Mục lục số: 01;;;;;;
MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU;;;;;;
Số TT;Số, ký hiệu hồ sơ;Tiêu đề hồ sơ;Thời gian tài liệu;Thời hạn bảo quản;Số tờ/ Số trang;Ghi chú
1;2;3;4;5;6;7
I;;Văn phòng;;;;
1;H12;Tập quyết định;1994 - 1996;VV;45/87;
2;H13;Biên bản họp;1994;70;30;Chữ viết tay
;;II. Tài chính;;;;
Số TT;Số, ký hiệu hồ sơ;Tiêu đề hồ sơ;Thời gian tài liệu;Thời hạn bảo quản;Số tờ/ Số trang;Ghi chú
3;H14;Sổ quỹ;1999;20 năm;3;tiếp cận có điều kiện
Mục lục này gồm: 3 hồ sơ (đơn vị bảo quản).;;;;;;
Viết bằng chữ: ba hồ sơ;;;;;;
"""


def batch(folder: Path, name: str, data: bytes | str, *, manifests: bool = False) -> Batch:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return discover([folder], [path] if manifests else [])


def test_a_printed_list_gives_its_files(tmp_path: Path) -> None:
    found = batch(tmp_path, "danh-sach.csv", LIST)
    files = found.catalogue.files
    assert list(files) == ["P5/01/H12", "P5/01/H13", "P5/01/H14"]
    first = files["P5/01/H12"]
    assert (first.title, first.since, first.until, first.retention) == ("Tập quyết định", "1994", "1996", "vĩnh viễn")
    assert (first.sheets, first.pages, first.listed, first.inventory) == (45, 87, True, "P5/01")
    assert files["P5/01/H13"].extra["handwritten"] is True
    assert files["P5/01/H14"].extra["access"] == "conditional"
    assert [file.extra["group"] for file in files.values()] == ["Văn phòng", "Văn phòng", "II. Tài chính"]
    assert found.catalogue.fonds["P5"].creator == "ỦY BAN NHÂN DÂN XÃ DỊCH VỌNG"
    assert found.catalogue.inventories["P5/01"].code == "01"
    assert found.catalogue.rows == 3
    assert found.catalogue.problems == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_dialects_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = LIST.replace("HỒ SƠ, TÀI", "HỒ SƠ TÀI").replace("Số, ký", "Số ký").replace(";", delimiter)
    found = batch(tmp_path, "danh-sach.csv", text.encode(encoding))
    assert [file.title for file in found.catalogue.files.values()] == ["Tập quyết định", "Biên bản họp", "Sổ quỹ"]


def test_windows_1258_tables(tmp_path: Path) -> None:
    from tests.kg.readers.test_encodings import windows_1258

    found = batch(tmp_path, "mucluc.csv", windows_1258(LIST))
    assert found.catalogue.files["P5/01/H12"].title == "Tập quyết định"


def test_quoted_cells_may_hold_delimiters_and_newlines(tmp_path: Path) -> None:
    text = 'Mã hồ sơ,Tiêu đề hồ sơ,Thời hạn lưu trữ\nP5.H1,"Tập, gồm\nhai dòng",VV\n'
    found = batch(tmp_path, "a.csv", text)
    (file,) = found.catalogue.files.values()
    assert file.title == "Tập, gồm hai dòng"


def test_workbooks_have_several_sheets_and_computed_cells(tmp_path: Path) -> None:
    rows = [row.split(";") for row in LIST.splitlines()]
    moved = [["Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian bắt đầu", "Số tờ"], ["K1", "Khác", None, 12.0]]
    workbook(tmp_path / "a.xlsx", {"Vĩnh viễn": rows, "Có thời hạn": moved, "Ghi chú": [["không có gì"]]})
    found = discover([tmp_path])
    assert len(found.catalogue.files) == 4
    assert found.catalogue.tables == ["a.xlsx[Có thời hạn]", "a.xlsx[Vĩnh viễn]"]
    (other,) = [file for file in found.catalogue.files.values() if file.code == "K1"]
    assert other.sheets == 12


def test_a_cell_over_several_rows_holds_for_each(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Hộp số", "Hồ sơ số", "Tiêu đề hồ sơ"], ["3", "H1", "một"], [None, "H2", "hai"], [None, "H3", "ba"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    files = discover([tmp_path]).catalogue.files.values()
    assert [(file.code, file.box) for file in files] == [("H1", "3"), ("H2", "3"), ("H3", None)]


def test_a_running_number_is_no_code_where_codes_have_a_column(tmp_path: Path) -> None:
    text = "STT;Hồ sơ số;Tiêu đề hồ sơ;Thời gian tài liệu\n1;;Thiếu số;1994\n"
    catalogue = batch(tmp_path, "a.csv", text).catalogue
    assert catalogue.files == {}
    assert [problem.reason for problem in catalogue.problems] == ["no_code"]
    without = "STT;Tiêu đề hồ sơ;Thời gian tài liệu\n1;Không có cột số;1994\n"
    (file,) = batch(tmp_path, "a.csv", without).catalogue.files.values()
    assert file.code == "1"


def test_a_level_of_secrecy_that_is_not_known_is_secret(tmp_path: Path) -> None:
    text = "DocCode,Subject,Độ mật\nP5.H1.0001,một,TM\nP5.H1.0002,hai,Thường\nP5.H1.0003,ba,\n"
    catalogue = batch(tmp_path, "manifest.csv", text).catalogue
    assert [document.access for document in catalogue.documents] == ["secret", None, None]
    assert [problem.reason for problem in catalogue.problems] == ["bad_secrecy"]


def test_dates_of_cells_are_iso(tmp_path: Path) -> None:
    from datetime import datetime

    head = ["DocCode", "IssuedDate", "Subject"]
    workbook(tmp_path / "a.xlsx", {"1": [head, ["P5.H1.0001", datetime(1994, 7, 5), "x"]]})
    assert discover([tmp_path]).catalogue.documents[0].date == "1994-07-05"


def test_the_names_of_circular_02_2019(tmp_path: Path) -> None:
    files = (
        "OrganId,FileCatalog,FileNotation,Title,Maintenance,Rights,StartDate,EndDate,Maximum,PageNumber,InforSign\n"
        "P5,01,H12,Tập quyết định,Vĩnh viễn,Hạn chế,01/01/1994,31/12/1996,45,87,abc\n"
    )
    documents = (
        "OrganId,FileCatalog,FileNotation,DocCode,TypeName,CodeNumber,CodeNotation,IssuedDate,OrganName,Subject,"
        "PageAmount,Mode,Autograph\n"
        "P5,01,H12,P5.01.H12.0000001,Quyết định,59,QĐ-UB,05/07/1994,UBND xã,Về việc cấp đất,2,01,có\n"
    )
    (tmp_path / "files.csv").write_text(files, encoding="utf-8")
    (tmp_path / "docs.csv").write_text(documents, encoding="utf-8")
    catalogue = discover([tmp_path]).catalogue
    file = catalogue.files["P5/01/H12"]
    assert (file.title, file.retention, file.sheets, file.pages) == ("Tập quyết định", "vĩnh viễn", 45, 87)
    assert (file.since, file.until, file.extra["access"]) == ("1994-01-01", "1996-12-31", "conditional")
    assert file.extra["InforSign"] == "abc"
    (document,) = catalogue.documents
    assert (document.code, document.number, document.date) == ("P5.01.H12.0000001", "59/QĐ-UB", "1994-07-05")
    assert (document.issuer, document.title, document.pages) == ("UBND xã", "Về việc cấp đất", 2)
    # The stricter of file and document holds.
    assert document.access == "conditional"
    assert document.values["Autograph"] == "có"


def test_the_labels_of_decree_113_and_circular_05(tmp_path: Path) -> None:
    text = (
        "Mã hồ sơ;Mã định danh tài liệu;Mã lưu trữ tài liệu;Thời hạn lưu trữ;Tên loại tài liệu;Số của tài liệu;"
        "Ký hiệu của tài liệu;Ngày, tháng, năm ban hành;Tên cơ quan, tổ chức, cá nhân ban hành;Trích yếu nội dung;"
        "Số lượng trang;Mức độ tiếp cận;Ghi chú\n"
        "P5.1994.12.01;id-1;P5.1994.12.01.0000001;20 năm;Nghị quyết;05;NQ-HĐND;ngày 5 tháng 7 năm 1994;"
        "HĐND xã;Về kế hoạch;3;công khai;chữ viết tay\n"
    )
    (document,) = batch(tmp_path, "a.csv", text).catalogue.documents
    assert (document.number, document.type, document.retention) == ("05/NQ-HĐND", "Nghị quyết", "20 năm")
    assert (document.date, document.handwritten, document.access) == ("1994-07-05", True, "open")
    assert document.file == "P5.1994.12.01"


def test_coded_retention_of_circular_05(tmp_path: Path) -> None:
    text = "fileCode,title,maintenance,mode\nP5.1994.12.01,Tập,03,02\n"
    (file,) = batch(tmp_path, "manifest.csv", text).catalogue.files.values()
    assert (file.retention, file.extra["access"]) == ("50 năm", "conditional")


def test_the_six_columns_of_the_historical_archive(tmp_path: Path) -> None:
    text = "Hộp số;Số, ký hiệu hồ sơ;Tiêu đề hồ sơ;Thời gian tài liệu;Số tờ;Ghi chú\n3;12;Tập;1994;45;\n"
    (file,) = batch(tmp_path, "a.csv", text).catalogue.files.values()
    assert (file.box, file.code, file.sheets) == ("3", "12", 45)


def test_a_list_of_documents_of_one_file(tmp_path: Path) -> None:
    text = (
        "MỤC LỤC VĂN BẢN, TÀI LIỆU;;;;;;\nPhông số: P5;;;;;;\nSố, ký hiệu hồ sơ: H12;;;;;;\n"
        "STT;Số, ký hiệu văn bản;Ngày tháng năm văn bản;Tên loại và trích yếu nội dung văn bản;Tác giả văn bản;"
        "Tờ số/Trang số;Ghi chú\n"
        "1;25/UB-QĐ;5-7-1984;Quyết định về việc giao đất;UBND huyện Từ Liêm;1-3;\n"
    )
    found = batch(tmp_path, "a.csv", text)
    (document,) = found.catalogue.documents
    assert (document.fonds, document.file, document.number) == ("P5", "H12", "25/UB-QĐ")
    assert found.only_listed == [document]
    assert document.values["Tờ số/Trang số"] == "1-3"


def test_bundles_are_files_that_are_not_arranged(tmp_path: Path) -> None:
    text = (
        "TT;Ký hiệu bó, gói, hộp;Nội dung khái quát;Thời gian;Số lượng;Mét giá (đo/ước tính);Tình trạng;Nơi đang giữ\n"
        "1;B01;Chứng từ kế toán;1990-1995;3 gói;0,3 (ước tính);mốc;Kho quận Cầu Giấy\n"
    )
    (bundle,) = batch(tmp_path, "a.csv", text).catalogue.files.values()
    assert (bundle.code, bundle.title, bundle.arranged, bundle.since) == ("B01", "Chứng từ kế toán", False, "1990")
    assert (bundle.metres, bundle.metres_basis, bundle.held_by) == (0.3, "estimated", "Kho quận Cầu Giấy")
    assert bundle.extra["Số lượng"] == "3 gói"
    assert bundle.extra["bundle"] is True


def test_a_register_is_one_document(tmp_path: Path) -> None:
    text = (
        "TT;Loại sổ;Quyển số;Năm mở-khóa;Số trường hợp;Số trang;Ghi chú\n"
        "1;Sổ đăng ký khai sinh;01;1987-1988;245;200;viết tay\n"
    )
    (register,) = batch(tmp_path, "mucluc-so.csv", text).catalogue.documents
    assert register.title == "Sổ đăng ký khai sinh, quyển số 01, 1987-1988"
    assert (register.pages, register.handwritten, register.values["Số trường hợp"]) == (200, True, "245")


def test_fonds_have_creator_level_bloc_and_days(tmp_path: Path) -> None:
    text = (
        "Mã phông,Tên phông,Lịch sử đơn vị hình thành phông,Trạng thái,Cấp,Khối,Ngày đóng phông\n"
        "P5,Phông Đảng ủy xã Dịch Vọng,Lập năm 1961,Đóng,xã,Đảng,31/8/1997\n"
    )
    (fonds,) = batch(tmp_path, "a.csv", text).catalogue.fonds.values()
    assert (fonds.creator, fonds.status, fonds.level) == ("Đảng ủy xã Dịch Vọng", "closed", "commune")
    assert (fonds.bloc, fonds.closed, fonds.extra["history"]) == ("party", "1997-08-31", "Lập năm 1961")


def test_a_date_that_does_not_exist_is_the_rows_problem_alone(tmp_path: Path) -> None:
    text = "DocCode,IssuedDate,Subject\nP5.H1.0001,31/02/1994,một\nP5.H1.0002,28/02/1994,hai\n"
    catalogue = batch(tmp_path, "manifest.csv", text).catalogue
    (problem,) = catalogue.problems
    assert (problem.row, problem.reason) == ("manifest.csv:2", "bad_date")
    assert "31/02/1994" in problem.message
    assert [(document.title, document.date) for document in catalogue.documents] == [
        ("một", None),
        ("hai", "1994-02-28"),
    ]


def test_one_code_twice_is_a_problem_and_the_first_stands(tmp_path: Path) -> None:
    text = "DocCode,Subject\nP5.H1.0001,một\nP5.H1.0001,hai\n"
    catalogue = batch(tmp_path, "manifest.csv", text).catalogue
    assert [document.title for document in catalogue.documents] == ["một"]
    assert [(problem.row, problem.reason) for problem in catalogue.problems] == [("manifest.csv:3", "duplicate_code")]


def test_numbers_within_files_may_come_again_in_another_file(tmp_path: Path) -> None:
    text = "Mã phông,Hồ sơ số,DocCode,Subject\nP5,H1,001,một\nP5,H2,001,hai\nP5,H2,001,ba\n"
    catalogue = batch(tmp_path, "a.csv", text).catalogue
    assert [document.title for document in catalogue.documents] == ["một", "hai"]
    assert [problem.row for problem in catalogue.problems] == ["a.csv:4"]


def test_two_files_of_one_number_in_one_list_are_both_kept_and_marked(tmp_path: Path) -> None:
    catalogue = batch(tmp_path, "a.csv", LIST.replace("3;H14", "3;H13")).catalogue
    assert [(problem.row, problem.reason) for problem in catalogue.problems] == [("a.csv:13", "same_number")]
    first, second = (file for file in catalogue.files.values() if file.code == "H13")
    assert (first.id, first.title) == ("P5/01/H13", "Biên bản họp")
    assert second.id.startswith("P5/01/H13-2-")
    assert second.title != first.title
    assert (first.inventory, first.listed) == (second.inventory, second.listed)
    assert first.extra["same_number"] is second.extra["same_number"] is True


def test_a_row_that_stands_twice_in_one_list_is_one_file(tmp_path: Path) -> None:
    text = "Mã phông;Số và ký hiệu hồ sơ;Tiêu đề hồ sơ;Số tờ\nP5;H1;Biên bản họp;10\nP5;H1;BIÊN BẢN HỌP;10\nP5;H1;Khác;9\nP5;H1;Khác nữa;8\n"
    catalogue = batch(tmp_path, "a.csv", text).catalogue
    assert [(problem.row, problem.reason) for problem in catalogue.problems] == [
        ("a.csv:3", "duplicate_file"),
        ("a.csv:4", "same_number"),
        ("a.csv:5", "same_number"),
    ]
    assert sorted(file.sheets or 0 for file in catalogue.files.values()) == [8, 9, 10]


def test_documents_of_a_number_that_two_files_bear_go_to_the_first(tmp_path: Path) -> None:
    rows = "P5;01;H1;Biên bản họp;10\nP5;01;H1;Khác;9\n"
    (tmp_path / "b.csv").write_text(
        "Mã phông;Hồ sơ số;Số văn bản;Trích yếu\nP5;H1;12/QĐ-UB;Về việc họp\n", encoding="utf-8"
    )
    found = batch(tmp_path, "a.csv", f"Mã phông;Mục lục số;Số và ký hiệu hồ sơ;Tiêu đề hồ sơ;Số tờ\n{rows}")
    assert len(found.catalogue.files) == 2
    (document,) = found.only_listed
    assert (document.inventory, document.file) == ("01", "H1")


def test_rows_without_a_number_are_counted_under_their_fonds(tmp_path: Path) -> None:
    text = "Mã phông;Số và ký hiệu hồ sơ;Tiêu đề hồ sơ;Số tờ\nP5;H1;Biên bản họp;10\nP5;;Không số;3\nP5;;Không số nữa;3\n"
    catalogue = batch(tmp_path, "a.csv", text).catalogue
    assert catalogue.fonds["P5"].extra == {"rows_without_number:a.csv": 2}
    assert len(catalogue.files) == 1


@pytest.mark.parametrize("column", ["Độ mật", "Mức độ tiếp cận", "Ghi chú"])
def test_nothing_of_a_secret_row_is_kept_but_its_place(tmp_path: Path, column: str) -> None:
    text = f"DocCode,Số văn bản,Subject,{column}\nP5.H1.0001,59,Kế hoạch bố trí,Tối mật\n"
    (document,) = batch(tmp_path, "manifest.csv", text).catalogue.documents
    assert (document.access, document.title, document.number) == ("secret", None, None)
    assert document.values == {"secrecy": "toi_mat"}
    assert "bố trí" not in repr(document)


def test_documents_of_a_secret_file_are_secret(tmp_path: Path) -> None:
    (tmp_path / "mucluc.csv").write_text("Mã phông;Hồ sơ số;Tiêu đề hồ sơ;Ghi chú\nP5;H1;Kế hoạch A2;Mật\n")
    (tmp_path / "manifest.csv").write_text("Mã phông;Hồ sơ số;DocCode;Subject\nP5;H1;P5.H1.0001;Kế hoạch A2\n")
    catalogue = discover([tmp_path]).catalogue
    assert catalogue.files["P5//H1"].title is None
    assert catalogue.documents[0].access == "secret"
    assert "A2" not in repr(catalogue)


def test_unknown_access_counts_as_conditional_and_is_a_problem(tmp_path: Path) -> None:
    text = "DocCode,Subject,Mức độ tiếp cận\nP5.H1.0001,một,để sau\n"
    catalogue = batch(tmp_path, "manifest.csv", text).catalogue
    assert catalogue.documents[0].access == "conditional"
    assert [problem.reason for problem in catalogue.problems] == ["bad_access"]


def test_finding_aid_and_manifest_speak_of_one_file(tmp_path: Path) -> None:
    (tmp_path / "mucluc.csv").write_text(LIST)
    manifest = (
        "Mã phông,Mục lục số,Hồ sơ số,Tiêu đề hồ sơ,Nơi đang giữ,Đường dẫn,Trích yếu\n"
        "P5,01,H12,Tên khác,Kho A,a.txt,một\nP5,01,H99,Không có trong mục lục,Kho A,b.txt,hai\n"
    )
    (tmp_path / "manifest.csv").write_text(manifest)
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    files = discover([tmp_path]).catalogue.files
    assert (files["P5/01/H12"].title, files["P5/01/H12"].listed) == ("Tập quyết định", True)
    assert (files["P5/01/H99"].title, files["P5/01/H99"].listed) == ("Không có trong mục lục", False)


def test_unknown_columns_are_kept(tmp_path: Path) -> None:
    text = "DocCode,Subject,Màu mực\nP5.H1.0001,một,xanh\n"
    assert batch(tmp_path, "manifest.csv", text).catalogue.documents[0].values["Màu mực"] == "xanh"


@pytest.mark.parametrize(
    "head",
    [
        "id,source,path,licence,doc_type,level,year",
        "Title,Language,Description",
        "name,date,number,type",
        "Họ tên;Ngày sinh;Ghi chú",
    ],
)
def test_other_tables_are_skipped(tmp_path: Path, head: str) -> None:
    found = batch(tmp_path, "INDEX.csv", f"{head}\n1,2,3,4\n")
    assert [one.source for one in found.skipped] == ["INDEX.csv"]
    assert found.catalogue.documents == []


def test_a_table_named_for_it_counts_with_plain_labels(tmp_path: Path) -> None:
    text = "path,title\na.txt,Một\n"
    (tmp_path / "a.txt").write_text("a")
    assert batch(tmp_path, "danh sach.csv", text).metadata == {}
    assert batch(tmp_path, "danh sach.csv", text, manifests=True).metadata["a.txt"].title == "Một"


@pytest.mark.parametrize("name", ["Mục lục.csv", "muc_luc_ho_so.csv", "Manifest.csv", "manifest-2.csv"])
def test_names_that_make_a_table(tmp_path: Path, name: str) -> None:
    found = batch(tmp_path, name, "path,title\na.txt,Một\n")
    assert [one.source for one in found.skipped] == []
    assert len(found.only_listed) == 1


def test_a_broken_list_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    found = batch(tmp_path, "mucluc.xlsx", b"PK\x03\x04 khong phai xlsx")
    assert [problem.reason for problem in found.problems] == ["bad_table"]
    assert [file.source for file in found.files] == ["a.txt"]


def test_workbooks_that_define_entities_are_refused(tmp_path: Path) -> None:
    import zipfile

    path = workbook(tmp_path / "ok.xlsx", {"1": [["DocCode", "Subject"]]})
    bad = tmp_path / "mucluc.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + data
            target.writestr(name, data)
    assert [problem.reason for problem in discover([tmp_path]).problems] == ["bad_table"]


def test_a_byte_order_mark_is_no_part_of_the_first_label(tmp_path: Path) -> None:
    data = codecs.BOM_UTF8 + "DocCode,Subject\nP5.H1.0001,một\n".encode()
    assert batch(tmp_path, "manifest.csv", data).catalogue.documents[0].code == "P5.H1.0001"


@pytest.mark.parametrize(
    ("cell", "between"),
    [
        ("Cộng", True),
        ("CỘNG:", True),
        ("Cong", True),
        ("Tổng cộng: 12 hồ sơ", True),
        ("Công an quận Đống Đa", False),
        ("CÔNG VĂN ĐI", False),
        ("Ngày 12 tháng 5 năm 2026", True),
        ("Ngay 12/5/2026", True),
        ("Trang 3", True),
        ("Tràng Tiền", False),
    ],
)
def test_a_closing_line_is_known_with_and_without_accents(cell: str, between: bool) -> None:
    assert is_between(Row(7, (cell, "", ""))) is between
