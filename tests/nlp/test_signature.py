"""The signature block: powers, positions and names of those who sign, one below the other or side by side."""

from __future__ import annotations

import pytest

from nlp import extract
from nlp.zones import lines, signature
from nlp.zones.names import person_name

JOINED_HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN AN Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND Tân An, ngày 3 tháng 4 năm 2012
BÁO CÁO
Kết quả công tác năm 2012
"""


def test_only_the_end_of_a_long_line_is_looked_at_for_a_position(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    capital = lines.is_capital

    def counted(text: str) -> bool:
        looked_at.append(len(text))
        return capital(text)

    monkeypatch.setattr(signature, "is_capital", counted)
    line = "Các hộ trong xã đã kê khai đủ diện tích và nộp thuế đúng hạn cho kho bạc. " * 200

    extract(JOINED_HEAD + line)

    assert 0 < sum(looked_at) < 5 * len(line)


def signers(
    block: str, title: str = "BIÊN BẢN"
) -> tuple[list[tuple[str, str | None, tuple[str, ...]]], float | None]:
    """Name, position and powers of those who sign a paper with this block, and the confidence of the first."""
    read = extract(f"{title}\nXác minh hiện trạng\n\nCác bên thống nhất nội dung đã ghi.\n\n{block}\n")
    return [(one.name, one.position, one.power) for one in read.signers], read.confidence.get("signer")


THREE = """  CHỦ SỬ DỤNG ĐẤT        CÁN BỘ ĐỊA CHÍNH         TM. UBND XÃ
                                                   CHỦ TỊCH

"""


@pytest.mark.parametrize(
    "first", ["   Lê Văn Cò               ", "   (đã ký)                 ", "                           "]
)
def test_who_signs_in_columns_gets_the_post_above_him(first: str) -> None:
    found, _ = signers(THREE + first + "Trần Thị Bé            Nguyễn Văn An")

    assert found[-2:] == [("Trần Thị Bé", "CÁN BỘ ĐỊA CHÍNH", ()), ("Nguyễn Văn An", "CHỦ TỊCH", ("TM.",))]
    assert found[:-2] in ([], [("Lê Văn Cò", "CHỦ SỬ DỤNG ĐẤT", ())])


@pytest.mark.parametrize(
    ("names", "doubtful"),
    [("Lê Văn Tám\tTrần Thị Bé", False), ("\tTrần Thị Bé", False), ("Trần Thị Bé", True)],
)
def test_fewer_names_than_columns_without_a_place_on_the_line_are_in_doubt(names: str, doubtful: bool) -> None:
    found, confidence = signers("TRẠM TRƯỞNG\tKẾ TOÁN\n\n" + names)

    assert doubtful or ("Trần Thị Bé", "KẾ TOÁN", ()) in found
    assert confidence is not None
    assert (confidence <= 0.5) is doubtful


@pytest.mark.parametrize("title", ["BSCKI.", "DS.", "TSKH.", "NGƯT.", "GS-TS", "Thượng tọa", "Chuẩn đô đốc", "CKXY."])
def test_a_degree_before_the_name_does_not_lose_the_signer(title: str) -> None:
    found, _ = signers(f"  TRẠM TRƯỞNG                    KẾ TOÁN\n\n  {title} Trần Thị Xuân        Lê Văn Tám")

    assert found == [("Trần Thị Xuân", "TRẠM TRƯỞNG", ()), ("Lê Văn Tám", "KẾ TOÁN", ())]


@pytest.mark.parametrize("text", ["TP. Hồ Chí Minh", "TT. Phan Rí Cửa", "KT. Lê Văn An"])
def test_a_place_or_power_before_capitals_makes_no_name(text: str) -> None:
    assert person_name(text) is None


@pytest.mark.parametrize("surname", ["Thái", "Thạch", "Kso"])
def test_a_surname_that_begins_like_a_degree_stays_whole(surname: str) -> None:
    assert person_name(f"{surname} Văn Long") == f"{surname} Văn Long"


@pytest.mark.parametrize("body", ["UBND xã Tân An", "Ủy ban nhân dân", "Ủy ban nhân dân xã"])
@pytest.mark.parametrize("left", ["Người làm đơn", "Nơi nhận:"])
def test_a_power_before_small_letters_is_one(body: str, left: str) -> None:
    found, _ = signers(f"  {left:30}TM. {body}\n{'':32}Chủ tịch\n\n{'':32}Bùi Văn Sảng", title="ĐƠN XIN XÁC NHẬN")

    assert found == [("Bùi Văn Sảng", "Chủ tịch", ("TM.",))]


def test_the_parties_of_a_contract_are_no_signatures() -> None:
    read = extract(
        "HỢP ĐỒNG THI CÔNG XÂY DỰNG\n\nHôm nay, ngày 18 tháng 3 năm 2008, chúng tôi gồm:\n\n"
        "BÊN A: ỦY BAN NHÂN DÂN XÃ TÂN AN (CHỦ ĐẦU TƯ)\nÔng Phùng Văn Cường\n"
        "BÊN B: CÔNG TY TNHH XÂY DỰNG TIẾN ĐẠT\nÔng Chu Bá Tuấn\n\nĐiều 1. Bên B nhận thi công đường bê tông.\n"
    )

    assert read.signers == []


@pytest.mark.parametrize(
    ("below", "power"), [("Ngụyển Vản Hừng9", ("TM.",)), ("", None), ("(Bản dự thảo lần thứ hai)", None)]
)
def test_a_name_that_cannot_be_read_leaves_power_and_position(below: str, power: tuple[str, ...] | None) -> None:
    found, _ = signers(f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n{below}", title="BÁO CÁO")

    assert found == ([] if power is None else [("", "CHỦ TỊCH", power)])


@pytest.mark.parametrize("post", ["Phó Chẻ Tịch", "Phó Ban Thường Trực", "Giám Đổc"])
def test_a_misread_post_is_no_person(post: str) -> None:
    found, _ = signers(f"KT. CHỦ TỊCH\n{post}\n\nBùi Văn Sảng", title="BÁO CÁO")

    assert [name for name, _, _ in found] == ["Bùi Văn Sảng"]
