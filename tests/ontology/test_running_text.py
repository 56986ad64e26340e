"""Names in running texts: the day, the record's own unit and what the text puts around a place decide."""

from __future__ import annotations

import pytest

from ontology.registry import load


def ids(name: str, type: str | None, **known: object) -> list[str]:
    return [candidate.unit.id for candidate in load().resolve(name, type, **known)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "kind", "known", "expected"),
    [
        # a xã is no thị trấn, though only this one stood for sure
        ("Yên Viên", "xã", {"on": "2006-07-05", "within_units": ["018@2003-11-06"]}, ["00532@2007-12-17"]),
        ("Yên Viên", "thị trấn", {"on": "2006-07-05", "within_units": ["018@2003-11-06"]}, ["00526@1982-10-13"]),
        # the own district before a province that was another's
        ("Kim Sơn", "xã", {"on": "2006-01-27", "within_units": ["018@2003-11-06"]}, ["00562@2007-12-17"]),
        # the version of the day, also a little after another's end
        ("Khương Thượng", "phường", {"on": "1997-03-26", "within_units": ["006@1996-11-22"]}, ["00238@1996-11-22"]),
        # the unit itself before what bears its name within it
        ("Đông Anh", None, {"on": "2011-01-01", "within_units": ["017@1978-12"]}, ["017@1978-12"]),
        # what the text says around it outweighs the record's own unit
        (
            "Kim Chung",
            "xã",
            {"on": "2012-05-03", "within_units": ["017@1978-12"], "inside": ["274@2008-08-01"]},
            ["09853@2007-12-17"],
        ),
        ("Bạc Liêu", "thành phố", {"on": "2012-09-18"}, ["954@2007-12-17"]),
        ("Từ Liêm", None, {"on": "2024-03-20", "former": True, "levels": ["district"]}, ["019@1996-11-22"]),
        ("Hà Nội", None, {"on": "2012-01-01", "levels": ["province"]}, ["01@2008-08-01"]),
    ],
)
def test_the_unit_of_the_day_and_the_surroundings(
    name: str, kind: str | None, known: dict[str, object], expected: list[str]
) -> None:
    assert ids(name, kind, **known) == expected


def test_namesakes_stay_open_where_nothing_decides() -> None:
    assert set(ids("Kim Chung", "xã", on="2012-05-03")) >= {"00493@2007-12-17", "09853@2007-12-17"}


def test_a_misread_name_is_one_of_the_neighbourhood_or_none() -> None:
    text = load().resolver.text
    (found,) = text.near_home("Mai Lnm", "xã", "2011-11-03", ["017@1978-12"])
    assert (found.unit.id, found.reasons) == ("00520@2007-12-17", ("misspelt",))
    assert text.near_home("Mai Lnm", "phường", "2011-11-03", ["017@1978-12"]) == []
    assert text.near_home("Quang Trung", "xã", "2011-11-03", ["017@1978-12"]) == []


def test_how_a_unit_stands_to_the_record_s_own() -> None:
    text, day, own = load().resolver.text, "2011-11-03", "017@1978-12"
    units = load().units
    found = {
        identifier: text.standing(units[identifier], own, day)
        for identifier in ("017@1978-12", "01@2008-08-01", "00493@2007-12-17", "09853@2007-12-17", "96@1996-11-06")
    }
    assert list(found.values()) == ["context", "context_above", "context_below", "context_province", "context_other"]
