"""Names of bodies below those of the tables, and words of a name that are not understood: neither is left out in silence."""

from __future__ import annotations

import random

import pytest

from ontology.agencies.below import below_at, kinds
from ontology.agencies.bodies import bodies, forms
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.agencies.papers import issuer_on
from ontology.agencies.written import by_below
from ontology.folding import fold
from ontology.registry import load
from ontology.scoring import NO_MATCH
from tests.ontology.agencies.test_names_of_hanoi import CITY

known = agencies()


@pytest.mark.parametrize(
    ("name", "below", "above"),
    [
        ("Chi bộ 9 phường Cửa Nam", "Chi bộ 9", "Đảng ủy phường Cửa Nam"),
        ("Chi bộ số 9 Đảng bộ phường Cửa Nam", "Chi bộ số 9", "Đảng ủy phường Cửa Nam"),
        ("CHI BỘ 9 PHƯỜNG CỬA NAM", "CHI BỘ 9", "Đảng ủy phường Cửa Nam"),
        ("Bí thư Chi bộ 9 phường Cửa Nam", "Chi bộ 9", "Đảng ủy phường Cửa Nam"),
        ("Chi bộ tổ dân phố số 7 - Đảng ủy phường Cửa Nam", "Chi bộ tổ dân phố số 7", "Đảng ủy phường Cửa Nam"),
        ("Chi bộ Công an phường Cửa Nam", "Chi bộ Công an", "Đảng ủy phường Cửa Nam"),
        ("Chi bộ khu phố 3 phường 5 quận Gò Vấp", "Chi bộ khu phố 3", "Đảng ủy phường 5"),
        ("Chi bộ 9 phường 9 quận Phú Nhuận", "Chi bộ 9", "Đảng ủy phường 9"),
        ("Chi bộ 9 Cửa Nam", "Chi bộ 9", "Đảng ủy phường Cửa Nam"),
        ("Tổ dân phố số 7 phường Cửa Nam", "Tổ dân phố số 7", "Ủy ban nhân dân phường Cửa Nam"),
        ("Thôn Triều Khúc xã Tân Triều", "Thôn Triều Khúc", "Ủy ban nhân dân xã Tân Triều"),
        ("Chi hội phụ nữ 3 phường Cửa Nam", "Chi hội phụ nữ 3", "Hội Liên hiệp Phụ nữ Việt Nam phường Cửa Nam"),
        ("Chi hội Phụ nữ số 3 thuộc Hội LHPN phường Cửa Nam", "Chi hội Phụ nữ số 3",
         "Hội Liên hiệp Phụ nữ Việt Nam phường Cửa Nam"),
        ("Ban Công tác Mặt trận số 5 phường Cửa Nam", "Ban Công tác Mặt trận số 5",
         "Ủy ban Mặt trận Tổ quốc Việt Nam phường Cửa Nam"),
        ("Chi đoàn 3 phường Cửa Nam", "Chi đoàn 3", "Đoàn Thanh niên Cộng sản Hồ Chí Minh phường Cửa Nam"),
        ("Đội thuế số 3 quận Đống Đa", "Đội thuế số 3", "Chi cục Thuế quận Đống Đa"),
        ("Đội thuế liên phường số 3 - Chi cục Thuế quận Đống Đa", "Đội thuế liên phường số 3",
         "Chi cục Thuế quận Đống Đa"),
        ("Đội Cảnh sát hình sự, Công an quận Đống Đa", "Đội Cảnh sát hình sự", "Công an quận Đống Đa"),
        ("Trường Tiểu học Cát Linh, quận Đống Đa", "Trường Tiểu học Cát Linh", "Ủy ban nhân dân quận Đống Đa"),
        ("Trường Tiểu học thị trấn Văn Điển, huyện Thanh Trì", "Trường Tiểu học thị trấn Văn Điển",
         "Ủy ban nhân dân huyện Thanh Trì"),
        ("Trường THPT Kim Liên, quận Đống Đa", "Trường THPT Kim Liên", "Sở Giáo dục và Đào tạo thành phố Hà Nội"),
        ("Công đoàn Trường THCS Cát Linh quận Đống Đa", "Công đoàn Trường THCS Cát Linh",
         "Liên đoàn Lao động quận Đống Đa"),
    ],
)  # fmt: skip
def test_a_body_below_another_is_told_from_it(name: str, below: str, above: str) -> None:
    """With accents and without: the answer is the body above, and says that the one below was named."""
    for written, said in ((name, below), (fold(name), fold(below))):
        (first, *_) = meanings(written, known, at="2025-02-28")
        assert (first.agency.name, first.below, first.unread) == (above, said, None)
        assert "body_below" in first.reasons
        assert first.score < meanings(above, known, at="2025-02-28")[0].score


