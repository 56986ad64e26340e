"""A paper dated beside its issuer's days is to be checked, never wrong."""

from __future__ import annotations

import pytest

from ontology.agencies.in_time import agencies
from ontology.agencies.papers import check, issuer_on
from ontology.agencies.tasks import provided
from ontology.registry import load

known = agencies()


@pytest.mark.parametrize(
    ("name", "unit", "date", "doubt"),
    [
        ("UBND quận Đống Đa", "006@1996-11-22", "2025-06-30", None),
        ("UBND quận Đống Đa", "006@1996-11-22", "2025-07-02", "after_closing"),
        ("UBND quận Đống Đa", "006@1996-11-22", "2025", None),  # some day of it is before the closing
        ("UBND quận Đống Đa", "006@1996-11-22", "2026", "after_closing"),
        ("HĐND phường Cửa Nam", "00073@1981-01-03", "2022-05-05", "after_closing"),
        ("UBND phường Cửa Nam", "00073@1981-01-03", "2022-05-05", None),
        ("Công an quận Đống Đa", "006@1996-11-22", "2025-05-05", "after_closing"),
        ("Ủy ban nhân dân phường Cửa Nam", "13690@2007-12-17", "2025-07-20", "after_closing_in_transition"),
        ("Ủy ban nhân dân phường Cửa Nam", "13690@2007-12-17", "2025-09-20", "after_closing"),
        ("Hội Cựu chiến binh phường Cửa Nam", "00073@1981-01-03", "1985-01-01", "before_opening"),
        ("UBND huyện Từ Liêm", "019@1996-11-22", "2014-03-28", None),  # the new districts began work in April 2014
        ("UBND huyện Từ Liêm", "019@1996-11-22", "2014-05-20", "after_closing"),
        ("UBND xã Mỹ Đình", "00625@1978-12", "2014-03-18", "after_closing_in_transition"),
        ("UBND xã Mỹ Đình", "00625@1978-12", "2015-03-18", "after_closing"),
        ("UBND phường Cửa Nam", "00082@2025-07-01", "2025-08-01", None),
        ("Phòng Tư pháp quận Đống Đa", "006@1996-11-22", "1985-01-01", None),
    ],
)
def test_a_date_is_held_against_the_days_of_the_issuer(name: str, unit: str, date: str, doubt: str | None) -> None:
    issuer = issuer_on(name, load().units[unit], date, known)
    assert issuer is not None
    found = check(issuer, date)
    assert (found.doubt if found else None) == doubt


def test_a_day_that_is_itself_to_be_checked_raises_no_doubt() -> None:
    agency = known.agency("p.to-chuc:006@1981-01-03")  # until 2004, by general knowledge
    assert agency.closed is not None
    assert agency.closed.ground.sure == "check"
    assert check(agency, "2010-01-01") is None


def test_a_part_of_a_body_and_an_unknown_one_have_no_days() -> None:
    unit = load().units["006@1996-11-22"]
    assert issuer_on("Ban Tuyên giáo Quận ủy Đống Đa", unit, "2025-08-01", known) is None
    assert issuer_on("Công ty Môi trường", unit, "2025-08-01", known) is None


def test_tasks_are_told_for_what_ended_with_the_reform_alone() -> None:
    assert {rule.id for rule in provided(known.agency("ubnd:006@1981-01-03"))} == {
        "district_redistributed", "district_justice", "district_land", "open_matters", "papers_valid",
    }  # fmt: skip
    assert provided(known.agency("ubnd:00166@1978-12")) == []
    assert provided(known.agency("dang-uy:006@1981-01-03")) == []
    assert provided(known.agency("ubnd:00082@2025-07-01")) == []
