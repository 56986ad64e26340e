"""``entity``, ``path``, ``chain``: links with evidence, what a number means, the shortest way."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.access import Access
from kg.errors import Ambiguous, NotFound
from kg.export.visible import VisibleGraph
from kg.linking.identity import act_node
from kg.model import Edge, Node, Record, RecordGraph
from kg.questions.acts import Act, united
from kg.questions.chain import chain
from kg.questions.entity import entity
from kg.questions.path import path, shortest
from kg.workspace import Workspace, open_workspace
from ontology.registry import load
from tests.kg.questions import forms
from tests.kg.questions.conftest import DISTRICT_COMMITTEE, HANG_BAC, TEXT, WARD_COMMITTEE, unit


def test_entity_has_the_contracts_form(workspace: Workspace) -> None:
    value = entity(workspace, WARD_COMMITTEE)
    forms.check(forms.Entity, value)
    assert value["kind"] == "agency"
    assert value["records"] == 2


def test_evidence_is_the_passage_at_its_offsets(workspace: Workspace) -> None:
    links = entity(workspace, WARD_COMMITTEE)["links"]
    proof = next(proof for link in links for proof in link["evidence"] if proof["record"] == "r1")
    assert proof["text"] == TEXT[proof["start"] : proof["end"]]
    assert proof["text"] in proof["context"]
    assert proof["page"] == 1


def test_closed_records_prove_nothing(workspace: Workspace) -> None:
    hidden = entity(workspace, "Nguyễn Văn An")
    assert {link["type"] for link in hidden["links"]} == {"SIGNED_BY"}
    opened = entity(workspace, "Nguyễn Văn An", access="closed")
    assert {link["type"] for link in opened["links"]} == {"SIGNED_BY", "AUTHORED_BY"}


def test_conditional_records_prove_nothing_until_asked_for(workspace: Workspace) -> None:
    def proving(access: Access) -> set[str]:
        value = entity(workspace, DISTRICT_COMMITTEE, access=access)
        return {proof["record"] for link in value["links"] for proof in link["evidence"]}

    assert proving("open") == {"r4"}
    assert proving("conditional") == {"r4", "r5"}
    assert {link["type"] for link in entity(workspace, "r5")["links"]} == {"IN_FILE"}


def test_what_only_hidden_records_name_is_not_there(workspace: Workspace) -> None:
    number = "59/QĐ-UBND"
    hidden = next(row["id"] for row in _candidates(workspace, number) if row["date"] == "2015-03-04")
    assert entity(workspace, number)["props"]["date"] == "2012-03-04"
    assert chain(workspace, number)["asked"] != hidden
    for ask in (entity, chain):
        with pytest.raises(NotFound):
            ask(workspace, hidden)
    with pytest.raises(NotFound):
        path(workspace, hidden, WARD_COMMITTEE)


def _candidates(workspace: Workspace, number: str) -> list[dict[str, str]]:
    with pytest.raises(Ambiguous) as caught:
        entity(workspace, number, access="conditional")
    return list(caught.value.candidates)


def test_no_step_that_only_a_hidden_record_proves_is_walked(workspace: Workspace) -> None:
    unit = entity(workspace, HANG_BAC)["id"]
    assert path(workspace, "r5", unit, max_length=1, access="conditional")["found"]
    assert not path(workspace, "r5", unit, max_length=1)["found"]


def test_an_alias_that_only_hidden_records_spell_is_no_name(tmp_path: Path) -> None:
    told = Node("agency:1", "agency", "UBND xã Sơn Đồng", ("Ủy ban Sơn Đồng", "Ủy ban Kín"))
    records = [Record("a1", "a1.txt"), Record("a2", "a2.txt", access="conditional")]
    edges = [
        Edge(record, "MENTIONS", told.id, record, 0, len(text), 1, text)
        for record, text in (("a1", "Ủy ban Sơn Đồng"), ("a2", "Ủy ban Kín"))
    ]
    with open_workspace(f"sqlite:///{tmp_path / 'a.db'}", create=True) as made:
        with made.store.writing() as writer:
            writer.put_records(
                RecordGraph(record, "", (0,), (told,), (edge,)) for record, edge in zip(records, edges, strict=True)
            )
        assert entity(made, "UBND xã Sơn Đồng")["aliases"] == ["Ủy ban Sơn Đồng"]
        with pytest.raises(NotFound):
            entity(made, "Ủy ban Kín")
        assert entity(made, "Ủy ban Kín", access="conditional")["id"] == told.id
        graph = VisibleGraph(made, "open")
        assert [node.aliases for node in graph.entities() if node.id == told.id] == [("Ủy ban Sơn Đồng",)]


def test_entities_by_id_unit_and_number(workspace: Workspace) -> None:
    by_name = entity(workspace, "Phường Hàng Bạc")
    assert by_name["kind"] == "unit"
    assert entity(workspace, by_name["id"])["name"] == "Phường Hàng Bạc"
    assert entity(workspace, "Phường Hàng Bạc, Quận Hoàn Kiếm")["id"] == by_name["id"]
    assert entity(workspace, "012/QĐ-UBND")["kind"] == "legal_act"


def test_an_ambiguous_name_comes_with_candidates(workspace: Workspace) -> None:
    with pytest.raises(Ambiguous) as caught:
        entity(workspace, "59/QĐ-UBND", access="conditional")
    assert len(caught.value.candidates) == 2
    with pytest.raises(NotFound):
        entity(workspace, "Cơ quan không có thật")


def test_path_has_the_contracts_form(workspace: Workspace) -> None:
    value = path(workspace, "Nguyễn Văn An", WARD_COMMITTEE)
    forms.check(forms.Path, value)
    assert value["found"]
    assert value["length"] == len(value["steps"]) == 2
    assert value["steps"][0]["evidence"][0]["text"] == "Nguyễn Văn An"
    assert value["steps"][0]["to"]["id"] == value["steps"][1]["from"]["id"] == "r1"


def test_a_path_through_people_says_that_namesakes_are_unproven(workspace: Workspace) -> None:
    assert [row["code"] for row in path(workspace, "Nguyễn Văn An", WARD_COMMITTEE)["warnings"]] == ["namesakes"]


def test_no_path_is_an_answer(workspace: Workspace) -> None:
    value = path(workspace, "Nguyễn Văn An", "F4")
    forms.check(forms.Path, value)
    assert (value["found"], value["steps"]) == (False, [])


def test_chain_has_the_contracts_form(workspace: Workspace) -> None:
    value = chain(workspace, "59/QĐ-UBND", date="04/03/2012")
    forms.check(forms.Chain, value)
    relations = {(edge["relation"], edge["scope"]) for edge in value["edges"]}
    assert relations == {("based_on", None), ("replaces", "whole")}


def test_a_number_alone_is_ambiguous(workspace: Workspace) -> None:
    with pytest.raises(Ambiguous) as caught:
        chain(workspace, "59 / qđ-ubnd", access="conditional")
    assert {row["date"] for row in caught.value.candidates} == {"2012-03-04", "2015-03-04"}
    known = chain(workspace, "59/QĐ-UBND", issuer="quận Hoàn Kiếm", access="conditional")
    assert known["nodes"][0]["date"] == "2015-03-04"
    with pytest.raises(NotFound):
        chain(workspace, "59/QĐ-UBND", date="1999-01-01")


def test_a_citation_without_issuer_is_read_as_the_one_act_held(workspace: Workspace) -> None:
    nodes = {node["number"]: node for node in chain(workspace, "59/QĐ-UBND", date="2012-03-04")["nodes"]}
    assert nodes["12/QĐ-UBND"]["held"]
    assert nodes["12/QĐ-UBND"]["issuer"] == DISTRICT_COMMITTEE
    assert len(nodes["12/QĐ-UBND"]["also"]) == 1
    assert nodes["12/QĐ-UBND"]["also_why"] == [["no_issuer"]]


def test_status_says_what_the_store_knows(workspace: Workspace) -> None:
    nodes = {node["number"]: node["status"] for node in chain(workspace, "59/QĐ-UBND", date="2012-03-04")["nodes"]}
    assert nodes == {"59/QĐ-UBND": "no_change_found", "12/QĐ-UBND": "no_change_found", "7/QĐ-UBND": "replaced"}


def _act(date: str | None, issuer: str | None) -> Node:
    node = act_node("5/QĐ-UBND", type_=None, date=date, issuer=issuer)
    assert node is not None
    return node


def test_a_citation_that_fits_two_acts_stays_apart() -> None:
    one, other, loose = _act("2001-01-01", "UBND xã A"), _act("2002-01-01", "UBND xã B"), _act(None, None)
    assert len(united([one, other, loose], {one.id, other.id})) == 3
    assert len(united([one, loose], {one.id})) == 1
    assert len(united([one, _act("2001-01-01", "UBND xã C")], {one.id})) == 2


DEPARTMENT, OF_DISTRICT = "Phòng Tài chính - Kế hoạch", "Phòng Tài chính - Kế hoạch quận Long Biên"
DAY = "2017-04-10"


@pytest.mark.parametrize("held", [(DEPARTMENT,), (OF_DISTRICT,), (DEPARTMENT, OF_DISTRICT), ()])
def test_an_issuer_without_its_unit_contradicts_none_that_names_it(held: tuple[str, ...]) -> None:
    acts = {issuer: _act(DAY, issuer) for issuer in (DEPARTMENT, OF_DISTRICT)}
    (one,) = united(list(acts.values()), {acts[issuer].id for issuer in held})
    assert len(one) == 2
    assert not held or one[0].id in {acts[issuer].id for issuer in held}
    shown = Act(tuple(one))
    assert (shown.value("issuer"), shown.why) == (OF_DISTRICT, (("issuer_without_unit",),))


@pytest.mark.parametrize(
    "issuer",
    ["Phòng Nội vụ quận Long Biên", "Phòng Tài chính", "Phòng Tài chính - Kế hoạch và Đầu tư quận Long Biên"],
)
def test_another_department_is_another_act(issuer: str) -> None:
    short, other = _act(DAY, DEPARTMENT), _act(DAY, issuer)
    for held in (short, other):
        assert len(united([short, other], {held.id})) == 2


def test_an_issuer_without_its_unit_that_two_units_fill_stays_apart() -> None:
    short, one, other = (
        _act(DAY, name) for name in (DEPARTMENT, OF_DISTRICT, "Phòng Tài chính - Kế hoạch huyện Gia Lâm")
    )
    for nodes in ([short, one, other], [other, one, short]):
        for held in ({short.id}, {one.id, other.id}, {short.id, one.id, other.id}):
            assert len(united(nodes, held)) == 3
    assert len(united([short, _act("2018-04-10", OF_DISTRICT)], {short.id})) == 2


def test_neither_of_two_that_tell_different_things_joins_the_other() -> None:
    for issuer in (DEPARTMENT, OF_DISTRICT):
        dated, issued = _act(DAY, None), _act(None, issuer)
        assert len(united([dated, issued], {dated.id})) == 2
        assert len(united([dated, issued], {issued.id})) == 2


_LINKS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=18)


@given(_LINKS)
@settings(max_examples=40, deadline=None)
def test_the_path_is_as_short_as_a_plain_search_finds(links: set[tuple[int, int]]) -> None:
    with TemporaryDirectory() as folder, open_workspace(f"sqlite:///{Path(folder) / 'p.db'}", create=True) as made:
        nodes = [Node(f"agency:{number}", "agency", f"Cơ quan {number}") for number in range(10)]
        with made.store.writing() as writer:
            writer.put_nodes(nodes, [Edge(f"agency:{a}", "SUBORDINATE_TO", f"agency:{b}") for a, b in sorted(links)])
        for end in range(1, 10):
            found = shortest(made, "agency:0", f"agency:{end}", max_length=8, access="open")
            assert (len(found) - 1 if found else None) == _plain(links, end)
            for one, other in zip(found or [], (found or [])[1:], strict=False):
                pair = (int(one[-1]), int(other[-1]))
                assert pair in links or pair[::-1] in links


def _plain(links: set[tuple[int, int]], end: int) -> int | None:
    """The length of a shortest path from 0 by breadth-first search, at most 8."""
    distance, waiting = {0: 0}, deque([0])
    while waiting:
        here = waiting.popleft()
        for pair in links:
            if here in pair:
                there = pair[0] if pair[1] == here else pair[1]
                if there not in distance:
                    distance[there] = distance[here] + 1
                    waiting.append(there)
    length = distance.get(end)
    return length if length is not None and length <= 8 else None


def test_among_equally_short_paths_the_quiet_one_is_taken(tmp_path: Path) -> None:
    with open_workspace(f"sqlite:///{tmp_path / 'p.db'}", create=True) as made:
        names = ("a", "b", "hub", "quiet", *(f"x{number}" for number in range(9)))
        edges = [("a", "hub"), ("hub", "b"), ("a", "quiet"), ("quiet", "b"), *((f"x{n}", "hub") for n in range(9))]
        with made.store.writing() as writer:
            writer.put_nodes(
                [Node(f"agency:{name}", "agency", name) for name in names],
                [Edge(f"agency:{one}", "SUBORDINATE_TO", f"agency:{other}") for one, other in edges],
            )
        assert shortest(made, "agency:a", "agency:b", max_length=8, access="open") == [
            "agency:a",
            "agency:quiet",
            "agency:b",
        ]


def test_a_closed_record_is_no_entity_and_no_way(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        entity(workspace, "r3")
    assert entity(workspace, "r3", access="closed")["kind"] == "record"
    assert "r3" not in {link["other"]["id"] for link in entity(workspace, "F1//03")["links"]}
    assert not path(workspace, "Nguyễn Văn An", "F1//03", max_length=2)["found"]
    assert path(workspace, "Nguyễn Văn An", "F1//03", max_length=2, access="closed")["found"]


def test_a_unit_has_its_newest_records_and_those_of_what_it_was_made_of(workspace: Workspace) -> None:
    old = unit(HANG_BAC)
    ids = [record["id"] for record in entity(workspace, old.id)["newest"]]
    dates = [workspace.store.records([ident])[ident].date or "" for ident in ids]
    assert ids
    assert dates == sorted(dates, reverse=True)
    assert {"r1", "r2"} <= set(ids)
    assert {"r3", "r5"}.isdisjoint(ids)  # closed, conditional
    new = load().successors(old).steps[0].unit
    with workspace.store.writing() as writer:
        writer.put_nodes([Node(new.id, "unit", new.name)])
    assert set(ids) <= {record["id"] for record in entity(workspace, new.id)["newest"]}
    assert entity(workspace, WARD_COMMITTEE)["newest"] == []


def test_a_name_is_read_with_the_accents_typed(tmp_path: Path) -> None:
    with open_workspace(f"sqlite:///{tmp_path / 'n.db'}", create=True) as made:
        agencies = [
            Node("agency:1", "agency", "UBND xã Sơn Đông", props={"unit": "1@2000"}),
            Node("agency:2", "agency", "UBND xã Sơn Đồng", props={"unit": "2@2000"}),
            Node("agency:3", "agency", "UBND xã Sơn Đồng"),
            Node("agency:4", "agency", "UBND xã Sơn Đòng", props={"unit": "2@2000"}),
        ]
        with made.store.writing() as writer:
            edges = [Edge("agency:2", "OF_UNIT", node.id) for node in agencies if node.id != "agency:2"]
            writer.put_nodes(agencies, edges)
        assert entity(made, "UBND xã Sơn Đông")["id"] == "agency:1"
        known = entity(made, "UBND xã Sơn Đồng")
        assert (known["id"], [other["id"] for other in known["also"]]) == ("agency:2", ["agency:3"])
        with pytest.raises(Ambiguous):
            entity(made, "UBND xa Son Dong")
