"""The parts of a ruling: kinds of change, of body and of record, days due, names, retention terms and schedules."""

from __future__ import annotations

import re

import pytest

from ontology import names
from ontology.custody import body_kind, due_day, has_own_way, name_key, special_kind, succession
from ontology.custody.retention import kind, longest, undetermined, written_out, years
from ontology.custody.schedules import Author, propose
from ontology.registry import load


@pytest.mark.parametrize(
    ("unit", "on", "change", "successor", "changed"),
    [
        ("Phường Hàng Bạc, Quận Hoàn Kiếm", None, "merged", "Phường Hoàn Kiếm", "2025-07-01"),
        ("Phường Hàng Bạc, Quận Hoàn Kiếm", "2025-06-30", "continues", "Phường Hàng Bạc", None),
        ("Phường Hàng Bạc, Quận Hoàn Kiếm", "2025-07-01", "merged", "Phường Hoàn Kiếm", "2025-07-01"),
        ("Phường Cửa Nam, Quận Hoàn Kiếm", None, "divided", None, "2025-07-01"),
        ("Xã Ngọc Long, Huyện Yên Minh", None, "continues", "Xã Ngọc Long", None),
        ("Quận Đống Đa, Thành phố Hà Nội", None, "district_ended", None, "2025-07-01"),
        ("Quận Đống Đa, Thành phố Hà Nội", "2020-01-01", "split_off", "Quận Đống Đa", "1996-11-22"),
        ("Huyện Từ Liêm, Thành phố Hà Nội", None, "ended_earlier", None, "2013-12-27"),
        ("Huyện Từ Liêm, Thành phố Hà Nội", "2012-01-01", "split_off", "Huyện Từ Liêm", "1996-11-22"),
        ("Xã Tiên Dược, Huyện Sóc Sơn", "2013-01-01", "split_off", "Xã Tiên Dược", "1987-03-03"),
        ("Tỉnh Hà Tây", None, "merged", "Thành phố Hà Nội", "2008-08-01"),
        ("12@1975", None, "split_off", "Tỉnh Lai Châu", "2003-11-26"),
        ("10036@1979-02-17", None, "merged", "Phường Chương Mỹ", "2005-03-02"),
        ("10036@1979-02-17", "2010-01-01", "merged", "Thị trấn Chúc Sơn", "2005-03-02"),
        ("11353@2007-12-17", None, "divided", None, "2022-04-10"),
        ("00631@2007-12-17", None, "unknown", None, "2013-12-27"),  # xã Mễ Trì: phường Mễ Trì and another, by a list
        ("00130@1982-10-13", None, "divided", None, "2003-11-06"),  # xã Gia Thụy: two wards, one of its name
        ("00631@2013-12-27", None, "divided", None, "2025-07-01"),
        ("Xã Mỹ Đình, Huyện Từ Liêm", None, "unknown", None, "2013-12-27"),
    ],
)
def test_what_became_of_a_unit(
    unit: str, on: str | None, change: str, successor: str | None, changed: str | None
) -> None:
    known = load().argument(unit, prefer="ended").unit
    found = succession(known, known.level, load(), on)
    told = (found.change, found.successor.name if found.successor else None, found.changed)
    assert told == (change, successor, changed)


@pytest.mark.parametrize(
    ("identifier", "change", "changed", "decided"),
    [
        ("11353@2007-12-17", "divided", "2022-04-10", "2025-07-01"),  # whole to one that was divided
        ("00286@1981-01-03", "merged", "2025-02-01", "2025-07-01"),  # whole to one that went whole to another
        ("10036@1979-02-17", "merged", "2005-03-02", "2025-07-01"),
    ],
)
def test_files_move_again_with_the_unit_that_received_them(
    identifier: str, change: str, changed: str, decided: str
) -> None:
    found = succession(load().unit(identifier), "commune", load(), "2026-06-01")
    assert (found.change, found.changed, found.decided) == (change, changed, decided)


def test_before_the_second_change_the_first_decides() -> None:
    found = succession(load().unit("10036@1979-02-17"), "commune", load(), "2024-06-01")
    assert (found.change, found.changed, found.decided) == ("merged", "2005-03-02", "2005-03-02")


def test_a_district_without_a_unit_ended_with_all() -> None:
    assert succession(None, "district", load()).change == "district_ended"
    assert succession(None, "district", load(), "2025-06-30").change == "unknown"
    assert succession(None, "commune", load()).change == "unknown"


