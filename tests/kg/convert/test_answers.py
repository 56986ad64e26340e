"""What became of a written address: decided by the acts and the office's tables, or every possibility."""

from __future__ import annotations

import pytest

from kg.convert.answers import Answer, Answers
from kg.convert.wording import cells
from ontology.localities import Localities, Locality

ON = "2025-07-01"


def ask(
    text: str, *, at: str | None = None, on: str = ON, matter: str = "any", local: Localities | None = None
) -> Answer:
    answer = Answers(on=on, at=at, matter=matter, localities=local or Localities()).answer(text)  # type: ignore[arg-type]
    assert answer is not None
    return answer


def takers(answer: Answer) -> set[str]:
    return {option.new.unit.name for option in answer.options if option.new}


def test_a_unit_that_went_whole_to_one_is_certain() -> None:
    answer = ask("Số 12 ngõ 5 phố Khâm Thiên, P. Khâm Thiên, Q. Đống Đa, HN")
    assert (answer.certainty, answer.weakest) == ("certain", None)
    assert answer.taker is not None
    assert answer.taker.unit.name == "Phường Văn Miếu - Quốc Tử Giám"
    assert (answer.taker.extent, answer.taker.act, answer.taker.clause) == ("whole", "1656/NQ-UBTVQH15", "11")


def test_where_one_took_all_people_it_is_named_and_the_others_noted() -> None:
    answer = ask("TT Trâu Quỳ, H. Gia Lâm, TP Hà Nội")
    assert answer.certainty == "by_population"
    assert answer.taker is not None
    assert answer.taker.unit.name == "Xã Gia Lâm"
    assert "Xã Bát Tràng" in cells(answer, ON)[-1]


def test_civil_matters_follow_the_people() -> None:
    answer = ask("TT Trâu Quỳ, H. Gia Lâm, TP Hà Nội", matter="civil")
    assert answer.certainty == "certain"
    assert answer.taker is not None
    assert answer.taker.unit.name == "Xã Gia Lâm"


def test_a_divided_unit_is_never_filled_in() -> None:
    answer = ask("Phường Cửa Nam, quận Hoàn Kiếm, Hà Nội")
    assert answer.certainty == "candidates"
    assert answer.taker is None
    assert takers(answer) == {
        "Phường Ba Đình",
        "Phường Hoàn Kiếm",
        "Phường Cửa Nam",
        "Phường Văn Miếu - Quốc Tử Giám",
    }
    assert {option.decides for option in answer.options} == {"locality"}


def test_a_name_without_district_may_be_that_of_the_new_unit() -> None:
    answer = ask("Phường Cửa Nam, Hà Nội")
    assert (answer.certainty, answer.why, answer.weakest) == ("candidates", "several_readings", "place")
    assert {option.read.in_force(ON) for option in answer.options} == {True, False}


@pytest.mark.parametrize("text", ["Phường Cửa Nam cũ, Hà Nội", "Phường Cửa Nam (cũ), Hà Nội"])
def test_who_writes_that_it_is_a_former_unit_is_believed(text: str) -> None:
    answer = ask(text)
    assert answer.why == "candidates"
    assert {option.read.valid_to for option in answer.options} == {"2025-06-30"}


def test_the_day_of_the_name_decides_between_old_and_new() -> None:
    old = ask("Phường Cửa Nam, Hà Nội", at="2020-05-01")
    new = ask("Phường Cửa Nam, Hà Nội", at="2025-09-01")
    assert old.why == "candidates"
    assert (new.certainty, new.why) == ("certain", "in_force")


def test_a_unit_in_force_that_did_not_change_says_so() -> None:
    answer = ask("Phường Hồng Hà, Hà Nội")
    assert (answer.certainty, answer.why) == ("certain", "in_force")
    assert answer.taker is not None
    assert answer.taker.extent == "unchanged"


def test_a_xa_and_the_thi_tran_of_its_name_are_two() -> None:
    both = ask("Mường Tè, Mường Tè, Lai Châu")
    assert both.certainty == "candidates"
    assert {option.read.type for option in both.options} == {"xã", "thị trấn"}
    typed = [ask(f"{kind} Mường Tè, huyện Mường Tè, Lai Châu").taker for kind in ("Xã", "Thị trấn")]
    assert [step.unit.code if step else None for step in typed] == ["03445", "03433"]


