"""Text in the bytes of TCVN 5712:1993 (TCVN3, the ABC fonts), which offices used until about 2005."""

from __future__ import annotations

import unicodedata

_LOWER = (
    "à\xb5ả\xb6ã\xb7á\xb8ạ\xb9ă\xa8ằ\xbbẳ\xbcẵ\xbdắ\xbeặ\xc6â\xa9ầ\xc7ẩ\xc8ẫ\xc9ấ\xcaậ\xcbđ\xaeè\xccẻ\xceẽ\xcfé\xd0ẹ\xd1"
    "ê\xaaề\xd2ể\xd3ễ\xd4ế\xd5ệ\xd6ì\xd7ỉ\xd8ĩ\xdcí\xddị\xdeò\xdfỏ\xe1õ\xe2ó\xe3ọ\xe4ô\xabồ\xe5ổ\xe6ỗ\xe7ố\xe8ộ\xe9"
    "ơ\xacờ\xeaở\xebỡ\xecớ\xedợ\xeeù\xefủ\xf1ũ\xf2ú\xf3ụ\xf4ư\xadừ\xf5ử\xf6ữ\xf7ứ\xf8ự\xf9ỳ\xfaỷ\xfbỹ\xfcý\xfdỵ\xfe"
)
_UPPER = "Ă\xa1Â\xa2Ê\xa3Ô\xa4Ơ\xa5Ư\xa6Đ\xa7"
_TABLE = {_LOWER[index]: ord(_LOWER[index + 1]) for index in range(0, len(_LOWER), 2)}
_TABLE |= {_UPPER[index]: ord(_UPPER[index + 1]) for index in range(0, len(_UPPER), 2)}


def encode(text: str) -> bytes:
    """The text's bytes. The table has no toned capitals: as in the capital fonts (.VnTimeH) the small letter's byte
    stands for them. Signs outside the table become "?"."""
    found = bytearray()
    for sign in unicodedata.normalize("NFC", text):
        if ord(sign) < 0x80:
            found.append(ord(sign))
        else:
            found.append(_TABLE.get(sign, _TABLE.get(sign.lower(), ord("?"))))
    return bytes(found)