@pytest.mark.parametrize(
    ("creator", "kind_of_body"),
    [
        ("UBND phường Hàng Bạc", "committee"), ("Ủy ban Hành chính xã Dịch Vọng", "committee"),
        ("HĐND phường Hàng Bạc", "council"), ("Phòng Tư pháp quận Đống Đa", "department"),
        ("Đảng ủy xã Ngọc Long", "party_committee"), ("Chi bộ 5 phường Cửa Nam", "party_cell"),
        ("Ban Tổ chức Quận ủy Đống Đa", "party_body"), ("Hội Chữ thập đỏ quận Đống Đa", "association"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam xã Tiến Xuân", "front"), ("Hội Nông dân xã Ngọc Long", "union"),
        ("Công an quận Đống Đa", "police"), ("Đảng ủy Công an quận Đống Đa", "party_committee"),
        ("Xã đội Ngọc Long", "military"), ("Trường Tiểu học Kim Liên", "public_unit"),
        ("Hợp tác xã nông nghiệp Ngọc Long", "enterprise"), ("Kho bạc Nhà nước Đống Đa", "treasury"), ("???", "other"),
        ("Chi cục Thống kê quận Đống Đa", "statistics"), ("Văn phòng Đăng ký đất đai Hà Nội", "land_office"),
        ("Cục Hải quan thành phố Hà Nội", "agency"), ("Hạt Kiểm lâm huyện Sóc Sơn", "agency"),
        ("Hợp tác xã dịch vụ nông nghiệp", "enterprise"), ("Ban QLDA huyện Sóc Sơn", "public_unit"), ("Đội Thi hành án quận Đống Đa", "enforcement"),
        ("Ban Chỉ đạo Thi hành án dân sự quận Đống Đa", "department"),
        ("Tổ dân phố số 5 phường Hàng Bạc", "village"), ("UBND phường Phố Huế", "committee"),
        ("Phòng Nông nghiệp và Phát triển nông thôn huyện Yên Minh", "department"),
    ],
)  # fmt: skip
def test_bodies_are_told_by_their_names(creator: str, kind_of_body: str) -> None:
    assert body_kind(creator) == kind_of_body


@pytest.mark.parametrize(
    "creator",
    ["Cục Hải quan Hà Nội", "Ban QLDA huyện Sóc Sơn", "Chi cục Thống kê quận Đống Đa", "Văn phòng Đăng ký đất đai"],
)
def test_what_is_decided_of_a_level_does_not_mean_other_lines(creator: str) -> None:
    assert has_own_way(creator)
    assert not has_own_way("Phòng Tư pháp quận Đống Đa")


def test_names_of_one_body_are_one() -> None:
    assert name_key("Phông UBND xã Mỹ Đình") == name_key("Ủy ban nhân dân xã Mĩ Đình")
    assert name_key("UBND xã Sơn Đông") != name_key("UBND xã Sơn Đồng")


@pytest.mark.parametrize(
    ("titles", "special"),
    [
        (["Sổ đăng ký khai sinh 1985", "So dang ky khai sinh 1986"], "civil_register"),
        (["Sổ đăng ký khai sinh 1985", "Báo cáo năm"], "none"),
        (["Quyết định thu hồi đất"], "none"),
        (["Hồ sơ đăng ký hộ tịch"], "none"),
        (["Sổ địa chính thôn 1", "SỔ MỤC KÊ"], "cadastral_file"),
        (["Hồ sơ cấp giấy chứng nhận quyền sử dụng đất hộ ông A"], "cadastral_file"),
        (["Quyết định cấp giấy chứng nhận quyền sử dụng đất"], "none"),
        (["Bản đồ 364 xã Tiến Xuân"], "boundary_file"),
        ([], "none"),
        ([None, "Sổ chứng thực chữ ký"], "certification_book"),
        (["01 quyển sổ đăng ký khai sinh", "Quyển số 3: Sổ hộ tịch"], "civil_register"),
        (["Sổ đăng ký nuôi con nuôi năm 2005"], "civil_register"),
        (["So dang ky viec nhan cha me con"], "civil_register"),
        (["Sổ cấp giấy xác nhận tình trạng hôn nhân"], "civil_register"),
        (["Hồ sơ cấp GCNQSDĐ hộ ông A"], "cadastral_file"),
        (["Hồ sơ số 12 - Sổ đăng ký đất đai"], "cadastral_file"),
        (["Công văn về việc chấn chỉnh ghi chép sổ hộ tịch"], "none"),
        (["Hồ sơ mua sắm sổ đăng ký khai sinh"], "none"),
        (["Kế hoạch đo đạc lập bản đồ địa chính"], "none"),
        (["Biên bản thanh tra việc sử dụng sổ chứng thực"], "none"),
        (["Báo cáo kết quả kiểm tra hồ sơ 364"], "none"),
    ],
)
def test_specialised_records_are_known_where_every_title_says_so(titles: list[str | None], special: str) -> None:
    assert special_kind(titles) == special


@pytest.mark.parametrize(
    ("code", "until", "due"),
    [
        ("", "2020", None), ("1_year", "2026-03-01", "2027-12-31"), ("1_year", None, None),
        ("5_years_after_1", "2026", "2032-12-31"), ("10_years", "1999-05", "2009-12-31"),
        ("2035-06-30", None, "2035-06-30"), ("2035-06-30", "2012", "2035-06-30"),
    ],
)  # fmt: skip
def test_days_due(code: str, until: str | None, due: str | None) -> None:
    assert due_day(code, until) == due


@pytest.mark.parametrize(
    ("term", "kept"),
    [("Vĩnh viễn", "permanent"), ("VV", "permanent"), ("V.V", "permanent"), ("vinh vien", "permanent"), ("Bảo quản vĩnh viễn", "permanent"),
     ("70 năm", "fixed"), ("10", "fixed"), ("lâu dài", "fixed"), ("tạm thời", "fixed"), ("TẠM THỜI", "fixed"),
     ("đến khi văn bản hết hiệu lực", "fixed"), ("khác", "unknown"), (None, "unknown"), ("", "unknown"),
     ("V.V.", "permanent"), ("01", "permanent"), ("04", "fixed"), ("05", "unknown"), ("07", "unknown"),
     ("Nhóm 2", "unknown"), ("Năm 2012", "unknown"), ("Hai mươi năm", "fixed")],
)  # fmt: skip
def test_kinds_of_retention(term: str | None, kept: str) -> None:
    assert kind(term) == kept


def test_the_longest_term_wins() -> None:
    assert longest(["10 năm", "Vĩnh viễn", None, "70 năm"]) == "Vĩnh viễn"
    assert longest(["tạm thời", "lâu dài", "5"]) == "lâu dài"
    assert longest([None, ""]) is None
    assert (years("lâu dài"), years("tạm thời"), years("đến khi văn bản hết hiệu lực")) == (10, 5, None)


@pytest.mark.parametrize(
    ("term", "length"),
    [("Hai mươi năm", 20), ("20 (hai mươi) năm", 20), ("hai mươi (20) năm", 20), ("05 năm", 5), ("năm năm", 5),
     ("bẩy mươi năm", 70), ("Lâu dài (20 năm)", 20), ("02", 70), ("06", 10), ("trên 10 năm", 10), ("10 years", 10)],
)  # fmt: skip
def test_a_term_in_years(term: str, length: int) -> None:
    assert years(term) == length


@pytest.mark.parametrize(
    ("terms", "open_"),
    [(["10 năm", None], True), (["10 năm", "đến khi văn bản hết hiệu lực"], True), (["10 năm", "khác"], True),
     (["Vĩnh viễn", None], False), (["10 năm", "20 năm"], False), ([None, None], False), ([], False)],
)  # fmt: skip
def test_a_term_beside_an_unknown_one_settles_nothing(terms: list[str | None], open_: bool) -> None:
    assert undetermined(terms) is open_


@pytest.mark.parametrize(
    ("cell", "coded", "term"),
    [("VV", False, "vĩnh viễn"), ("Hai mươi năm", False, "20 năm"), ("05", True, "20 năm"), ("05", False, None),
     ("07", True, "khác"), ("20 năm", False, None), ("đến khi văn bản hết hiệu lực", False, "đến khi văn bản hết hiệu lực")],
)  # fmt: skip
def test_a_cell_that_is_a_form_of_the_table(cell: str, coded: bool, term: str | None) -> None:
    assert written_out(cell, coded=coded) == term


@pytest.mark.parametrize(
    ("type_", "title", "author", "rule", "term"),
    [
        ("Báo cáo", "Báo cáo công tác tháng 5 năm 2012", "own", "month_week", "10 năm"),
        ("Báo cáo", "Báo cáo kết quả quý I năm 2012", None, "quarter", "20 năm"),
        (None, "Kế hoạch công tác 6 tháng đầu năm", None, "quarter", "20 năm"),
        ("Báo cáo", "Báo cáo tổng kết năm 2012", "own", "review_year", "vĩnh viễn"),
        ("Báo cáo", "Báo cáo sơ kết hai năm", None, "review_interim", "5 năm"),
        ("Kế hoạch", "Kế hoạch công tác năm 2012", "own", "plan_own", "vĩnh viễn"),
        ("Kế hoạch", "Kế hoạch công tác năm 2012", "superior", "plan_superior", "10 năm"),
        ("Quyết định", "Quyết định ngày 5 tháng 7 năm 2012 về việc bổ nhiệm cán bộ", None, "appointment", "70 năm"),
        ("Quyết định", "Về việc giải thể Hợp tác xã mua bán", None, "body_founding", "vĩnh viễn"),
        ("Thông báo", "Thông báo kết luận cuộc họp", None, "conclusions", "10 năm"),
        ("Công văn", "Về việc trao đổi kinh nghiệm", None, "exchange", "10 năm"),
        ("Báo cáo", "Báo cáo công tác tháng 5/2012", None, "month_week", "10 năm"),
        ("Báo cáo", "Bao cao tong ket nam 2012", None, "review_year", "vĩnh viễn"),
        (
            "Báo cáo",
            "Báo cáo công tác giải quyết khiếu nại, tố cáo quý II năm 2019",
            None,
            "inspection_month",
            "5 năm",
        ),
        ("Báo cáo", "Báo cáo công tác thanh tra năm 2019", None, "inspection_year", "vĩnh viễn"),
        ("Quyết định", "Quyết định thành lập Phòng Tư pháp", None, "body_founding", "vĩnh viễn"),
        (None, "Hồ sơ dự thầu không trúng thầu", None, "bid_lost", "5 năm"),
        (None, "Chứng từ kế toán quý I năm 2010", None, "accounts", "10 năm"),
        (None, "Sổ quỹ tiền mặt năm 1998", None, "accounts", "10 năm"),
        (None, "Báo cáo tổng kết hàng năm của UBND xã", None, "review_year", "vĩnh viễn"),
    ],
)
def test_schedules_propose_a_term(type_: str | None, title: str, author: Author | None, rule: str, term: str) -> None:
    found = propose(type_, title, author)
    assert found is not None
    assert (found.rule, found.term, found.certainty) == (rule, term, "likely")
    assert re.match(r"(Thông tư|Nghị định) \d+/\d{4}/[\w-]+, \S", found.schedule)
    assert (found.superseded_by is not None) == found.schedule.startswith("Thông tư 09/2011/TT-BNV, ")


def test_every_proposal_names_its_act_and_the_place_in_it() -> None:
    acts = {row["id"] for row in names.rows("retention_schedules.csv")}
    for row in names.rows("retention_rules.csv"):
        assert row["schedule"] in acts, row["id"]
        assert row["article"], row["id"]
        assert row["special"] or row["words"], row["id"]
        assert kind(row["term"]) != "unknown", row["id"]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Sổ đăng ký khai sinh năm 1985", "civil_register"),
        ("Sổ chứng thực chữ ký năm 2010", "certification_book"),
        ("Hồ sơ chứng thực hợp đồng năm 2010", "certified_contracts"),
        ("Hồ sơ chứng thực chữ ký năm 2010", "certified_signatures"),
    ],
)
def test_registers_and_certified_papers_have_terms_of_their_own(title: str, rule: str) -> None:
    found = propose(None, title)
    assert found is not None
    assert (found.rule, found.certainty) == (rule, "sure")


