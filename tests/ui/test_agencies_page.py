"""The page of agencies: which body a name means, its days, and the three answers of an ended one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from tests.ui.conftest import HOSTILE, shown

Open = Callable[..., AppTest]


def test_an_ended_district_committee_has_three_answers(open_page: Open) -> None:
    app = open_page("agencies", agency="UBND quận Đống Đa")
    text = shown(app)
    assert not app.exception
    assert "Kết thúc: 30/06/2025" in text
    assert "Luật 72/2025/QH15" in text
    assert "Phường Đống Đa" in text
    assert "Chưa có văn bản phân công được nạp" in text
    assert "Lưu trữ lịch sử nhà nước của thành phố Hà Nội" in text
    assert "Không có cơ quan kế tiếp cùng cấp" in text


def test_a_day_decides_which_body_a_name_means(open_page: Open) -> None:
    old, new = (shown(open_page("agencies", agency="UBND phường Cửa Nam, Hà Nội", at=at)) for at in ("2024", "2026"))
    assert "03/01/1981 – 30/06/2025" in old
    assert "Đang hoạt động" in new


@pytest.mark.parametrize("name", ["Nguyễn Văn A", HOSTILE])
def test_what_is_no_agency_is_one_line(open_page: Open, name: str) -> None:
    app = open_page("agencies", agency=name)
    assert len(app.warning) == 1
    assert not app.exception


@pytest.mark.parametrize(
    ("name", "said"), [("Chi bộ 9 phường Cửa Nam", "Chi bộ 9"), ("Đảng ủy phường Cửa Nam khóa XX", "khóa XX")]
)
def test_what_the_answer_leaves_out_of_a_name_is_said(open_page: Open, name: str, said: str) -> None:
    app = open_page("agencies", agency=name, at="2024", within="Hà Nội")
    assert [said in info.value for info in app.info] == [True]
    assert "Đảng ủy phường Cửa Nam" in shown(app)


def test_the_page_says_why_a_name_means_the_body(open_page: Open) -> None:
    council = shown(open_page("agencies", agency="HĐND phường Phú Đô", at="2023"))
    assert "Vì sao: đúng tên; không có vào ngày đó; ngày đó đơn vị này không tổ chức cơ quan này" in council
    part = shown(open_page("agencies", agency="Đảng ủy Công an thành phố Hà Nội"))
    assert "tên một bộ phận của cơ quan" in part


def test_of_names_that_fit_alike_none_is_chosen(open_page: Open) -> None:
    """All can be picked, how many fit is said, and the unit around it decides."""
    app = open_page("agencies", agency="UBND xã Tân Lập")
    every = meanings("UBND xã Tân Lập", agencies())
    alike = [one for one in every if one.score == every[0].score]
    assert 1 < len(alike) < len(every)
    (box,) = app.selectbox
    assert box.value is None
    assert len(box.options) == len(every)
    assert str(len(alike)) in box.placeholder
    assert not app.subheader
    picked = box.select_index(3).run()
    assert len(picked.subheader) == 1
    decided = open_page("agencies", agency="UBND xã Tân Lập", at="2026", within="Tỉnh Lạng Sơn")
    assert len(decided.subheader) == 1
    assert "Lạng Sơn" in decided.subheader[0].value


def test_a_kind_of_body_without_days_is_said_to_be_known(open_page: Open) -> None:
    (warning,) = open_page("agencies", agency="Lưu trữ lịch sử nhà nước của thành phố Hà Nội").warning
    assert "biết loại cơ quan này" in warning.value


def test_a_body_without_its_unit_is_asked_for_it(open_page: Open) -> None:
    (warning,) = open_page("agencies", agency="Ban Tổ chức Chính quyền Thành phố").warning
    assert "của đơn vị nào" in warning.value


def test_a_date_that_does_not_exist_is_said(open_page: Open) -> None:
    app = open_page("agencies", agency="UBND quận Đống Đa", at="31/02/1994")
    assert len(app.error) == 1


def test_the_page_needs_no_store(open_page: Open) -> None:
    app = open_page("agencies", store="sqlite:////nowhere/none.db", agency="Quận ủy Đống Đa")
    assert "Quận ủy Đống Đa" in shown(app)
    assert "không có kho dữ liệu" in shown(app)
