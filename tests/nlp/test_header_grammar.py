"""The grammars of numbers and dates: reading what they render gives the same back."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.header.number import find_number, number_mark, parse_number
from nlp.header.types import type_of_number
from nlp.header.when import find_date
from nlp.repair.symbols import repair_symbol
from nlp.zones.quality import is_scan
from ontology.folding import fold

TYPES = st.sampled_from(["QĐ", "NQ", "CT", "TTr", "KH", "BC", "TB"])
BODIES = st.sampled_from(["UBND", "HĐND", "SXD", "TTg", "BGDĐT"])
PARTY = st.sampled_from(["TU", "HU", "ĐU", "TW"])


@given(
    st.integers(1, 99999),
    st.sampled_from(["", "/1998", "/2006", "/2025"]),
    TYPES,
    BODIES,
    st.sampled_from(["", " ", "  "]),
)
def test_state_numbers_are_read_as_rendered(n: int, year: str, kind: str, body: str, gap: str) -> None:
    read = parse_number(f"{n}{gap}{year}/{kind}-{body}")

    assert read is not None
    assert read.number == f"{n}{year}/{kind}-{body}"
    assert read.gap == bool(gap)


@given(st.integers(1, 9999), TYPES, PARTY)
def test_party_numbers_are_read_as_rendered(n: int, kind: str, body: str) -> None:
    read = parse_number(f"{n}-{kind}/{body}")

    assert read is not None
    assert read.number == f"{n}-{kind}/{body}"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("25/UB-QĐ", "25/UB-QĐ"),
        ("45 CV/UB", "45CV/UB"),
        ("5310 QĐ/UB", "5310QĐ/UB"),
        ("194-HĐBT", "194-HĐBT"),
        ("91/CP", "91/CP"),
        ("157/QĐ-NĐ-UB", "157/QĐ-NĐ-UB"),
        ("11554/VPCP-V.I", "11554/VPCP-V.I"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("36/2025/QĐ-CTUBND", "36/2025/QĐ-CTUBND"),
        ("931/TTr-PGD.Q8", "931/TTr-PGD.Q8"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
        ("12a/QĐ-UBND", "12a/QĐ-UBND"),
        ("01H8704717", "01H8704717"),
        ("68 2024/QĐ-UBND", "68/2024/QĐ-UBND"),
        ("1O4/QĐ-UBND", "104/QĐ-UBND"),
        ("/QĐ-UBND", None),
        ("....../QĐ-UBND", None),
        ("đŠ /QĐ-UBND", None),
    ],
)
def test_numbers_of_every_era_and_damage(printed: str, number: str | None) -> None:
    read = parse_number(printed)

    assert read is not None
    assert read.number == number


def test_a_place_behind_the_number_is_no_part_of_it() -> None:
    read = parse_number("84 /TTr -UBND Quảng Ngãi, ngày")

    assert read is not None
    assert (read.number, read.symbol) == ("84/TTr-UBND", "/TTr-UBND")


def test_a_number_whose_word_is_lost_is_known_by_its_symbol() -> None:
    assert find_number("ˆ 86: /UBND-KTTH ˆ") is not None
    assert find_number("và/hoặc các tổ chức") is None


@pytest.mark.parametrize("cell", ["Số: 12", "Só:2750 /QĐ", "§ố: 4", "Số 29-CT/TU", "Số:      /KH"])
def test_the_word_of_a_number(cell: str) -> None:
    assert number_mark(fold(cell)) is not None


@pytest.mark.parametrize("cell", ["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sổ đăng ký", "Sơn La, ngày 19"])
def test_other_words_like_it(cell: str) -> None:
    assert number_mark(fold(cell)) is None


@given(st.dates(datetime.date(1945, 9, 2), datetime.date(2040, 12, 31)), st.sampled_from([0, 1, 2, 3]))
def test_dates_are_read_as_rendered(day: datetime.date, form: int) -> None:
    text = [
        f"Hà Nội, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        f"Hà Nội, ngày{day.day} tháng{day.month} năm {day.year}",
        f"Hà Nội, ngày {day.day}-{day.month}-{day.year}",
        f"ngày {day.day} / {day.month} / {day.year}",
    ][form]

    read = find_date(text, fold(text))

    assert read is not None
    assert (read.date, read.partial, read.clean) == (day.isoformat(), None, True)


@pytest.mark.parametrize(
    ("text", "date", "partial"),
    [
        ("Hà Nội, ngày      tháng 12 năm 2011", None, "2011-12"),
        ("Hà Nội, ngày      tháng      năm 2012", None, "2012"),
        ("Hà Nội, ngày 12 tháng 1] năm 2018", "2018-11-12", None),
        ("Hà Nội, ngày 05 tháng II năm 2018", "2018-11-05", None),
        ("Hà Nội, ngày04tháng 02 năm 2025", "2025-02-04", None),
        ("Hà Nội, ngày 0† tháng 02 năm 2025", "2025-02-07", None),  # a barred 7
        ("Hà Nội, ngày T8 tháng 1† năm 2025", "2025-11-18", None),  # neither 78 nor 17
        ("Hà Nội, ngày Ô4tháng 1 † năm 2025", "2025-11-04", None),
        ("Hà Nội, ngày ẤT tháng 02 năm 2025", None, "2025-02"),
        ("Hà Nội, ngày 31 tháng 02 năm 2025", None, "2025-02"),
        ("Hà Nội, ngày 17 Hệng. 11 năm 2025", "2025-11-17", None),
    ],
)
def test_blank_and_damaged_dates(text: str, date: str | None, partial: str | None) -> None:
    read = find_date(text, fold(text))

    assert read is not None
    assert (read.date, read.partial) == (date, partial)


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("/QĐ-UBND", "Quyết định"),
        ("-CT/TU", "Chỉ thị"),
        ("/UB-QĐ", "Quyết định"),
        ("/BNV-VTLTNN", "Công văn"),
        ("/CĐ-TTg", "Công điện"),
        ("/QH15", None),
    ],
)
def test_the_type_that_a_symbol_names(symbol: str, name: str | None) -> None:
    assert type_of_number(symbol) == name


@pytest.mark.parametrize(
    ("read", "symbol"),
    [("TTrUBND", "TTr-UBND"), ("QĐNLĐLĐ", "QĐ-LĐLĐ"), ("Z/QĐ-UBND", "QĐ-UBND"), ("QĐ-CTUBND", "QĐ-CTUBND")],
)
def test_a_lost_hyphen_is_put_back_where_a_type_opens_the_symbol(read: str, symbol: str) -> None:
    assert repair_symbol(read) == symbol


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("ỦY BAN NHÂN DÂN\nXÃ MƯỜTNG LẦM\nSố: 3/TB-UBND\nTHÔNG BÁO\nVề việc họp dân", True),
        ("UY BAN NHÂN DÂN\nXÃ VIÊT HƯNG\nSố: 3/TB-UBND\nTHÔNG BÁO\nVề việc họp dân", False),
        ("ỦY BAN NHÂN DÂN\nXÃ KRÔNG NA\nSố: 3/TB-UBND\nTHÔNG BÁO\nVề việc họp HĐND", False),
    ],
)
def test_a_misspelt_letterhead_shows_a_scan_lost_tones_and_names_of_places_do_not(text: str, scan: bool) -> None:
    assert is_scan(text) is scan


def test_a_point_may_part_the_thousands() -> None:
    read = parse_number("2.145/QĐ-UBND")
    assert read is not None
    assert read.number == "2145/QĐ-UBND"
