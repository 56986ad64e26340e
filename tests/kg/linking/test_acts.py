"""The acts that a paper cites: whose they are where the paper names the issuer without its unit."""

from __future__ import annotations

import pytest

from kg.linking.bodies import named_around
from kg.linking.draft import Delivered
from kg.linking.record import link_record
from kg.model import Fonds, Node, RecordGraph
from kg.readers.model import RecordMetadata
from nlp import extract
from nlp.model import Context
from ontology.registry import load
from tests.kg.linking.several import file_of

LONG_BIEN = "004@2003-11-06"
DEPARTMENT = "Phòng Tài chính - Kế hoạch"
NUMBER, OF_DISTRICT = "55/TTr-TCKH", "Phòng Tài chính - Kế hoạch quận Long Biên"
HEADS = {
    "district": ("ỦY BAN NHÂN DÂN", "QUẬN LONG BIÊN"),
    "ward": ("UBND QUẬN LONG BIÊN", "ỦY BAN NHÂN DÂN PHƯỜNG NGỌC LÂM"),
    "other department": ("UBND QUẬN LONG BIÊN", "PHÒNG QUẢN LÝ ĐÔ THỊ"),
}
_CITING = """{first:<38}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{second:<42}Độc lập - Tự do - Hạnh phúc
Số: 230/{symbol}                      Long Biên, ngày 05 tháng 5 năm {year}

                              {type}
            Về việc cấp kinh phí cải tạo chợ

Căn cứ Tờ trình số 55/TTr-TCKH ngày 10/4/{year} của {cited};
Điều 1. Cấp 500 triệu đồng.

Nơi nhận:                                        {signing}
- Như trên;
- Lưu: VT.                                   Nguyễn Văn Thử
"""
_OWN = """UBND QUẬN LONG BIÊN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG TÀI CHÍNH - KẾ HOẠCH                Độc lập - Tự do - Hạnh phúc
Số: 55/TTr-TCKH                      Long Biên, ngày 10 tháng 4 năm 2017

                              TỜ TRÌNH
            Về việc cấp kinh phí cải tạo chợ

Kính gửi: UBND quận Long Biên.
Phòng Tài chính - Kế hoạch trình UBND quận xem xét.

Nơi nhận:                                        TRƯỞNG PHÒNG
- Như trên;
- Lưu: VT.                                   Lê Thị Hoa
"""


def _citing(head: str = "district", cited: str = DEPARTMENT, year: int = 2017) -> str:
    first, second = HEADS[head]
    return _CITING.format(
        first=first, second=second, cited=cited, year=year, symbol="QĐ-UBND", type="QUYẾT ĐỊNH", signing="CHỦ TỊCH"
    )


def _linked(text: str, *, fonds: Fonds | None = None, metadata: RecordMetadata | None = None) -> RecordGraph:
    extraction = extract(text, id="r", context=Context())
    return link_record(extraction, Delivered("r", "r.txt", fonds, None, None, "1", "text", metadata), load())


def _acts(graph: RecordGraph, number: str = NUMBER) -> list[Node]:
    return [node for node in graph.nodes if node.kind == "legal_act" and node.props.get("number") == number]


@pytest.mark.parametrize("texts", [(_OWN, _citing()), (_citing(), _OWN)])
def test_a_paper_and_its_citation_in_the_same_file_are_one_act(texts: tuple[str, str]) -> None:
    (act,) = _acts(_linked(file_of(*texts)))
    assert (act.name, act.props["issuer"], act.props["date"]) == (NUMBER, OF_DISTRICT, "2017-04-10")


@pytest.mark.parametrize("head", HEADS)
def test_a_paper_and_its_citation_in_another_record_are_one_act(head: str) -> None:
    (own,), (cited,) = _acts(_linked(_OWN)), _acts(_linked(_citing(head)))
    assert own.id == cited.id


def test_a_body_followed_by_its_namesake_on_the_day_is_named_all_the_same() -> None:
    agency = named_around("Phòng Nội vụ", LONG_BIEN, "2025-03", load())
    assert agency is not None
    assert agency.name == "Phòng Nội vụ quận Long Biên"


def test_a_citation_in_a_paper_without_issuer_is_read_by_the_fonds() -> None:
    text = "Căn cứ Tờ trình số 55/TTr-TCKH ngày 10/4/2017 của Phòng Tài chính - Kế hoạch;"
    issuers = [
        act.props["issuer"]
        for fonds in (None, Fonds("P01", "UBND quận Long Biên", unit=LONG_BIEN))
        for act in _acts(_linked(f"Biên bản họp ngày 05/5/2017.\n{text}\n", fonds=fonds))
    ]
    assert issuers == [DEPARTMENT, OF_DISTRICT]


@pytest.mark.parametrize(
    ("cited", "issuer"),
    [
        ("UBND quận", "Ủy ban nhân dân quận Long Biên"),
        ("Sở Tài chính", "Sở Tài chính thành phố Hà Nội"),
        ("Phòng Tài chính - Kế hoạch huyện Gia Lâm", "Phòng Tài chính - Kế hoạch huyện Gia Lâm"),
        ("Bộ Tài chính", "Bộ Tài chính"),
    ],
)
def test_the_level_of_the_body_decides_whose_it_is(cited: str, issuer: str) -> None:
    (act,) = _acts(_linked(_citing("ward", cited)))
    assert act.props["issuer"] == issuer


def test_a_body_that_the_unit_did_not_have_on_the_day_stays_without_unit() -> None:
    (act,) = _acts(_linked(_citing(cited="Phòng Nội vụ", year=2004)))
    assert act.props["issuer"] == "Phòng Nội vụ"


def test_the_manifests_issuer_without_its_unit_is_of_the_fonds_unit() -> None:
    metadata = RecordMetadata("", number=NUMBER, date="2017-04-10", issuer=DEPARTMENT)
    bare = "Trình xem xét cấp kinh phí cải tạo chợ."
    assert [act.props["issuer"] for act in _acts(_linked(bare, metadata=metadata))] == [DEPARTMENT]
    fonds = Fonds("P01", "UBND quận Long Biên", unit=LONG_BIEN)
    (act,) = _acts(_linked(bare, fonds=fonds, metadata=metadata))
    assert act.id == _acts(_linked(_OWN))[0].id
