"""What a day rests on, and how sure it is: the weakest link; absences; bodies that exclude each other; tasks."""

from __future__ import annotations

from itertools import combinations

import pytest

from ontology.agencies.bodies import bodies
from ontology.agencies.dated import Agency, after, before
from ontology.agencies.heirs import successors
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.agencies.papers import check
from ontology.agencies.tasks import provided
from ontology.registry import load

known = agencies()
_ORDER = ("check", "likely", "sure")


def of_cities_and_districts() -> list[Agency]:
    """Every agency of Ha Noi and Ho Chi Minh City and of all districts that Ha Noi ever had."""
    units = load().units.values()
    chosen = [unit for unit in units if unit.level == "province" and unit.line in ("01", "79")]
    chosen += [unit for unit in units if unit.level == "district" and known.province(unit) == "01"]
    return list(dict.fromkeys(agency for unit in chosen for agency in known.of(unit)))


def test_no_day_is_surer_than_that_the_unit_had_such_a_body() -> None:
    asked = 0
    for agency in of_cities_and_districts():
        for bound in (agency.opened, agency.closed):
            if bound and bound.rule not in ("hanoi_ward_councils", "tu_liem_2014_opens", "tu_liem_2014_closes"):
                assert _ORDER.index(bound.ground.sure) <= _ORDER.index(agency.body.sure), (agency.id, bound)
                asked += 1
    assert asked > 1_000


def test_a_row_to_be_checked_raises_no_doubt_about_a_paper() -> None:
    health = known.agency("p.y-te:006@1981-01-03")
    assert health.closed is not None
    assert health.closed.ground.sure == "check"
    assert check(health, "2025-08-01") is None


def test_a_quan_had_no_office_for_ethnic_minorities() -> None:
    assert known.of_kind(load().units["006@1996-11-22"], "p.dan-toc") == ()


@pytest.mark.parametrize("agency", ["p.ldtbxh:006@1996-11-22", "s.noi-vu:01@1991-08-12", "s.tnmt:01@1991-08-12"])
def test_the_act_that_ended_a_body_did_not_open_it(agency: str) -> None:
    found = known.agency(agency)
    assert found.closed is not None
    assert found.closed.ground.act == "Nghị định 45/2025/NĐ-CP"
    assert found.opened.ground.act != found.closed.ground.act
    assert found.opened.ground.sure == "check"


@pytest.mark.parametrize(
    "agency",
    ["dang-uy:006@1981-01-03", "mttq:00073@1981-01-03", "cong-doan:13690@2007-12-17", "dang-uy:28@1991-08-12"],
)
def test_bodies_that_ended_with_the_reform_have_no_year_of_grace(agency: str) -> None:
    """Those that ended with their unit before have: new bodies began up to a year after the day of the act."""
    found = known.agency(agency)
    assert found.closed is not None
    if found.closed.day == "2025-06-30":
        assert found.closed.latest is None
        doubt = check(found, "2026-05-01")
        assert doubt is not None
        assert doubt.doubt == "after_closing"
    else:
        assert found.closed.latest == "2009-08-01"


def test_before_the_first_list_nothing_is_certain() -> None:
    committee = known.agency("ubhc:00625@1978-12")
    assert committee.opened.day is None
    assert {committee.time_reason(day) for day in ("1900-01-01", "1960", "1976-07")} == {"before_first_list"}
    best = meanings("Ủy ban hành chính xã Mỹ Đình", known, at="1960-01-01")[0]
    assert best.score < 1
    assert "before_first_list" in best.reasons


def test_administrative_committees_are_those_of_the_north() -> None:
    found = {known.province(unit) for unit in load().units.values() if known.of_kind(unit, "ubhc")}
    assert {"01", "38", "x-tinh-ha-son-binh"} <= found
    assert not found & {"79", "48", "46", "75", "92", "x-do-thanh-sai-gon", "x-tinh-gia-lai", "x-tinh-thua-thien"}


@pytest.mark.parametrize(
    ("name", "at", "first"),
    [
        ("HĐND phường Cửa Nam, Hà Nội", "2023-05-01", "hdnd:00073@1981-01-03"),
        ("Phòng Nội vụ quận Đống Đa", "2005", "p.noi-vu:006@1996-11-22"),
    ],
)
def test_between_two_lives_the_nearer_to_the_day_is_first(name: str, at: str, first: str) -> None:
    assert meanings(name, known, at=at)[0].agency.id == first


