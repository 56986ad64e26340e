"""What kind of fact words tell; plans, drafts and what did not happen are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.custody.kinds import announced_by, announces, kind_in, kind_of
from kg.custody.loading import read_list
from kg.custody.paper import Paper
from kg.custody.rows import Defaults
from tests.kg.custody.making import CITY, list_csv
from tests.kg.localities.making import xlsx_file

HEADING = ("Mã phông", "Cơ quan tiếp nhận", "Tên văn bản", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Phân công", "assignment"), ("Giao nhận (đợt 2)", "handover"), ("Giao tiếp nhận và chỉnh lý", "arrangement"),
        ("Tiếp nhận, chỉnh lý", "arrangement"), ("sổ kho", "store_list"), ("Chưa bàn giao", None),
        ("Bàn giao dự kiến", None), ("không giao nhận", None), ("sẽ bàn giao", None), ("chua ban giao", None),
        ("Đã bàn giao", "handover"), ("Kế hoạch bàn giao", None), ("bàn giao bàn giao", None),
    ],
)  # fmt: skip
def test_a_cell_of_kinds_is_compared_whole(cell: str, kind: str | None) -> None:
    assert kind_of(cell) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Biên bản bàn giao tài liệu chưa chỉnh lý", "handover"), ("Biên bản kiểm kê", "store_list"),
        ("Quyết định về việc phân công cơ quan tiếp nhận sau chỉnh lý", "assignment"),
        ("Quyết định giao tiếp nhận và chỉnh lý tài liệu cấp huyện", "arrangement"),
        ("Quyết định giao nhiệm vụ", "task"), ("Danh mục hồ sơ chưa giải quyết xong", "open_matter"),
        ("Dự thảo kế hoạch bàn giao tài liệu", None), ("Kế hoạch bàn giao", None), ("Công văn giao nhiệm vụ", None),
        ("Thông báo giao nhận hồ sơ", None), ("Danh sách hồ sơ chưa bàn giao", None), ("ke-hoach-ban-giao", None),
        ("phan-cong-4", "assignment"), ("so-kho", "store_list"), ("Lịch sử phông", None),
    ],
)  # fmt: skip
def test_a_name_tells_its_kind_unless_it_announces(name: str, kind: str | None) -> None:
    assert kind_in(name) == kind


def test_words_that_only_look_like_what_did_not_happen() -> None:
    """Without accents "chờ" is "cho"; "chưa" may speak of something else."""
    assert announces("quyet dinh giao cho UBND phuong nhan") is None
    assert announces("Biên bản giao nhận hồ sơ không có bản gốc") is None
    assert announces("Danh sách chờ bàn giao") == "chờ bàn giao"


@pytest.mark.parametrize("number", ["05/KH-UBND", "45 CV/UB", "45/UBND-NV", "12/2025/TB-UBND", "7/TTr-SNV"])
def test_the_symbol_of_a_number_announces(number: str) -> None:
    assert announced_by(Paper(None, number, None, None)) == number
    assert announced_by(Paper("Quyết định", "3456/QĐ-UBND", None, None)) is None
    assert announced_by(Paper("Biên bản", "07/BB-UBND", None, None)) is None
    assert announced_by(Paper(None, "25/UBND-QĐ", None, None)) is None


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Kế hoạch phân công", "5/QĐ-UBND"),
        ("Quyết định", "05/KH-UBND"),
        ("Dự thảo quyết định phân công", "5/QĐ-UBND"),
    ],
)
def test_a_plan_assigns_nothing_whatever_kind_is_given(tmp_path: Path, name: str, number: str) -> None:
    row = ("P1", "UBND phường Láng", name, number, "02/07/2025", CITY)
    read = read_list(list_csv(tmp_path, HEADING, row), defaults=Defaults("assignment"))
    assert (len(read.facts), len(read.rejected)) == (0, 1)


def test_a_list_of_matters_not_settled_may_rest_on_a_notice(tmp_path: Path) -> None:
    row = ("P1", "UBND phường Láng", "Thông báo", "6/TB-UBND", "02/07/2025", CITY)
    (fact,) = read_list(list_csv(tmp_path, HEADING, row), defaults=Defaults("open_matter")).facts
    assert fact.paper.number == "6/TB-UBND"


@pytest.mark.parametrize("title", ["KẾ HOẠCH BÀN GIAO TÀI LIỆU", "DANH SÁCH HỒ SƠ CHƯA BÀN GIAO", "DỰ THẢO"])
def test_a_title_that_announces_refuses_the_rows(tmp_path: Path, title: str) -> None:
    rows: list[list[object]] = [
        [title],
        ["Loại", "Mã phông", "Bên giao", "Bên nhận", "Số biên bản", "Ngày biên bản"],
        ["Bàn giao", "P1", "UBND phường Láng", "UBND phường Đống Đa", "07/BB-UBND", "02/07/2025"],
    ]
    read = read_list(xlsx_file(tmp_path, rows))
    assert (len(read.facts), len(read.rejected)) == (0, 1)


@pytest.mark.parametrize(
    ("cell", "name", "title"),
    [
        ("Phân công tiếp nhận", "Quyết định giao tiếp nhận và chỉnh lý tài liệu", ""),
        ("Phân công", "", "DANH MỤC PHÂN CÔNG TIẾP NHẬN, CHỈNH LÝ TÀI LIỆU CẤP HUYỆN"),
        ("Giao tiếp nhận và chỉnh lý", "", ""),
    ],
)
def test_a_decision_to_arrange_is_no_assignment(tmp_path: Path, cell: str, name: str, title: str) -> None:
    rows: list[list[object]] = [
        [title or "DANH SÁCH"],
        ["Loại", "Cấp", *HEADING[1:]],
        [cell, "Huyện", "Trung tâm Lưu trữ lịch sử", name, "11/QĐ-UBND", "02/07/2025", CITY],
    ]
    (fact,) = read_list(xlsx_file(tmp_path, rows)).facts
    assert (fact.kind, fact.target.level) == ("arrangement", "district")