@pytest.mark.parametrize(
    ("name", "agency", "unread"),
    [
        ("HĐND phường Cửa Nam khóa XX", "hdnd:00082@2025-07-01", "khóa XX"),
        ("UBND quận Đống Đa lâm thời", "ubnd:006@1981-01-03", "lâm thời"),
        ("Công an phường Cửa Nam tổ 3, thành phố Hà Nội", "cong-an:00082@2025-07-01", "tổ 3"),
    ],
)
def test_words_that_are_not_understood_are_said(name: str, agency: str, unread: str) -> None:
    (first, *_) = meanings(name, known)
    assert (first.agency.id, first.unread, first.below) == (agency, unread, None)
    assert "words_unread" in first.reasons


def test_a_cell_of_the_whole_ward_is_the_body_itself() -> None:
    (first, *_) = meanings("Chi bộ xã Đại Mỗ, huyện Từ Liêm", known)
    assert (first.agency.body.id, first.below) == ("chi-bo", None)


def test_a_school_of_today_stands_under_its_commune() -> None:
    name = "Trường Mầm non Hoa Sen phường Cửa Nam, Hà Nội"
    old, new = (meanings(name, known, at=day)[0].agency.name for day in ("2024-06-30", "2026-06-30"))
    assert (old, new) == ("Ủy ban nhân dân quận Hoàn Kiếm", "Ủy ban nhân dân phường Cửa Nam")


@pytest.mark.parametrize(
    "name", ["Trường Mầm non Đống Đa", "Tổ chức Đảng phường Cửa Nam", "Chi bộ", "Chi hội", "Tổ 5"]
)
def test_what_names_no_unit_is_below_none(name: str) -> None:
    assert meanings(name, known) == []


def test_no_word_put_into_a_name_is_lost() -> None:
    """Wherever it stands: the name is not known, or only nearly, or the word is in what is said of the answer."""
    dice, ontology = random.Random(8), load()
    units = ontology.as_of("2025-06-30").units(within=ontology.units[CITY])
    units += ontology.as_of("2025-07-01").units(within=ontology.units[CITY])
    asked = answered = 0
    while asked < 500:
        found = known.of_kind(dice.choice(units), dice.choice(list(bodies())))
        if not found:
            continue
        words = dice.choice(list(known.names(found[-1]))).split()
        put = dice.choice(("9", "số 9", "qzx", "tổ 3", "lâm thời", "khóa XX", "Thanh Nhàn", "liên ngành", "III"))
        at = dice.randint(0, len(words))
        name = " ".join((*words[:at], put, *words[at:]))
        asked += 1
        for one in meanings(name, known, within="Hà Nội"):
            answered += 1
            near = not NO_MATCH.isdisjoint(one.reasons) or "body_misread" in one.reasons
            said = f"{one.agency.name} {one.below} {one.unread}".split()
            assert near or set(put.split()) <= set(said), (name, one.agency.name)
    assert answered > 100


def test_a_paper_of_a_body_below_is_not_checked_against_the_days_of_the_one_above() -> None:
    unit = load().units["00073@1981-01-03"]
    assert issuer_on("Đảng ủy phường Cửa Nam", unit, "2026-01-05", known) is not None
    assert issuer_on("Chi hội phụ nữ 3 phường Cửa Nam", unit, "2026-01-05", known) is None
    assert issuer_on("Chi bộ 9 phường Cửa Nam", unit, "2026-01-05", known) is None


def test_the_table_names_bodies_that_there_are() -> None:
    assert len(kinds()) > 40
    for kind in kinds():
        assert set(kind.of) <= set(bodies()), kind
        assert kind.levels <= {"province", "district", "commune"}
        assert kind.own in ("number", "any")
        assert list(below_at(f"{kind.form} 9 phường Cửa Nam"))
        for body in kind.of:
            head = forms()[body][0].head
            assert next(by_below(f"{kind.form} 9, {head} phường Cửa Nam"))[0].below == f"{kind.form} 9"
