"""A small store made by hand, with real units: what each record and file is for stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.linking.identity import act_node, agency_node, person_node
from kg.model import Edge, File, Fonds, Inventory, Node, Quarantined, Record, RecordGraph, Secret
from kg.store.texts import Text
from kg.workspace import Workspace, open_workspace
from ontology.model import Unit
from ontology.registry import load


def unit(name: str) -> Unit:
    """The unit of that name that ended."""
    return load().argument(name, prefer="ended").unit


HANG_BAC = "Phường Hàng Bạc, Quận Hoàn Kiếm"
CUA_NAM = "Phường Cửa Nam, Quận Hoàn Kiếm"
HOAN_KIEM = "Quận Hoàn Kiếm, Thành phố Hà Nội"

WARD_COMMITTEE = "Ủy ban nhân dân phường Hàng Bạc"
DISTRICT_COMMITTEE = "Ủy ban nhân dân quận Hoàn Kiếm"
TEXT = (
    "ỦY BAN NHÂN DÂN PHƯỜNG HÀNG BẠC\nSố: 59/QĐ-UBND\nQUYẾT ĐỊNH về việc hè phố phường Hàng Bạc\n"
    "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2010;\nThay thế Quyết định số 7/QĐ-UBND.\nNguyễn Văn An"
)


def span(words: str) -> tuple[int, int]:
    """Offsets of words in TEXT."""
    start = TEXT.index(words)
    return start, start + len(words)


def about(record: str, units: list[Unit], where: str = "title", confidence: float | None = None) -> list[Edge]:
    """The edges of a record's main place."""
    props = {"rank": 0, "where": where, "certainty": "certain" if len(units) == 1 else "candidates"}
    if confidence is not None:
        props["confidence"] = confidence
    return [Edge(record, "ABOUT_PLACE", place.id, record, props=props) for place in units]


def place_nodes() -> list[Node]:
    """The units the graph names, as nodes."""
    places = [unit(HANG_BAC), unit(CUA_NAM), unit(HOAN_KIEM)]
    return [
        Node(place.id, "unit", place.name, props={"level": place.level, "valid_from": place.valid_from})
        for place in places
    ]


def backbone() -> tuple[list[Fonds], list[Inventory], list[File]]:
    """Four fonds: a ward's committee, a district's, a ward's Party committee, and one of unknown creator."""
    fonds = [
        Fonds("F1", WARD_COMMITTEE, "commune", "government", unit(HANG_BAC).id, closed="2025-06-30"),
        Fonds("F2", DISTRICT_COMMITTEE, "district", "government", unit(HOAN_KIEM).id),
        Fonds("F3", "Đảng ủy phường Cửa Nam", "commune", "party", unit(CUA_NAM).id),
        Fonds("F4"),
    ]
    files = [
        # two documents of 8 and 6 pages and a third that was set aside, on 20 sheets; permanent by its own documents
        File("F1/1/01", "F1", "F1/1", "01", "Quyết định năm 2012", "2012", "2012", sheets=20, listed=True, medium="paper"),
        # listed and not scanned: 26 pages by the finding aid
        File("F1/1/02", "F1", "F1/1", "02", "Thu chi năm 2001", "2001", "2001", "10 năm", pages=26, listed=True),
        # scanned and not listed
        File("F1//03", "F1", None, "03", "Đơn thư"),
        # 40 sheets cannot be 12 pages; measured; held by a dated paper
        File("F2/1/01", "F2", None, "01", "Giải phóng mặt bằng", "1999", "1999", "20 năm", sheets=40, metres=0.5,
             metres_basis="measured", listed=True, held_by="Lưu trữ lịch sử thành phố Hà Nội", held_since="2025-09-15",
             held_paper="Biên bản 12/BB-TTLT"),
        File("F2/1/02", "F2", None, "02", "Nghị quyết HĐND", "1999", "1999", "Vĩnh viễn", listed=True),
        File("F3//01", "F3", None, "01", "Nghị quyết Đảng ủy", "2005", "2005", "Vĩnh viễn"),
    ]  # fmt: skip
    return fonds, [Inventory("F1/1", "F1", "1")], files


def _act(number: str, **values: str | None) -> Node:
    node = act_node(number, type_=values.pop("type_"), date=values.pop("date"), issuer=values.pop("issuer"))
    assert node is not None
    return node


