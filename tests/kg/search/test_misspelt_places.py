"""Names of places written wrong."""

from __future__ import annotations

import pytest

from kg.search.query import understand


def names(query: str, reading: str | None = None) -> list[tuple[str, set[str]]]:
    understood = understand(query, reading=reading)
    return [(understood.query[p.start : p.end], {unit.name for unit in p.units}) for p in understood.places]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("sổ hộ tịch xã Đông Ngạt", ("xã Đông Ngạt", {"Xã Đông Ngạc"})),
        ("giấy tờ phường Khưng Đình", ("phường Khưng Đình", {"Phường Khương Đình"})),
        ("dấy gia thú phường Cửa Nâm", ("phường Cửa Nâm", {"Phường Cửa Nam"})),
    ],
)
def test_the_nearest_name_behind_a_type_word_is_meant(query: str, place: tuple[str, set[str]]) -> None:
    assert names(query) == [place]


@pytest.mark.parametrize(
    "query",
    [
        "đất xã Thanh Liệp",  # Thanh Liên, Thanh Liệt, Thanh Liêm are about as near
        "Bộ Lao động - Thương binh và Xã Hội",
        "xã viên hợp tác xã",
        "Ủy ban nhân dân Quận",
    ],
)
def test_nothing_is_guessed_where_several_are_as_near_or_there_is_no_name(query: str) -> None:
    assert not any(name.startswith("Xã Thanh Li") or "Hội" in name for _, found in names(query) for name in found)


def test_a_longer_name_of_the_other_reading_takes_the_place_of_a_shorter() -> None:
    assert names("so ho tich xa tu hiap", "sổ hộ tịch xã tứ hiệp") == [("xa tu hiap", {"Xã Tứ Hiệp"})]


def test_a_query_without_accents_keeps_what_only_its_other_reading_names() -> None:
    assert names("dau thau bac ninhh", "đấu thầu bắc ninh")[0][0] == "bac ninhh"


def test_provinces_count_without_accents_whatever_was_restored() -> None:
    assert [name for name, _ in names("lu lon dak lak", "lũ lớn đắk lấk")] == ["dak lak"]


def test_a_village_is_no_commune() -> None:
    assert [name for name, _ in names("thu hồi đất thôn Nhân Mỹ xã Mỹ Đình")] == ["xã Mỹ Đình"]
    assert [name for name, _ in names("văn bản Nhân Mỹ")] == ["Nhân Mỹ"]
