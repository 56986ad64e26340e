"""The documents inside one computer file: each has its act, issuer, signers and citations, with passages of its own."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from kg.linking.identity import number_key
from kg.model import Edge, Node, RecordGraph
from kg.readers.model import RecordMetadata
from tests.kg.linking.several import COVER, DISTRICTS, LETTER, MINUTES, SIGNERS, decision, file_of, linked

FIRST = 10
COUNT = 20


@pytest.fixture(scope="module")
def graph() -> RecordGraph:
    """A file of twenty decisions."""
    return linked(file_of(*(decision(FIRST + place) for place in range(COUNT))))


def _act(graph: RecordGraph, number: int) -> str:
    """The act of the file that bears the number."""
    (found,) = [
        edge.target
        for edge in graph.edges
        if edge.type == "IS_ACT" and _node(graph, edge.target).name == number_key(f"{number}/QĐ-UBND")
    ]
    return found


def _node(graph: RecordGraph, identifier: str) -> Node:
    return next(node for node in graph.nodes if node.id == identifier)


def _of(graph: RecordGraph, source: str, *types: str) -> list[Edge]:
    return [edge for edge in graph.edges if edge.source == source and edge.type in types]


def test_every_document_is_an_act_held_on_its_page(graph: RecordGraph) -> None:
    held = sorted((edge for edge in graph.edges if edge.type == "IS_ACT"), key=lambda edge: edge.start or 0)
    assert [edge.props["part"] for edge in held] == list(range(1, COUNT + 1))
    assert [edge.page for edge in held] == list(range(1, COUNT + 1))
    for number, edge in enumerate(held, FIRST):
        node = _node(graph, edge.target)
        assert (node.props["number"], node.props["issuer"]) == (
            f"{number}/QĐ-UBND",
            f"Ủy ban nhân dân quận {DISTRICTS[number % 3]}",
        )
        assert edge.text == graph.text[edge.start : edge.end]


@pytest.mark.parametrize("number", range(FIRST + 1, FIRST + COUNT))
def test_a_part_has_its_own_issuer_and_signer(graph: RecordGraph, number: int) -> None:
    act = _act(graph, number)
    (issued,) = _of(graph, act, "ISSUED_BY")
    (signed,) = _of(graph, act, "SIGNED_BY")
    assert _node(graph, issued.target).name == f"Ủy ban nhân dân quận {DISTRICTS[number % 3]}"
    assert _node(graph, signed.target).name == SIGNERS[number % 3]
    for edge in (issued, signed):
        assert edge.record == "r"
        assert edge.page == number - FIRST + 1
        assert edge.text == graph.text[edge.start : edge.end]
    named = {edge.target for edge in _of(graph, "r", "MENTIONS")}
    assert {issued.target, signed.target} <= named


def test_the_record_has_only_the_issuer_and_the_signer_of_its_own_document(graph: RecordGraph) -> None:
    (issued,), (signed,) = _of(graph, "r", "ISSUED_BY"), _of(graph, "r", "SIGNED_BY")
    assert _node(graph, issued.target).name == f"Ủy ban nhân dân quận {DISTRICTS[FIRST % 3]}"
    assert _node(graph, signed.target).name == SIGNERS[FIRST % 3]
    assert [signer["name"] for signer in graph.record.signers] == [SIGNERS[FIRST % 3]]
    assert graph.record.number == f"{FIRST}/QĐ-UBND"


@pytest.mark.parametrize("number", range(FIRST, FIRST + COUNT))
def test_what_stands_in_a_part_is_told_of_its_act(graph: RecordGraph, number: int) -> None:
    act = _act(graph, number)
    links = _of(graph, act, "BASED_ON", "CITES", "REPLACES")
    numbers = {_node(graph, edge.target).props.get("number"): edge.type for edge in links}
    assert numbers.keys() - {None} == {f"{number + 500}/QĐ-UBND", f"{number + 1000}/QĐ-UBND"}
    assert numbers[f"{number + 1000}/QĐ-UBND"] == "REPLACES"
    assert {edge.page for edge in links} == {number - FIRST + 1}
    assert {edge.props["part"] for edge in links} == {number - FIRST + 1}


def test_what_is_told_of_the_parts_holds_no_text_of_them(graph: RecordGraph) -> None:
    told = graph.record.extra["parts"]
    assert [(row["part"], row["page"], row["number"]) for row in told] == [
        (place + 1, place + 1, f"{FIRST + place}/QĐ-UBND") for place in range(COUNT)
    ]
    assert [row["own"] for row in told] == [True] + [False] * (COUNT - 1)
    assert [row["signer"]["name"] for row in told] == [SIGNERS[(FIRST + place) % 3] for place in range(COUNT)]
    assert all("text" not in row and row["act"] for row in told)
    for row, after in pairwise(told):
        assert graph.text[row["start"] : row["end"]].strip().startswith("ỦY BAN NHÂN DÂN")
        assert row["end"] <= after["start"]


def test_links_grow_with_the_documents_and_no_faster() -> None:
    few, many = (linked(file_of(*(decision(FIRST + place) for place in range(count)))) for count in (5, 20))
    kinds = ("ISSUED_BY", "SIGNED_BY", "IS_ACT", "BASED_ON", "CITES", "REPLACES", "MENTIONS", "SIGNS_FOR", "OF_UNIT")
    counts = [Counter(str(edge.type) for edge in one.edges) for one in (few, many)]
    for kind in kinds:
        assert counts[1][kind] <= 4 * counts[0][kind] + 4, kind


def test_two_copies_of_one_decision_are_one_act_held_twice() -> None:
    graph = linked(file_of(decision(11), decision(12), decision(11)))
    held = [edge for edge in graph.edges if edge.type == "IS_ACT"]
    assert [edge.page for edge in held if edge.target == _act_of(held, 1)] == [1, 3]


def _act_of(held: list[Edge], part: int) -> str:
    return next(edge.target for edge in held if edge.props["part"] == part)


def test_the_manifests_number_says_which_document_the_record_is() -> None:
    row = RecordMetadata("m.csv:2", number="12/QĐ-UBND")
    graph = linked(file_of(decision(10), decision(11), decision(12)), metadata=row)
    assert [part["own"] for part in graph.record.extra["parts"]] == [False, False, True]
    assert graph.record.date == "2008-03-13"
    assert graph.record.issuer is not None
    assert graph.record.issuer.casefold() == "ủy ban nhân dân quận hoàn kiếm"
    (issued,) = _of(graph, "r", "ISSUED_BY")
    assert _node(graph, issued.target).name == "Ủy ban nhân dân quận Hoàn Kiếm"
    (first,) = _of(graph, _act(graph, 10), "ISSUED_BY")
    assert _node(graph, first.target).name == "Ủy ban nhân dân quận Đống Đa"


def test_a_part_without_a_number_tells_of_the_record() -> None:
    graph = linked(file_of(decision(10), MINUTES, decision(11)))
    assert [part["act"] is not None for part in graph.record.extra["parts"]] == [True, False, True]
    cited = next(edge for edge in graph.edges if edge.text and "77/QĐ-UBND" in edge.text)
    assert (cited.source, cited.props["part"], cited.page) == ("r", 2, 2)
    signed = {_node(graph, edge.target).name: edge.props["part"] for edge in _of(graph, "r", "SIGNED_BY")}
    assert signed == {SIGNERS[10 % 3]: 1, "Vũ Thị Sen": 2, "Đặng Văn Tùng": 2}
    assert [signer["name"] for signer in graph.record.signers] == [SIGNERS[10 % 3]]
    assert len(_of(graph, "r", "ISSUED_BY")) == 1


def test_the_signers_at_the_end_of_a_file_are_not_those_of_minutes_on_top() -> None:
    graph = linked(file_of(MINUTES, decision(10)))
    assert {signer["name"] for signer in graph.record.signers} == {"Vũ Thị Sen", "Đặng Văn Tùng"}


def test_a_file_that_holds_a_denunciation_is_closed_as_one() -> None:
    assert linked(file_of(decision(10), LETTER.format(kind="TỐ CÁO"))).record.access == "conditional"
    assert linked(file_of(decision(10), LETTER.format(kind="ĐỀ NGHỊ"))).record.access == "open"


@pytest.mark.parametrize(
    "documents",
    [(COVER, decision(10)), (COVER, decision(10), decision(11)), (decision(10), COVER), (COVER, COVER, decision(10))],
)
def test_the_archives_own_pages_leave_a_file_of_documents_one(documents: tuple[str, ...]) -> None:
    graph = linked(file_of(*documents))
    assert graph.record.kind == "document"
    assert graph.record.number == "10/QĐ-UBND"


def test_a_file_of_the_archives_own_pages_alone_is_no_document() -> None:
    for documents in ((COVER,), (COVER, COVER), (COVER, " - \n")):
        assert linked(file_of(*documents)).record.kind == "archive_page"


def test_pages_above_the_first_document_move_no_passage() -> None:
    graph = linked(file_of(COVER, decision(10), decision(11)))
    assert [part["page"] for part in graph.record.extra["parts"]] == [2, 3]
    assert {edge.page for edge in _of(graph, _act(graph, 11), "SIGNED_BY", "ISSUED_BY", "REPLACES")} == {3}


def test_a_body_named_in_a_part_is_that_of_the_parts_day() -> None:
    before, after = (
        f"ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"PHƯỜNG CỬA NAM                       Độc lập - Tự do - Hạnh phúc\n\n"
        f"Số: {number}/QĐ-UBND              Cửa Nam, ngày 12 tháng 3 năm {year}\n\nQUYẾT ĐỊNH\nVề việc hè phố\n\n"
        f"ỦY BAN NHÂN DÂN PHƯỜNG CỬA NAM\n\nTheo đề nghị của công chức phường,\n\nQUYẾT ĐỊNH:\n\n"
        f"Điều 1. Cấp kinh phí sửa hè phố tại phường Cửa Nam, thành phố Hà Nội.\n\n"
        f"Nơi nhận:                                        TM. ỦY BAN NHÂN DÂN\n- Lưu: VT.          CHỦ TỊCH\n\n"
        f"                                                  Nguyễn Văn Thử\n"
        for number, year in ((5, 2024), (6, 2026))
    )
    graph = linked(file_of(before, after))
    (issued,) = _of(graph, _act(graph, 6), "ISSUED_BY")
    (own,) = _of(graph, "r", "ISSUED_BY")
    assert issued.target != own.target
    assert _node(graph, issued.target).props["unit"].endswith("@2025-07-01")


def test_an_issuer_that_only_the_letterhead_names_is_proved_by_the_head_of_its_document() -> None:
    second = (
        decision(11).replace("ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH\n", "").replace(" của Ủy ban nhân dân quận Ba Đình", "")
    )
    graph = linked(file_of(decision(10), second))
    (issued,) = _of(graph, _act(graph, 11), "ISSUED_BY")
    assert _node(graph, issued.target).name == "Ủy ban nhân dân quận Ba Đình"
    assert (issued.page, issued.text) == (2, graph.text[issued.start : issued.end])
    assert (issued.text or "").startswith("ỦY BAN NHÂN DÂN")
    assert issued.target in {edge.target for edge in _of(graph, "r", "MENTIONS")}