@pytest.mark.parametrize(
    ("type_", "title"),
    [("Kế hoạch", "Kế hoạch công tác năm 2012"), ("Quyết định", "Về việc thu hồi đất"), ("Quyết định", None),
     ("Quyết định", "Về việc thành lập tổ công tác"), (None, "Đơn đề nghị"), (None, "Hồ sơ dự thầu gói thầu số 3"),
     ("Quyết định", "Quyết định thành lập Hội đồng nghĩa vụ quân sự"), (None, "Hồ sơ kỷ niệm 50 năm thành lập Đảng"),
     ("Kế hoạch", "Kế hoạch tháng hành động vì trẻ em"), ("Báo cáo", "Báo cáo quy hoạch sử dụng đất"),
     ("Báo cáo", "Báo cáo quỹ đền ơn đáp nghĩa"), ("Kế hoạch", "Kế hoạch kỷ niệm Cách mạng tháng 8"),
     (None, "Hồ sơ giải quyết khiếu nại của ông A"), ("Báo cáo", "Báo cáo quyết toán ngân sách xã"),
     ("Công văn", "Công văn về lưu trữ chứng từ kế toán"), (None, "Hồ sơ khen thưởng năm 2010")],
)  # fmt: skip
def test_where_no_schedule_fits_nothing_is_proposed(type_: str | None, title: str | None) -> None:
    assert propose(type_, title) is None
