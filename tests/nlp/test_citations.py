"""Acts referred to, in the forms of every era, and what a record does to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import extract
from nlp.citations.component import Citations
from nlp.citations.finder import references
from nlp.citations.numbers import numbers, tidy_symbol, type_of_symbol
from nlp.citations.when import date_at
from nlp.flat import Flat
from nlp.model import Extraction, Zone
from ontology.folding import fold


class Underscore:
    extraction: Extraction


class Page:
    """What a component needs of a spaCy doc."""

    def __init__(self, extraction: Extraction) -> None:
        self._ = Underscore()
        self._.extraction = extraction
        self.user_data: dict[str, object] = {}


def read(
    text: str, type: str | None = "Quyết định", number: str | None = None, abstract: str | None = None
) -> Extraction:
    extraction = Extraction(text=text, type=type, number=number)
    if abstract:
        start = text.index(abstract)
        extraction.zones.append(Zone("abstract", start, start + len(abstract)))
    Citations()(Page(extraction))
    return extraction


@pytest.mark.parametrize(
    ("text", "number", "type", "date"),
    [
        ("Quyết định số 12/2009/QĐ-UBND ngày 05 tháng 3 năm 2009", "12/2009/QĐ-UBND", "Quyết định", "2009-03-05"),
        ("Quyết định số 345 /QĐ- UBND ngày 7/8/2015", "345/QĐ-UBND", "Quyết định", "2015-08-07"),
        ("Chỉ thị số 21-CT/HU ngày 03-02-1988", "21-CT/HU", "Chỉ thị", "1988-02-03"),
        ("Nghị định 194-HĐBT ngày 31-12-1982", "194-HĐBT", "Nghị định", "1982-12-31"),
        ("Quyết định 201/CP ngày 01/7/1980", "201/CP", "Quyết định", "1980-07-01"),
        ("Quyết định số 157/QĐ-NĐ-UB ngày 2-9-1991", "157/QĐ-NĐ-UB", "Quyết định", "1991-09-02"),
        ("Công văn số 77/SXD-QLN& TTBĐS ngày 4/1/2019", "77/SXD-QLN&TTBĐS", "Công văn", "2019-01-04"),
        ("công văn số 45 CV/UB ngày 5-7-1984", "45CV/UB", "Công văn", "1984-07-05"),
        ("Thông báo số 11-TB/BTCTU ngày 24/01/2020", "11-TB/BTCTU", "Thông báo", "2020-01-24"),
        ("Quyết định số 9/QĐÐ-UBND ngày28 tháng 12 năm 2001", "9/QĐ-UBND", "Quyết định", "2001-12-28"),
        ("Luật Giá số 16/2023/QH15 ngày 19 tháng 6 năm 2023", "16/2023/QH15", "Luật", "2023-06-19"),
        ("Nghị quyết số 1656/NQ-UBTVQH15 ngày 16/6/2025", "1656/NQ-UBTVQH15", "Nghị quyết", "2025-06-16"),
        ("số 34/TTr-TCKH ngày 6/6/2006", "34/TTr-TCKH", "Tờ trình", "2006-06-06"),
    ],
)
def test_a_number_has_its_full_form_type_and_date(text: str, number: str, type: str, date: str) -> None:
    (cite,) = read(f"Theo {text} của Ủy ban nhân dân").cites
    assert (cite.number, cite.type, cite.date) == (number, type, date)


def test_a_symbol_cut_at_a_line_end_is_put_together() -> None:
    extraction = read("tại Công văn số 143/STC-\n  HCSN ngày 15/01/2025")
    assert [cite.number for cite in extraction.cites] == ["143/STC-HCSN"]
    cite = extraction.cites[0]
    assert extraction.text[cite.start : cite.end].startswith("Công văn số 143/STC-\n")


def test_numbers_under_one_head_share_type_symbol_and_date() -> None:
    cites = read("tiếp theo các Công điện số 17, 18 và 22/CĐ-UBND ngày 19/11/2020", type="Công điện").cites
    assert [(cite.number, cite.type, cite.date) for cite in cites] == [
        (f"{digits}/CĐ-UBND", "Công điện", "2020-11-19") for digits in ("17", "18", "22")
    ]


def test_full_numbers_in_a_row_share_the_date_behind_the_last() -> None:
    cites = read("các Quyết định số 5/QĐ-UB, 6/QĐ-UB và 7/QĐ-UB ngày 3/4/1999").cites
    assert [cite.date for cite in cites] == ["1999-04-03"] * 3


def test_laws_have_title_and_date_and_one_that_amends_others_is_one() -> None:
    cites = read(
        "Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003;\n"
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Doanh nghiệp và Luật Đầu tư ngày 20/6/2016;"
    ).cites
    assert [(cite.title, cite.date, cite.role) for cite in cites] == [
        ("Luật Đất đai", "2003-11-26", "basis"),
        ("Luật sửa đổi, bổ sung một số điều của Luật Doanh nghiệp và Luật Đầu tư", "2016-06-20", "basis"),
    ]


def test_a_lawyer_is_no_law() -> None:
    assert read("Luật sư Trần Thị Hoa và Luật gia Lê Văn Bình dự họp").cites == []


def test_an_act_is_cited_once_and_its_own_number_never() -> None:
    extraction = read(
        "Số: 8/QĐ-UBND\nCăn cứ Quyết định số 3/QĐ-UBND ngày 1/2/2012; theo Quyết định số 03/QĐ-UBND.",
        number="8/QĐ-UBND",
    )
    assert [(cite.number, cite.date) for cite in extraction.cites] == [("3/QĐ-UBND", "2012-02-01")]


def test_what_the_grounds_of_another_act_name_is_a_mention() -> None:
    cites = read(
        "Căn cứ Thông tư số 6/2017/TT-BTC ngày 1/2/2017 của Bộ Tài chính hướng dẫn thi hành một số điều của "
        "Nghị định số 60/2016/NĐ-CP ngày 1/7/2016;\nQUYẾT ĐỊNH:\nĐiều 1. Giao đất theo Quyết định số 9/QĐ-UBND ngày 2/2/2018."
    ).cites
    assert [cite.role for cite in cites] == ["basis", "mention", "mention"]


def effects(text: str, **more: str) -> list[tuple[str | None, str, str]]:
    return [(effect.number, effect.relation, effect.scope) for effect in read(text, **more).affects]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("Bãi bỏ Quyết định số 5/2001/QĐ-UB ngày 1/1/2001.", [("5/2001/QĐ-UB", "repeals", "whole")]),
        ("Bãi bỏ khoản 2 Điều 3 Quyết định số 5/2001/QĐ-UB.", [("5/2001/QĐ-UB", "repeals", "part")]),
        ("Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số 7/QĐ-UBND.", [("7/QĐ-UBND", "amends", "part")]),
        ("Quyết định này thay thế Quyết định số 4/QĐ-UBND ngày 3/3/2003.", [("4/QĐ-UBND", "replaces", "whole")]),
        ("Thay thế cụm từ “phòng” tại Điều 2 Quyết định số 4/QĐ-UBND bằng cụm từ “ban”.", [("4/QĐ-UBND", "amends", "part")]),
        (
            "Bãi bỏ Quyết định số 5/QĐ-UB ngày 1/1/2001 về việc sửa đổi Quyết định số 2/QĐ-UB ngày 2/2/2000.",
            [("5/QĐ-UB", "repeals", "whole")],
        ),
        (
            "Bãi bỏ các Quyết định: số 5/QĐ-UB ngày 1/1/2001 về giá đất; số 6/QĐ-UB ngày 2/2/2002 về lệ phí.",
            [("5/QĐ-UB", "repeals", "whole"), ("6/QĐ-UB", "repeals", "whole")],
        ),
        ("Quyết định số 5/QĐ-UB ngày 1/1/2001 hết hiệu lực kể từ ngày ký.", [("5/QĐ-UB", "repeals", "whole")]),
        ("Thực hiện theo Quyết định số 5/QĐ-UB đã được sửa đổi, bổ sung.", []),
        ("Nội dung khác của Quyết định số 5/QĐ-UB không thay đổi.", []),
        (
            "Sửa đổi Quyết định số 5/QĐ-UB, thay thế Quyết định số 6/QĐ-UB của UBND huyện và bãi bỏ Quyết định số 7/QĐ-UB.",
            [("5/QĐ-UB", "amends", "part"), ("6/QĐ-UB", "replaces", "whole"), ("7/QĐ-UB", "repeals", "whole")],
        ),
        (
            "Bãi bỏ khoản 2 Điều 5 Quyết định số 5/QĐ-UB và toàn bộ Quyết định số 6/QĐ-UB.",
            [("5/QĐ-UB", "repeals", "part"), ("6/QĐ-UB", "repeals", "whole")],
        ),
        (
            "Bãi bỏ Quyết định số 5/QĐ-UB ngày 15/3/1993 của UBND huyện và Quyết định số 6/QĐ-UB ngày 02/02/1994 của UBND huyện.",
            [("5/QĐ-UB", "repeals", "whole"), ("6/QĐ-UB", "repeals", "whole")],
        ),
        (
            "Bãi bỏ Quyết định số 5/QĐ-UB hướng dẫn thi hành Nghị định số 6/NĐ-CP và Nghị định số 7/NĐ-CP.",
            [("5/QĐ-UB", "repeals", "whole")],
        ),
        ("Bãi bỏ Quyết định số 5/QĐ-UB.\nĐiều 2. Quyết định số 6/QĐ-UB giữ nguyên.", [("5/QĐ-UB", "repeals", "whole")]),
        ("Bãi bỏ Quyết định số 5/QĐ-UB.\na) Quyết định số 6/QĐ-UB vẫn có hiệu lực.", [("5/QĐ-UB", "repeals", "whole")]),
        ("Bãi bỏ Quyết định số 5/QĐ-UB.\nĐiều 2. Quyết định số 6/QĐ-UB do Sở giữ.", [("5/QĐ-UB", "repeals", "whole")]),
        (
            "Quyết định này thay thế các Quyết định: số 5/QĐ-UB ngày 1/2/2001, số 6/QĐ-UB ngày 2/3/2001.",
            [("5/QĐ-UB", "replaces", "whole"), ("6/QĐ-UB", "replaces", "whole")],
        ),
    ],
)  # fmt: skip
def test_effects_of_an_article(article: str, expected: list[tuple[str, str, str]]) -> None:
    assert effects(f"QUYẾT ĐỊNH:\nĐiều 1. {article}\n") == expected


def test_the_grounds_and_quotations_change_nothing() -> None:
    assert (
        effects(
            "Căn cứ Nghị định số 8/2010/NĐ-CP sửa đổi Nghị định số 7/2009/NĐ-CP;\nQUYẾT ĐỊNH:\n"
            "Điều 1. Sửa đổi Điều 2 như sau: “Bãi bỏ Thông tư số 3/2001/TT-BTC”.\n"
        )
        == []
    )


def test_a_letter_that_speaks_of_amending_amends_nothing() -> None:
    assert (
        effects(
            "1. Đề nghị sửa đổi Quyết định số 5/QĐ-UBND.\nĐiều 1. Sửa đổi Quyết định số 5/QĐ-UBND", type="Công văn"
        )
        == []
    )


def test_nobody_changes_the_act_of_a_higher_body() -> None:
    articles = "Điều 1. Bãi bỏ khoản 2 Điều 1 Nghị định số 8/2018/NĐ-CP.\nĐiều 2. Bãi bỏ Quyết định số 4/QĐ-UBND.\n"
    assert effects(f"QUYẾT ĐỊNH:\n{articles}", number="9/QĐ-UBND") == [("4/QĐ-UBND", "repeals", "whole")]
    assert len(effects(f"QUYẾT ĐỊNH:\n{articles}", number="9/2020/NĐ-CP", type="Nghị định")) == 2


def test_a_joint_paper_has_the_power_of_the_highest_body_that_signs_it() -> None:
    text = "THÔNG TƯ:\nĐiều 1. Thông tư này thay thế Thông tư số 12/1998/TT-BTC."
    assert effects(text, type="Thông tư liên tịch", number="33/2001/TTLT-BTC-BTCCBCP") == [
        ("12/1998/TT-BTC", "replaces", "whole")
    ]


def test_a_number_that_comes_again_each_year_names_another_act() -> None:
    page = (
        "ỦY BAN NHÂN DÂN\nHUYỆN BA VÌ\nSố: 47/QĐ-UB\n\nBa Vì, ngày 14 tháng 8 năm 2003\n\nQUYẾT ĐỊNH\nVề việc thay thế\n\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Quyết định này thay thế Quyết định số 47/QĐ-UB ngày 3/4/2002.\n"
        "Điều 2. Quy định kèm theo Quyết định số 47/QĐ-UB ngày 14/8/2003 có hiệu lực từ ngày ký.\n"
    )
    read_page = extract(page)
    assert [(cite.number, cite.date) for cite in read_page.cites] == [("47/QĐ-UB", "2002-04-03")]
    assert [effect.relation for effect in read_page.affects] == ["replaces"]


def test_acts_of_one_number_by_bodies_of_two_levels_are_two() -> None:
    text = (
        "Căn cứ Quyết định số 7/QĐ-UB của UBND thành phố Hà Nội;\nCăn cứ Quyết định số 7/QĐ-UB của UBND huyện Ba Vì "
        "ngày 1/1/2001;\nTheo Quyết định số 7/QĐ-UB của Ủy ban nhân dân huyện."
    )
    assert [(cite.number, cite.date) for cite in read(text).cites] == [("7/QĐ-UB", None), ("7/QĐ-UB", "2001-01-01")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Đất đai 2013, Luật Xây dựng năm 2014", [(None, "2013"), (None, "2014")]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Đất đai ngày 02/12/1998 và ngày 29/6/2001",
            [("1998-12-02", None), ("2001-06-29", None)],
        ),
        ("Quyết định số 5/QĐ-UB ngày 3/4/82", [("1982-04-03", None)]),
        ("Quyết định số 5/QĐ-UB ngày 3 tháng 4 năm 02", [("2002-04-03", None)]),
    ],
)
def test_dates_of_every_form(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(cite.date, cite.date_partial) for cite in read(f"Căn cứ {text};").cites] == expected


def test_a_row_of_numbers_has_the_type_that_opens_it() -> None:
    text = "Căn cứ các Nghị định của Chính phủ: số 64/CP ngày 27/9/1993; số 02/CP ngày 15/01/1994;"
    assert [(cite.number, cite.type) for cite in read(text).cites] == [("64/CP", "Nghị định"), ("02/CP", "Nghị định")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tờ trình số 212/TT-UB ngày 3/4/2003 của UBND huyện Ba Vì", "212/TT-UB"),
        ("Quyết định số 1141/QĐ-TC ngày 1/11/1995 của Bộ Tài chính", "1141/QĐ-TC"),
        ("Thông tư số 08.a/2010/TT-BTP ngày 25/3/2010", "08.a/2010/TT-BTP"),
        ("Quyết định số 47QĐ/UB ngày 1/2/1988", "47QĐ/UB"),
    ],
)
def test_a_number_stands_as_printed(text: str, number: str) -> None:
    page = f"ỦY BAN NHÂN DÂN\nHUYỆN BA VÌ\nSố: 9/QĐ-UB\n\nBa Vì, ngày 14 tháng 8 năm 2003\n\nQUYẾT ĐỊNH\nCăn cứ {text};\n"
    assert [cite.number for cite in extract(page).cites] == [number]


@pytest.mark.parametrize("text", ["Số: 00412 QSDĐ/ĐA-ML", "Ông An, nhà 12-CT, phường Láng Hạ"])
def test_numbers_of_certificates_and_houses_are_no_acts(text: str) -> None:
    assert read(text).cites == []


def test_an_act_suffers_one_effect_and_the_title_decides() -> None:
    title = "Sửa đổi Quyết định số 4/QĐ-UBND"
    text = f"QUYẾT ĐỊNH\n{title}\nĐiều 1. Bãi bỏ Điều 2 Quyết định số 4/QĐ-UBND ngày 1/2/2003.\n"
    assert effects(text, abstract=title) == [("4/QĐ-UBND", "amends", "part")]
    assert [effect.date for effect in read(text, abstract=title).affects] == ["2003-02-01"]


def test_a_title_speaks_too() -> None:
    title = "Bãi bỏ Quyết định số 10/2011/QĐ-UBND ngày 02/3/2011"
    assert effects(f"QUYẾT ĐỊNH\n{title}\nCăn cứ Luật Giá;", abstract=title) == [
        ("10/2011/QĐ-UBND", "repeals", "whole")
    ]


@pytest.mark.parametrize(
    ("symbol", "type"),
    [("QĐ-UBND", "Quyết định"), ("UB-QĐ", "Quyết định"), ("STC-HCSN", "Công văn"), ("QH15", None), ("CP", None)],
)
def test_a_symbol_names_its_type(symbol: str, type: str | None) -> None:
    assert type_of_symbol(symbol) == type


def test_a_doubled_letter_of_a_scan_is_one() -> None:
    assert tidy_symbol("QĐÐ-UBND") == "QĐ-UBND"


@pytest.mark.parametrize("text", ["giai đoạn 2021-2025", "10 m3/ha", "06:2022/BXD", "1/2 ngày", "24/7", "số 5"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert [ref for ref in references(Flat(text)) if ref.number] == []


@pytest.mark.parametrize(
    ("phrase", "date", "partial"),
    [
        ("ngày 31 tháng 02 năm 2005", None, None),
        ("ngày 4-7-1981", "1981-07-04", None),
        (" ngày 24 / 7/ 1993", "1993-07-24", None),
        ("tháng 6 năm 1999", None, "1999-06"),
        ("ngày 1] tháng 2 năm 2001", "2001-02-11", None),
    ],
)
def test_dates_behind_a_number(phrase: str, date: str | None, partial: str | None) -> None:
    when = date_at(fold(phrase), 0)
    assert (when.date, when.partial) == (date, partial) if when else date is None and partial is None


@given(
    st.integers(1, 99999),
    st.one_of(st.none(), st.integers(1945, 2030)),
    st.sampled_from(["QĐ-UBND", "NQ-HĐND", "TTr-SXD", "CT-TTg", "KH-UBND", "TT-BTNMT", "UBND-KTTH"]),
    st.sampled_from(["", " "]),
)
def test_every_state_number_is_read_back(digits: int, year: int | None, symbol: str, space: str) -> None:
    number = f"{digits}/{year}/{symbol}" if year else f"{digits}/{symbol}"
    shown = f"Quyết định số {number.replace('/', space + '/', 1)} ngày"
    assert [found.text for found in numbers(shown)] == [number]


@given(st.text(alphabet="0123456789/-QĐUBND TtrGg.,;\n“”ngàytháếốsđ", max_size=300))
def test_any_text_is_read_without_harm(text: str) -> None:
    extraction = read(text)
    for found in (*extraction.cites, *extraction.affects):
        assert 0 <= found.start < found.end <= len(text)


LISTS = {
    "numbered": (
        "Điều 1. Bãi bỏ các văn bản sau đây do Ủy ban nhân dân tỉnh ban hành:\n"
        "1. Quyết định số 931/2003/QĐ-UB ngày 02 tháng 4 năm 2003 về việc quản lý chợ;\n"
        "2. Chỉ thị số 14/CT-UB ngày 05/6/2001 về thu phí.\n"
        "3. Quyết định số 77/2005/QĐ-UB sửa đổi một số điều của Quyết định số 5/2003/QĐ-UB.\n",
        [
            ("931/2003/QĐ-UB", "repeals", "whole"),
            ("14/CT-UB", "repeals", "whole"),
            ("77/2005/QĐ-UB", "repeals", "whole"),
        ],
    ),
    "replaced": (
        "Điều 1. Ban hành Quy chế. Quyết định này thay thế các quyết định sau:\n"
        "- Quyết định số 50/2001/QĐ-UB ngày 3/4/2001;\n- Quyết định số 51/2002/QĐ-UB ngày 3/4/2002.\n",
        [("50/2001/QĐ-UB", "replaces", "whole"), ("51/2002/QĐ-UB", "replaces", "whole")],
    ),
    "table": (
        "Điều 1. Bãi bỏ toàn bộ 02 văn bản sau đây:\nSTT   Loại văn bản   Số, ký hiệu   Ngày\n"
        "1   Quyết định   62/2004/QĐ-UB   12/3/2004\n2   Chỉ thị   15/2005/CT-UB   4/5/2005\n",
        [("62/2004/QĐ-UB", "repeals", "whole"), ("15/2005/CT-UB", "repeals", "whole")],
    ),
    "parts": (
        "Điều 1. Bãi bỏ một phần các văn bản sau:\n1. Khoản 2 Điều 5 Quyết định số 31/2003/QĐ-UB;\n"
        "2. Điều 7 của Quy định kèm theo Quyết định số 32/2003/QĐ-UB.\n",
        [("31/2003/QĐ-UB", "repeals", "part"), ("32/2003/QĐ-UB", "repeals", "part")],
    ),
    "clauses": (
        "Điều 1. Hiệu lực\n1. Quyết định này có hiệu lực từ ngày ký.\n2. Bãi bỏ các văn bản sau:\n"
        "a) Quyết định số 61/2003/QĐ-UB;\nb) Chỉ thị số 62/CT-UB.\n3. Giao Sở Tư pháp rà soát Quyết định số 63/2003/QĐ-UB.\n",
        [("61/2003/QĐ-UB", "repeals", "whole"), ("62/CT-UB", "repeals", "whole")],
    ),
    "annexed": (
        "Điều 1. Bãi bỏ 02 văn bản tại Danh mục kèm theo Quyết định này.\n",
        [("71/2003/QĐ-UB", "repeals", "whole"), ("72/CT-UB", "repeals", "whole")],
    ),
    "one": (
        "Điều 1. Quyết định này thay thế Quyết định số 88/2001/QĐ-UB.\n",
        [("88/2001/QĐ-UB", "replaces", "whole")],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_entry_of_a_list_is_affected_until_the_next_article(name: str) -> None:
    articles, expected = LISTS[name]
    page = (
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH ĐỊNH\nSố: 412/QĐ-UBND\n\nBình Định, ngày 12 tháng 5 năm 2012\n\nQUYẾT ĐỊNH\n"
        "Về việc sắp xếp văn bản\n\nQUYẾT ĐỊNH:\n"
        + articles
        + "Điều 2. Giao Sở Tư pháp theo dõi việc thi hành Quyết định số 6/2009/QĐ-UBND.\n"
        + (
            "\nDANH MỤC\nVăn bản bãi bỏ\n1. Quyết định số 71/2003/QĐ-UB;\n2. Chỉ thị số 72/CT-UB.\n"
            if name == "annexed"
            else ""
        )
    )
    assert [(effect.number, effect.relation, effect.scope) for effect in extract(page).affects] == expected
