"""Agencies, people, places, subjects: what the components make of whole pages of different times."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Context, extract
from nlp.agencies.component import issuer_unit
from nlp.model import Extraction
from ontology.registry import load

DISTRICT_1998 = """ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
QUẬN ĐỐNG ĐA                    Độc lập - Tự do - Hạnh phúc
Số: 612/QĐ-UB                Đống Đa, ngày 05 tháng 6 năm 1998

QUYẾT ĐỊNH
Về việc thu hồi đất tại phường Láng Hạ

ỦY BAN NHÂN DÂN QUẬN ĐỐNG ĐA
Căn cứ Luật Đất đai ngày 14/7/1993;
Theo đề nghị của Trưởng phòng Địa chính - Nhà đất quận và UBND phường Láng Hạ,

QUYẾT ĐỊNH:
Điều 1. Thu hồi 120 m2 đất của hộ ông Lê Văn Tám, số nhà 12 phố Thái Thịnh, phường Láng Hạ, quận Đống Đa.
Điều 2. Chánh Văn phòng UBND quận, Công an quận, Chi cục Thuế quận Đống Đa và bà Nguyễn Thị Hoa, Chủ tịch UBND phường
Láng Hạ chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:                                  TM. ỦY BAN NHÂN DÂN
- Như Điều 2;                                   CHỦ TỊCH
- Lưu: VP.
                                            Trần Đình Phúc
"""

PARTY_1991 = """HUYỆN ỦY TỪ LIÊM          ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 12-NQ/HU               Từ Liêm, ngày 10 tháng 9 năm 1991

NGHỊ QUYẾT
CỦA BAN THƯỜNG VỤ HUYỆN ỦY
về công tác phát triển Đảng

Thực hiện Chỉ thị số 05-CT/TU ngày 2-3-1991 của Ban Thường vụ Thành ủy Hà Nội, Ban Thường vụ Huyện ủy giao Đảng ủy xã
Mỹ Đình, Đảng ủy xã Cổ Nhuế và Ban Tổ chức Huyện ủy tổ chức thực hiện.

