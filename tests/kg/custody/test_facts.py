"""Which fact decides: the closest, among equals the latest; two of one day decide nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.custody.choosing import choose
from kg.custody.contradictions import contradictions
from kg.custody.custodian import Custodian, Custody
from kg.custody.facts import Asked, Fact, Facts, Target
from kg.custody.paper import Paper
from kg.custody.receivers import Receivers
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
    {"level": "district"},
)


@pytest.mark.parametrize("closer", range(3))
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


WARD, OTHER, ARCHIVE = "UBND phường Láng", "UBND phường Kim Liên", "Trung tâm Lưu trữ lịch sử thành phố Hà Nội"


def handed(identifier: str, giver: str | None, body: str, day: str, **target: str) -> Fact:
    """A hand-over."""
    return replace(fact(identifier, "handover", body, day, **target), giver=giver)


@pytest.mark.parametrize(
    ("giver", "to_check"),
    [(WARD, []), ("Phường Láng", []), (OTHER, ["wider_paper_decides"]), (None, ["wider_paper_decides"])],
)
def test_who_holds_it_is_told_by_the_latest_paper_though_it_is_about_more(
    giver: str | None, to_check: list[str]
) -> None:
    narrow = handed("a", "UBND quận Đống Đa", WARD, "2025-07-02", fonds="P1", file="05")
    wide = handed("b", giver, ARCHIVE, "2026-06-01", fonds="P1")
    value = asked(narrow, wide).to_json()
    assert (value["held_now"]["name"], value["to_check"]) == (ARCHIVE, to_check)


def test_a_giver_who_did_not_hold_it_is_to_be_checked() -> None:
    first = handed("a", "UBND quận Đống Đa", WARD, "2025-07-02", fonds="P1")
    onward = handed("b", OTHER, ARCHIVE, "2025-12-02", fonds="P1")
    assert asked(first, onward).to_json()["to_check"] == ["giver_did_not_hold"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_chain_of_one_day_ends_with_its_last_receiver(order: int) -> None:
    chain = [
        handed("a", "UBND quận Đống Đa", "Ban quản lý kho", "2025-07-01", fonds="P1"),
        handed("b", "Ban quản lý kho", ARCHIVE, "2025-07-01", fonds="P1"),
    ][::order]
    value = asked(*chain).to_json()
    assert (value["held_now"]["name"], value["to_check"], contradictions(chain)) == (ARCHIVE, [], [])
    ring = [*chain, handed("c", ARCHIVE, "UBND quận Đống Đa", "2025-07-01", fonds="P1")]
    assert asked(*ring).to_json()["held_now"] is None
    assert [one.kind for one in contradictions(ring)] == ["same_day"]


def test_on_one_day_the_closer_paper_says_who_holds_it() -> None:
    rest = handed("a", "UBND quận Đống Đa", ARCHIVE, "2025-07-01", fonds="P1")
    single = handed("b", "UBND quận Đống Đa", WARD, "2025-07-01", fonds="P1", file="05")
    assert asked(rest, single).to_json()["held_now"]["name"] == WARD


@pytest.mark.parametrize("other", ["ubnd phuong lang", "Phường Láng", "P. Láng", "Kho lưu trữ UBND phường Láng"])
def test_names_of_one_body_contradict_nothing(other: str) -> None:
    facts = [fact("a", "store_list", WARD, fonds="P1"), fact("b", "store_list", other, fonds="P1")]
    custody = asked(*facts)
    assert (custody.certainty, custody.against, custody.held_unit) == ("fact", (), "00199@2025-07-01")
    assert contradictions(facts, key=Receivers(load()).key) == []


def test_a_fonds_and_its_creator_are_one_thing_where_he_has_one_fonds() -> None:
    named = fact("a", "assignment", WARD, "2025-08-15", fonds="Phông UBND quận Đống Đa")
    same_day = fact("b", "assignment", OTHER, "2025-08-15", creator="UBND quận Đống Đa")
    later = replace(same_day, since="2026-01-15")
    bound = Facts((named, same_day), [DISTRICT], load())
    assert [one.kind for one in contradictions(bound.all, bound.thing)] == ["same_day"]
    assert asked(named, same_day).certainty == "not_assigned"
    assert asked(named, later).to_json()["destination"]["name"] == OTHER
    two = [DISTRICT, replace(DISTRICT, id="P2")]
    custodian = Custodian(
        {row.id: row for row in two}, load(), Facts((later, replace(named, target=Target(fonds="P1"))), two, load())
    )
    assert custodian.of("P1").to_json()["destination"]["name"] == WARD
    assert "later_wider_paper" in custodian.of("P1").to_json()["to_check"]
    assert custodian.of("P2").to_json()["destination"]["name"] == OTHER


@pytest.mark.parametrize(
    "beside",
    [
        {"creator": "UBND quận Hoàn Kiếm"},
        {"bloc": "party"},
        {"level": "commune"},
        {"unit": "79@1976-07-02"},
        {"unit": load().argument("Phường Cát Linh, Quận Đống Đa", prefer="ended").unit.id},
    ],
)
@pytest.mark.parametrize("named", [{"fonds": "P1"}, {"fonds": "P1", "file": "05"}])
def test_a_code_whose_fonds_is_another_than_the_row_says_binds_nothing(
    named: dict[str, str], beside: dict[str, str]
) -> None:
    told = fact("a", "assignment", WARD, **named, **beside)
    assert asked(told).certainty == "not_assigned"
    assert Facts((told,), [DISTRICT], load()).contrary == (told,)


def test_what_is_not_known_of_a_fonds_does_not_contradict_a_code() -> None:
    bare = Fonds("P1", "Ủy ban nhân dân quận Đống Đa")
    told = fact("a", "assignment", WARD, fonds="P1", bloc="government", level="district", unit="01@1978-12-29")
    assert asked(told, fonds=bare).certainty == "assigned"


def test_a_part_of_a_creators_area_is_told_and_decides_nothing() -> None:
    ward = load().argument("Phường Cát Linh, Quận Đống Đa", prefer="ended").unit.id
    told = fact("a", "assignment", WARD, creator="UBND quận Đống Đa", unit=ward)
    assert asked(told).certainty == "not_assigned"
    assert Facts((told,), [DISTRICT], load()).contrary == (told,)


@pytest.mark.parametrize(
    ("term", "certainty"), [("20 năm", "assigned"), ("20", "assigned"), ("70 năm", "not_assigned")]
)
def test_a_paper_about_one_term_decides_of_files_of_that_term(term: str, certainty: str) -> None:
    assert asked(fact("a", "assignment", WARD, fonds="P1", retention="fixed", term=term)).certainty == certainty


def test_two_terms_of_one_decision_contradict_nothing() -> None:
    facts = [
        fact("a", "assignment", WARD, fonds="P1", retention="fixed", term="20 năm"),
        fact("b", "assignment", OTHER, fonds="P1", retention="fixed", term="10 năm"),
    ]
    assert contradictions(facts) == []
    assert asked(*facts).to_json()["destination"]["name"] == WARD


def test_who_receives_it_to_arrange_it_is_not_where_it_must_go() -> None:
    first = fact("a", "arrangement", ARCHIVE, fonds="P1")
    custody = asked(first)
    value = custody.to_json()["destination"]
    assert (value["name"], value["via"], value["certainty"]) == (None, ARCHIVE, "not_assigned")
    assert value["via_basis"]
    assert custody.via_unit in custody.units
    after = asked(
        first, fact("b", "assignment", WARD, fonds="P1"), handed("c", None, ARCHIVE, "2026-01-01", fonds="P1")
    )
    value = after.to_json()
    assert (value["destination"]["name"], value["destination"]["via"]) == (WARD, ARCHIVE)
    assert (value["arrived"], value["to_check"]) == (False, [])


@pytest.mark.parametrize(
    ("day", "body", "to_check"),
    [
        ("2025-10-02", OTHER, ["handed_elsewhere"]),
        ("2025-10-02", "Phường Láng", []),
        ("2025-08-02", OTHER, []),  # before anybody was assigned
    ],
)
def test_a_hand_over_to_another_than_assigned_is_to_be_checked(day: str, body: str, to_check: list[str]) -> None:
    facts = [fact("a", "assignment", WARD, fonds="P1"), handed("b", None, body, day, fonds="P1")]
    assert asked(*facts).to_json()["to_check"] == to_check
    assert [one.kind for one in contradictions(facts, key=Receivers(load()).key)] == to_check


@pytest.mark.parametrize(
    ("issuer", "bloc", "competent"),
    [
        ("Chủ tịch UBND thành phố Hà Nội", "government", True), ("UBND thành phố", "government", True),
        ("UBND phường Láng", "government", False), ("UBND tỉnh Nghệ An", "government", False),
        ("Thành ủy Hà Nội", "government", False), ("Ban Thường vụ Thành ủy Hà Nội", "party", True),
        ("UBND thành phố Hà Nội", "party", False), ("UBND thành phố Hà Nội", None, True),
    ],
)  # fmt: skip
def test_an_assignment_by_another_than_the_province_is_to_be_checked(
    issuer: str, bloc: str | None, competent: bool
) -> None:
    told = replace(fact("a", "assignment", WARD, fonds="P1"), paper=replace(PAPER, issuer=issuer))
    value = asked(told, fonds=replace(DISTRICT, bloc=bloc)).to_json()
    assert value["destination"]["name"] == WARD
    assert ("issuer_not_competent" not in value["to_check"]) == competent


@pytest.mark.parametrize(
    ("day", "to_check"), [("1990-07-02", ["assigned_before_end", "receiver_not_there"]), ("2025-06-20", [])]
)
def test_an_assignment_long_before_the_creators_end_is_to_be_checked(day: str, to_check: list[str]) -> None:
    assert asked(fact("a", "assignment", WARD, day, fonds="P1")).to_json()["to_check"] == to_check


@pytest.mark.parametrize(
    ("target", "to_check"),
    [
        ({"fonds": "P1"}, ["assigned_permanent"]),
        ({"fonds": "P1", "retention": "permanent"}, []),
        ({"fonds": "P1", "file": "05"}, []),
    ],
)
def test_a_paper_that_names_no_term_and_takes_permanent_files_is_to_be_checked(
    target: dict[str, str], to_check: list[str]
) -> None:
    permanent = replace(FILE, retention="Vĩnh viễn")
    assert asked(fact("a", "assignment", WARD, **target), file=permanent).to_json()["to_check"] == to_check
    kept = asked(fact("a", "assignment", ARCHIVE, **target), file=permanent)
    assert kept.to_json()["to_check"] == []


def test_a_paper_about_a_level_is_found_as_often_as_one_about_each_fonds() -> None:
    """Level, bloc and unit are looked up; what fits is what would fit row by row."""
    ward = load().argument("Phường Cát Linh, Quận Đống Đa", prefer="ended").unit.id
    rows = [
        DISTRICT,
        Fonds("P2", "UBND phường Cát Linh", "commune", "government", ward),
        Fonds("P3", None, "commune"),
    ]
    told = {
        key: fact(key, "assignment", WARD, **target)
        for key, target in {
            "d": {"level": "district"}, "dg": {"level": "district", "bloc": "government"},
            "c": {"level": "commune"}, "cu": {"level": "commune", "unit": str(DISTRICT.unit)},
            "cp": {"level": "commune", "bloc": "party"}, "f": {"level": "commune", "file": "05"},
        }.items()
    }  # fmt: skip
    bound = Facts(tuple(told.values()), rows, load())
    found = {row.id: {one.id for one in bound.of(Asked(row, None, "fixed", "paper"))} for row in rows}
    assert found == {"P1": {"d", "dg"}, "P2": {"c", "cu"}, "P3": {"c"}}
    assert bound.fonds_of(told["c"]) == ("P2", "P3")
    assert not bound.is_bound(told["cp"])
    assert "f" in {one.id for one in bound.of(Asked(rows[1], File("P2//05", "P2", None, "05"), "fixed", "paper"))}


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
    wide, narrow = (fact("a", "assignment", WARD, **target) for target in (CLOSER[2], CLOSER[0]))
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
    told = {"name": "Kho cũ", "since": "2025-07-15", "paper": "BB 3"}
    assert asked(file=listed).to_json()["held_now"] == told
    later = fact("a", "store_list", "Kho mới", "2025-12-31", file="05", fonds="P1")
    assert asked(later, file=listed).to_json()["held_now"]["name"] == "Kho mới"
    wider = fact("a", "store_list", "Kho mới", "2025-12-31", fonds="P1")
    custody = asked(wider, file=listed).to_json()
    assert (custody["held_now"]["name"], custody["to_check"]) == (
        "Kho mới",
        ["wider_paper_decides", "holder_not_known"],
    )
    unproved = replace(listed, held_paper=None)
    assert asked(file=unproved).certainty == "not_assigned"
    assert asked(wider, file=unproved).to_json()["held_now"]["name"] == "Kho mới"


def test_choosing_among_nothing() -> None:
    assert choose([]).fact is None


@pytest.mark.parametrize(
    ("body", "day", "said"),
    [
        ("???", "2025-09-01", "not_known"),
        ("UBND phường Từ Liên", "2025-09-01", "not_known"),  # near to a name that is known
        ("Công ty Ánh Dương", "2025-09-01", "not_known"),
        ("UBND phường Cầu Diễn", "2026-06-30", "not_there"),  # ended in 2025
        ("UBND phường Láng", "2019-06-30", "not_there"),  # begins in 2025
        ("P. Láng", "2025-09-01", None),
        ("Lưu trữ lịch sử thành phố Hà Nội", "2025-09-01", None),
    ],
)
def test_a_body_that_is_not_known_or_was_not_there_is_to_be_checked(body: str, day: str, said: str | None) -> None:
    """Said in the answers too, not only when the list is loaded."""
    held = asked(fact("a", "store_list", body, day, fonds="P1")).to_json()["to_check"]
    assigned = asked(fact("a", "assignment", body, day, fonds="P1", retention="fixed")).to_json()["to_check"]
    assert held == ([f"holder_{said}"] if said else [])
    assert [word for word in assigned if word.startswith("receiver")] == ([f"receiver_{said}"] if said else [])
    minutes = replace(fact("a", "handover", body, day, fonds="P1"), paper=replace(PAPER, date=day))
    assert asked(minutes).to_json()["to_check"] == held


def test_a_holder_of_a_finding_aid_is_looked_at_too() -> None:
    """Of one without a day only the name."""
    for since, said in ((None, []), ("2026", []), ("2026-06-30", ["holder_not_there"])):
        listed = replace(FILE, held_by="UBND phường Cầu Diễn", held_since=since, held_paper="BB 3")
        assert asked(file=listed).to_json()["to_check"] == said
    assert asked(file=replace(FILE, held_by="Công ty Ánh Dương")).to_json()["to_check"] == ["holder_not_known"]
