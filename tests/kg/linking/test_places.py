"""The main place of certificates that name the ward's district beside the ward."""

from __future__ import annotations

import pytest

from kg.linking.places import main_place
from nlp import extract
from ontology.registry import load

_BODY = """GIẤY XÁC NHẬN
UBND phường Trương Định, quận Hai Bà Trưng xác nhận: ông Đào Văn Sửu, sinh năm 1950,
là thợ mộc của hợp tác xã Đại Thắng.
TM. UBND PHƯỜNG
CHỦ TỊCH
Kiều Bá Vượng
"""


@pytest.mark.parametrize(
    "head", ["UBND PHƯỜNG TRƯƠNG ĐỊNH", "UBND QUẬN HAI BÀ TRƯNG\nPHƯỜNG TRƯƠNG ĐỊNH"], ids=["one line", "two lines"]
)
@pytest.mark.parametrize("day", ["Trương Định, ngày 12 tháng 5 năm 1989\n", ""], ids=["dated", "undated"])
def test_a_wards_certificate_is_about_the_ward_not_its_district(head: str, day: str) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    record = extract(f"{head}\n{motto}{day}{_BODY}")
    title = [mention for mention in record.places if mention.where == "title"]
    body = [mention for mention in record.places if mention.where == "body"]

    place = main_place(title, body, record.issuer_unit, load())

    assert place is not None
    assert [load().unit(unit).name for unit in place.units] == ["Phường Trương Định"]