T/M BAN THƯỜNG VỤ
BÍ THƯ
Nguyễn Xuân Bách
"""


def surfaces(mentions: list) -> list[str]:  # type: ignore[type-arg]
    return list(dict.fromkeys(" ".join(mention.surface.split()) for mention in mentions))


@pytest.fixture(scope="module")
def district() -> Extraction:
    return extract(DISTRICT_1998)


@pytest.fixture(scope="module")
def party() -> Extraction:
    return extract(PARTY_1991)


def test_agencies_are_named_as_written(district: Extraction) -> None:
    assert surfaces(district.agencies) == [
        "ỦY BAN NHÂN DÂN QUẬN ĐỐNG ĐA",
        "phòng Địa chính - Nhà đất quận",
        "UBND phường Láng Hạ",
        "Văn phòng UBND quận",
        "Công an quận",
        "Chi cục Thuế quận Đống Đa",
    ]


def test_a_type_alone_means_the_issuers_own_unit(district: Extraction) -> None:
    police = next(mention for mention in district.agencies if mention.surface == "Công an quận")
    assert police.name == "Công an quận Đống Đa"
    assert police.unit == district.issuer_unit
    assert police.unit is not None
    assert police.unit.startswith("006@")


def test_places_stand_alone_with_units_of_their_day(district: Extraction) -> None:
    assert surfaces(district.places) == [
        "Đống Đa", "phường Láng Hạ", "số nhà 12", "phố Thái Thịnh", "quận Đống Đa",
    ]  # fmt: skip
    ward = [place for place in district.places if place.surface == "phường Láng Hạ"]
    assert {(place.unit or "").split("@")[0] for place in ward} == {"00199"}
    assert ward[0].where == "title"
    assert ward[-1].where == "body"
    street = next(place for place in district.places if place.surface == "phố Thái Thịnh")
    assert (street.type, street.unit) == ("street", None)


def test_people_have_role_position_and_agency(district: Extraction) -> None:
    assert [(person.name, person.role, person.position, person.agency) for person in district.people] == [
        ("Lê Văn Tám", "subject", None, None),
        ("Nguyễn Thị Hoa", "mention", "Chủ tịch", "Ủy ban nhân dân phường Láng Hạ"),
        ("Trần Đình Phúc", "signer", "CHỦ TỊCH", None),
    ]


def test_the_subject_is_that_of_the_title(district: Extraction) -> None:
    assert district.subject == "clearance"


def test_party_bodies_and_their_cited_acts(party: Extraction) -> None:
    assert "Ban Thường vụ Thành ủy Hà Nội" in surfaces(party.agencies)
    assert "Đảng ủy xã Mỹ Đình" in surfaces(party.agencies)
    assert {mention.bloc for mention in party.agencies} == {"party"}
    assert [(cite.number, cite.issuer) for cite in party.cites] == [("05-CT/TU", "Ban Thường vụ Thành ủy Hà Nội")]


def test_an_old_commune_lies_in_its_old_district(party: Extraction) -> None:
    commune = next(
        mention for mention in party.agencies if mention.surface.replace("\n", " ") == "Đảng ủy xã Mỹ Đình"
    )
    assert (commune.unit or "").startswith("00625@")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("tại các xã Mỹ Đình, Cổ Nhuế và Xuân Phương, huyện Từ Liêm", ["Mỹ Đình", "Cổ Nhuế", "Xuân Phương", "huyện Từ Liêm"]),
        ("P. Cửa Nam, Q. Hoàn Kiếm, TP. Hà Nội", ["P. Cửa Nam", "Q. Hoàn Kiếm", "TP. Hà Nội"]),
        ("mưa lũ ở Khánh Hòa và Gia Lai, trên sông Ba", ["Khánh Hòa", "Gia Lai", "sông Ba"]),
        ("xóm 4, thôn Đoài, tổ dân phố số 5, khu phố 3", ["xóm 4", "thôn Đoài", "tổ dân phố số 5", "khu phố 3"]),
        ("các văn bản Quy định, yêu cầu Ủy ban, quân sự", []),
        ("Độc lập - Tự do - Hạnh phúc", []),
        ("hồ sơ, hòa bình, thái bình", []),
    ],
)  # fmt: skip
def test_places_in_a_line(text: str, places: list[str]) -> None:
    assert surfaces(extract(f"Địa bàn {text}.").places) == places


def test_what_contains_a_place_is_said_behind_it() -> None:
    text = "Ngày 3 tháng 3 năm 2010, tại xã Tân Lập, huyện Đan Phượng, thành phố Hà Nội và xã Tân Lập, huyện Yên Mỹ, tỉnh Hưng Yên."
    extraction = extract(text, context=Context(date="2010-03-03"))
    first, second = [place for place in extraction.places if place.surface == "xã Tân Lập"]
    assert first.unit
    assert second.unit
    assert first.unit != second.unit
    assert first.certainty == second.certainty == "certain"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Tôi tên là Phạm Thị Lan, sinh năm 1960", ["Phạm Thị Lan"]),
        ("Họ và tên: NGUYỄN THỊ MAI  Sinh ngày 1/2/1970", ["NGUYỄN THỊ MAI"]),
        ("các đồng chí Trần Thị Hoa, Lê Văn Bình và Phạm Hùng dự họp", ["Trần Thị Hoa", "Lê Văn Bình", "Phạm Hùng"]),
        ("1. Nguyễn Thị Lan, sinh năm 1950\n2. Lê Văn Tám - Trưởng thôn", ["Nguyễn Thị Lan", "Lê Văn Tám"]),
        ("Đ/c PGĐ Phạm Quốc Tuấn", ["Phạm Quốc Tuấn"]),
        ("xã Nguyễn Huệ, phường Bế Văn Đàn, trường Kim Đồng, đường Trần Phú", []),
        ("đồng chí Phó Chủ tịch phụ trách", []),
        ("Chủ tịch Hồ Chí Minh, ông Hồ Chí Minh", []),
    ],
)
def test_people_in_a_line(text: str, people: list[str]) -> None:
    assert surfaces(extract(f"Danh sách: {text}.").people) == people


@pytest.mark.parametrize(("parent", "line"), [("HUYỆN ĐAN PHƯỢNG", "01"), ("UBND HUYỆN YÊN MỸ", "33")])
def test_the_line_above_the_issuer_tells_communes_of_one_name_apart(parent: str, line: str) -> None:
    extraction = Extraction(text="", issuer="ỦY BAN NHÂN DÂN XÃ TÂN LẬP", issuer_parent=parent, date="2012-05-05")
    unit = load().units[issuer_unit(extraction) or ""]
    assert unit.name == "Xã Tân Lập"
    assert load().parents(unit, "2012-05-05")[-1].line == line


def test_a_place_further_on_in_the_issuers_name_is_found() -> None:
    name = "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM BAN CHẤP HÀNH PHƯỜNG TRÚC BẠCH"
    assert (issuer_unit(Extraction(text="", issuer=name, date="2012-11-15")) or "").startswith("00004@")


def test_a_central_body_has_no_unit_and_a_fonds_unit_decides_a_bare_name() -> None:
    assert issuer_unit(Extraction(text="", issuer="BỘ NỘI VỤ", place="Hà Nội", date="2012-05-05")) is None
    fonds = next(
        unit.id for unit in load().units.values() if unit.name == "Huyện Đan Phượng" and unit.in_force("2012-05-05")
    )
    extraction = Extraction(text="", issuer="UBND XÃ TÂN LẬP", date="2012-05-05", context=Context(unit=fonds))
    unit = load().units[issuer_unit(extraction) or ""]
    assert load().parents(unit, "2012-05-05")[0].id == fonds


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Về việc bổ nhiệm cán bộ", "personnel"),
        ("Về việc cấp giấy chứng nhận quyền sử dụng đất", "land"),
        ("Về việc giao dự toán ngân sách năm 1996", "finance"),
        ("Về việc khen thưởng phong trào thi đua", "merit"),
        ("Về việc giải quyết đơn khiếu nại của bà Lê Thị Sáu", "complaint"),
        ("Về việc gọi công dân nhập ngũ", "military"),
        ("Về việc công nhận kết quả bầu cử", "elections"),
        ("Về việc tổ chức hội nghị", "other"),
        ("Về việc thu hồi 512 m2 đất để thực hiện dự án xây dựng nhà văn hóa", "clearance"),
        ("Về việc khen thưởng cá nhân có thành tích trong công tác bầu cử", "merit"),
        ("Về việc phê duyệt dự toán công trình nhà văn hóa thôn", "construction"),
        ("Về tình hình kinh tế - xã hội, an ninh - quốc phòng năm 1996", "other"),
        ("Về phòng cháy, chữa cháy", "other"),
    ],
)
def test_a_title_decides_the_subject(title: str, subject: str) -> None:
    page = f"UBND QUẬN BA ĐÌNH\nSố: 5/QĐ-UB\nBa Đình, ngày 1 tháng 2 năm 1996\n\nQUYẾT ĐỊNH\n{title}\n\nĐiều 1. Giao các đơn vị."
    assert extract(page).subject == subject


@pytest.mark.parametrize(
    ("page", "subject"),
    [
        ("ĐƠN KHIẾU NẠI\n(về việc cấp giấy phép xây dựng)\n\nKính gửi: UBND xã", "complaint"),
        ("UBND XÃ LA PHÙ\nSố: 5/GPXD\n\nGIẤY PHÉP\n\nCấp cho ông Lê Văn Tám", "construction"),
        ("BAN CHỈ HUY QUÂN SỰ\nHUYỆN HOÀI ĐỨC\nSố: 5/TB-BCH\n\nTHÔNG BÁO\n\nMời các đồng chí dự họp.", "military"),
        ("UBND QUẬN BA ĐÌNH\nSố: 5/TB-UB\n\nTHÔNG BÁO\n\nỦy ban nhân dân quận, nhân dân quận, quận sự.", "other"),
    ],
)
def test_type_symbol_and_issuer_say_the_subject_where_no_title_does(page: str, subject: str) -> None:
    assert extract(page).subject == subject


def test_a_place_line_with_a_short_type_word_is_read() -> None:
    page = "UBND QUẬN 5\nSố: 5/QĐ-UB\nTP. Hồ Chí Minh, ngày 1 tháng 2 năm 1996\n\nQUYẾT ĐỊNH\nVề việc giao đất"
    place = extract(page).places[0]
    assert ((place.unit or "").split("@")[0], place.where) == ("79", "issuer")


TABLE = """UBND XÃ TÂN LẬP
Số: 5/QĐ-UB
Tân Lập, ngày 1 tháng 2 năm 2006

