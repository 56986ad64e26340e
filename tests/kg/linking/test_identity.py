"""Ids of entities: functions of what identifies them, never of the order in which papers came."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.linking.identity import act_node, agency_node, entity_id, number_key, person_node
from ontology import names
from ontology.agencies.in_time import agencies
from ontology.registry import load


def test_accents_tell_bodies_apart_though_their_slugs_are_one() -> None:
    one, other = agency_node("UBND xã Sơn Đông", None), agency_node("UBND xã Sơn Đồng", None)
    assert one.id != other.id
    assert one.id.rpartition("-")[0] == other.id.rpartition("-")[0]


def test_spelling_of_tones_does_not_make_another_body() -> None:
    assert agency_node("UBND phường Thụy Khuê", None).id == agency_node("UBND phường Thuỵ Khuê", None).id


def test_a_body_lives_on_through_versions_of_its_unit_but_not_through_the_reorganisation() -> None:
    old, later = (
        agency_node("UBND quận Đống Đa", "006@1981-01-03"),
        agency_node("UBND quận Đống Đa", "006@1996-11-22"),
    )
    assert old.id == later.id
    ended, new = (
        agency_node("UBND phường Cửa Nam", "00082@1981-01-03"),
        agency_node("UBND phường Cửa Nam", "00082@2025-07-01"),
    )
    assert ended.id != new.id


def test_a_body_of_a_unit_left_as_it_was_lives_on_through_the_reorganisation() -> None:
    of_2010, of_2026 = (agency_node("UBND xã Ngọc Long", f"00859@{day}") for day in ("2007-12-17", "2025-07-01"))
    assert of_2010.id == of_2026.id


def test_a_ward_that_was_a_commune_has_bodies_of_its_own() -> None:
    """The same for entities as for agencies in time: a body and its successor."""
    commune, ward = "00166@1978-12", "00166@1996-11-22"  # Dịch Vọng, today Cầu Giấy
    known = agencies()
    assert known.agency(f"dang-uy:{commune}").closed is not None
    assert known.agency(f"dang-uy:{ward}")
    assert agency_node("Đảng ủy Dịch Vọng", commune).id != agency_node("Đảng ủy Dịch Vọng", ward).id


def test_entities_are_the_bodies_that_agencies_in_time_are() -> None:
    """For every two versions that follow each other under one code: one entity where one agency, two where two."""
    known, ontology = agencies(), load()
    one = two = 0
    for line in {unit.line for unit in ontology.units.values()}:
        for former, later in pairwise(ontology.versions(line)):
            same = later in known.span(former)
            assert (agency_node("Công an", former.id).id == agency_node("Công an", later.id).id) is same, later.id
            one, two = one + same, two + (not same)
    assert min(one, two) > 500


def test_the_last_bodies_of_a_code_before_the_reform_are_told_by_the_code_alone() -> None:
    """So are those of units that the tables lack: ids of entities stay what they are in stores."""
    office = "Công ty Môi trường"  # no agency in time
    known, unknown = (agency_node(office, unit).id for unit in ("006@1996-11-22", "006@1700-01-01"))
    assert known == unknown == entity_id("agency", names.key(office), "006")
    assert agency_node(office, "006@1978-12").id == entity_id("agency", names.key(office), "006@1978-12")
    reformed = [agency_node(office, f"00082@{day}").id for day in ("2025-07-01", "2031-01-01")]
    assert reformed == [entity_id("agency", names.key(office), "00082@2025-07-01")] * 2
    committee = agency_node("Ủy ban nhân dân quận Đống Đa", "006@1996-11-22")
    assert committee.id == entity_id("agency", names.key("Ủy ban nhân dân quận Đống Đa"), "006")


def test_an_agency_in_time_is_one_entity_whatever_it_is_called() -> None:
    called = ("Quận ủy Đống Đa", "Đảng bộ quận Đống Đa", "Ban Chấp hành Đảng bộ quận Đống Đa")
    nodes = [agency_node(name, "006@1996-11-22") for name in called]
    assert len({node.id for node in nodes}) == 1
    assert {node.props["agency"] for node in nodes} == {"dang-uy:006@1981-01-03"}
    assert {node.name for node in nodes} == {"Quận ủy Đống Đa"}
    assert [node.aliases for node in nodes] == [(), *((name,) for name in called[1:])]


def test_two_agencies_of_one_name_and_unit_are_two_entities() -> None:
    """Days decide; where none is known it is neither."""
    name, unit = "Phòng Nội vụ quận Đống Đa", "006@1996-11-22"
    old, new, undated = (agency_node(name, unit, date=date) for date in ("2020-01-01", "2025-05", None))
    assert len({old.id, new.id, undated.id}) == 3
    assert (old.props["agency"], new.props["agency"]) == (f"p.noi-vu:{unit}", f"p.noi-vu.2025:{unit}")
    assert "agency" not in undated.props


def test_a_town_that_was_a_city_and_a_town_again_has_two_committees() -> None:
    name = "UBND thị xã Sơn Tây"
    first, second = (agency_node(name, f"269@{day}", date=date) for day, date in (
        ("1975-12-27", "2000-01-01"), ("2009-05-09", "2015-08-07"),
    ))  # fmt: skip
    assert first.id != second.id
    assert (first.props["agency"], second.props["agency"]) == ("ubnd:269@1975-12-27", "ubnd:269@2009-05-09")


@pytest.mark.parametrize("name", ["Công đoàn Trường THPT Kim Liên", "Văn phòng Quận ủy Đống Đa", "UBND phường Láng"])
def test_what_is_no_agency_of_the_unit_is_not_taken_for_one(name: str) -> None:
    assert "agency" not in agency_node(name, "006@1996-11-22").props


def test_namesakes_of_two_bodies_are_two_people() -> None:
    assert person_node("NGUYỄN THỊ LAN", "agency:a").id == person_node("Nguyễn Thị Lan", "agency:a").id
    assert person_node("Nguyễn Thị Lan", "agency:a").id != person_node("Nguyễn Thị Lan", "agency:b").id


@pytest.mark.parametrize(
    ("one", "other"), [("07/QĐ-UB", "7/QĐ-UB"), ("59 / QĐ - UBND", "59/QĐ-UBND"), ("12/QÐ-UB", "12/QĐ-UB")]
)
def test_numbers_are_compared_without_spaces_and_leading_zeros(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize("number", ["55/TTr-TCKH", "07/QĐ-UB", "12/2016/TT-BTNMT-BTC"])
def test_an_act_is_shown_by_its_number_as_the_page_has_it(number: str) -> None:
    node = act_node(number, type_=None, date="2017-04-10", issuer="Phòng Tài chính")
    capitals = act_node(number.upper(), type_=None, date="2017-04-10", issuer="Phòng Tài chính")
    assert node is not None
    assert capitals is not None
    assert (node.name, node.props["number"]) == (number, number)
    assert node.props["number_key"] == number_key(number)
    assert node.id == capitals.id


def test_an_act_is_number_issuer_and_date_together() -> None:
    def act(issuer: str | None, date: str | None) -> str:
        node = act_node("59/QĐ-UBND", type_="Quyết định", date=date, issuer=issuer)
        assert node is not None
        return node.id

    ids = {
        act("UBND xã A", "2005-01-02"),
        act("UBND xã B", "2005-01-02"),
        act("UBND xã A", "2006-01-02"),
        act(None, None),
    }
    assert len(ids) == 4


def test_a_law_without_number_goes_by_title_and_date_and_nothing_by_nothing() -> None:
    law = act_node(None, type_="Luật", date="2003-11-26", issuer=None, title="Luật Đất đai")
    assert law is not None
    assert law.name == "Luật Đất đai"
    assert act_node(None, type_="Luật", date="2003-11-26", issuer=None) is None
    assert act_node("/QĐ-UBND", type_="Quyết định", date="2003-11-26", issuer="UBND xã A") is None