def test_an_absence_is_named() -> None:
    found = {one.agency.id: one for one in meanings("HĐND phường Cửa Nam, Hà Nội", known, at="2023-05-01")}
    council = found["hdnd:00073@1981-01-03"]
    assert "body_absent" in council.reasons
    assert council.agency.closed is not None
    assert council.agency.closed.ground.act == "Nghị quyết 97/2019/QH14"
    for day in ("2020-05-01", "2026-05-01"):
        again = {one.agency.id: one for one in meanings("HĐND phường Cửa Nam, Hà Nội", known, at=day)}
        assert not any("body_absent" in one.reasons for one in again.values())


def test_an_heir_begins_where_the_other_ends() -> None:
    """In the units themselves, so that an heir without a day of its own does not pass."""
    asked = 0
    for agency in of_cities_and_districts():
        end = agency.closed.day if agency.closed else None
        if agency.ended_by != "body" or end is None or agency.closed is None or agency.closed.source:
            continue
        for link in successors(agency, known):
            if link.agency.body.kind != agency.body.kind:
                continue  # merged into a body that was there (an office of the committee)
            start = link.agency.opened.day
            assert start is not None, (agency.id, link.agency.id)
            assert not before(start, end), (agency.id, end, link.agency.id, start)
            asked += 1
    assert asked > 200


def test_bodies_of_one_family_exclude_each_other() -> None:
    families: dict[tuple[str, str], list[Agency]] = {}
    for agency in of_cities_and_districts():
        if agency.body.family:
            families.setdefault((agency.body.family, known.span(agency.unit)[0].id), []).append(agency)
    pairs = [pair for group in families.values() for pair in combinations(group, 2)]
    assert len(pairs) > 50
    for one, other in pairs:
        closed = [(one, other), (other, one)]
        assert any(
            first.closed and first.closed.day and (
                then.opened.day is None or then.opened.not_before or not before(then.opened.day, first.closed.day)
            )
            for first, then in closed
        ), (one.id, other.id)  # fmt: skip


@pytest.mark.parametrize("city", ["01", "79"])
@pytest.mark.parametrize("day", ["2005-06-30", "2012-06-30", "2020-06-30", "2026-06-30"])
def test_departments_of_the_great_cities_do_not_stand_beside_what_they_were_made_of(city: str, day: str) -> None:
    unit = next(unit for unit in load().versions(city) if unit.in_force(day))
    there = {agency.body.id for agency in known.of(unit, day)}
    for former, later in (("s.gtcc", {"s.gtvt"}), ("s.vhttdl", {"s.vhtt", "s.du-lich"})):
        assert not (former in there and there & later), (former, there & later)
    assert ("s.ngoai-vu" in there) == (city == "79" or day < "2025")


def test_what_was_founded_years_later_took_nothing_over() -> None:
    rural = known.agency("p.nnptnt:019@1996-11-22")
    assert rural.closed is not None
    assert rural.closed.day == "2014-03-31"
    assert successors(rural, known) == []


@pytest.mark.parametrize(
    ("date", "doubted"), [("2025-03-01", False), ("2025-03-31", False), ("2025-04-01", True), ("2025-03", False)]
)
def test_a_day_that_is_about_the_first_of_march_is_a_month(date: str, doubted: bool) -> None:
    police = known.agency("cong-an-huyen:006@1981-01-03")
    assert police.closed is not None
    assert police.closed.day == "2025-03"
    assert (check(police, date) is not None) is doubted


@pytest.mark.parametrize(
    ("agency", "matters"),
    [
        ("ubnd:006@1981-01-03", {"justice", "land"}),
        ("p.tu-phap:006@1981-01-03", {"justice"}),
        ("p.nnmt:006@1996-11-22", {"land"}),
        ("p.tckh:006@1996-11-22", set()),
        ("p.ldtbxh:006@1996-11-22", set()),
        ("toa-an:006@1981-01-03", {"court"}),
    ],
)
def test_tasks_are_those_of_the_department(agency: str, matters: set[str]) -> None:
    told = {rule.matter for rule in provided(known.agency(agency))}
    assert told - {"any", "open_matter", "issued_papers"} == matters


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chi cục Thuế quận Đống Đa", "tax"),
        ("TAND quận Đống Đa", "court"),
    ],
)
def test_bodies_of_lines_of_their_own_are_known_and_their_days_to_be_checked(name: str, kind: str) -> None:
    agency = meanings(name, known)[0].agency
    assert agency.body.kind == kind
    assert agency.opened.ground.sure == "check"
    assert agency.closed is not None
    assert agency.closed.ground.sure == "check"
    assert agency.opened.day is None or agency.body.since
    assert not after("2020", agency.closed.day or "")


def test_every_kind_of_body_says_how_sure_each_end_is() -> None:
    for body in bodies().values():
        assert {body.sure, body.opening.sure, body.closing.sure} <= set(_ORDER)
        for ground in (body.opening, body.closing):
            assert bool(ground.act) == bool(ground.law_sure), body.id