def test_a_district_alone_is_all_its_communes() -> None:
    answer = ask("Quận Đống Đa, Hà Nội")
    assert (answer.certainty, answer.why) == ("candidates", "only_district")
    assert {"Phường Đống Đa", "Phường Kim Liên", "Phường Láng"} < takers(answer)
    assert {option.decides for option in answer.options} == {"commune"}


def test_a_province_alone_lacks_its_commune() -> None:
    answer = ask("tỉnh Hà Tây")
    assert (answer.certainty, answer.why) == ("candidates", "only_province")
    assert takers(answer) == {"Thành phố Hà Nội"}
    assert cells(answer, ON)[2] == "Thành phố Hà Nội"


def test_a_list_without_its_act_proves_nothing() -> None:
    answer = ask("Xã Mỹ Đình, huyện Từ Liêm, Hà Nội")
    assert (answer.certainty, answer.weakest) == ("candidates", "list")
    assert answer.taker is None
    assert "2013" in cells(answer, ON)[-1]


def test_a_slip_in_the_district_named_is_proposed_and_not_taken() -> None:
    answer = ask("P. Khâm Thên, Q. Đống Đa, Hà Nội")
    assert (answer.certainty, answer.why, answer.weakest) == ("candidates", "near_miss", "reading")
    assert answer.taker is None
    assert takers(answer) == {"Phường Văn Miếu - Quốc Tử Giám"}


def test_a_name_in_the_wrong_district_is_not_found_there() -> None:
    answer = ask("Phường Khâm Thiên, quận Hoàn Kiếm, Hà Nội")
    assert (answer.certainty, answer.why) == ("unknown", "not_found")
    assert {option.read.name for option in answer.options} >= {"Phường Khâm Thiên"}


@pytest.mark.parametrize("text", ["abc xyz", "0912 345 678 900", "Tổ 5, ngõ 3", "=1+1"])
def test_what_names_no_unit_is_unknown(text: str) -> None:
    assert ask(text).certainty == "unknown"


@pytest.mark.parametrize("text", ["", "  ", " , ; "])
def test_blank_is_no_answer(text: str) -> None:
    assert Answers(on=ON, at=None, matter="any", localities=Localities()).answer(text) is None


def test_an_old_unit_under_the_province_of_today_is_found() -> None:
    answer = ask("Phường Cẩm Phô, TP Hội An, TP Đà Nẵng")
    assert answer.certainty == "certain"
    assert answer.taker is not None
    assert answer.taker.unit.name == "Phường Hội An"


def test_another_spelling_is_less_than_certain() -> None:
    answer = ask("Phường Khảm Thiên, quận Đống Đa, Hà Nội")
    assert (answer.certainty, answer.weakest) == ("candidates", "reading")
    assert answer.taker is None


@pytest.mark.parametrize(
    "text", ["XÃ PẢ VI, HUYỆN MÈO VẠC, TỈNH HÀ GIANG", "xa tam xuan i, huyen nui thanh, quang nam"]
)
def test_capitals_and_small_letters_hide_no_numeral(text: str) -> None:
    assert ask(text).certainty == "certain"


def test_the_offices_own_table_decides_and_is_named() -> None:
    row = Locality(
        "group", "Tổ dân phố 7", None, "00073@1981-01-03", "00082@2025-07-01", "QĐ 12/QĐ-UBND", "2025-07-15", "tổ", 4
    )
    local = Localities([row])
    answer = ask("Tổ 7, phường Cửa Nam, Hoàn Kiếm, Hà Nội", local=local)
    assert (answer.certainty, answer.weakest) == ("certain", "local")
    assert answer.taker is not None
    assert answer.taker.unit.name == "Phường Cửa Nam"
    note = cells(answer, ON)[-1]
    assert "QĐ 12/QĐ-UBND" in note
    assert "15/07/2025" in note
    other = ask("Tổ 8, phường Cửa Nam, Hoàn Kiếm, Hà Nội", local=local)
    assert other.certainty == "candidates"


def test_a_code_alone_was_given_to_several_units() -> None:
    answer = ask("00008")
    assert answer.certainty in ("candidates", "certain")
    assert answer.why in ("several_readings", "readings_agree")