QUYẾT ĐỊNH
Về việc thu hồi đất

Điều 1. Thu hồi đất của các hộ sau:
TT{gap}Chủ sử dụng{gap}Địa chỉ{gap}Đất (m2)
1{gap}Lê Văn Quyết{gap}thôn Hạ{gap}20
2{gap}Phạm Thị Bích Đào{gap}thôn Hạ{gap}30
Điều 2. Giao ông Hoàng Văn Sáu thi hành.
"""


@pytest.mark.parametrize("gap", ["\t", "   "])
def test_rows_of_a_table_name_people_and_its_head_no_place(gap: str) -> None:
    extraction = extract(TABLE.format(gap=gap))
    assert [one.name for one in extraction.people] == ["Lê Văn Quyết", "Phạm Thị Bích Đào", "Hoàng Văn Sáu"]
    assert not [place.surface for place in extraction.places if place.surface.startswith("TT")]


def test_everyday_words_name_people_before_a_colon_only() -> None:
    page = "GIẤY KHAI SINH\n\nCha: Trần Văn Mít. Mẹ: Lê Thị Ổi.\nNgười làm chứng: Phạm Văn Na. Gặp cha Trần Phú."
    assert [one.name for one in extract(page).people] == ["Trần Văn Mít", "Lê Thị Ổi", "Phạm Văn Na"]


def test_the_holder_of_an_office_is_named_behind_the_body() -> None:
    page = "Chủ tịch UBND huyện Đan Phượng Nguyễn Văn Tư chủ trì cuộc họp."
    assert [one.name for one in extract(page).people] == ["Nguyễn Văn Tư"]


@pytest.mark.parametrize(
    "line",
    ["các sở, ngành thành phố\n1. Giao Sở Nội vụ", "theo mã 1.012507. H05 và", "TT Chủ nhiệm", "xã Chủ trì họp"],
)
def test_what_only_looks_like_a_place_is_none(line: str) -> None:
    page = f"UBND TỈNH NGHỆ AN\nSố: 5/QĐ-UBND\nNghệ An, ngày 1 tháng 2 năm 2016\n\nQUYẾT ĐỊNH\nVề việc họp\n\nĐiều 1. Nay {line}"
    assert [place.surface for place in extract(page).places if place.unit and place.where == "body"] == []


def test_a_commune_that_a_central_act_founds_lies_in_the_province_of_its_title() -> None:
    page = (
        "ỦY BAN THƯỜNG VỤ QUỐC HỘI\nSố: 9/NQ-UBTVQH15\nHà Nội, ngày 16 tháng 6 năm 2025\n\nNGHỊ QUYẾT\n"
        "Về việc sắp xếp đơn vị hành chính của tỉnh Đồng Tháp năm 2025\n\nĐiều 1. Nhập xã A thành xã mới có tên gọi là xã Châu Thành."
    )
    (place,) = (place for place in extract(page).places if place.surface == "xã Châu Thành")
    assert load().units[place.unit or ""].valid_from == "2025-07-01"


PARTY_PAGE = """UBND QUẬN HÀ ĐÔNG
Số: 5/TB-UBND
Hà Đông, ngày 1 tháng 2 năm 2012

