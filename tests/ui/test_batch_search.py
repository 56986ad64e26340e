"""A sheet of questions on the search page: a workbook comes back, and what cannot be answered is said line by line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from kg.errors import HosoError
from kg.workspace import Workspace, open_workspace
from tests.ui.conftest import COUNT, shown
from ui.batch_search import _found

Open = Callable[..., AppTest]


@pytest.fixture
def workspace(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("HOSO_LANG", "vi")
    monkeypatch.delenv("HOSO_ACCESS", raising=False)
    with open_workspace(store_url) as opened:
        yield opened


def sheet(*rows: tuple[str | int | None, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def cells(book: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("name", ["cau hoi.csv", "cau hoi.xlsx", "../../x/CAU.XLSX"])
def test_each_question_of_a_sheet_is_answered(workspace: Workspace, name: str) -> None:
    table = "Câu hỏi;Địa bàn;limit\nsửa chữa;;5\nsửa chữa;Phường Không Hề Có;\n;;\nkinh phí;Phường Hàng Bạc;3\n"
    rows = [tuple(cell or None for cell in line.split(";")) for line in table.splitlines()]
    data = table.encode() if name.endswith("csv") else sheet(*rows)
    read, hits, wrong, book = _found(workspace, name, data)
    listed = cells(book)
    assert (read, hits) == (4, len(listed) - 1)
    assert [row[0] for row in listed[1:6]] == [1] * 5
    assert [number for number, _ in wrong] == [2, 3]
    assert "Phường Không Hề Có" in wrong[0][1]


def test_a_formula_is_no_question(workspace: Workspace) -> None:
    _, hits, wrong, book = _found(workspace, "a.xlsx", sheet(("query", "limit"), ("=1+1", 2)))
    assert (hits, len(wrong), book) == (0, 1, b"")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("trong.csv", b"", "trống"),
        ("trong.xlsx", sheet(), "trống"),
        ("a.csv", "Tên việc\nđất\n".encode(), "Tên việc"),
        ("a.csv", b"query,query\na,b\n", "hai cột"),
        ("hong.xlsx", b"PK\x03\x04 nothing", "hong.xlsx"),
        ("anh.png", b"\x89PNG", "anh.png"),
        ("dai.csv", b"query\n" + b"a\n" * 501, "501"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_one_line(workspace: Workspace, name: str, data: bytes, said: str) -> None:
    with pytest.raises(HosoError) as raised:
        _found(workspace, name, data)
    assert said in raised.value.message
    assert "/tmp" not in raised.value.message


def test_the_page_takes_a_sheet_and_gives_a_workbook(open_page: Open) -> None:
    app = open_page("search")
    box: Any = app.get("file_uploader")[0]
    box.set_value(("cau.csv", b"query,limit\nkinh ph\xc3\xad,4\n", "text/csv")).run()
    assert not app.exception
    assert "Đã đọc 1 dòng; ghi được 4 kết quả." in shown(app)
    assert "download_button" in {element.type for element in app.get("download_button")}


def test_nothing_found_says_what_to_try(open_page: Open) -> None:
    assert "Thử dùng ít từ hơn" in shown(open_page("search", q="sửa chữa", since="01/01/2030"))
    assert "Thử dùng ít từ hơn" not in shown(open_page("search", q="sửa chữa"))


def test_a_question_longer_than_a_few_pages_is_refused(open_page: Open) -> None:
    app = open_page("search", q="a" * 10_001)
    assert not app.exception
    assert "quá dài" in shown(app)
    assert f"Tìm thấy {COUNT}" not in shown(app)
