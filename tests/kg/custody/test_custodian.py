"""Custody by rule: each case with the rule it follows and the article it rests on; terms, dates and own tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.custody import retention
from kg.custody.custodian import Custodian
from kg.model import File, Fonds
from ontology import custody
from ontology.custody import due_day, rules, special_kind
from ontology.registry import load

_CASES = list(csv.DictReader((Path(__file__).parent / "custody_cases.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["case"])
def test_the_rule_of_each_case(case: dict[str, str]) -> None:
    unit = load().argument(case["unit"], prefer="ended").unit.id if case["unit"] else None
    fonds = Fonds("F", case["creator"], case["level"], case["bloc"], unit)
    file = File("F/1", "F", title=case["title"] or None, retention=case["retention"] or None, medium=case["carrier"],
                until=case["until"] or None, extra={"matter": case["matter"]})  # fmt: skip
    value = Custodian({"F": fonds}, load()).of("F", file=file).to_json()
    destination = value["destination"]
    told = {key: destination[key] or "" for key in ("change", "name", "via", "certainty", "basis")}
    told["due"] = value["due"] or ""
    assert told == {key: case[key] for key in told}
    assert value["held_now"] is None


def test_no_rule_makes_a_fact_or_an_assignment() -> None:
    assert {rule.certainty for rule in rules()} <= {"by_rule_sure", "by_rule_likely", "not_assigned"}


def test_what_is_sure_rests_on_an_article_that_was_read() -> None:
    for rule in rules():
        if rule.certainty == "by_rule_sure":
            assert rule.act, rule.id
            assert rule.article, rule.id
            assert rule.law_sure == "sure", rule.id
        if rule.certainty == "not_assigned":
            assert not rule.name, rule.id


def test_an_archive_may_put_its_own_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = (Path(custody.__file__).parent / "data" / "custody_rules.csv").read_text(encoding="utf-8")
    header = bundled.splitlines()[0]
    own = tmp_path / "rules.csv"
    own.write_text(f"{header}\nall,any,any,any,any,any,any,any,Kho X,,assigned,,QĐ 1/QĐ-UBND,Điều 1,sure,\n", "utf-8")
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(own))
    fonds = Fonds("F", "Ủy ban nhân dân quận Đống Đa", "district", "government")
    destination = Custodian({"F": fonds}, load()).of("F", file=File("F/1", "F")).to_json()["destination"]
    assert (destination["name"], destination["certainty"]) == ("Kho X", "assigned")


@pytest.mark.parametrize(
    ("fonds", "held", "word"),
    [
        (Fonds("F"), {}, "unknown_fonds"),
        (Fonds("F", "Ban X"), {}, "unknown_fonds"),
        (Fonds("F"), {"held_by": "Kho", "held_since": "2025-09-01", "held_paper": "BB 1"}, "fact"),
        (Fonds("F"), {"held_by": "Kho"}, "unknown_fonds"),
        (Fonds("F"), {"held_by": "Kho", "held_paper": "BB 1"}, "unknown_fonds"),
    ],
)
def test_a_fact_needs_a_holder_a_day_and_a_paper(fonds: Fonds, held: dict[str, str], word: str) -> None:
    file = File("F/1", "F", **held)  # type: ignore[arg-type]
    assert Custodian({"F": fonds}, load()).of("F", file=file).certainty == word


def test_without_a_fonds_nothing_is_said() -> None:
    assert Custodian({}, load()).of(None).to_json()["destination"]["certainty"] == "unknown_fonds"


@pytest.mark.parametrize(
    ("creator", "titles", "kind"),
    [
        ("UBND xã", ["Sổ đăng ký khai sinh 1985", "So dang ky khai sinh 1986"], "civil_register"),
        ("UBND xã", ["Sổ đăng ký khai sinh 1985", "Báo cáo năm"], "none"),
        ("UBND xã", ["Quyết định thu hồi đất"], "none"),
        ("UBND xã", ["Hồ sơ đăng ký hộ tịch"], "none"),
        ("UBND xã", ["Sổ địa chính thôn 1", "SỔ MỤC KÊ"], "cadastral_file"),
        ("Công an huyện", ["Báo cáo"], "police"),
        ("UBND xã", [], "none"),
    ],
)
def test_specialised_records_are_known_by_creator_or_by_every_title(
    creator: str, titles: list[str], kind: str
) -> None:
    assert special_kind(creator, titles) == kind


@pytest.mark.parametrize(
    ("code", "until", "due"),
    [
        ("", "2020", None),
        ("1_year", "2026-03-01", "2027-12-31"),
        ("1_year", None, None),
        ("5_years_after_1", "2026", "2032-12-31"),
        ("law_65_1a", "2025-06-30", "2035-06-30"),
        ("law_65_1a", None, "2035-06-30"),
        ("law_65_1a", "2025-07-01", "2031-12-31"),
    ],
)
def test_days_due(code: str, until: str | None, due: str | None) -> None:
    assert due_day(code, until) == due


@pytest.mark.parametrize(
    ("term", "kind"),
    [("Vĩnh viễn", "permanent"), ("VV", "permanent"), ("vinh vien", "permanent"), ("70 năm", "fixed"), ("10", "fixed"),
     ("lâu dài", "fixed"), ("tạm thời", "fixed"), ("đến khi văn bản hết hiệu lực", "fixed"), (None, "unknown"),
     ("", "unknown")],
)  # fmt: skip
def test_kinds_of_retention(term: str | None, kind: str) -> None:
    assert retention.kind(term) == kind


def test_the_longest_term_wins() -> None:
    assert retention.longest(["10 năm", "Vĩnh viễn", None, "70 năm"]) == "Vĩnh viễn"
    assert retention.longest(["10 năm", "lâu dài", "5"]) in ("10 năm", "lâu dài")
    assert retention.longest([None, ""]) is None
