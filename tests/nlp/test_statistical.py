"""People that the trained net adds to those of the rules."""

from __future__ import annotations

from importlib.resources import files

import pytest

from nlp import extract
from nlp.evaluation.measures import Prf, list_scores
from nlp.evaluation.mentions import Compared, compare
from nlp.model import Extraction, PersonMention, PlaceMention
from nlp.pipeline import pipeline
from nlp.statistical import found
from nlp.tagger import EDGE, PLACES, TAGS, tagger, tokens
from tests.nlp.generated.data import layouts
from tests.nlp.generated.make import HELD, make
from tests.nlp.generated.markup import plain


def people(text: str) -> list[str]:
    return [mention.name for mention in found(Extraction(text=text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nơi nhận:\n- Như trên;\n- Phó CTr. Đặng Ngọc Khải (để b/c);\n- Lưu: VT.", "Đặng Ngọc Khải"),
        ("giao PCVP Trần Thị Thu Hoài, chuyên viên phòng Tổng hợp, theo dõi.", "Trần Thị Thu Hoài"),
        ("Bên mua: ông Nguyên Hoàng Giang; thường trú: tổ 5, phường Minh Khai.", "Nguyên Hoàng Giang"),
    ],
)
def test_a_name_without_a_cue_that_the_rules_know_is_found(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "các xã Quang Sơn, Lê Lợi và Hợp Lý thành xã mới",
        "Chủ tịch Hồ Chí Minh",
        "Cơ sở 2: Đại lộ Trần Hưng Đạo, phường Cam Đường",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "",
        "Nguyễn",
    ],
)
def test_names_of_units_streets_and_mottoes_are_no_people(text: str) -> None:
    assert people(text) == []


def test_what_the_rules_found_is_left_alone() -> None:
    text = "Thứ trưởng Phùng Đức Tiến; Thứ trưởng Nguyễn Văn Phúc"
    assert people(text) == ["Phùng Đức Tiến", "Nguyễn Văn Phúc"]
    start = text.index("Phùng")
    person = PersonMention("Phùng Đức Tiến", start, start + 14, "Phùng Đức Tiến")
    place = PlaceMention("Văn Phúc", len(text) - 8, len(text), None, None, "unknown")
    assert found(Extraction(text=text, people=[person], places=[place])) == []


def test_offsets_are_those_of_the_text() -> None:
    text = "Kính gửi:\n\n  Thứ trưởng Phùng Đức Tiến;"
    (mention,) = found(Extraction(text=text))
    assert text[mention.start : mention.end] == mention.surface == "Phùng Đức Tiến"


@pytest.mark.parametrize("band", ["clean", "light"])
def test_on_layouts_kept_for_testing_more_people_are_found_and_hardly_any_wrong_one(band: str) -> None:
    """The component is kept for what it adds: docs/statistical.md has the figures of a larger set."""
    rules, both = [], []
    trained = [name for name in pipeline().pipe_names if name == "hoso_trained_people"]
    with pipeline().select_pipes(disable=trained):
        for made in make(sum(one.weight for one in layouts()), 2025):
            if made.gold["split"] == HELD:
                read = extract(plain(made.clean) if band == "clean" else made.read[band])
                known = [mention.surface for mention in read.people]
                rules.append(compare("people", made.gold["people"], known))
                both.append(compare("people", made.gold["people"], known + [one.surface for one in found(read)]))
    without, with_ = _fuzzy(rules), _fuzzy(both)
    assert with_.missing <= 0.75 * without.missing  # a quarter of those that the rules miss, at least
    assert (with_.precision or 0) >= (without.precision or 0) - 0.03


def _fuzzy(compared: list[Compared]) -> Prf:
    (score,) = list_scores(compared)
    return score.fuzzy


def test_many_words_are_forgotten_and_tagged_the_same_again() -> None:
    net = tagger()
    window = [["ông", EDGE, ":", "Trần", "Văn", "An", ","]]
    before = net.scores(window).tolist()
    for number in range(30):
        net.scores([[f"t{number}w{k}p{place}" for place in range(PLACES)] for k in range(100)])
    assert net.scores(window).tolist() == before
    assert len(before[0]) == len(TAGS)


def test_tokens_are_words_signs_and_line_ends() -> None:
    text = "Số: 5/QĐ\n\nÔng A."
    assert [text[start:end] for start, end in tokens(text)] == ["Số", ":", "5", "/", "QĐ", "\n\n", "Ông", "A", "."]


def test_the_weights_are_small_enough_to_ship() -> None:
    assert len(files("nlp.data").joinpath("names.npz").read_bytes()) < 600_000
