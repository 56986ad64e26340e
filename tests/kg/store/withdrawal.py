"""The contract of every graph store for what is taken back: creators, fonds, inventories, files, listed records."""

from __future__ import annotations

from kg.model import Edge, File, Fonds, Inventory, Node, Quarantined, Record, RecordGraph, Secret
from kg.store.held import Held
from kg.store.protocol import Store
from tests.kg.store.contract import AGENCY, UNIT, graph


def put(store: Store, *graphs: RecordGraph) -> None:
    """Write records."""
    with store.writing() as writer:
        writer.put_records(graphs)


class WithdrawalContract:
    """A store's test module subclasses it beside ``StoreContract``, which gives the fixture ``store``."""

    def test_a_creator_of_no_fonds_keeps_what_records_say_of_it(self, store: Store) -> None:
        said = Node("a:1", "agency", "UBND quận Ba Đình", ("UBND Q. Ba Đình",), {"bloc": "government"})
        created = [Edge("P1", "CREATED_BY", "a:1"), Edge("a:1", "OF_UNIT", UNIT.id)]
        issued = Edge("r1", "ISSUED_BY", "a:1", "r1", 0, 5)
        put(store, graph("r1", issued, nodes=[Node("a:1", "agency", "UBND quận Ba Đình")]))
        for _ in range(2):
            with store.writing() as writer:
                writer.put_fonds([Fonds("P1"), Fonds("P2")])
                writer.put_nodes([UNIT, said], [*created, Edge("P2", "CREATED_BY", "a:1")])
            with store.writing() as writer:
                writer.put_fonds([Fonds("P1")])
            assert store.nodes(["a:1"])["a:1"].aliases == said.aliases  # P2 is its fonds still
            assert len(store.edges(["a:1"], types=["OF_UNIT"])) == 1
            with store.writing() as writer:
                writer.remove_backbone(["P2"])
            assert store.nodes(["a:1"])["a:1"] == Node("a:1", "agency", "UBND quận Ba Đình")
            assert store.edges(["a:1"]) == [issued]
            assert [node for record, node in store.iter_brought() if not record] == []

    def test_a_creator_that_no_record_names_goes_with_its_fonds(self, store: Store) -> None:
        with store.writing() as writer:
            writer.put_fonds([Fonds("P1")])
            writer.put_nodes([UNIT, AGENCY], [Edge("P1", "CREATED_BY", "a:1"), Edge("a:1", "OF_UNIT", UNIT.id)])
        with store.writing() as writer:
            writer.put_fonds([Fonds("P1")])
        assert store.nodes(["a:1"]) == {}
        assert store.edges([UNIT.id]) == []

    def test_a_backbone_removed_takes_its_edges_with_it(self, store: Store) -> None:
        about = Edge("P1/01/2", "ABOUT_PLACE", UNIT.id, props={"rank": 0})
        with store.writing() as writer:
            writer.put_fonds([Fonds("P1"), Fonds("P2")])
            writer.put_inventories([Inventory("P1/01", "P1", "01")])
            writer.put_files([File("P1/01/2", "P1", "P1/01", "2"), File("P2//1", "P2", code="1")])
            writer.put_nodes([UNIT], [about])
        with store.writing() as writer:
            writer.remove_backbone(["P1/01/2", "P1/01", "P1", "P9"])
        assert [fonds.id for fonds in store.fonds()] == ["P2"]
        assert [file.id for file in store.files()] == ["P2//1"]
        assert list(store.inventories("P1")) == []
        assert [(edge.source, edge.type) for edge in store.iter_edges()] == [("P2//1", "IN_FONDS")]
        assert store.main_place_counts() == {}
        assert store.loose_edges() == {}
        assert list(store.problems()) == []

    def test_what_nothing_supports(self, store: Store) -> None:
        told = {"_told_by": ["t1"]}
        with store.writing() as writer:
            writer.put_fonds([Fonds("P1"), Fonds("P2"), Fonds("P3", extra=told), Fonds("P4", "UBND xã"), Fonds("P5"), Fonds("P6", "x", extra={"_told_by": []}), Fonds("P7"), Fonds("P8")])  # fmt: skip
            writer.put_inventories([Inventory("P1/01", "P1", "01"), Inventory("P0/01", "P0", "01")])
            writer.put_files([File("P1//1", "P1", listed=True), File("P2//1", "P2"), File("P2//2", "P2"), File("P1//3", "P1"), File("P1//4", "P1"), File("//5", None)])  # fmt: skip
            writer.put_quarantined([Quarantined("a.pdf", "empty", "rỗng", "P7", "P1//3")])
            writer.put_secret([Secret("s1", "b.txt", "mat", None, "P1//4")])
        put(store, graph("r1", fonds="P5"), graph("r2", fonds="P8", file="P2//2"))
        assert store.unsupported() == {
            "fonds": ["P6"],
            "inventory": ["P0/01"],
            "file": ["//5", "P2//1"],
        }
        with store.writing() as writer:
            writer.remove_records(["r2"])
        assert store.unsupported()["fonds"] == ["P2", "P6", "P8"]
        assert store.unsupported()["file"] == ["//5", "P2//1", "P2//2"]

    def test_records_that_a_table_lists(self, store: Store) -> None:
        def listed(ident: str, table: str | None, fonds: str | None, source: str | None = None) -> RecordGraph:
            record = Record(ident, source, fonds, extra={"table": table} if table else {})
            return RecordGraph(record, "")

        put(
            store, listed("r1", "t1", "P1"), listed("r2", "t2", "P1"), listed("r3", "t1", None), listed("r4", None, "P1"),
            listed("r5", "t1", "P1", "a.txt"), listed("r6", "t1", "P2"),
        )  # fmt: skip
        assert list(store.listed(["P1", ""], ["t1", "t9"])) == ["r1", "r3"]
        assert list(store.listed(["P1"], ["t1", "t2"])) == ["r1", "r2"]
        assert list(store.listed([], ["t1"])) == list(store.listed(["P1"], [])) == []

    def test_metas_by_the_beginning_of_their_keys(self, store: Store) -> None:
        with store.writing() as writer:
            for key in ("table:b", "table:a", "tabl%", "other"):
                writer.set_meta(key, f"value of {key}")
        assert store.metas("table:") == {"table:a": "value of table:a", "table:b": "value of table:b"}
        assert list(store.metas("table:")) == ["table:a", "table:b"]
        assert store.metas("tabl_") == {}

    def test_what_the_count_of_holdings_needs_is_the_records_own(self, store: Store) -> None:
        full = Record(
            "r1", "a/b.txt", "P1", "P1//1", title="Tố cáo", pages=3, pages_estimated=True, retention="20 năm", access="conditional",
            subject="land", sha256="s", kind="register", readable=False, extra={"root": "d", "manifest": {"a": 1}},
        )  # fmt: skip
        records = [full, Record("r2", None), Record("r3", "c.txt", extra={"manifest": {}})]
        put(store, *(RecordGraph(record, "") for record in records))
        assert list(store.iter_held(batch=2)) == [Held.of(record) for record in records]

    def test_a_secret_record_is_removed_by_its_id(self, store: Store) -> None:
        with store.writing() as writer:
            writer.put_secret([Secret("s1", "", "mat"), Secret("s2", "", "mat")])
        with store.writing() as writer:
            writer.remove_records(["s1", "s9"])
        assert [secret.id for secret in store.secrets()] == ["s2"]
