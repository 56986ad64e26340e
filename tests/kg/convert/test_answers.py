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
    answer = ask("Xã Mỹ Đình, huyện Từ Liêm, Hà Nội", at="2000-01-01")
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


def decides(answer: Answer) -> set[str]:
    return {option.decides for option in answer.options}


def test_with_a_past_day_a_unit_abolished_since_is_not_called_in_force() -> None:
    answer = ask("Phường Khâm Thiên, Đống Đa, Hà Nội", on="2025-06-30")
    assert (answer.certainty, answer.why) == ("certain", "was_in_force")
    assert "30/06/2025" in cells(answer, "2025-06-30")[-1]
    assert ask("Phường Hồng Hà, Hà Nội", on="2025-06-30").why == "not_yet"


@pytest.mark.parametrize("text", ["25 Hàng Bài, Hoàn Kiếm, Hà Nội", "Từ Liêm, Hà Nội"])
def test_where_only_the_ward_is_missing_the_ward_is_asked_for(text: str) -> None:
    assert decides(ask(text)) == {"commune"}
    assert decides(ask("Huyện Châu Thành")) == {"reading"}


def test_a_province_alone_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    assert cells(ask("Hà Nội"), ON)[0] == "Chỉ ghi tỉnh, thành phố"


def test_details_that_no_table_decides_are_not_asked_for_again() -> None:
    assert decides(ask("Tổ 8, phường Cửa Nam, Hoàn Kiếm, Hà Nội")) == {"no_table"}
    assert decides(ask("Phường Cửa Nam, Hoàn Kiếm, Hà Nội")) == {"locality"}


def test_the_day_of_a_name_goes_to_the_local_table() -> None:
    row = Locality(
        "group", "Tổ dân phố 7", None, "00073@1981-01-03", "00082@2025-07-01", "QĐ 12", "2025-07-15", "t", 4
    )
    text, local = "Tổ 7, phường Cửa Nam, Hoàn Kiếm, Hà Nội", Localities([row])
    assert ask(text, at="2025-06-01", local=local).certainty == "certain"
    assert ask(text, at="1990-01-01", local=local).certainty == "candidates"


def test_a_slip_in_the_district_is_proposed_too() -> None:
    answer = ask("Phường Khâm Thiên, quận Đốn Đa, Hà Nội")
    assert (answer.certainty, answer.taker) == ("candidates", None)


def test_a_day_that_cannot_be_read_is_no_day() -> None:
    answers = Answers(on=ON, at="2025-09-01", matter="any", localities=Localities())
    dated, undated = (answers.answer("Phường Cửa Nam, Hà Nội", dated=dated) for dated in (True, False))
    assert dated is not None
    assert undated is not None
    assert (dated.certainty, undated.certainty) == ("certain", "candidates")


@pytest.mark.parametrize(
    ("text", "earlier", "day"),
    [
        ("Xã Phú Diễn, huyện Từ Liêm, Hà Nội", "Phường Nghĩa Đô", "2000-01-01"),
        ("Xã Thạch Bàn, huyện Gia Lâm, Hà Nội", "Phường Việt Hưng", "2000-01-01"),
        ("Phường Khương Thượng, quận Đống Đa, Hà Nội", "Phường Phương Liệt", "2025-06-30"),
        ("Xã Kỳ Sơn, huyện Tứ Kỳ, Hải Dương", "Xã Đại Sơn", "2025-06-30"),
    ],
)
def test_an_earlier_unit_of_that_name_that_went_elsewhere_is_a_reading_too(text: str, earlier: str, day: str) -> None:
    answer = ask(text)
    assert (answer.certainty, answer.why, decides(answer)) == ("candidates", "several_readings", {"day"})
    assert earlier in takers(answer)
    assert ask(text, at=day).why != answer.why


def test_units_of_that_very_name_elsewhere_are_shown_beside_near_misses() -> None:
    answer = ask("Phường Vĩnh Hưng, quận Hai Bà Trưng")
    assert answer.certainty == "unknown"
    read = [(option.read.name, option.read.parent) for option in answer.options]
    assert ("Phường Vĩnh Hưng", "008") in read  # of quận Hoàng Mai
    assert ("Phường Vĩnh Tuy", "007") in read


def test_what_is_too_long_for_an_address_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    answer = ask("Phường Khâm Thiên, quận Đống Đa, Hà Nội. " * 40)
    assert (answer.certainty, answer.why, answer.options) == ("unknown", "too_long", ())
    assert "quá dài" in cells(answer, ON)[-1]


def test_where_near_misses_are_no_longer_looked_for_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    monkeypatch.setattr("kg.convert.readings._MOST_SEARCHES", 1)
    answers = Answers(on=ON, at=None, matter="any", localities=Localities())
    texts = (
        "PHƯỜNG KHÂM THIÊM, Đống Đa, Hà Nội",
        "Phường Khâm Thiêng, Đống Đa, Hà Nội",
        "Khâm Thiên, Đống Đa, Hà Nội",
    )
    found = [answers.answer(text) for text in texts]
    assert [answer and answer.why for answer in found] == ["near_miss", "not_looked_into", "certain"]
    assert found[1] is not None
    assert "chưa được dò" in cells(found[1], ON)[-1]


def test_of_each_of_several_units_of_a_name_earlier_ones_are_readings_too() -> None:
    answer = ask("Xã Minh Khai, Hà Nội")
    read = {(option.read.parent, option.read.valid_from) for option in answer.options}
    assert {("019", "1975"), ("019", "1990-09-17")} < read
    assert "Phường Nghĩa Đô" in takers(answer)
