"""The page of units: one unit through time, and the units of a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from kg.convert.run import Request
from kg.errors import HosoError
from tests.ui.conftest import shown
from ui.conversion import _converted

Open = Callable[..., AppTest]


def test_a_split_ward_shows_today_and_before_with_act_and_clause(open_page: Open) -> None:
    text = shown(open_page("units", unit="Phường Cửa Nam, Quận Hoàn Kiếm"))
    assert "Chưa xác định: còn 4 khả năng" in text
    assert "1656/NQ-UBTVQH15, điều 1, khoản 11" in text
    assert "Tiểu khu Cửa Nam" in text


def test_a_day_decides_which_unit_a_name_means(open_page: Open) -> None:
    text = shown(open_page("units", unit="Dịch Vọng", at="1994"))
    assert "Xã Dịch Vọng, Huyện Từ Liêm, Thành phố Hà Nội" in text


def test_two_rounds_show_the_changes_on_the_way(open_page: Open) -> None:
    text = shown(open_page("units", unit="Xã Hà Phong, Huyện Hà Trung, Tỉnh Thanh Hóa"))
    assert "Qua các lần thay đổi" in text
    assert "chỉ theo danh mục thống kê" in text


@pytest.mark.parametrize("unit", ["Xã Không Có Tên", "<img src=x onerror=alert(1)>"])
def test_an_unknown_name_is_one_line(open_page: Open, unit: str) -> None:
    app = open_page("units", unit=unit)
    assert len(app.error) == 1
    assert not app.exception


def test_a_date_that_does_not_exist_is_said(open_page: Open) -> None:
    app = open_page("units", unit="Dịch Vọng", at="31/02/1994")
    assert "31/02/1994" in shown(app)
    assert len(app.error) == 1


def test_the_units_of_a_day_are_listed_and_can_be_had(open_page: Open) -> None:
    app = open_page("units")
    app.text_input(key="on").set_value("30/06/2025")
    app.text_input(key="within").set_value("Quận Đống Đa, Hà Nội").run()
    text = shown(app)
    assert "17 đơn vị có hiệu lực ngày 30/06/2025" in text
    assert "Phường Láng Thượng" in text


def test_the_page_needs_no_store(open_page: Open) -> None:
    app = open_page("units", store="sqlite:////nowhere/none.db", unit="Phường Hàng Bạc, Quận Hoàn Kiếm")
    assert "Phường Hoàn Kiếm, Thành phố Hà Nội" in shown(app)


def test_a_sheet_comes_back_with_what_is_undecided_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    rows = "TT;Địa chỉ\n1;Phường Hàng Bạc, Quận Hoàn Kiếm\n2;Phường Cửa Nam, Quận Hoàn Kiếm\n"
    report, files = _converted("danh sach.csv", rows.encode(), Request())
    assert (report.counts["certain"], report.counts["candidates"]) == (1, 1)
    assert len(files) == 2
    assert "Phường Hoàn Kiếm" in dict(files)["danh sach-ket-qua.csv"].decode("utf-8-sig")


@pytest.mark.parametrize("name", ["danh sach.xlsx", "../../x\\y\x00.xlsx", "bang.xls", "anh.png", "khong duoi"])
def test_a_sheet_that_cannot_be_read_is_said_by_its_own_name(name: str) -> None:
    with pytest.raises(HosoError) as raised:
        _converted(name, b"not a workbook", Request())
    assert "in." not in raised.value.message.split()
