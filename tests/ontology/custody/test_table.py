"""The table of rules: what it holds, what an archive may put in its place, and how a bad one is told."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from ontology import names
from ontology.custody import BadCustodyTable, Case, rule_for, rules
from ontology.custody.table import BUNDLED, COLUMNS, bundled_text, read
from ontology.registry import load

HEAD = "id,level,change,name,certainty,act,law_sure"


def test_what_is_sure_rests_on_an_article_that_was_read() -> None:
    for rule in rules():
        if rule.certainty == "by_rule_sure":
            assert rule.act, rule.id
            assert rule.article, rule.id
            assert rule.law_sure == "sure", rule.id
        if rule.certainty == "not_assigned":
            assert not rule.name, rule.id
        assert rule.act or rule.law_sure in ("", "check"), rule.id


def test_every_rule_names_a_known_act_and_holds_only_while_it_is_law() -> None:
    """``custody_acts.csv`` has the days of effect of every act."""
    acts = {row["act"]: row for row in names.rows("custody_acts.csv")}
    assert {rule.act for rule in rules() if rule.act} == set(acts)
    for rule in rules():
        if rule.act:
            act = acts[rule.act]
            assert rule.valid_from >= act["valid_from"], rule.id
            assert not act["valid_to"] or "" < rule.valid_to <= act["valid_to"], rule.id


def test_the_circular_of_2025_speaks_of_no_change_before_it() -> None:
    for rule in rules():
        if rule.act == "Thông tư 06/2025/TT-BNV":
            assert rule.changed_from >= "2025-07-01" or rule.change == "district_ended", rule.id


def test_who_is_named_by_rule_is_named_by_an_act() -> None:
    assert [rule.id for rule in rules() if rule.certainty != "not_assigned" and not rule.act] == []


def test_an_archive_may_put_its_own_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "rules.csv"
    own.write_text(f"\ufeff{HEAD}\nall,district,any,Kho {{province}},by_rule_likely,QĐ 1/QĐ-UBND,likely\n", "utf-8")
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(own))
    unit = load().argument("Quận Đống Đa, Thành phố Hà Nội", prefer="ended").unit
    ruling = rule_for(Case("district", "government", unit, "Ủy ban nhân dân quận Đống Đa"), load())
    assert (ruling.rule, ruling.name) == ("all", "Kho thành phố Hà Nội")
    other = rule_for(Case("commune", "government", None, "Ủy ban nhân dân xã X"), load())
    assert (other.rule, other.certainty, other.name) == ("no_rule", "not_assigned", None)
    own.write_text(f"{HEAD.replace(',', ';')}\nsecond;any;any;Kho Y;by_rule_likely;QĐ 2;likely\n", "utf-8")
    assert [rule.id for rule in rules()] == ["second"]  # an edited table is read again


@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("id,name\nx,Kho\n", "no_column", 1, "certainty"),
        (f"{HEAD},leval\n", "unknown_column", 1, "leval"),
        (f"{HEAD}\n", "no_rows", None, ""),
        (f"{HEAD}\n,any,any,Kho,by_rule_likely,,\n", "no_id", 2, "id"),
        (f"{HEAD}\nx,any,any,Kho,by_rule_likely,QĐ 1,\nx,any,any,Kho,by_rule_likely,QĐ 1,\n", "same_id", 3, "id"),
        (f"{HEAD}\nx,ward,any,Kho,by_rule_likely,,\n", "bad_value", 2, "level"),
        (f"{HEAD}\nx,any,merged|split,Kho,by_rule_likely,,\n", "bad_value", 2, "change"),
        (f"{HEAD}\nx,any,any,Kho,fact,,\n", "bad_value", 2, "certainty"),
        (f"{HEAD}\nx,any,any,Kho,assigned,QĐ 1,sure\n", "bad_value", 2, "certainty"),
        (f"{HEAD}\nx,any,any,Kho,by_rule_likely,,maybe\n", "bad_value", 2, "law_sure"),
        (f"{HEAD}\nx,any,any,Kho {{village}},by_rule_likely,,\n", "bad_name", 2, "name"),
        (f"{HEAD}\nx,any,any,Kho {{,by_rule_likely,,\n", "bad_name", 2, "name"),
        (f"{HEAD}\nx,any,any,Kho {{province:d}},by_rule_likely,,\n", "bad_name", 2, "name"),
        (f"{HEAD}\nx,any,any,Kho {{creator:>999999999}},by_rule_likely,,\n", "bad_name", 2, "name"),
        (f"{HEAD}\nx,any,any,Kho {{province!r}},by_rule_likely,,\n", "bad_name", 2, "name"),
        (f"{HEAD}\nx,any,any,Kho {{}},by_rule_likely,,\n", "bad_name", 2, "name"),
        (f"{HEAD}\nx,commune||district,any,Kho,by_rule_likely,,\n", "bad_value", 2, "level"),
        (f"{HEAD}\nx,any,any,Kho,not_assigned,,\n", "name_not_assigned", 2, "name"),
        (f"{HEAD}\nx,any,any,,by_rule_likely,,\n", "no_name", 2, "name"),
        (f"{HEAD}\nx,any,any,Kho,by_rule_sure,,sure\n", "sure_without_act", 2, "certainty"),
        (f"{HEAD}\nx,any,any,Kho,by_rule_sure,QĐ 1,likely\n", "sure_without_act", 2, "certainty"),
        (f"{HEAD},due\nx,any,any,Kho,by_rule_likely,,,soon\n", "bad_value", 2, "due"),
        (f"{HEAD},valid_from\nx,any,any,Kho,by_rule_likely,,,2025-02-30\n", "bad_date", 2, "valid_from"),
        (f"{HEAD},file_from,file_to\nx,any,any,Kho,by_rule_likely,,,2025,2024\n", "bad_range", 2, "file_to"),
        (f"{HEAD}\nx,any,any,Kho,by_rule_likely,,,more\n", "unknown_column", 2, ""),
    ],
)
def test_a_bad_table_says_what_and_where(text: str, code: str, row: int | None, column: str) -> None:
    with pytest.raises(BadCustodyTable) as error:
        read(text, "rules.csv")
    assert (error.value.code, error.value.row, error.value.column) == (code, row, column)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00id"])
def test_a_table_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    own = tmp_path / "rules.csv"
    if content is not None:
        own.write_bytes(content)
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(own))
    with pytest.raises(BadCustodyTable) as error:
        rules()
    assert error.value.code == "unreadable"


def test_the_bundled_table_is_a_table_that_may_be_edited() -> None:
    assert read(bundled_text(), BUNDLED) == rules()
    assert tuple(bundled_text().split("\n", 1)[0].split(",")) == COLUMNS


@pytest.mark.parametrize("word", ["fact", "assigned"])
def test_no_rule_makes_a_fact_or_an_assignment(word: str) -> None:
    text = bundled_text().replace(",by_rule_likely,", f",{word},", 1)
    with pytest.raises(BadCustodyTable) as error:
        read(text, BUNDLED)
    assert (error.value.code, error.value.column) == ("bad_value", "certainty")


def test_any_among_others_is_any_and_blanks_do_not_count() -> None:
    (rule,) = read(f"{HEAD}\nx,any|commune,merged | divided,Kho,by_rule_likely,QĐ 1,likely\n", "rules.csv")
    assert (rule.level, rule.change) == ("any", "merged|divided")


@pytest.mark.parametrize("wording", ["Ủy ban nhân dân {successor}", "{successor_body}"])
def test_a_rule_that_wants_a_successor_fits_nothing_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wording: str
) -> None:
    own = tmp_path / "rules.csv"
    own.write_text(f"{HEAD}\nx,any,any,{wording},by_rule_likely,QĐ 1,likely\n", "utf-8")
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(own))
    for unit, rule in (("Phường Cửa Nam, Quận Hoàn Kiếm", "no_rule"), ("Quận Đống Đa, Thành phố Hà Nội", "no_rule"),
                       ("Phường Hàng Bạc, Quận Hoàn Kiếm", "x")):  # fmt: skip
        known = load().argument(unit, prefer="ended").unit
        assert rule_for(Case(known.level, "government", known, "Ủy ban nhân dân X"), load()).rule == rule


@pytest.mark.parametrize(
    ("unit", "creator", "receiver"),
    [
        (
            "250@1991-08-12",
            "Ủy ban nhân dân huyện Mê Linh",
            "Thành phố Hà Nội",
        ),  # its line went from Vĩnh Phú to Hà Nội
        ("016@1977-07-05", "Ủy ban nhân dân huyện Sóc Sơn", "Thành phố Hà Nội"),
        ("Tỉnh Hà Tây", "Ủy ban nhân dân tỉnh Hà Tây", "Thành phố Hà Nội"),
        ("Tỉnh Hà Bắc", "Ủy ban nhân dân tỉnh Hà Bắc", None),  # divided: neither of the two archives
    ],
)
def test_the_archive_is_that_of_the_province_of_the_day(unit: str, creator: str, receiver: str | None) -> None:
    known = load().argument(unit, prefer="ended").unit
    ruling = rule_for(
        Case(known.level, "government", known, creator, "permanent", until="1990", on="2026-06-01"), load()
    )
    assert (load().unit(ruling.unit).name if ruling.unit else None) == receiver
    assert (ruling.certainty == "not_assigned") == (receiver is None)
    assert ruling.name is None or ruling.name.endswith(receiver[:1].lower() + receiver[1:] if receiver else "")


@pytest.mark.parametrize(
    ("creator", "unit", "retention", "title", "expected"),
    [
        ("Công an phường Hàng Bạc", "Phường Hàng Bạc, Quận Hoàn Kiếm", "permanent", "none", None),
        ("Phòng Tư pháp quận Đống Đa", "Quận Đống Đa, Thành phố Hà Nội", "permanent", "certification_book", None),
        ("Ủy ban nhân dân phường Hàng Bạc", "Phường Hàng Bạc, Quận Hoàn Kiếm", "fixed", "none", "Phường Hoàn Kiếm"),
        ("Ủy ban nhân dân xã Ngọc Long", "Xã Ngọc Long, Huyện Yên Minh", "fixed", "none", "Xã Ngọc Long"),
    ],
)
def test_the_receiver_s_unit_is_one_that_the_wording_names(
    creator: str, unit: str, retention: str, title: str, expected: str | None
) -> None:
    known = load().argument(unit, prefer="ended").unit
    case = Case(known.level, "government", known, creator, retention, special=title, on="2026-06-01")
    received = rule_for(case, load()).unit
    assert (load().unit(received).name if received else None) == expected


_UNITS = ("Phường Hàng Bạc, Quận Hoàn Kiếm", "Phường Cửa Nam, Quận Hoàn Kiếm", "Xã Ngọc Long, Huyện Yên Minh",
          "Quận Đống Đa, Thành phố Hà Nội", "Huyện Từ Liêm, Thành phố Hà Nội", "Xã Mỹ Đình, Huyện Từ Liêm", "12@1975",
          "Tỉnh Hà Tây", "Tỉnh Hà Bắc", "250@1991-08-12", None)  # fmt: skip
_CIRCUMSTANCES = (("paper", "closed", "1999"), ("paper", "closed", "2026-01-02"), ("paper", "closed", None),
                  ("paper", "open", "1999"), ("digital", "closed", "2026-01-02"), ("digital", "open", None))  # fmt: skip
_CREATORS = ("Ủy ban nhân dân X", "Đảng ủy xã X", "Hội Chữ thập đỏ huyện X", "Công an xã X", "???")


@pytest.mark.parametrize("name", _UNITS)
@pytest.mark.parametrize("on", ["1990-01-01", "2013-01-01", "2025-06-30", "2025-07-01", "2026-06-01", "2030-01-01"])
def test_every_case_has_an_honest_answer(name: str | None, on: str) -> None:
    """Whatever is asked: nobody is named without a rule that names them, nothing is a fact, what is sure was read."""
    unit = load().argument(name, prefer="ended").unit if name else None
    levels = (unit.level,) if unit else (None, "central", "province", "district", "commune")
    blocs = ("government", "party", "mass_organisation", "other", None)
    kinds = ("none", "civil_register", "certification_book", "cadastral_file", "boundary_file")
    known = {rule.id: rule for rule in rules()}
    terms = ("permanent", "fixed", "unknown")
    for level, bloc, creator, special, retention, (carrier, matter, until) in product(
        levels, blocs, _CREATORS, kinds, terms, _CIRCUMSTANCES
    ):
        case = Case(level, bloc, unit, creator, retention, carrier, special, matter, until, on=on)
        ruling = rule_for(case, load())
        assert (ruling.name is None) == (ruling.certainty == "not_assigned"), case
        assert ruling.certainty in ("by_rule_sure", "by_rule_likely", "not_assigned"), case
        assert "{" not in f"{ruling.name}{ruling.via}", case
        received = load().unit(ruling.unit) if ruling.unit else None
        assert received is None or (received.valid_from <= on <= (received.valid_to or "9")), case
        if ruling.certainty == "by_rule_sure":
            assert ruling.basis, case
            assert ruling.law_sure == "sure", case
        if matter == "open" and ruling.name is not None:  # who goes on settles its own matters, nobody else is named
            assert ruling.change in ("continues", "split_off"), case
            assert ruling.name == creator, case
        rule = known[ruling.rule]
        if unit is not None and "{province}" in rule.name and ruling.name is not None:
            assert received is not None, case
            assert received.level == "province", case
        assert (rule.valid_from or "0") <= on <= (rule.valid_to or "9"), case