def records() -> list[tuple[Record, list[Node], list[Edge], str]]:
    """The documents: record, nodes, edges, text."""
    ward = agency_node(WARD_COMMITTEE, unit(HANG_BAC).id, kind="people_committee")
    district = agency_node(DISTRICT_COMMITTEE, unit(HOAN_KIEM).id, kind="people_committee")
    an = person_node("Nguyễn Văn An", ward.id)
    binh = person_node("Trần Thị Bình", district.id)
    own = _act("59/QĐ-UBND", type_="Quyết định", date="2012-03-04", issuer=WARD_COMMITTEE)
    other = _act("59/QĐ-UBND", type_="Quyết định", date="2015-03-04", issuer=DISTRICT_COMMITTEE)
    base_held = _act("12/QĐ-UBND", type_="Quyết định", date="2010-01-05", issuer=DISTRICT_COMMITTEE)
    base_cited = _act("12/QĐ-UBND", type_="Quyết định", date="2010-01-05", issuer=None)
    replaced = _act("7/QĐ-UBND", type_="Quyết định", date=None, issuer=None)

    def record(identifier: str, **values: object) -> Record:
        given = {"source": f"{identifier}.txt", "level": "commune", "bloc": "government", "pages": 1, **values}
        return Record(identifier, **given)  # type: ignore[arg-type]

    def edge(source: str, kind: str, target: str, proof: str, words: str | None = None, **props: object) -> Edge:
        start, end = span(words) if words else (None, None)
        return Edge(source, kind, target, proof, start, end, 1, words, props)  # type: ignore[arg-type]

    return [
        (
            record("r1", fonds="F1", file="F1/1/01", number="59/QĐ-UBND", type="Quyết định", date="2012-03-04", pages=8,
                   issuer=WARD_COMMITTEE, title="Về hè phố phường Hàng Bạc", retention="Vĩnh viễn"),
            [ward, an, own, base_cited, replaced],
            [
                *about("r1", [unit(HANG_BAC)]),
                edge("r1", "ISSUED_BY", ward.id, "r1", "ỦY BAN NHÂN DÂN PHƯỜNG HÀNG BẠC"),
                edge("r1", "SIGNED_BY", an.id, "r1", "Nguyễn Văn An"),
                edge("r1", "IS_ACT", own.id, "r1", "59/QĐ-UBND"),
                edge(own.id, "BASED_ON", base_cited.id, "r1", "Quyết định số 12/QĐ-UBND ngày 05/01/2010"),
                edge(own.id, "REPLACES", replaced.id, "r1", "Quyết định số 7/QĐ-UBND", scope="whole"),
                edge("r1", "MENTIONS", unit(HANG_BAC).id, "r1", "phường Hàng Bạc"),
            ],
            TEXT,
        ),
        (
            record("r2", fonds="F1", file="F1/1/01", date="2012-05-06", pages=6, issuer=WARD_COMMITTEE,
                   title="Báo cáo địa bàn", retention="10 năm"),
            [ward],
            [*about("r2", [unit(HANG_BAC), unit(CUA_NAM)]), edge("r2", "ISSUED_BY", ward.id, "r2")],
            "Báo cáo địa bàn giáp ranh",
        ),
        (
            record("r3", fonds="F1", file="F1//03", date="2013-01-01", subject="denunciation", access="conditional",
                   title="Đơn tố cáo"),
            [an],
            [*about("r3", [unit(HANG_BAC)], "body"), edge("r3", "AUTHORED_BY", an.id, "r3")],
            "Tôi tên là Nguyễn Văn An tố cáo",
        ),
        (
            record("r4", fonds="F2", file="F2/1/01", number="12/QĐ-UBND", type="Quyết định", date="2010-01-05", pages=12,
                   issuer=DISTRICT_COMMITTEE, title="Giải phóng mặt bằng phường Cửa Nam", level="district"),
            [district, binh, base_held],
            [
                *about("r4", [unit(CUA_NAM)]),
                edge("r4", "ISSUED_BY", district.id, "r4"),
                edge("r4", "SIGNED_BY", binh.id, "r4"),
                edge("r4", "IS_ACT", base_held.id, "r4"),
            ],
            "QUYẾT ĐỊNH giải phóng mặt bằng phường Cửa Nam",
        ),
        (
            record("r5", fonds="F2", file="F2/1/02", number="59/QĐ-UBND", type="Quyết định", date="2015-03-04", pages=3,
                   issuer=DISTRICT_COMMITTEE, title="Hỗ trợ", level="district", access="conditional",
                   confidence={"date": 0.9, "issuer": 0.3}),
            [district, other],
            [
                *about("r5", [unit(HANG_BAC)], "issuer"),
                edge("r5", "ISSUED_BY", district.id, "r5"),
                edge("r5", "IS_ACT", other.id, "r5"),
            ],
            "QUYẾT ĐỊNH hỗ trợ các hộ dân",
        ),
        (
            record("r6", fonds="F3", file="F3//01", date="2005-01-01", bloc="party", pages=2, title="Nghị quyết"),
            [],
            [],
            "Nghị quyết của Đảng ủy",
        ),
        (record("r7", fonds=None, file=None, pages=4, title="Giấy rời"), [], [], "giấy rời"),
        (record("r8", fonds="F1", file="F1/1/01", pages=1, title="Bìa hồ sơ", kind="archive_page"), [], [], "Bìa hồ sơ"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store; tests read it only."""
    folder = tmp_path_factory.mktemp("questions")
    with open_workspace(f"sqlite:///{folder / 'h.db'}", create=True) as workspace:
        fonds, inventories, files = backbone()
        workspace.texts.put((record.id, Text(text)) for record, _, _, text in records())
        with workspace.store.writing() as writer:
            writer.put_nodes(place_nodes())
            writer.put_fonds(fonds)
            writer.put_inventories(inventories)
            writer.put_files(files)
            writer.put_records(
                RecordGraph(record, text, (0,), tuple(nodes), tuple(edges))
                for record, nodes, edges, text in records()
            )
            writer.put_secret([Secret("s1", "mat/1.pdf", "mat", "F2")])
            writer.put_quarantined([Quarantined("P1/=broken.pdf", "broken_pdf", "=cmd: not a PDF", "F1", "F1/1/01")])
    return folder


@pytest.fixture(scope="session")
def url(store_folder: Path) -> str:
    """The store's URL."""
    return f"sqlite:///{store_folder / 'h.db'}"


@pytest.fixture
def workspace(url: str) -> Iterator[Workspace]:
    """The store, open."""
    with open_workspace(url) as opened:
        yield opened
