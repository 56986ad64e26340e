"""The dated unit of places and bodies: by the record's day, its heading, its fonds and what else the page names."""

from __future__ import annotations

import pytest

from nlp import Context, extract
from nlp.dated_places import dated_places
from nlp.flat import Flat
from nlp.model import Extraction
from nlp.resolution import is_former, written_day
from nlp.votes import Named, Page


def page(heading: str, line: str, body: str) -> str:
    return (
        f"{heading}\n-------\nSố: 10/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"{line}\n\nBÁO CÁO\nKết quả công tác\n\n{body}\n"
    )


def units(extraction: Extraction) -> dict[str, str | None]:
    """Surface → unit of every mention."""
    found: dict[str, str | None] = {" ".join(one.surface.split()): one.unit for one in extraction.places}
    return found | {" ".join(one.surface.split()): one.unit for one in extraction.agencies}


DONG_ANH = page("ỦY BAN NHÂN DÂN\nHUYỆN ĐÔNG ANH", "Đông Anh, ngày 3 tháng 11 năm 2011", "{}")
MAI_DINH = page("ỦY BAN NHÂN DÂN\nXÃ MAI ĐÌNH", "Mai Đình, ngày 3 tháng 11 năm 2021", "{}")
TU_LIEM = page("ỦY BAN NHÂN DÂN\nPHƯỜNG TỪ LIÊM", "Từ Liêm, ngày 3 tháng 11 năm 2025", "{}")
NGUYEN_TRAI = page("ỦY BAN NHÂN DÂN\nXÃ NGUYỄN TRÃI", "Nguyễn Trãi, ngày 30 tháng 12 năm 2009", "{}")


@pytest.mark.parametrize(
    ("text", "surface", "unit"),
    [
        # a district of that name and its town: the place line is the issuer's
        (DONG_ANH.format("Hết."), "Đông Anh", "017@1978-12"),
        # communes of one name in two districts
        (DONG_ANH.format("UBND xã Kim Chung đã báo cáo."), "UBND xã Kim Chung", "00493@2007-12-17"),
        # bodies without a place: of the district, of its province
        (DONG_ANH.format("Phòng Nội vụ phối hợp với Sở Tài chính."), "Phòng Nội vụ", "017@1978-12"),
        (DONG_ANH.format("Phòng Nội vụ phối hợp với Sở Tài chính."), "Sở Tài chính", "01@2008-08-01"),
        # a letter lost in a scan: the one commune of the district that is near
        (DONG_ANH.format("Nhân dân xã Mai Lnm đóng góp."), "xã Mai Lnm", "00520@2007-12-17"),
        # a commune's division was its district's, until there were no districts
        (MAI_DINH.format("Đã gửi Phòng Nội vụ, UBND huyện Sóc Sơn."), "Phòng Nội vụ", "016@1978-12-29"),
        (TU_LIEM.format("Đã gửi Phòng Kinh tế."), "Phòng Kinh tế", "00592@2025-07-01"),
        # named after the unit, or with its type alone
        (MAI_DINH.format("Trường tiểu học Mai Đình, xã Tân Dân."), "Trường tiểu học Mai Đình", "00427@2007-12-17"),
        (MAI_DINH.format("Trạm y tế xã; UBND huyện Sóc Sơn."), "Trạm y tế xã", "00427@2007-12-17"),
        (
            MAI_DINH.format("Chi bộ thôn Trung xây dựng kế hoạch; xã Tân Dân."),
            "Chi bộ thôn Trung",
            "00427@2007-12-17",
        ),
        # no more, as the text says
        (TU_LIEM.format("Hồ sơ do UBND huyện Từ Liêm (cũ) lập."), "UBND huyện Từ Liêm (cũ)", "019@1996-11-22"),
        (TU_LIEM.format("phường Mễ Trì (nay là phường Từ Liêm)"), "phường Mễ Trì", "00631@2013-12-27"),
    ],
)
def test_each_mention_has_the_unit_of_the_day_and_the_neighbourhood(text: str, surface: str, unit: str) -> None:
    assert units(extract(text))[surface] == unit


@pytest.mark.parametrize(
    "body",
    [
        "Ban Thường vụ Hội Nông dân huyện Đông Anh",
        "Ban Thường vụ Huyện đoàn",
        "BCH Đoàn huyện Đông Anh",
        "Cơ quan CSĐT Công an huyện Đông Anh",
        "Đội Quản lý trật tự xây dựng huyện Đông Anh",
        "Ban Tổ chức chính quyền",
    ],
)
def test_bodies_of_a_district_have_its_unit(body: str) -> None:
    assert units(extract(DONG_ANH.format(f"Nơi nhận:\n- {body};\n- Lưu.")))[body] == "017@1978-12"


def test_neighbours_tell_which_commune_of_a_name_issued_the_record() -> None:
    alone = extract(NGUYEN_TRAI.format("Giao UBND xã Nguyễn Trãi thực hiện."))
    assert alone.issuer_unit is None
    assert [place.certainty for place in alone.places] == ["candidates"]
    assert len(alone.places[0].candidates) > 1
    told = extract(NGUYEN_TRAI.format("Báo cáo UBND huyện Thường Tín; thu hồi sổ của UBND xã."))
    assert told.issuer_unit == "10231@2007-12-17"
    assert units(told)["UBND xã"] == "10231@2007-12-17"
    of_fonds = extract(NGUYEN_TRAI.format("Hết."), context=Context(unit="279@2008-08-01"))
    assert of_fonds.issuer_unit == "10231@2007-12-17"


