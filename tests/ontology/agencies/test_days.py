"""Since when and until when an agency stood, by which rule, and what one agency is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.agencies.bodies import bodies
from ontology.agencies.council_terms import council_terms
from ontology.agencies.dated import AgencyNotFound, after, before
from ontology.agencies.heirs import predecessors, successors
from ontology.agencies.in_time import agencies
from ontology.registry import load

known = agencies()
UNITS = sorted(load().units)


@pytest.mark.parametrize(
    ("agency", "opened", "closed", "rule", "sure"),
    [
        ("ubnd:006@1981-01-03", "1981-01-03", "2025-06-30", "closes_district", "sure"),
        ("ubnd:00073@1981-01-03", "1981-01-03", "2025-06-30", "closes_reform_hanoi", "sure"),
        ("ubnd:13690@2007-12-17", "2007-12-17", "2025-06-30", "closes_reform_commune", "likely"),
        ("ubnd:00166@1978-12", "1978-12", "1996-11-21", "closes_new_type", "likely"),
        ("ubhc:00166@1978-12", None, "1976-07", "body", "likely"),
        ("hdnd:00073@1981-01-03", "1981-01-03", "2021-06-30", "hanoi_ward_councils", "likely"),
        ("cong-an-huyen:006@1981-01-03", "1981-01-03", "2025-03", "body", "likely"),
        ("p.noi-vu:006@1996-11-22", "2008", "2025-03", "body", "likely"),
        ("p.noi-vu.2025:006@1996-11-22", "2025-03", "2025-06-30", "closes_district", "likely"),
        ("dang-uy:006@1981-01-03", "1981-01-03", "2025-06-30", "closes_reform_other", "likely"),
        ("cuu-chien-binh:00073@1981-01-03", "1989-12-06", "2025-06-30", "closes_reform_other", "likely"),
    ],
)
def test_days_follow_the_first_rule_that_fits(agency: str, opened: str, closed: str, rule: str, sure: str) -> None:
    found = known.agency(agency)
    assert found.closed is not None
    assert (found.opened.day, found.closed.day, found.closed.rule, found.closed.ground.sure) == (
        opened, closed, rule, sure,
    )  # fmt: skip


def test_a_beginning_that_no_list_knows_is_not_exact() -> None:
    agency = known.agency("ubnd:13690@2007-12-17")
    assert (agency.opened.exact, agency.opened.not_before) == (False, "1976-07")
    assert agency.time_reason("1990-01-01") == "before_first_list"
    assert agency.time_reason("1970-01-01") == "not_in_force_at"


def test_the_act_lets_old_bodies_go_on_for_a_while_outside_ha_noi() -> None:
    elsewhere, here = known.agency("ubnd:13690@2007-12-17").closed, known.agency("ubnd:00073@1981-01-03").closed
    assert elsewhere is not None
    assert here is not None
    assert (elsewhere.latest, here.latest) == ("2025-08-15", None)


def test_a_body_lives_on_through_a_new_territory_and_a_new_parent() -> None:
    district = known.agency("ubnd:006@1981-01-03")
    assert [unit.id for unit in district.units] == ["006@1981-01-03", "006@1996-11-22"]
    assert known.of_kind(load().units["006@1996-11-22"], "ubnd") == (district,)


def test_a_new_name_of_the_unit_makes_no_new_body() -> None:
    """A unit that was renamed and nothing else: one committee under both names."""
    ontology, renamed = load(), []
    for unit in ontology.units.values():
        for edge in ontology.changes.leaving(unit.id):
            later = ontology.units[edge.target]
            renames = edge.extent == "unchanged" and later.name != unit.name
            if renames and (later.line, later.type) == (unit.line, unit.type) and known.of_kind(unit, "ubnd"):
                renamed.append((unit, later))
    assert len(renamed) > 20
    for unit, later in renamed:
        committee = known.of_kind(unit, "ubnd")[-1]
        assert committee in known.of_kind(later, "ubnd")
        assert committee.name.endswith(known.span(unit)[-1].name[1:])
        if unit in committee.units and later in committee.units:
            assert {f"Ủy ban nhân dân {one.name[0].lower()}{one.name[1:]}" for one in (unit, later)} <= set(
                known.names(committee)
            )


def test_a_unit_left_unchanged_on_the_day_of_the_reform_keeps_its_bodies() -> None:
    ontology = load()
    unchanged = [
        unit
        for unit in ontology.as_of("2025-07-01").units("commune")
        if any(edge.extent == "unchanged" for edge in ontology.changes.arriving(unit.id))
        and unit.valid_from == "2025-07-01"
    ]
    assert len(unchanged) > 100
    for unit in unchanged:
        (committee,) = known.of(unit, "2026-01-01", [bodies()["ubnd"]])
        assert committee.in_force("2025-06-30"), unit.id


def test_a_unit_made_anew_has_other_bodies_though_name_and_code_stay() -> None:
    (old,) = known.of(load().units["00073@1981-01-03"], "2024-06-30", [bodies()["ubnd"]])
    (new,) = known.of(load().units["00082@2025-07-01"], "2026-06-30", [bodies()["ubnd"]])
    assert old.name == new.name == "Ủy ban nhân dân phường Cửa Nam"
    assert old.id != new.id
    assert new.id in {link.agency.id for link in successors(old, known)}
    assert old.id in {link.agency.id for link in predecessors(new, known)}


def test_a_council_that_came_back_is_another() -> None:
    ward = known.agency("hdnd:00073@1981-01-03")
    links = successors(ward, known)
    assert links
    assert all(link.after_absence and link.agency.opened.day == "2025-07-01" for link in links)
    assert not ward.in_force("2023-01-01")


def test_a_council_that_keeps_a_name_goes_on_counting_its_terms() -> None:
    kept = council_terms(known.agency("hdnd:00082@2025-07-01"), known)
    assert kept is not None
    assert kept.counting == "goes_on"
    assert kept.former is not None
    assert kept.former.id == "hdnd:00073@1981-01-03"
    new = council_terms(known.agency("hdnd:00226@2025-07-01"), known)  # Văn Miếu - Quốc Tử Giám: two names joined
    assert new is not None
    assert new.counting == "begins"
    assert council_terms(known.agency("ubnd:00082@2025-07-01"), known) is None


def test_departments_that_were_cut_anew_have_heirs_in_their_unit() -> None:
    labour = known.agency("p.ldtbxh:006@1996-11-22")
    assert [link.agency.id for link in successors(labour, known)] == ["p.noi-vu.2025:006@1996-11-22"]
    assert {link.agency.body.id for link in predecessors(known.agency("p.noi-vu.2025:006@1996-11-22"), known)} == {
        "p.ldtbxh", "p.noi-vu",
    }  # fmt: skip


def test_a_district_of_2025_has_no_successor_of_its_level() -> None:
    assert successors(known.agency("ubnd:006@1981-01-03"), known) == []


def test_a_province_that_was_merged_hands_on_to_the_city() -> None:
    (link,) = successors(known.agency("ubnd:28@1991-08-12"), known)
    assert (link.agency.name, link.extent) == ("Ủy ban nhân dân thành phố Hà Nội", "whole")


def test_an_unknown_id_is_refused() -> None:
    for identifier in ("ubnd:nowhere", "nobody:006@1981-01-03", "ubnd", "ubnd:006@1981-01-03+2"):
        with pytest.raises(AgencyNotFound):
            known.agency(identifier)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(UNITS))
def test_agencies_of_a_unit_have_ids_of_their_own_and_are_found_by_them(unit: str) -> None:
    found = known.of(load().units[unit])
    assert len({agency.id for agency in found}) == len(found)
    for agency in found:
        assert known.agency(agency.id) is agency
        closed = agency.closed.day if agency.closed else None
        assert not (closed and agency.opened.day and before(closed, agency.opened.day))
        assert agency.name in known.names(agency) or not agency.units[-1].type


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(UNITS), st.sampled_from(["ubnd", "hdnd", "dang-uy", "p.noi-vu"]))
def test_successors_and_predecessors_are_inverse(unit: str, kind: str) -> None:
    for agency in known.of_kind(load().units[unit], kind):
        for link in successors(agency, known):
            assert agency.id in {back.agency.id for back in predecessors(link.agency, known)}
        for link in predecessors(agency, known):
            assert agency.id in {forth.agency.id for forth in successors(link.agency, known)}


def test_partial_days_are_before_or_after_only_for_certain() -> None:
    assert before("2008", "2009-01-01")
    assert not before("2008", "2008-03-01")
    assert not after("2008-03-01", "2008")
    assert after("1976-08", "1976-07")
