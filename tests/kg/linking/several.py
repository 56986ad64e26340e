"""Computer files that hold several documents, made up: decisions of three districts, minutes, a letter, a cover."""

from __future__ import annotations

from kg.linking.draft import Delivered
from kg.linking.record import link_record
from kg.model import RecordGraph
from kg.readers.model import RecordMetadata
from nlp import extract
from nlp.model import Context
from ontology.registry import load

DISTRICTS = ("Hoàn Kiếm", "Đống Đa", "Ba Đình")
SIGNERS = ("Nguyễn Văn Thử", "Lê Thị Hoa", "Phạm Quang Minh")

_DECISION = """ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
QUẬN {capitals:<27}Độc lập - Tự do - Hạnh phúc
{stamp}
Số: {number}/QĐ-UBND              {district}, ngày {day:02d} tháng 3 năm {year}

QUYẾT ĐỊNH
Về việc sửa chữa trường học số {number}

ỦY BAN NHÂN DÂN QUẬN {capitals}

Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;
Căn cứ Quyết định số {basis}/QĐ-UBND ngày 05 tháng 01 năm {year} của Ủy ban nhân dân quận {district};

QUYẾT ĐỊNH:

Điều 1. Cấp kinh phí sửa chữa trường học số {number} quận {district}.
Điều 2. Quyết định này thay thế Quyết định số {old}/QĐ-UBND ngày 10 tháng 02 năm {year} của Ủy ban nhân dân quận {district}.

Nơi nhận:                                        TM. ỦY BAN NHÂN DÂN
- Như Điều 1;                                         CHỦ TỊCH
- Lưu: VT.
                                                  {signer}
"""
LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN {kind}

Kính gửi: Ủy ban nhân dân quận Đống Đa

Tôi tên là: Trần Thị Mận, sinh năm 1950, thường trú tại phường Hàng Bạc.
Tôi làm đơn này trình bày việc của gia đình tôi.

                                        Hà Nội, ngày 5 tháng 4 năm 2009
                                              NGƯỜI LÀM ĐƠN
                                              Trần Thị Mận
"""
MINUTES = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

BIÊN BẢN
Họp xét cấp kinh phí sửa chữa trường học

Hôm nay, hồi 8 giờ ngày 12 tháng 5 năm 2009, tại trụ sở Ủy ban nhân dân quận Đống Đa.
Cuộc họp thực hiện Quyết định số 77/QĐ-UBND ngày 05 tháng 01 năm 2009 của Ủy ban nhân dân quận Đống Đa.
Biên bản kết thúc hồi 10 giờ cùng ngày.

THƯ KÝ                                                CHỦ TỌA
Vũ Thị Sen                                            Đặng Văn Tùng
"""
COVER = """PHÔNG: ỦY BAN NHÂN DÂN QUẬN ĐỐNG ĐA
Mục lục số: 01
Hồ sơ số: 12
HỒ SƠ
Về việc sửa chữa trường học
Từ ngày 01/01/2005 đến ngày 31/12/2009
Gồm: 45 tờ
Thời hạn bảo quản: Vĩnh viễn
"""


def decision(number: int, *, stamp: str = "") -> str:
    """A decision: of another district, year and signer for each number that follows."""
    district = DISTRICTS[number % 3]
    return _DECISION.format(
        number=number, district=district, capitals=district.upper(), day=number % 28 + 1, year=2005 + number % 9,
        basis=number + 500, old=number + 1000, signer=SIGNERS[number % 3], stamp=stamp,
    )  # fmt: skip


def file_of(*documents: str, between: str = "\f") -> str:
    """One computer file of these documents."""
    return between.join(documents)


def linked(text: str, *, id: str = "r", metadata: RecordMetadata | None = None) -> RecordGraph:
    """What a computer file brings to the graph."""
    number, title = (metadata.number, metadata.title) if metadata else (None, None)
    extraction = extract(text, id=id, context=Context(number=number, title=title))
    starts = (0, *(at + 1 for at, letter in enumerate(extraction.text) if letter == "\f"))
    delivered = Delivered(id, f"{id}.txt", None, None, None, "1", "text", metadata, page_starts=starts)
    return link_record(extraction, delivered, load())