def test_a_letter_without_an_issuer_has_the_units_that_it_speaks_of() -> None:
    text = (
        "ĐƠN ĐỀ NGHỊ\nKính gửi: UBND xã Kim Chung, huyện Hoài Đức\nTôi là Nguyễn Văn An, trú tại xã Kim Chung. UBND "
        "huyện đã biết.\nKim Chung, ngày 3 tháng 5 năm 2012\nNGƯỜI LÀM ĐƠN\nNguyễn Văn An\n"
    )
    found = units(extract(text))
    assert found["Kim Chung"] == found["UBND xã Kim Chung"] == "09853@2007-12-17"
    assert found["UBND huyện"] == "274@2008-08-01"


def test_an_issuer_in_two_columns_is_a_body_named() -> None:
    text = DONG_ANH.replace(
        "ỦY BAN NHÂN DÂN\nHUYỆN ĐÔNG ANH\n-------\nSố: 10/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
        "  ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "  HUYỆN ĐÔNG ANH               Độc lập - Tự do - Hạnh phúc\n  Số: 10/BC-UBND\n",
    )
    (issuer, *others) = extract(text.format("Phòng Nội vụ báo cáo.")).agencies
    assert (issuer.surface, issuer.unit) == ("ỦY BAN NHÂN DÂN HUYỆN ĐÔNG ANH", "017@1978-12")
    assert [other.surface for other in others] == ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Số: 21/NQ/HĐND HÀ NỘI, ngày 23-12-1994", "HÀ NỘI"),
        ("XÃ THÚC KHÁNG Thúc Kháng, ngày 28 tháng 08 năm 2007", "Thúc Kháng"),
        ("S 831636 Bù Gia Mập, ngày13 tháng 4 năm 2018", "Bù Gia Mập"),
        ("Long Biên, ngà 4 tháng12 năm 2009", "Long Biên"),
        ("theo đề nghị của huyện Gia Lâm, ngày 3 tháng 2 năm 2004", None),
        ("Bản sao tại Hà Nội, ngày 3/4/2000", None),
        ("Người Nào Đó, ngày 3/4/2000", None),
    ],
)
def test_a_place_before_a_day_begins_its_line_or_column(line: str, place: str | None) -> None:
    flat = Flat(line)
    assert [flat.shown[spot.start : spot.end] for spot in dated_places(flat)] == ([place] if place else [])


def test_a_page_without_a_date_is_of_the_last_day_that_it_speaks_of() -> None:
    assert written_day(Extraction("ngày 30/02/2012, ngày 5 tháng 6 năm 1998 và 01/07/1997")) == "1998-06-05"
    assert written_day(Extraction("không có ngày")) is None
    text = "8\nđã được UBND thành phố Hà Nội kiểm tra theo Quyết định số 09/QĐ-UBND ngày 17/01/1999 của UBND quận Đống Đa."
    (city, *_) = extract(text).agencies
    assert city.unit == "01@1991-08-12"


@pytest.mark.parametrize(
    ("after", "former"),
    [
        (" (cũ)", True),
        (" (nay là phường B)", True),
        (" trước đây", True),
        (" cử cán bộ", False),
        (" hiện nay", False),
    ],
)
def test_what_is_said_behind_a_name_tells_that_it_is_no_more(after: str, former: bool) -> None:
    assert is_former(f"xã A{after}", 4) is former


def test_places_of_a_page_vote_for_the_namesake_they_stand_nearest_to() -> None:
    both = ("00493@2007-12-17", "09853@2007-12-17")  # Kim Chung of Đông Anh and of Hoài Đức
    day = "2012-05-03"
    assert Page([Named("Hoài Đức", "huyện")], day).voted(both, "Kim Chung") == ("09853@2007-12-17", True)
    assert Page([Named("Hà Nội", "thành phố")], day).voted(both, "Kim Chung") == (None, False)
    assert Page([Named("Kim Chung", "xã")], day).voted(both, "Kim Chung") == (None, False)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("chăn nuôi của HTX Hợp Lực\n04) Hoàn cảnh gia đình", "HTX Hợp Lực"),
        ("làm ở Nhà máy Cơ khí Long Biên\nNgày làm lý lịch", "Nhà máy Cơ khí Long Biên"),
        ("Bí thư Đoàn xã Tu Tra", "Đoàn xã Tu Tra"),
        ("phải đến Xã đội Sam Mứn kê khai", "Xã đội Sam Mứn"),
        ("- UBKT Đảng ủy;", "UBKT Đảng ủy"),
        ("gửi Phòng Địa chính - Nhà đất và Đô thị quận Đống Đa", "Phòng Địa chính - Nhà đất và Đô thị quận Đống Đa"),
        ("kinh phí của Sở Lao động\n- Thương binh và Xã hội", "Sở Lao động\n- Thương binh và Xã hội"),
    ],
)
def test_bodies_of_communes_and_their_ends(text: str, surface: str) -> None:
    assert surface in [agency.surface for agency in extract(text).agencies]


def test_the_symbol_of_a_form_names_no_ministry() -> None:
    assert extract("Mẫu 2C-BNV/2008").agencies == []
