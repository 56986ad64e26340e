"""Which fact decides: the closest, among equals the latest; two of one day decide nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.custody.contradictions import contradictions
from kg.custody.custodian import Custodian, Custody
from kg.custody.facts import Fact, Facts, Target, choose
from kg.custody.paper import Paper
from kg.model import File, Fonds
from ontology.registry import load

PAPER = Paper("Quyết định", "1/QĐ-UBND", "2025-09-01", "Ủy ban nhân dân thành phố Hà Nội")
DISTRICT = Fonds("P1", "Ủy ban nhân dân quận Đống Đa", "district", "government",
                 load().argument("Quận Đống Đa, Thành phố Hà Nội", prefer="ended").unit.id)  # fmt: skip
FILE = File("P1/1/05", "P1", "P1/1", "05", retention="20 năm", until="1999", listed=True,
            extra={"archive_code": "HN.01.000005"})  # fmt: skip


def fact(identifier: str, kind: str, body: str, day: str = "2025-09-01", **target: str) -> Fact:
    """A fact about what ``target`` names."""
    return Fact(identifier, kind, Target(**target), body, day, PAPER)


def asked(*facts: Fact, file: File = FILE, fonds: Fonds = DISTRICT) -> Custody:
    """The custody of a file of the fonds under these facts."""
    bound = Facts(facts, [fonds], load())
    return Custodian({fonds.id: fonds}, load(), bound, on="2026-06-01").of(fonds.id, file=file)


CLOSER = (
    {"file": "05", "fonds": "P1"},
    {"inventory": "1", "fonds": "P1"},
    {"fonds": "P1"},
    {"creator": "UBND quận Đống Đa"},
    {"level": "district"},
)


@pytest.mark.parametrize("closer", range(4))
def test_the_closer_fact_decides_though_the_wider_is_later(closer: int) -> None:
    near = fact("a", "assignment", "Kho gần", "2025-08-01", **CLOSER[closer])
    wide = fact("b", "assignment", "Kho xa", "2026-01-01", **CLOSER[closer + 1])
    assert asked(near, wide).to_json()["destination"]["name"] == "Kho gần"
    assert asked(wide).to_json()["destination"]["name"] == "Kho xa"


def test_among_equals_the_later_decides() -> None:
    former = fact("a", "handover", "Kho cũ", "2025-08-01", fonds="P1")
    later = fact("b", "store_list", "Kho mới", "2025-12-31", fonds="P1")
    custody = asked(later, former)
    assert custody.to_json()["held_now"] == {
        "name": "Kho mới",
        "since": "2025-12-31",
        "paper": "Quyết định số 1/QĐ-UBND ngày 01/09/2025, Ủy ban nhân dân thành phố Hà Nội",
    }
    assert custody.certainty == "fact"
    assert [one.kind for one in contradictions([former, later])] == ["later_wins"]


def test_a_hand_over_by_who_held_it_contradicts_nothing() -> None:
    former = fact("a", "handover", "Kho cũ", "2025-08-01", fonds="P1")
    onward = replace(fact("b", "handover", "Kho mới", "2025-12-31", fonds="P1"), giver="Kho cũ")
    assert contradictions([former, onward]) == []
    assert contradictions([former, replace(onward, body="Kho cũ")]) == []


@pytest.mark.parametrize("kind", ["handover", "assignment"])
def test_two_papers_of_one_day_decide_nothing_and_are_listed(kind: str) -> None:
    custody = asked(fact("a", kind, "Kho A", fonds="P1"), fact("b", kind, "Kho B", fonds="P1"))
    value = custody.to_json()
    assert value["held_now"] is None
    assert (value["destination"]["name"], value["certainty"]) == (None, "not_assigned")
    assert [one["id"] for one in value["contradictions"]] == ["a", "b"]
    assert value["to_check"] == ["contradicting_papers"]
    assert [one.kind for one in contradictions(custody.against)] == ["same_day"]


@pytest.mark.parametrize(
    ("target", "holds"),
    [
        ({"file": "P1/1/05"}, True), ({"file": "HN.01.000005"}, True), ({"file": "05"}, False),
        ({"file": "05", "creator": "Phông UBND quận Đống Đa"}, True), ({"file": "06", "fonds": "P1"}, False),
        ({"file": "05", "fonds": "P2"}, False), ({"file": "05", "fonds": "P1", "inventory": "2"}, False),
        ({"file": "05", "fonds": "p1", "inventory": "1"}, True), ({"inventory": "P1/1"}, True),
        ({"fonds": "Phông UBND quận Đống Đa"}, True), ({"fonds": "P2", "creator": "UBND quận Đống Đa"}, False),
        ({"fonds": "P1", "retention": "fixed"}, True), ({"fonds": "P1", "retention": "permanent"}, False),
        ({"fonds": "P1", "carrier": "digital"}, False), ({"level": "district", "bloc": "party"}, False),
        ({"level": "commune"}, False), ({"level": "district", "unit": "01@1978-12-29"}, True),
        ({"level": "district", "unit": "79@1976-07-02"}, False), ({"creator": "UBND quận Đống Đa", "unit": "01@1978-12-29"}, True),
        ({"creator": "UBND quận Ba Đình"}, False),
    ],
)  # fmt: skip
def test_what_a_fact_is_about(target: dict[str, str], holds: bool) -> None:
    assert (asked(fact("a", "assignment", "Kho", **target)).certainty == "assigned") == holds


def test_a_creator_that_several_units_have_decides_nothing() -> None:
    """There is a xã Tân Tiến in many provinces: a name alone says not which."""
    units = [unit.id for unit in load().units.values() if unit.name == "Xã Tân Tiến" and unit.valid_to][:2]
    fonds = [Fonds(f"T{n}", "UBND xã Tân Tiến", "commune", "government", unit) for n, unit in enumerate(units)]
    named = fact("a", "assignment", "Kho", creator="Ủy ban nhân dân xã Tân Tiến")
    bound = Facts([named, fact("b", "assignment", "Kho", creator="UBND xã Tân Tiến", unit=units[0])], fonds, load())
    assert bound.ambiguous == (named,)
    custodian = Custodian({row.id: row for row in fonds}, load(), bound)
    words = [custodian.of(row.id, file=File(f"{row.id}//1", row.id)).certainty for row in fonds]
    assert words == ["assigned", "not_assigned"]


def test_a_list_of_open_matters_opens_the_file_and_may_name_who_settles_it() -> None:
    alone = replace(fact("a", "open_matter", "", fonds="P1", file="05"), body=None)
    value = asked(alone, fact("b", "assignment", "Kho", fonds="P1")).to_json()
    assert (value["destination"]["rule"], value["destination"]["name"]) == ("open_matter", None)
    settled = replace(alone, body="Ủy ban nhân dân phường Kim Liên")
    value = asked(settled).to_json()
    assert value["destination"]["name"] == "Ủy ban nhân dân phường Kim Liên"
    assert value["certainty"] == "assigned"
    assert asked(alone, fact("c", "task", "UBND phường Láng", creator="UBND quận Đống Đa")).certainty == "assigned"


@pytest.mark.parametrize(
    "creator", ["Công an quận Đống Đa", "Tòa án nhân dân quận Đống Đa", "Hội Chữ thập đỏ quận Đống Đa"]
)
def test_what_is_decided_of_a_level_does_not_mean_bodies_that_go_their_own_way(creator: str) -> None:
    other = replace(DISTRICT, creator=creator)
    level = fact("a", "assignment", "Kho", level="district", bloc="government")
    assert asked(level).certainty == "assigned"
    assert asked(level, fonds=other).certainty in ("by_rule_likely", "not_assigned")
    assert asked(fact("b", "assignment", "Kho", creator=creator), fonds=other).certainty == "assigned"


def test_a_wide_paper_about_a_specialised_record_is_to_be_checked() -> None:
    book = replace(FILE, title="Sổ mục kê năm 1998")
    wide, narrow = (fact("a", "assignment", "Kho", **target) for target in (CLOSER[2], CLOSER[0]))
    assert asked(wide, file=book).to_json()["to_check"] == ["assigned_specialised"]
    assert asked(narrow, file=book).to_json()["to_check"] == []
    assert asked(wide).to_json()["to_check"] == []


def test_the_receiver_is_found_as_a_unit_of_today() -> None:
    ward = fact("a", "assignment", "UBND phường Đống Đa", fonds="P1")
    unit = load().unit(asked(ward).to_json()["destination"]["unit"])
    assert (unit.name, unit.valid_to) == ("Phường Đống Đa", None)
    assert asked(fact("a", "assignment", "Kho 3", fonds="P1")).to_json()["destination"]["unit"] is None


def test_what_has_arrived_is_no_longer_due() -> None:
    ward = load().argument("Phường Hàng Bạc, Quận Hoàn Kiếm", prefer="ended").unit.id
    fonds = Fonds("P1", "Ủy ban nhân dân phường Hàng Bạc", "commune", "government", ward)
    file = File("P1/1/05", "P1", "P1/1", "05", retention="Vĩnh viễn", until="1999")
    assert asked(file=file, fonds=fonds).to_json()["due"] == "2035-06-30"
    elsewhere = asked(fact("a", "handover", "UBND phường Hoàn Kiếm", fonds="P1"), file=file, fonds=fonds).to_json()
    assert (elsewhere["arrived"], elsewhere["due"]) == (False, "2035-06-30")
    arrived = asked(
        fact("a", "handover", "Trung tâm Lưu trữ lịch sử thành phố Hà Nội", fonds="P1"), file=file, fonds=fonds
    ).to_json()
    assert (arrived["arrived"], arrived["due"]) == (True, None)


def test_a_paper_tells_where_a_file_is_though_its_fonds_is_not_known() -> None:
    bound = Facts([fact("a", "store_list", "Kho 3", file="X/1/9")], [], load())
    value = Custodian({}, load(), bound).of(None, file=File("X/1/9", None)).to_json()
    assert (value["certainty"], value["destination"]["certainty"]) == ("fact", "unknown_fonds")


def test_a_finding_aid_is_one_fact_among_the_others() -> None:
    listed = replace(FILE, held_by="Kho cũ", held_since="2025-07-15", held_paper="BB 3")
    assert asked(file=listed).to_json()["held_now"] == {"name": "Kho cũ", "since": "2025-07-15", "paper": "BB 3"}
    later = fact("a", "store_list", "Kho mới", "2025-12-31", file="05", fonds="P1")
    assert asked(later, file=listed).to_json()["held_now"]["name"] == "Kho mới"
    wider = fact("a", "store_list", "Kho mới", "2025-12-31", fonds="P1")
    assert asked(wider, file=listed).to_json()["held_now"]["name"] == "Kho cũ"
    unproved = replace(listed, held_paper=None)
    assert asked(file=unproved).certainty == "not_assigned"
    assert asked(wider, file=unproved).to_json()["held_now"]["name"] == "Kho mới"


def test_choosing_among_nothing() -> None:
    assert choose([]).fact is None
