"""An archive's own exceptions: laid over the package's, checked row by row, said in the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ontology.agencies.dated import AgencyNotFound
from ontology.agencies.heirs import predecessors, successors
from ontology.agencies.in_time import Agencies, agencies
from ontology.agencies.meanings import meanings
from ontology.agencies.own import BadAgencyTable, own_table
from ontology.agencies.own_rows import COLUMNS, NEEDED
from ontology.agencies.papers import check

HEAD = "id,bodies,units,effect,since,until,name,like,heirs,sure,act,note"
DONG_DA = "006@1996-11-22"

With = Callable[..., Agencies]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> With:
    """The agencies with a table of these rows."""

    def laid(*rows: str, head: str = HEAD) -> Agencies:
        path = tmp_path / "own.csv"
        path.write_text("\n".join((head, *rows, "")), encoding="utf-8")
        monkeypatch.setenv("HOSO_AGENCY_EXCEPTIONS", str(path))
        return agencies()

    return laid


def test_without_a_table_nothing_is_changed() -> None:
    assert not own_table().exceptions
    assert agencies() is agencies()


def test_departments_that_a_district_cut_anew_on_a_day_of_its_own(own: With) -> None:
    known = own(
        'a,p.noi-vu|p.ldtbxh,"Quận Đống Đa, Hà Nội",closes,,2024-12-31,,,p.noi-vu.2025,sure,QĐ 12/QĐ-UBND,sooner',
        "b,p.noi-vu.2025,006,opens,2025-01-01,,,,,sure,QĐ 12/QĐ-UBND,",
    )
    old, new = known.agency(f"p.noi-vu:{DONG_DA}"), known.agency(f"p.noi-vu.2025:{DONG_DA}")
    assert old.closed is not None
    assert (old.closed.day, old.closed.source, old.closed.note) == ("2024-12-31", "own.csv:2", "sooner")
    assert (old.closed.ground.sure, old.closed.ground.act) == ("sure", "QĐ 12/QĐ-UBND")
    assert (new.opened.day, new.opened.source) == ("2025-01-01", "own.csv:3")
    assert [link.agency for link in successors(old, known)] == [new]
    assert {link.agency.body.id for link in predecessors(new, known)} == {"p.noi-vu", "p.ldtbxh"}
    (first, *_) = meanings("Phòng Nội vụ quận Đống Đa", known, at="2025-01-15")
    assert first.agency is new
    elsewhere = known.agency("p.noi-vu:001@1995-10-28")
    assert elsewhere.closed is not None
    assert (elsewhere.closed.day, elsewhere.closed.source) == ("2025-03", None)
    doubt = check(old, "2025-01-15")
    assert doubt is not None
    assert doubt.bound.source == "own.csv:2"


def test_a_body_merged_into_one_of_another_unit(own: With) -> None:
    """And a split: several heirs. Links hold both ways."""
    known = own(
        "a,cong-an,00073@1981-01-03,closes,,2024-06-30,,,cong-an:00082@1981-01-03|cong-an:00076@1981-01-03,check,,"
    )
    old = known.agency("cong-an:00073@1981-01-03")
    links = successors(old, known)
    assert {link.agency.id for link in links} == {"cong-an:00082@1981-01-03", "cong-an:00076@1981-01-03"}
    for link in links:
        assert old.id in {back.agency.id for back in predecessors(link.agency, known)}


def test_a_body_that_was_renamed_is_one_under_both_names(own: With) -> None:
    known = own("a,p.kinh-te,Quận Đống Đa,renamed,2015-01-01,2018-12-31,Phòng Kinh tế và Dịch vụ {unit},,,likely,,")
    (found, *_) = meanings("Phòng Kinh tế và Dịch vụ quận Đống Đa", known, at="2016-05-05")
    assert found.agency.id == f"p.kinh-te:{DONG_DA}"
    assert found.agency.name == "Phòng Kinh tế quận Đống Đa"
    assert "Phòng Kinh tế và Dịch vụ quận Đống Đa" in known.names(found.agency)
    assert meanings("Phòng Kinh tế và Dịch vụ quận Ba Đình", known) == []
    assert [row.id for row in known.own_exceptions(found.agency)] == ["a"]


def test_a_name_borne_to_the_end_is_the_bodys_name(own: With) -> None:
    known = own("a,p.kinh-te,Quận Đống Đa,renamed,2015-01-01,,Phòng Kinh tế và Dịch vụ {unit},,,likely,,")
    assert known.agency(f"p.kinh-te:{DONG_DA}").name == "Phòng Kinh tế và Dịch vụ quận Đống Đa"


def test_a_body_that_the_tables_lack(own: With) -> None:
    known = own("a,p.vhxh,006@1996-11-22,founded,2010-05,2015,Phòng Văn hóa - Xã hội {unit},p.vhtt,p.vhtt,likely,,")
    (found, *_) = meanings("Phòng VH-XH quận Đống Đa", known)
    agency = found.agency
    assert (agency.id, agency.body.kind, agency.body.bloc) == (f"p.vhxh:{DONG_DA}", "division", "government")
    assert agency.closed is not None
    assert (agency.opened.day, agency.closed.day) == ("2010-05", "2015")
    assert [link.agency.id for link in successors(agency, known)] == [f"p.vhtt:{DONG_DA}"]
    with pytest.raises(AgencyNotFound):
        known.agency("p.vhxh:001@1995-10-28")


def test_a_row_takes_the_place_of_the_packages(own: With, monkeypatch: pytest.MonkeyPatch) -> None:
    without = own("hanoi_ward_councils,,,none,,,,,,,,").agency("hdnd:00073@1981-01-03")
    assert without.closed is not None
    assert without.closed.day == "2025-06-30"
    monkeypatch.delenv("HOSO_AGENCY_EXCEPTIONS")
    again = agencies().agency("hdnd:00073@1981-01-03")
    assert again.closed is not None
    assert again.closed.day == "2021-06-30"


def test_an_edited_table_is_read_again(own: With) -> None:
    days = []
    for day in ("2024-01-31", "2024-02-29"):
        closed = own(f"row-{day},p.y-te,{DONG_DA},closes,,{day},,,,check,,").agency("p.y-te:006@1981-01-03").closed
        assert closed is not None
        days.append(closed.day)
    assert days == ["2024-01-31", "2024-02-29"]


def test_a_day_outside_a_bodys_time_changes_nothing(own: With) -> None:
    known = own(f"a,p.noi-vu,{DONG_DA},closes,,1999,,,,check,,", f"b,p.noi-vu,{DONG_DA},opens,2026-01-01,,,,,check,,")
    agency = known.agency(f"p.noi-vu:{DONG_DA}")
    assert agency.closed is not None
    assert (agency.opened.day, agency.closed.day) == ("2008", "2025-03")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (",ubnd,006,closes,,2024,,,,check,,", "no_id", "id"),
        ("x,ubnd,006,ends,,2024,,,,check,,", "bad_effect", "effect"),
        ("x,ubnd,006,closes,,2024,,,,fact,,", "bad_sure", "sure"),
        ("x,ubnd,006,closes,,2024,,,,sure,,", "sure_without_act", "act"),
        ("x,ubnd|p.phong,006,closes,,2024,,,,check,,", "unknown_body", "bodies"),
        ("x,ubnd,,closes,,2024,,,,check,,", "no_units", "units"),
        ("x,ubnd,Quận Không Có,closes,,2024,,,,check,,", "unknown_unit", "units"),
        ("x,ubnd,Phường Cửa Nam,closes,,2024,,,,check,,", "several_units", "units"),
        ("x,ubnd,006,closes,,30/06/2024,,,,check,,", "bad_date", "until"),
        ("x,ubnd,006,closes,2025,2024,,,,check,,", "bad_range", "until"),
        ("x,ubnd,006,closes,,,,,,check,,", "no_day", "until"),
        ("x,ubnd,006,opens,,,,,,check,,", "no_day", "since"),
        ("x,ubnd,006,absent,,2024,,,,check,,", "no_day", "since"),
        ("x,ubnd,006,renamed,2024,,UBND quận,,,check,,", "bad_name", "name"),
        ("x,ubnd,006,renamed,2024,,,,,check,,", "bad_name", "name"),
        ("x,,006,renamed,2024,,UBND {unit},,,check,,", "no_body", "bodies"),
        ("x,ubnd,006,founded,2024,,Ban {unit},p.y-te,,check,,", "known_body", "bodies"),
        ("x,ban,006,founded,2024,,Ban {unit},phong,,check,,", "unknown_body", "like"),
        ("x,ubnd,006,opens,2024,,,,p.y-te,check,,", "heirs_of_none", "heirs"),
        ("x,ubnd,006,closes,,2024,,,p.phong,check,,", "unknown_heir", "heirs"),
        ("x,ubnd,006,closes,,2024,,,ubnd:006@1996-11-22,check,,", "unknown_heir", "heirs"),
        ("x,ubnd,006,closes,,2024,,,,check,,,more", "too_many_cells", ""),
    ],
)  # fmt: skip
def test_a_bad_row_says_what_and_where(own: With, row: str, code: str, column: str) -> None:
    with pytest.raises(BadAgencyTable) as error:
        own("good,p.y-te,006,closes,,2024,,,,check,,", row)
    assert (error.value.code, error.value.row, error.value.column) == (code, 3, column)
    assert error.value.path.endswith("own.csv")


@pytest.mark.parametrize(
    ("head", "rows", "code", "row", "column"),
    [
        ("id,effect", ["x,none"], "no_column", 1, "sure"),
        (f"{HEAD},units", ["x"], "unknown_column", 1, "units"),
        (f"{HEAD},day", ["x"], "unknown_column", 1, "day"),
        (HEAD, [], "no_rows", None, ""),
        (HEAD, ["x,ubnd,006,closes,,2024,,,,check,,", "x,ubnd,006,opens,2024,,,,,check,,"], "same_id", 3, "id"),
        ("id,effect,sure,levels,provinces,since", ["x,opens,check,ward,01,2001"], "bad_level", 2, "levels"),
        ("id,effect,sure,types,provinces,since", ["x,opens,check,ward,01,2001"], "bad_type", 2, "types"),
        ("id,effect,sure,provinces,since", ["x,opens,check,Hà Nội,2001"], "unknown_province", 2, "provinces"),
    ],
)
def test_a_bad_table_says_what_and_where(
    own: With, head: str, rows: list[str], *, code: str, row: int | None, column: str
) -> None:
    with pytest.raises(BadAgencyTable) as error:
        own(*rows, head=head)
    assert (error.value.code, error.value.row, error.value.column) == (code, row, column)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00id"])
def test_a_table_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    path = tmp_path / "own.csv"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("HOSO_AGENCY_EXCEPTIONS", str(path))
    with pytest.raises(BadAgencyTable) as error:
        agencies()
    assert error.value.code == "unreadable"


def test_a_table_may_come_from_a_spreadsheet(own: With) -> None:
    """Semicolons, a mark of the byte order, empty rows."""
    known = own(f"a;p.y-te;{DONG_DA};closes;;2024;;;;check;;", ";;;;;;;;;;;", head="\ufeff" + HEAD.replace(",", ";"))
    closed = known.agency("p.y-te:006@1981-01-03").closed
    assert closed is not None
    assert closed.day == "2024"


def test_the_readme_describes_every_column() -> None:
    import ontology.agencies

    text = (Path(ontology.agencies.__file__).parent / "README.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    assert set(COLUMNS) <= {name for cell in rows for name in cell.replace("`", "").replace(",", " ").split()}
    assert all(f"`{name}`" in text for name in NEEDED)
