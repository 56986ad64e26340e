"""The capitals and small letters of Vietnamese, for character classes: in Unicode they alternate, no range has them."""

from __future__ import annotations

_BLOCK = [chr(code) for code in range(0x1EA0, 0x1EFA)]

UPPER = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(char for char in _BLOCK if char.isupper())
"""The inside of a class of capitals (Ð, typed for Đ, lies in À-Ý)."""

LOWER = "a-zà-ýăđĩũơư" + "".join(char for char in _BLOCK if char.islower())
"""The inside of a class of small letters."""
