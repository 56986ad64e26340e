"""Parts of an address below the commune, and the rows of local tables that place them."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.localities import HouseNumbers, Localities, Locality, LocalityKind
from ontology.locality_names import Part, read
from tests.ontology.small import unit

OLD = unit("73", "Phường Cửa Nam", "002", end="2025-06-30")
OTHER = unit("74", "Phường Hàng Bông", "002", end="2025-06-30")
A, B, C = "00001@2025-07-01", "00002@2025-07-01", "00003@2025-07-01"

CASES = list(csv.DictReader((Path(__file__).parent / "localities.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["written"] for case in CASES])
def test_parts_of_addresses_are_read(case: dict[str, str]) -> None:
    for form in ("NFC", "NFD"):
        reading = read(tuple(unicodedata.normalize(form, case["written"]).split(", ")))
        places = " ".join(f"{part.head}:{part.name}" for part in reading.places)
        street = f"{reading.street.head}:{reading.street.name}" if reading.street else ""
        numbers = [str(number) if number is not None else "" for number in (reading.alley, reading.house)]
        bare = " ".join(part.name for part in reading.bare)
        assert [places, street, *numbers, bare] == [
            case[key] for key in ("places", "street", "alley", "house", "bare")
        ]


@given(st.text(alphabet=" ,;-/.0123456789abđốngõtổphIVX", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    reading = read((text,))
    assert all(isinstance(part, Part) and part.name == part.name.strip() for part in reading.places)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 400))
def test_odd_and_even_share_a_run_between_them(first: int, length: int, number: int) -> None:
    run = [HouseNumbers(first, first + length, parity) for parity in ("all", "odd", "even")]
    everyone, odd, even = (number in one for one in run)
    assert everyone == (odd or even)
    assert not (odd and even)
    assert everyone == (first <= number <= first + length)


RUNS = st.builds(
    HouseNumbers,
    st.none() | st.integers(1, 30),
    st.none() | st.integers(1, 30),
    st.sampled_from(["all", "odd", "even"]),
)


@given(RUNS, RUNS)
def test_runs_overlap_where_a_house_is_in_both(one: HouseNumbers, other: HouseNumbers) -> None:
    shared = any(number in one and number in other for number in range(70))
    assert one.overlaps(other) == other.overlaps(one) == shared


@given(st.dictionaries(st.integers(1, 99), st.sampled_from("ABC"), min_size=1), st.randoms())
def test_every_row_of_a_table_finds_itself_in_any_order(groups: dict[int, str], order: Random) -> None:
    rows = [row(f"Tổ dân phố số {number:02}", new, kind="group") for number, new in groups.items()]
    order.shuffle(rows)
    for number, new in groups.items():
        assert places(rows, f"số 7, tổ {number}") == ({new}, ())


def test_open_ends_hold_all_beyond() -> None:
    assert 999 in HouseNumbers(101)
    assert 99 not in HouseNumbers(101)
    assert 1 in HouseNumbers(None, 57, "odd")
    assert 2 not in HouseNumbers(None, 57, "odd")


def row(
    name: str,
    new: str,
    numbers: HouseNumbers | None = None,
    *,
    kind: LocalityKind = "street",
    old: str = OLD.id,
) -> Locality:
    return Locality(kind, name, numbers, old, new, "Công văn 1", "2025-07-01", "bảng", 2)


def places(rows: list[Locality], *details: str) -> tuple[set[str], tuple[str, ...]]:
    """The new units that an address can mean, and the doubts."""
    placed = Localities(rows).place(details, OLD)
    return {found.new for found in placed.rows}, placed.doubts


GROUPS = [row("Tổ dân phố số 5", A, kind="group"), row("TDP 6", B, kind="group")]


@pytest.mark.parametrize("written", ["Tổ 5", "TDP số 05", "tổ dân phố 5", "Tổ dân phố số 5", "số 3 tổ 5"])
def test_one_group_has_many_spellings(written: str) -> None:
    assert places(GROUPS, written) == ({A}, ())


@pytest.mark.parametrize("written", ["Tổ 7", "Tổ 15", "Cụm 5", "Khu phố 5", "Thôn 5", "phố Huế", "số 5", ""])
def test_what_no_row_names_is_not_placed(written: str) -> None:
    assert places(GROUPS, written) == (set(), ())


def test_rows_of_other_units_do_not_count() -> None:
    tables = Localities([row("Tổ 5", A, kind="group", old=OTHER.id)])
    assert tables.decide(["Tổ 5"], OLD) == ()
    assert [found.new for found in tables.decide(["Tổ 5"], OTHER)] == [A]
    assert not tables.knows(OLD)
    assert not Localities()


def test_the_way_back_is_known_by_the_new_unit() -> None:
    tables = Localities(GROUPS)
    assert [found.old for found in tables.origins(["Tổ 6"], unit("00002", "Phường B", "01", "2025-07-01")).rows] == [
        OLD.id
    ]


def test_accents_decide() -> None:
    rows = [row("Thôn Đông", A, kind="hamlet"), row("Thôn Đồng", B, kind="hamlet")]
    assert places(rows, "Thôn Đông") == ({A}, ())
    assert places(rows, "thôn Dông") == (set(), ())
    assert places(rows, "thon dong") == ({A, B}, ("locality_accentless",))
    assert places(rows[:1], "thon dong") == ({A}, ("locality_accentless",))


def test_a_name_without_accents_of_its_own_is_no_doubt() -> None:
    assert places([row("Phố Tam Trinh", A)], "12 Tam Trinh") == ({A}, ())


def test_a_table_without_accents_is_in_doubt() -> None:
    assert places([row("THON DONG", A, kind="hamlet")], "Thôn Đông") == ({A}, ("locality_accentless",))


STREET = [
    row("Phố Khâm Thiên", A, HouseNumbers(1, 99, "odd"), kind="house_range"),
    row("Phố Khâm Thiên", B, HouseNumbers(2, 40, "even"), kind="house_range"),
]


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("số 5 phố Khâm Thiên", {A}),
        ("12A phố Khâm Thiên", {B}),
        ("12-14 Khâm Thiên", {B}),
        ("số 42 phố Khâm Thiên", set()),
        ("số 101 phố Khâm Thiên", set()),
        ("số 5 phố Tôn Đức Thắng", set()),
    ],
)
def test_houses_go_by_the_runs_of_their_street(written: str, new: set[str]) -> None:
    assert places(STREET, written) == (new, ())


INFERRED = ("locality_alley_number",)


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("12/3 Khâm Thiên", {B}),
        ("số 4 ngõ 5 phố Khâm Thiên", {A}),
        ("15B ngõ 4 Khâm Thiên", {B}),
        ("ngách 12/7 phố Khâm Thiên", {B}),
        ("ngõ 5 phố Khâm Thiên", {A}),
    ],
)
def test_a_house_in_an_alley_is_placed_by_inference_from_the_alleys_number(written: str, new: set[str]) -> None:
    assert places(STREET, written) == (new, INFERRED)


def test_a_row_of_the_alley_itself_leaves_no_inference() -> None:
    rows = [
        *STREET,
        row("Ngõ 4 Khâm Thiên", C, kind="house_range"),
        row("Ngách 5/2 Khâm Thiên", C, kind="house_range"),
    ]
    assert places(rows, "15B ngõ 4 Khâm Thiên") == ({C}, ())
    assert places(rows, "ngách 4/9 Khâm Thiên") == ({C}, ())
    assert places(rows, "ngách 9 ngõ 4 Khâm Thiên") == ({C}, ())
    assert places(rows, "số 3 ngách 5/2 Khâm Thiên") == ({C}, ())
    assert places(rows, "số 3 ngách 2 ngõ 5 Khâm Thiên") == ({C}, ())
    assert places(rows, "ngách 5/4 Khâm Thiên") == ({A}, INFERRED)
    assert places(rows, "4/9 Khâm Thiên") == ({C}, INFERRED)
    assert places([row("Phố Khâm Thiên", A)], "15B ngõ 4 Khâm Thiên") == ({A}, ())


def test_a_row_of_one_house_is_that_house() -> None:
    rows = [row("12/3 Khâm Thiên", A, kind="house_range")]
    assert places(rows, "12/3 Khâm Thiên") == ({A}, ())
    assert places(rows, "12/5 Khâm Thiên") == ({A}, INFERRED)


def test_a_street_without_number_is_in_doubt() -> None:
    assert places(STREET, "phố Khâm Thiên") == ({A, B}, ("locality_incomplete",))
    assert places(STREET[:1], "phố Khâm Thiên") == ({A}, ("locality_incomplete",))


def test_the_most_specific_row_wins() -> None:
    rows = [
        row("Phố Khâm Thiên", A),
        row("Phố Khâm Thiên", B, HouseNumbers(2, 40, "even"), kind="house_range"),
        row("Ngõ 4 phố Khâm Thiên", C, kind="house_range"),
    ]
    assert places(rows, "số 5 phố Khâm Thiên") == ({A}, ())
    assert places(rows, "số 4 phố Khâm Thiên") == ({B}, ())
    assert places(rows, "số 9 ngõ 4 phố Khâm Thiên") == ({C}, ())
    assert places(rows, "ngõ 6 phố Khâm Thiên") == ({B}, INFERRED)


def test_houses_within_an_alley() -> None:
    rows = [
        row("Ngõ 4 phố Huế", A, HouseNumbers(1, 20), kind="house_range"),
        row("Ngõ 4 phố Huế", B, HouseNumbers(21, None), kind="house_range"),
    ]
    assert places(rows, "số 30 ngõ 4 phố Huế") == ({B}, ())
    assert places(rows, "số 4 phố Huế") == (set(), ())


def test_a_hamlet_within_another() -> None:
    rows = [
        row("Thôn Đông", A, kind="hamlet"),
        row("Xóm 3, thôn Đông", B, kind="hamlet"),
        row("Xóm 3, thôn Tây", C, kind="hamlet"),
    ]
    assert places(rows, "xóm 3", "thôn Đông") == ({B}, ())
    assert places(rows, "xóm 4", "thôn Đông") == ({A}, ())
    assert places(rows, "xóm 3 - thôn Tây") == ({C}, ())
    assert places(rows, "xóm 3") == ({B, C}, ("locality_incomplete",))


def test_another_word_for_the_place_is_a_doubt_and_for_a_number_another_place() -> None:
    rows = [row("Đường Láng", A), row("Thôn Đông", B, kind="hamlet"), row("Thôn 5", C, kind="hamlet")]
    assert places(rows, "phố Láng") == ({A}, ("locality_type_differs",))
    assert places(rows, "Tổ dân phố Đông") == ({B}, ("locality_type_differs",))
    assert places(rows, "Xóm 5") == (set(), ())
    both = [*rows, row("Phố Láng", B)]
    assert places(both, "phố Láng") == ({B}, ())


def test_parts_that_rows_place_apart_stand_side_by_side() -> None:
    rows = [row("Tổ 5", A, kind="group"), row("Phố Huế", B)]
    assert places(rows, "số 3 phố Huế", "tổ 5") == ({A, B}, ())
    assert places(rows, "số 3 phố Huế", "tổ 9") == ({B}, ())


def test_a_row_of_a_group_in_a_street_needs_both() -> None:
    rows = [row("Tổ 5, Phố Huế", A, kind="group"), row("Tổ 6, Phố Huế", B, kind="group")]
    assert places(rows, "12 phố Huế", "tổ 5") == ({A}, ())
    assert places(rows, "12 phố Huế") == ({A, B}, ("locality_incomplete",))
    assert places(rows, "12 phố Huế", "tổ 7") == (set(), ())