THÔNG BÁO
Về việc họp

Kính mời Thường trực Quận ủy, Phòng Tài chính - Kế hoạch và Huyện ủy dự họp.
"""


def test_a_body_named_without_its_place_has_that_of_the_record() -> None:
    named = {one.surface: (one.name, one.unit is not None) for one in extract(PARTY_PAGE).agencies}
    assert named["Thường trực Quận ủy"] == ("Thường trực Quận ủy Hà Đông", True)
    assert named["Phòng Tài chính - Kế hoạch"] == ("Phòng Tài chính - Kế hoạch quận Hà Đông", True)
    assert named["Huyện ủy"] == ("Huyện ủy", False)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("T/M BAN QUẢN TRỊ\nCHỦ NHIỆM", []),
        ("BAN THƯỜNG TRỰC\nSố: 97/BC-MTTQ", []),
        ("Về việc mở Trường Mầm non trên địa bàn xã", []),
        ("thuộc Ủy\nban nhân dân quản lý", []),
        ("do UBND\nquản lý", []),
        ("Nơi sinh: Bệnh viện Phú Thọ\nDân tộc: Kinh", ["Bệnh viện Phú Thọ"]),
        ("vay của Ngân\nhàng Phục vụ người nghèo; trả", ["Ngân hàng Phục vụ người nghèo"]),
        ("TRƯỜNG TIỂU HỌC LÊ LỢI", ["Trường Tiểu học Lê Lợi"]),
        ("đến Trường Trung học phổ thông Trương Hán Siêu để", ["Trường Trung học phổ thông Trương Hán Siêu"]),
    ],
)
def test_names_of_bodies_end_where_another_thing_begins(line: str, names: list[str]) -> None:
    assert [one.name for one in extract(line).agencies] == names


@pytest.mark.parametrize(
    "piece", ["Văn phòng ", "UBND ", "ông Nguyễn Văn A, ", "các xã ", "số 1/QĐ-UB, ", "Ban Chỉ đạo "]
)
def test_a_page_that_repeats_itself_is_read_without_harm(piece: str) -> None:
    assert extract(piece * 3000).text


def test_a_stated_term_of_retention_is_read() -> None:
    assert extract("BÌA HỒ SƠ\nThời hạn bảo quản: Vĩnh viễn\nSố tờ: 45").retention == "vĩnh viễn"
    assert extract("Thời hạn lưu trữ: 20 năm").retention == "20 năm"
    assert extract("Báo cáo về thời hạn bảo quản").retention is None


PIECES = st.sampled_from(
    ["UBND ", "xã ", "Mỹ Đình", ", ", "huyện ", "Từ Liêm", "\n", "ông ", "Nguyễn Văn A", " và ", "các ", "Sở Tài chính", "; ",
     "Công an ", "quận 1", "số 5/QĐ-UB ", "thôn ", "Đoài", "   ", "\n\n", "Đảng ủy ", "(cũ)", " - ", "TP. ", "Hà Nội", "tỉnh ", "Ð", "İ"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_mention_is_the_text_at_its_offsets(text: str) -> None:
    extraction = extract(text)
    for mention in (*extraction.agencies, *extraction.people, *extraction.places):
        assert extraction.text[mention.start : mention.end] == mention.surface
        assert mention.surface == mention.surface.strip()
    spans = sorted((mention.start, mention.end) for mention in (*extraction.agencies, *extraction.places))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_author_of_a_letter_is_a_person_named_though_he_stands_in_the_signature_alone() -> None:
    page = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐƠN ĐỀ NGHỊ\n\n"
        "Kính gửi: Ủy ban nhân dân xã Tân Lập\nGia đình tôi đề nghị được cấp lại sổ hộ khẩu.\n"
        "                                        Người làm đơn\n\n                                        Lò Thị Mít\n"
    )
    read = extract(page)

    assert read.author == "Lò Thị Mít"
    assert [(one.name, one.role) for one in read.people] == [("Lò Thị Mít", "author")]
