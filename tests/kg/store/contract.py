"""The contract of every graph store: one suite, run on each through a factory.

A store's own test module subclasses ``StoreContract`` and gives the fixture ``opened``: a function that opens the same
store again each time it is called (the first call makes it), closed by the fixture itself. ``store_url`` is the URL
under which another process reaches it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.access import BROUGHT_KINDS
from kg.model import (
    Change,
    Edge,
    EdgeType,
    File,
    Fonds,
    Inventory,
    Node,
    NodeKind,
    Quarantined,
    Record,
    RecordGraph,
    Secret,
)
from kg.store.protocol import Store

ROOT = Path(__file__).resolve().parents[3]
Opened = Callable[[], Store]

HOSTILE = (
    "Robert'); DROP TABLE record;--",
    'a "quoted" name',
    "50% _under_ score*",
    "NEAR(a b) AND OR NOT ^x",
    "dòng\nmới\ttab",
    "{name: 'x'}) DETACH DELETE n //",
    "back\\slash `tick`",
    "Ủy ban nhân dân phường Cửa Nam 🏛",
)

AGENCY = Node("a:1", "agency", "UBND quận Ba Đình", ("Ủy ban nhân dân quận Ba Đình",), {"level": "district"})
PERSON = Node("p:1", "person", "Nguyễn Thị Lan")
ACT = Node("l:1", "legal_act", "12/QĐ-UBND", (), {"number_key": "12 qd ubnd", "date": "2005-03-02"})
BASIS = Node("l:2", "legal_act", "1/2003/QH11", (), {"number_key": "1 2003 qh11"})
UNIT = Node("00001@1981-01-03", "unit", "Phường Cũ")
SUCCESSOR = Node("00001@2025-07-01", "unit", "Phường Mới")


def graph(ident: str, *edges: Edge, nodes: Sequence[Node] = (), **fields: object) -> RecordGraph:
    """A record that brings these edges."""
    record = Record(ident, f"{ident}.txt", **fields)  # type: ignore[arg-type]
    return RecordGraph(record, f"text of {ident}", (0,), tuple(nodes), edges)


def mention(record: str, target: str, start: int, text: str = "x") -> Edge:
    """An occurrence in a record."""
    return Edge(record, "MENTIONS", target, record, start, start + len(text), 1, text)


def about(record: str, unit: str, rank: int = 0) -> Edge:
    """The place of a record."""
    return Edge(record, "ABOUT_PLACE", unit, record, props={"where": "title", "rank": rank, "certainty": "certain"})


def write(store: Store, *graphs: RecordGraph, nodes: Sequence[Node] = (), edges: Sequence[Edge] = ()) -> None:
    """Put records and what no record owns in one transaction."""
    with store.writing() as writer:
        writer.put_records(graphs)
        writer.put_nodes(nodes, edges)


def places(edges: Sequence[Edge]) -> list[tuple[str, str, str, str | None, int | None]]:
    """What the order of edges is made of."""
    return [(edge.type, edge.source, edge.target, edge.record, edge.start) for edge in edges]


class StoreContract:
    """Subclass it and give ``opened`` and ``store_url``."""

    @pytest.fixture
    def store(self, opened: Opened) -> Store:
        return opened()

    # -- a fresh store

    def test_fresh_store_is_empty_and_has_a_schema(self, store: Store) -> None:
        totals = {"pages": 0, "quarantined": 0, "secret": 0, "files": 0, "fonds": 0, "records": 0}
        assert store.counts() == {"nodes": {}, "edges": {}, "totals": totals}
        assert store.change_seq() == 0
        assert store.schema_version() >= 1
        assert store.problems() == []
        assert list(store.iter_nodes()) == list(store.iter_edges()) == list(store.iter_records()) == []

    def test_each_store_has_an_id_that_stays(self, opened: Opened) -> None:
        assert opened().meta("store_id")
        assert opened().meta("store_id") == opened().meta("store_id")

    def test_meta_is_set_and_replaced(self, store: Store) -> None:
        assert store.meta("ontology") is None
        for value in ("1", "2"):
            with store.writing() as writer:
                writer.set_meta("ontology", value)
            assert store.meta("ontology") == value

    # -- values come back as they went in

    def test_every_field_of_the_backbone_comes_back(self, store: Store) -> None:
        fonds = Fonds(
            "F1", "UBND quận", "district", "government", UNIT.id, "closed", "1976", "2025-06-30", {"a": [1]}
        )
        inventory = Inventory("I1", "F1", "01", "Mục lục 1")
        file = File(
            "H1", "F1", "I1", "12", "Hồ sơ", "1990-01", "1991", "vĩnh viễn", 45, 87, 0.12, "boxes", "7", True, True,
            "paper", "Kho A", "2025-07-01", "BB 12", {"note": "ẩm"},
        )  # fmt: skip
        bare = File("H2", None)
        with store.writing() as writer:
            writer.put_fonds([fonds])
            writer.put_inventories([inventory])
            writer.put_files([file, bare])
        assert list(store.fonds()) == list(store.fonds(["F1", "F9"])) == [fonds]
        assert list(store.inventories("F1")) == [inventory]
        assert list(store.files()) == [file, bare]
        assert list(store.files(["H2", "H9"])) == list(store.files(fonds="")) == [bare]
        assert list(store.files(fonds="F1")) == [file]

    def test_every_field_of_a_record_comes_back(self, store: Store) -> None:
        record = Record(
            "r1", "H1/1.txt", "F1", "H1", "12/QĐ-UBND", "Quyết định", "2005-03-02", None, "UBND quận Ba Đình",
            "Về việc thu hồi đất", 3, True, "district", "government", "20 năm", "conditional", "land", "ab" * 32,
            "register", False, ({"name": "Lan", "power": ["KT."]},), {"number": 0.4}, {"reading": "v1", "deep": {"x": [1]}},
        )  # fmt: skip
        listed = Record("r2", None, date_partial="1990-12")
        write(store, RecordGraph(record, "text"), RecordGraph(listed, ""))
        assert store.record("r1") == record
        assert store.record("r2") == listed
        assert store.record("r9") is None
        assert dict(store.records(["r2", "r1", "r9"])) == {"r1": record, "r2": listed}
        assert list(store.record_ids()) == ["r1", "r2"]
        assert dict(store.fingerprints(["r1", "r2", "r9"])) == {"r1": ("ab" * 32, "v1"), "r2": (None, "")}

    def test_nodes_and_edges_come_back(self, store: Store) -> None:
        edge = Edge(
            "r1", "SIGNED_BY", "p:1", "r1", 10, 24, 2, "Nguyễn Thị Lan", {"position": "Chủ tịch", "power": ["TM."]}
        )
        lineage = Edge(UNIT.id, "SUCCEEDED_BY", SUCCESSOR.id, props={"extent": "part", "act": "1656/NQ-UBTVQH15"})
        write(store, graph("r1", edge, nodes=[PERSON]), nodes=[AGENCY, UNIT, SUCCESSOR], edges=[lineage])
        assert list(store.edges(["r1"])) == [edge]
        assert list(store.edges([UNIT.id])) == [lineage]
        assert store.nodes(["a:1", "p:1", "none"]) == {"a:1": AGENCY, "p:1": PERSON}

    def test_the_backbone_is_nodes_and_edges_too(self, store: Store) -> None:
        with store.writing() as writer:
            writer.put_fonds([Fonds("F1", "UBND quận")])
            writer.put_inventories([Inventory("I1", "F1", "01")])
            writer.put_files([File("H1", "F1", "I1", "12")])
            writer.put_records([graph("r1", file="H1", number="3/BC"), graph("r2", file="H1", title="Tờ trình")])
            writer.put_nodes([AGENCY], [Edge("F1", "CREATED_BY", "a:1")])
        named = {ident: (node.kind, node.name) for ident, node in store.nodes(["F1", "I1", "H1", "r1", "r2"]).items()}
        assert named == {
            "F1": ("fonds", "UBND quận"),
            "H1": ("file", "12"),
            "I1": ("inventory", "01"),
            "r1": ("record", "3/BC"),
            "r2": ("record", "Tờ trình"),
        }
        assert places(list(store.iter_edges())) == [
            ("CREATED_BY", "F1", "a:1", None, None),
            ("IN_FILE", "r1", "H1", None, None),
            ("IN_FILE", "r2", "H1", None, None),
            ("IN_FONDS", "H1", "F1", None, None),
            ("IN_FONDS", "I1", "F1", None, None),
            ("IN_INVENTORY", "H1", "I1", None, None),
        ]

    def test_a_file_put_again_forgets_what_it_was_about(self, store: Store) -> None:
        for unit in (UNIT, SUCCESSOR):
            with store.writing() as writer:
                writer.put_files([File("H1", None)])
                writer.put_nodes([unit], [Edge("H1", "ABOUT_PLACE", unit.id, props={"rank": 0})])
        assert [edge.target for edge in store.edges(["H1"], types=["ABOUT_PLACE"])] == [SUCCESSOR.id]

    def test_a_file_that_moves_leaves_its_old_place(self, store: Store) -> None:
        for inventory in ("I1", "I2"):
            with store.writing() as writer:
                writer.put_files([File("H1", "F1", inventory)])
        assert [edge.target for edge in store.edges(["H1"], types=["IN_INVENTORY"])] == ["I2"]

    # -- replacing, merging, removing

    def test_a_new_version_of_a_record_replaces_what_the_old_one_brought(self, store: Store) -> None:
        cites = Edge("l:1", "BASED_ON", "l:2", "r1", 5, 9, 1, "Luật")
        write(store, graph("r1", mention("r1", "a:1", 0), mention("r1", "a:1", 9), cites, nodes=[AGENCY, ACT, BASIS]))
        write(store, graph("r2", mention("r2", "a:1", 0), Edge("l:1", "BASED_ON", "l:2", "r2", 7)))
        write(store, graph("r1", mention("r1", "p:1", 3), nodes=[PERSON], title="Mới"))
        assert places(store.edges(["r1"])) == [("MENTIONS", "r1", "p:1", "r1", 3)]
        assert places(store.edges(["l:1"])) == [("BASED_ON", "l:1", "l:2", "r2", 7)]
        record = store.record("r1")
        assert record is not None
        assert record.title == "Mới"
        assert store.counts()["totals"]["records"] == 2

    def test_the_last_of_two_versions_in_one_batch_counts(self, store: Store) -> None:
        write(store, graph("r1", mention("r1", "a:1", 0), title="first"), graph("r1", title="second"))
        record = store.record("r1")
        assert record is not None
        assert record.title == "second"
        assert list(store.edges(["r1"])) == []

    def test_writing_the_same_twice_changes_nothing(self, store: Store) -> None:
        brought = graph("r1", mention("r1", "a:1", 0), about("r1", UNIT.id), nodes=[AGENCY, UNIT], file="H1")
        write(store, brought)
        before = (store.counts(), list(store.iter_nodes()), list(store.iter_edges()), list(store.iter_records()))
        write(store, brought)
        assert (
            store.counts(),
            list(store.iter_nodes()),
            list(store.iter_edges()),
            list(store.iter_records()),
        ) == before

    def test_entities_brought_by_records_are_merged(self, store: Store) -> None:
        other = Node(
            "a:1", "agency", "UBND Q. Ba Đình", ("UBND quận Ba Đình",), {"bloc": "government", "level": None}
        )
        write(store, graph("r1", nodes=[AGENCY]))
        write(store, graph("r2", nodes=[other]))
        assert store.nodes(["a:1"])["a:1"] == Node(
            "a:1",
            "agency",
            "UBND quận Ba Đình",
            ("UBND Q. Ba Đình", "Ủy ban nhân dân quận Ba Đình"),
            {"level": "district", "bloc": "government"},
        )
        assert [node.id for node, _ in store.find_nodes("ubnd q ba dinh")] == ["a:1"]

    def test_who_made_an_act_inside_a_file_goes_with_the_record_that_tells_it(self, store: Store) -> None:
        held = Edge("r1", "IS_ACT", "l:1", "r1", 5, 9, 3, "12", {"part": 3})
        issued = Edge("l:1", "ISSUED_BY", "a:1", "r1", 1, 4, 3, "UBND", {"part": 3})
        signed = Edge(
            "l:1", "SIGNED_BY", "p:1", "r1", 10, 24, 3, "Nguyễn Thị Lan", {"part": 3, "position": "Chủ tịch"}
        )
        other = Edge("l:1", "ISSUED_BY", "a:1", "r2", 2, 5, 1, "UBND", {"part": 2})
        nodes = [AGENCY, PERSON, ACT]
        write(store, graph("r1", held, issued, signed, nodes=nodes), graph("r2", other, nodes=[AGENCY, ACT]))
        assert list(store.edges(["l:1"], direction="out")) == [issued, other, signed]
        assert list(store.edges(["p:1"])) == [signed]
        write(store, graph("r1", mention("r1", "l:1", 0), nodes=[ACT]))
        assert list(store.edges(["l:1"], direction="out")) == [other]
        assert list(store.edges(["p:1"])) == []
        with store.writing() as writer:
            writer.remove_records(["r2"])
        assert list(store.edges(["l:1"], direction="out")) == []

    def test_put_nodes_replaces_units_and_merges_what_records_name(self, store: Store) -> None:
        write(store, graph("r1", mention("r1", "a:1", 0), nodes=[AGENCY]), nodes=[UNIT])
        renamed = Node(UNIT.id, "unit", "Phường Khác")
        write(store, nodes=[renamed, Node("a:1", "agency", "UBND Q. Ba Đình")])
        assert store.nodes([UNIT.id])[UNIT.id] == renamed
        assert store.nodes(["a:1"])["a:1"].aliases == ("UBND Q. Ba Đình", *AGENCY.aliases)

    def test_what_only_an_old_version_brought_to_an_entity_goes(self, store: Store) -> None:
        misread = Node("a:1", "agency", "UBND quận Ba Đỉnh", (), {"bloc": "party"})
        write(store, graph("r1", mention("r1", "a:1", 0), nodes=[AGENCY]))
        write(store, graph("r2", mention("r2", "a:1", 0), nodes=[misread]))
        write(store, graph("r2", mention("r2", "a:1", 0), nodes=[Node("a:1", "agency", AGENCY.name)]))
        assert store.nodes(["a:1"])["a:1"] == AGENCY
        with store.writing() as writer:
            writer.remove_records(["r1"])
        assert store.nodes(["a:1"])["a:1"] == Node("a:1", "agency", AGENCY.name)

    def test_what_was_brought_is_told_by_record(self, store: Store) -> None:
        other = Node("a:1", "agency", "UBND Q. Ba Đình", (), {"unit": UNIT.id})
        write(store, graph("r2", nodes=[other, PERSON]), graph("r1", nodes=[AGENCY]), graph("r3"), nodes=[UNIT, ACT])
        write(store, graph("r2", nodes=[AGENCY]))
        assert list(store.iter_brought()) == [("", ACT), ("r1", AGENCY), ("r2", AGENCY)]

    def test_a_fonds_put_again_forgets_its_creator(self, store: Store) -> None:
        other = Node("a:2", "agency", "UBND quận Đống Đa")
        for creator in (AGENCY, other):
            with store.writing() as writer:
                writer.put_fonds([Fonds("F1", creator.name)])
                writer.put_nodes(
                    [creator, UNIT], [Edge("F1", "CREATED_BY", creator.id), Edge(creator.id, "OF_UNIT", UNIT.id)]
                )
                writer.drop_orphans()
        assert [edge.target for edge in store.edges(["F1"])] == ["a:2"]
        assert set(store.nodes(["a:1", "a:2"])) == {"a:2"}

    def test_how_records_were_delivered(self, store: Store) -> None:
        write(
            store, graph("r1", sha256="aa", extra={"root": "x"}), graph("r2", sha256="bb"), graph("r3", sha256="aa")
        )
        found = store.delivered(["r2.txt"], ["aa"])
        assert [(row.record, row.source, row.root, row.sha256) for row in found] == [
            ("r1", "r1.txt", "x", "aa"), ("r2", "r2.txt", None, "bb"), ("r3", "r3.txt", None, "aa"),
        ]  # fmt: skip

    def test_removed_records_take_their_edges_with_them(self, store: Store) -> None:
        write(
            store,
            graph("r1", mention("r1", "a:1", 0), Edge("l:1", "CITES", "l:2", "r1", 1), nodes=[AGENCY]),
            graph("r2", mention("r2", "a:1", 0)),
        )
        with store.writing() as writer:
            writer.remove_records(["r1", "none"])
        assert list(store.record_ids()) == ["r2"]
        assert places(list(store.iter_edges())) == [("MENTIONS", "r2", "a:1", "r2", 0)]

    def test_drop_orphans_removes_entities_that_no_edge_names(self, store: Store) -> None:
        write(store, graph("r1", mention("r1", "a:1", 0), nodes=[AGENCY, PERSON, ACT]), nodes=[UNIT])
        with store.writing() as writer:
            assert writer.drop_orphans() == 2
        assert [node.id for node in store.iter_nodes(["agency", "person", "legal_act", "unit"])] == [UNIT.id, "a:1"]
        assert list(store.find_nodes("Nguyễn Thị Lan")) == []

    def test_every_kind_that_records_bring_is_found_by_name_and_goes_with_them(self, store: Store) -> None:
        kinds = sorted(BROUGHT_KINDS)
        nodes = [Node(f"{kind}:1", kind, f"Tên {kind}") for kind in kinds]  # type: ignore[arg-type]
        write(store, graph("r1", *(mention("r1", node.id, at) for at, node in enumerate(nodes)), nodes=nodes))
        for node in nodes:
            assert [(found.id, score) for found, score in store.find_nodes(node.name, kinds=[node.kind])] == [
                (node.id, 1)
            ]
        with store.writing() as writer:
            writer.remove_records(["r1"])
            writer.drop_orphans()
        assert list(store.iter_nodes(kinds)) == []

    def test_quarantine_and_secrets(self, store: Store) -> None:
        bad = Quarantined("b.pdf", "broken_pdf", "Tệp hỏng.", "F1", "H1", "cd")
        worse = Quarantined("a.txt", "empty", "Tệp rỗng.")
        secret = Secret("r9", "s.txt", "mat", "F1", "H1", "ef")
        with store.writing() as writer:
            writer.put_quarantined([bad, worse])
            writer.put_secret([secret])
            writer.put_quarantined([bad])
        assert list(store.quarantined()) == [worse, bad]
        assert list(store.secrets()) == [secret]
        assert store.counts()["totals"] | {"quarantined": 2, "secret": 1} == store.counts()["totals"]
        with store.writing() as writer:
            writer.clear_outcome(["b.pdf", "s.txt", "none"])
        assert list(store.quarantined()) == [worse]
        assert list(store.secrets()) == []

    def test_the_log_keeps_the_order(self, store: Store) -> None:
        with store.writing() as writer:
            writer.log("update", {"record": "r2"})
            writer.log("judgement", {"by": "Lan"})
            writer.log("update", {"record": "r1"})
        assert [row["record"] for row in store.logged("update")] == ["r2", "r1"]
        assert [row["kind"] for row in store.logged()] == ["update", "judgement", "update"]
        assert all(str(row["at"])[:2] == "20" for row in store.logged())

    # -- counts, journal

    def test_counts(self, store: Store) -> None:
        write(
            store,
            graph("r1", mention("r1", "a:1", 0), mention("r1", "a:1", 5), nodes=[AGENCY], pages=3),
            graph("r2", pages=2),
            graph("r3", kind="archive_page", pages=9),
        )
        counts = store.counts()
        assert counts["nodes"] == {"agency": 1, "record": 2}
        assert counts["edges"] == {"MENTIONS": 2}
        assert counts["totals"]["records"] == 2
        assert counts["totals"]["pages"] == 5

    def test_the_journal_gives_the_last_change_of_each_record_in_order(self, store: Store) -> None:
        write(store, graph("r1"), graph("r2"))
        write(store, graph("r1", title="again"))
        assert list(store.changes_since(0, 10)) == [Change(2, "r2", False), Change(3, "r1", False)]
        assert list(store.changes_since(0, 1)) == [Change(2, "r2", False)]
        assert list(store.changes_since(2, 10)) == [Change(3, "r1", False)]
        with store.writing() as writer:
            writer.remove_records(["r2"])
        assert list(store.changes_since(3, 10)) == [Change(4, "r2", True)]
        assert store.change_seq() == 4

    # -- reading in order

    def test_records_of_a_fonds_or_file_by_id(self, store: Store) -> None:
        write(store, *(graph(f"r{n}", fonds=f"F{n % 2}", file=f"H{n % 3}") for n in reversed(range(6))))
        assert [record.id for record in store.iter_records(batch=2)] == [f"r{n}" for n in range(6)]
        assert [record.id for record in store.iter_records(fonds="F1")] == ["r1", "r3", "r5"]
        assert [record.id for record in store.iter_records(file="H0")] == ["r0", "r3"]
        assert [record.id for record in store.iter_records(fonds="F1", file="H0")] == ["r3"]

    def test_nodes_of_all_kinds_by_id(self, store: Store) -> None:
        write(store, graph("m1"), nodes=[AGENCY, PERSON, UNIT, Node("z", "project", "Dự án")])
        assert [node.id for node in store.iter_nodes(batch=2)] == [UNIT.id, "a:1", "m1", "p:1", "z"]
        assert [node.id for node in store.iter_nodes(["record", "project", "agency"])] == ["a:1", "m1", "z"]

    def test_edges_are_ordered_and_ties_have_an_order(self, store: Store) -> None:
        edges = [
            mention("r1", "a:1", 30),
            mention("r1", "a:1", 4),
            mention("r1", "a:0", 50),
            about("r1", UNIT.id),
            Edge("l:1", "CITES", "r1", "r2", 5),
            Edge("l:1", "CITES", "r1", "r1", 9),
        ]
        write(store, graph("r1", *edges[:4], edges[5]), graph("r2", edges[4]))
        expected = [
            ("ABOUT_PLACE", "r1", UNIT.id, "r1", None),
            ("CITES", "l:1", "r1", "r1", 9),
            ("CITES", "l:1", "r1", "r2", 5),
            ("MENTIONS", "r1", "a:0", "r1", 50),
            ("MENTIONS", "r1", "a:1", "r1", 4),
            ("MENTIONS", "r1", "a:1", "r1", 30),
        ]
        assert places(list(store.iter_edges(batch=2))) == expected
        assert places(store.edges(["r1", "l:1", "r1"])) == expected  # an edge between two of them stands once
        assert places(store.edges(["r1"], direction="out")) == [expected[0], *expected[3:]]
        assert places(store.edges(["r1"], direction="in")) == expected[1:3]
        assert places(store.edges(["r1"], limit=2)) == expected[:2]
        assert places(store.edges(["r1"], types=["MENTIONS", "CITES"], limit=3)) == expected[1:4]
        some = places(store.edges(["r1"], limit_per_node=4))
        assert len(some) == 4
        assert some == [place for place in expected if place in some]
        each = places(store.edges(["a:1", "l:1"], limit_per_node=1))
        assert [(kind, source) for kind, source, *_ in each] == [("CITES", "l:1"), ("MENTIONS", "r1")]
        assert len(places(store.edges(["a:1", "l:1", "a:0"], limit_per_node=1, limit=2))) == 2
        assert store.edges(["r1"], limit_per_node=9) == store.edges(["r1"])
        assert list(store.edges(["r1"], limit_per_node=0)) == []
        assert places(list(store.iter_edges(["CITES"]))) == expected[1:3]
        assert (
            list(store.edges([])) == list(store.edges(["r1"], types=[])) == list(store.edges(["r1"], limit=0)) == []
        )

    def test_neighbours_are_distinct_and_ordered(self, store: Store) -> None:
        types: list[EdgeType] = ["AMENDS", "CITES"]
        edges = [Edge("l:1", kind, "l:2", "r1", start) for kind in types for start in (1, 2)]
        write(store, graph("r1", *edges, Edge("l:2", "CITES", "l:1", "r1", 7), mention("r1", "l:1", 0)))
        assert store.neighbours(["l:1", "x"]) == {
            "l:1": [
                ("AMENDS", "l:2", True),
                ("CITES", "l:2", True),
                ("CITES", "l:2", False),
                ("MENTIONS", "r1", False),
            ],
            "x": [],
        }
        assert store.neighbours(["l:1"], types=["CITES"]) == {
            "l:1": [("CITES", "l:2", True), ("CITES", "l:2", False)]
        }
        write(store, edges=[Edge("a:1", "SUBORDINATE_TO", "a:1")])
        assert store.neighbours(["a:1"]) == {
            "a:1": [("SUBORDINATE_TO", "a:1", True), ("SUBORDINATE_TO", "a:1", False)]
        }

    def test_beside_tells_what_the_records_of_a_node_name(self, store: Store) -> None:
        signed = Edge("r2", "SIGNED_BY", "p:1", "r2", 40)
        write(
            store,
            graph("r1", mention("r1", "a:1", 0), mention("r1", "a:1", 9), mention("r1", "l:1", 5)),
            graph("r2", mention("r2", "a:1", 0), signed, mention("r2", "p:1", 40)),
            graph("r3", mention("r3", "p:1", 0)),
            edges=[Edge("a:1", "SUBORDINATE_TO", "a:2"), Edge("l:8", "CITES", "l:9", "r2", 3)],
        )
        first = {"r1": [("MENTIONS", "a:1"), ("MENTIONS", "l:1")]}
        second = {"r2": [("MENTIONS", "a:1"), ("MENTIONS", "p:1"), ("SIGNED_BY", "p:1")]}
        assert store.beside("a:1", records=9) == first | second
        assert list(store.beside("a:1", records=9)) == ["r1", "r2"]
        assert store.beside("a:1", records=1) == first
        assert store.beside("a:1", records=9, after="r1") == second
        assert store.beside("l:9", records=9) == second  # neither act is one that the record names itself
        assert store.beside("a:1", records=0) == store.beside("x", records=9) == {}

    def test_shortest_gives_every_edge_of_every_shortest_path(self, store: Store) -> None:
        longer = [
            Edge("a:1", "SUBORDINATE_TO", "a:2"),
            Edge("a:2", "SUBORDINATE_TO", "a:3"),
            Edge("a:3", "CITES", "p:1"),
        ]
        both = [mention("r1", "a:1", 0), mention("r1", "a:1", 9), mention("r1", "p:1", 3)]
        other = [mention("r2", "a:1", 0), Edge("r2", "SIGNED_BY", "p:1", "r2", 4)]
        write(store, graph("r1", *both, nodes=[AGENCY, PERSON]), graph("r2", *other), edges=longer)
        found = store.shortest("a:1", "p:1", max_length=8)
        assert places(found) == [
            ("MENTIONS", "r1", "a:1", "r1", 0),
            ("MENTIONS", "r1", "a:1", "r1", 9),
            ("MENTIONS", "r1", "p:1", "r1", 3),
            ("MENTIONS", "r2", "a:1", "r2", 0),
            ("SIGNED_BY", "r2", "p:1", "r2", 4),
        ]
        assert list(found) == [both[0], both[1], both[2], other[0], other[1]]
        assert store.shortest("p:1", "a:1", max_length=2) == found
        assert places(store.shortest("a:1", "a:3", max_length=2)) == places(longer)[:2]
        assert list(store.shortest("a:1", "a:3", max_length=1)) == []
        assert list(store.shortest("a:1", "a:1", max_length=8)) == []
        assert list(store.shortest("a:1", "x", max_length=8)) == []

    def test_shortest_where_the_paths_are_too_many_to_list(self, store: Store) -> None:
        graphs = [
            graph(f"r{n}", *(mention(f"r{n}", end, 10 * i) for end in ends for i in range(12)))
            for n, ends in enumerate([("a:1", "a:2"), ("a:2", "a:3"), ("a:3", "a:4")] * 2)
        ]
        write(store, *graphs)  # 2 * 144 paths for each of three pairs: 23,887,872
        found = store.shortest("a:1", "a:4", max_length=8)
        assert len(found) == len(set(places(found))) == 6 * 24
        assert places(found) == sorted(places(found), key=lambda row: (*row[:4], row[4] or 0))

    def test_degrees_count_records_once(self, store: Store) -> None:
        lineage = Edge(UNIT.id, "SUCCEEDED_BY", SUCCESSOR.id)
        write(
            store, graph("r1", mention("r1", "a:1", 0), mention("r1", "a:1", 9)), graph("r2", mention("r2", "a:1", 1))
        )
        write(store, graph("r3", about("r3", UNIT.id)), edges=[lineage])
        assert store.degrees(["a:1", UNIT.id, "x"]) == {"a:1": 2, UNIT.id: 2, "x": 0}

    def test_main_places(self, store: Store) -> None:
        write(
            store,
            graph("r2", about("r2", "u1"), about("r2", "u2", rank=1)),
            graph("r1", about("r1", "u2")),
            graph("r3", about("r3", "u1")),
        )
        assert [(record, edge.target) for record, edge in store.main_places()] == [
            ("r1", "u2"),
            ("r2", "u1"),
            ("r3", "u1"),
        ]
        assert [record for record, _ in store.main_places(["u1", "u9"])] == ["r2", "r3"]
        assert list(store.main_places([])) == []

    def test_newest_records_of_units(self, store: Store) -> None:
        dated = {"r1": "2001-01-01", "r2": "2020-05-06", "r3": "2020-05-06", "r4": None, "r5": "2024-01-01"}
        write(
            store,
            *(graph(ident, about(ident, "u1"), about(ident, "u2", rank=1), date=day) for ident, day in dated.items()),
        )
        write(store, graph("r6", about("r6", "u2"), about("r6", "u1"), date="2021-01-01"))
        assert [record.id for record in store.newest_records(["u1", "u2", "u1"], 9)] == [
            "r5",
            "r6",
            "r2",
            "r3",
            "r1",
            "r4",
        ]
        assert [record.id for record in store.newest_records(["u2"], 9)] == ["r6"]
        assert [record.id for record in store.newest_records(["u1"], 3)] == ["r5", "r6", "r2"]
        assert list(store.newest_records([], 9)) == list(store.newest_records(["u1"], 0)) == []

    def test_main_place_counts_follow_what_is_written(self, store: Store) -> None:
        def counted() -> dict[str, int]:
            told = dict(store.main_place_counts())
            edges = [edge.target for _, edge in store.main_places()]
            assert told == {unit: edges.count(unit) for unit in sorted(set(edges))}
            assert list(told) == sorted(told)
            return told

        assert counted() == {}
        write(
            store,
            graph("r1", about("r1", "u1"), about("r1", "u2", rank=1)),
            graph("r2", about("r2", "u1"), about("r2", "u3")),
        )
        assert counted() == {"u1": 2, "u3": 1}
        assert store.main_place_counts(["u3", "u9", "u3"]) == {"u3": 1}
        assert store.main_place_counts([]) == {}
        write(store, graph("r1", about("r1", "u2")))
        assert counted() == {"u1": 1, "u2": 1, "u3": 1}
        for unit in ("u3", "u4", "u4"):  # a file's own place, put again
            with store.writing() as writer:
                writer.put_files([File("H1", None)])
                writer.put_nodes((), [Edge("H1", "ABOUT_PLACE", unit, props={"rank": 0})])
        assert counted() == {"u1": 1, "u2": 1, "u3": 1, "u4": 1}
        write(store, edges=[Edge("H1", "ABOUT_PLACE", "u4", props={"rank": 0})])
        assert counted() == {"u1": 1, "u2": 1, "u3": 1, "u4": 1}
        write(store, edges=[Edge("H1", "ABOUT_PLACE", "u4", props={"rank": 1})])
        assert counted() == {"u1": 1, "u2": 1, "u3": 1}

        def fail_halfway() -> None:
            with store.writing() as writer:
                writer.remove_records(["r1", "r2"])
                raise RuntimeError("halfway")

        with pytest.raises(RuntimeError, match="halfway"):
            fail_halfway()
        assert counted() == {"u1": 1, "u2": 1, "u3": 1}
        with store.writing() as writer:
            writer.remove_records(["r2"])
        assert counted() == {"u2": 1}

    def test_acts_by_number(self, store: Store) -> None:
        twin = Node("l:0", "legal_act", "12/QĐ-UBND", (), {"number_key": "12 qd ubnd"})
        write(store, nodes=[ACT, BASIS, twin, Node("a:9", "agency", "x", (), {"number_key": "12 qd ubnd"})])
        assert [node.id for node in store.acts_by_number("12 qd ubnd")] == ["l:0", "l:1"]
        assert list(store.acts_by_number("none")) == []

    # -- names

    def test_names_are_found_folded_exact_first_then_by_share_of_the_name(self, store: Store) -> None:
        kinds: list[tuple[str, NodeKind, str]] = [
            ("a:3", "agency", "UBND quận Ba Đình"),
            ("a:2", "agency", "UBND quận Ba Đình"),
            ("a:4", "agency", "Văn phòng UBND quận Ba Đình"),
            ("p:5", "person", "Ba Đình"),
            ("a:6", "agency", "UBND quận Hoàn Kiếm"),
        ]
        write(store, nodes=[Node(ident, kind, name) for ident, kind, name in kinds])
        found = store.find_nodes("ubnd QUAN ba dinh")
        assert [node.id for node, _ in found] == ["a:2", "a:3", "a:4"]
        assert [score for _, score in found[:2]] == [1.0, 1.0]
        assert 0 < found[2][1] < 1
        assert [node.id for node, _ in store.find_nodes("ba din")] == ["p:5", "a:2", "a:3", "a:4"]
        assert [node.id for node, _ in store.find_nodes("đình ba")] == ["p:5", "a:2", "a:3", "a:4"]
        assert [node.id for node, _ in store.find_nodes("ba đình", kinds=["agency"], limit=2)] == ["a:2", "a:3"]
        assert [node.id for node, _ in store.find_nodes("ba đình", limit=1)] == ["p:5"]
        assert list(store.find_nodes("")) == list(store.find_nodes("  *\"' ")) == []

    def test_words_of_two_aliases_do_not_make_one_name(self, store: Store) -> None:
        write(store, nodes=[Node("a:1", "agency", "Ban Tổ chức", ("Phòng Nội vụ",))])
        assert list(store.find_nodes("ban nội")) == []
        assert [node.id for node, _ in store.find_nodes("phong noi vu")] == ["a:1"]

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_names_are_only_names(self, store: Store, name: str) -> None:
        edge = Edge(name, "MENTIONS", f"a:{name}", name, 0, 1, 1, name, {name: name})
        write(
            store,
            graph(name, edge, nodes=[Node(f"a:{name}", "agency", name, (name + "x",))], title=name, number=name),
        )
        write(store, graph("other"))
        record = store.record(name)
        assert record is not None
        assert (record.title, record.number) == (name, name)
        assert list(store.edges([name])) == [edge]
        assert [node.id for node, _ in store.find_nodes(name)] == [f"a:{name}"]
        assert [node.name for node in store.acts_by_number(name)] == []
        with store.writing() as writer:
            writer.remove_records([name])
        assert list(store.record_ids()) == ["other"]

    # -- transactions

    def test_an_exception_rolls_everything_back(self, store: Store) -> None:
        write(store, graph("r1", mention("r1", "a:1", 0), nodes=[AGENCY]))
        before = (store.counts(), store.change_seq(), list(store.iter_edges()))

        def fail_halfway() -> None:
            with store.writing() as writer:
                writer.put_records([graph("r1", title="never"), graph("r2", nodes=[PERSON])])
                writer.set_meta("key", "never")
                raise RuntimeError("halfway")

        with pytest.raises(RuntimeError, match="halfway"):
            fail_halfway()
        assert (store.counts(), store.change_seq(), list(store.iter_edges())) == before
        assert store.meta("key") is None
        write(store, graph("r2"))  # the store can be written again
        assert list(store.record_ids()) == ["r1", "r2"]

    def test_readers_see_what_was_committed(self, opened: Opened) -> None:
        reader, owner = opened(), opened()
        with owner.writing() as writer:
            writer.put_records([graph("r1")])
            assert list(reader.record_ids()) == []
            assert list(owner.record_ids()) == []
        assert list(reader.record_ids()) == ["r1"]

    def test_a_listing_left_half_read_holds_nobody_back(self, opened: Opened) -> None:
        store = opened()
        write(store, *(graph(f"r{n}") for n in range(5)))
        listing: Iterator[str] = store.record_ids()
        assert next(listing) == "r0"
        write(store, graph("s"))
        assert store.record("s") is not None
        assert len(list(opened().record_ids())) == 6

    def test_threads_share_a_store(self, store: Store) -> None:
        write(store, *(graph(f"r{n}", mention(f"r{n}", "a:1", 0), nodes=[AGENCY]) for n in range(20)))

        def work(number: int) -> int:
            if number % 4 == 0:
                write(store, graph(f"t{number:02}", nodes=[PERSON]))
            found = store.edges(["a:1"])
            assert store.nodes(["a:1"])["a:1"] == AGENCY
            assert len(list(store.iter_records(batch=3))) >= 20
            return len(found)

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(work, range(40))) == {20}
        assert len(list(store.record_ids())) == 30

    def test_killed_in_a_transaction_the_last_commit_stands(self, opened: Opened, store_url: str) -> None:
        write(opened(), graph("r1", mention("r1", "a:1", 0), nodes=[AGENCY]))
        script = (
            "import sys\n"
            "from kg.model import Record, RecordGraph\n"
            "from kg.workspace import open_workspace\n"
            "store = open_workspace(sys.argv[1]).store\n"
            "with store.writing() as writer:\n"
            "    writer.put_records([RecordGraph(Record(f'k{n}', 'x'), '') for n in range(2000)])\n"
            "with store.writing() as writer:\n"
            "    writer.remove_records(['r1'])\n"
            "    writer.put_records([RecordGraph(Record(f'z{n}', 'x'), '') for n in range(2000)])\n"
            "    print('halfway', flush=True)\n"
            "    sys.stdin.read()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, store_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "halfway"
            process.send_signal(signal.SIGKILL)
        store = opened()
        ids = list(store.record_ids())
        assert len(ids) == 2001
        assert "r1" in ids
        assert not any(ident.startswith("z") for ident in ids)
        assert store.problems() == []
        write(store, graph("r2"))  # and the next one writes on

    # -- integrity

    def test_loose_edges_are_counted_by_type(self, store: Store) -> None:
        write(store, graph("r1", mention("r1", "a:1", 0), nodes=[AGENCY]))
        assert store.loose_edges() == {}
        gone = Edge("a:1", "OF_UNIT", "nowhere")
        unproved = Edge("a:1", "SUBORDINATE_TO", "a:1", "no record", 0)
        write(store, edges=[gone, unproved])
        assert store.loose_edges() == {"OF_UNIT": 1, "SUBORDINATE_TO": 1}
