"""The custodian: facts of a finding aid, what the documents tell, terms that are only proposed, own tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.custody.custodian import Custodian, Custody
from kg.custody.facts import Fact, Facts, Target
from kg.custody.paper import Paper
from kg.custody.retention import proposed
from kg.custody_wording import basis_label, held_label
from kg.errors import HosoError
from kg.messages import say
from kg.model import File, Fonds, Record
from ontology.custody import Case, rule_for
from ontology.custody.retention import kind as retention_kind
from ontology.registry import load


@pytest.mark.parametrize(
    ("fonds", "held", "word"),
    [
        (Fonds("F"), {}, "unknown_fonds"),
        (Fonds("F", "Ban X"), {}, "not_assigned"),
        (Fonds("F"), {"held_by": "Kho", "held_since": "2025-09-01", "held_paper": "BB 1"}, "fact"),
        (Fonds("F"), {"held_by": "Kho"}, "unknown_fonds"),
        (Fonds("F"), {"held_by": "Kho", "held_paper": "BB 1"}, "unknown_fonds"),
    ],
)
def test_a_fact_needs_a_holder_a_day_and_a_paper(fonds: Fonds, held: dict[str, str], word: str) -> None:
    file = File("F/1", "F", **held)  # type: ignore[arg-type]
    assert Custodian({"F": fonds}, load()).of("F", file=file).certainty == word


def test_without_a_fonds_nothing_is_said() -> None:
    assert Custodian({}, load()).of(None).to_json()["destination"]["certainty"] == "unknown_fonds"


def test_where_the_finding_aid_is_silent_the_documents_tell() -> None:
    """Retention is the longest of the documents', the last day that of the latest, the kind that of all titles."""
    fonds = Fonds("F", "Ủy ban nhân dân xã Ngọc Long", "commune", "government", _unit("Xã Ngọc Long, Huyện Yên Minh"))
    custodian = Custodian({"F": fonds}, load(), on="2026-06-01")
    terms = ("10 năm", "Vĩnh viễn", None)
    days = ("2025-09-01", "2026-02-03", None)
    records = [
        Record(f"r{n}", "s", date=day, retention=term, title="Báo cáo")
        for n, (day, term) in enumerate(zip(days, terms, strict=True))
    ]
    value = custodian.of("F", file=File("F//1", "F"), records=records).to_json()
    assert (value["retention"], value["due"]) == ("Vĩnh viễn", "2032-12-31")
    assert value["destination"]["rule"] == "commune_permanent_new"
    books = [Record("b", "s", title="Sổ đăng ký khai sinh 1985"), Record("c", "s", title="Sổ đăng ký khai sinh 1986")]
    assert custodian.of("F", records=books).to_json()["destination"]["rule"] == "civil_register_continues"
    unsettled = [Record("d", "s", retention="10 năm"), Record("e", "s")]
    assert custodian.of("F", records=unsettled).to_json()["to_check"] == ["matter_not_known", "term_not_settled"]
    mixed = [*books, Record("d", "s", title="Báo cáo năm")]
    assert custodian.of("F", records=mixed).to_json()["destination"]["rule"] == "undetermined"


@pytest.mark.parametrize(
    ("term", "told", "short"),
    [
        ("20 năm", ("10 năm", "Vĩnh viễn"), True),
        ("5 năm", ("10 năm",), True),
        ("20 năm", ("10 năm", None), False),
        ("Vĩnh viễn", ("10 năm",), False),
        ("20 năm", ("VV", "không rõ"), True),
        ("không rõ", ("Vĩnh viễn",), False),
        (None, ("Vĩnh viễn",), False),
    ],
)
def test_a_file_that_is_kept_less_than_a_document_of_it_is_to_be_checked(
    term: str | None, told: tuple[str | None, ...], short: bool
) -> None:
    records = [Record(f"r{number}", "s", retention=one) for number, one in enumerate(told)]
    value = Custodian({}, load()).of(None, file=File("F//1", None, retention=term), records=records).to_json()
    assert ("term_too_short" in value["to_check"]) == short


def test_a_proposed_term_decides_nothing() -> None:
    fonds = Fonds(
        "F", "Ủy ban nhân dân phường Hàng Bạc", "commune", "government", _unit("Phường Hàng Bạc, Quận Hoàn Kiếm")
    )
    custodian = Custodian({"F": fonds}, load(), on="2026-06-01")
    records = [
        Record("a", "s", type="Báo cáo", title="Báo cáo tổng kết năm 2012", issuer="UBND phường Hàng Bạc"),
        Record("b", "s", type="Công văn", title="Về việc trao đổi kinh nghiệm"),
    ]
    file = File("F//1", "F")
    value = custodian.of("F", file=file, records=records).to_json(custodian.proposed("F", file, records))
    assert value["retention"] is None
    assert value["destination"]["rule"] == "undetermined"
    told = value["retention_proposed"]
    assert {key: told[key] for key in ("term", "schedule", "superseded", "certainty")} == {
        "term": "vĩnh viễn", "schedule": "Thông tư 09/2011/TT-BNV, Bảng thời hạn kèm theo", "superseded": True, "certainty": "likely"
    }  # fmt: skip
    known = File("F//1", "F", retention="10 năm")
    assert custodian.proposed("F", known, records) is None


def test_closed_titles_propose_nothing() -> None:
    title = "Quyết định bổ nhiệm"
    denounced = [Record("a", "s", type="Quyết định", title=title, subject="denunciation")]
    assert proposed(None, [Record("a", "s", type="Quyết định", title=title)], None) is not None
    assert proposed(None, denounced, None) is None
    assert proposed(File("F//1", "F", title=title), denounced, None) is None
    assert proposed(File("F//1", "F", title=title, extra={"access": "secret"}), [], None) is None


def test_a_broken_table_of_rules_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "rules.csv"
    own.write_text("id,name,certainty,bloc\nx,Kho,assigned,any\n", "utf-8")
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(own))
    with pytest.raises(HosoError) as error:
        Custodian({}, load())
    assert error.value.code == "bad_input"
    assert "rules.csv" in error.value.message
    assert "2" in error.value.message
    assert "certainty" in error.value.message


def _unit(name: str) -> str:
    return load().argument(name, prefer="ended").unit.id


def about_matter(file: File | None, creator: str = "UBND quận Đống Đa", *facts: Fact) -> Any:
    """The custody value of a file of a district's fonds, asked in 2026."""
    unit = load().argument("Quận Đống Đa, Thành phố Hà Nội", prefer="ended").unit.id
    fonds = Fonds("F", creator, "district", "government", unit)
    bound = Facts(facts, [fonds], load())
    return Custodian({"F": fonds}, load(), bound, on="2026-06-01").of("F", file=file).to_json()


@pytest.mark.parametrize(
    ("file", "matter"),
    [
        (None, "unknown"),
        (File("F//1", "F", None, "1", until="2025-06-30"), "unknown"),
        (File("F//1", "F", None, "1", listed=True), "unknown"),  # listed, without its days
        (File("F//1", "F", None, "1", until="2025-06-30", listed=True, arranged=False), "unknown"),
        (File("F//1", "F", None, "1", until="2025-06-30", listed=True), "closed"),
        (File("F//1", "F", None, "1", arranged=True), "closed"),
        (File("F//1", "F", None, "1", extra={"matter": "closed"}), "closed"),
        (File("F//1", "F", None, "1", arranged=True, extra={"matter": "open"}), "open"),
    ],
)
def test_whether_a_matter_is_settled_is_said_where_it_is_not_known(file: File | None, matter: str) -> None:
    found = about_matter(file)
    assert found["matter"] == matter
    assert ("matter_not_known" in found["to_check"]) == (matter == "unknown")


def test_a_list_of_open_matters_is_known() -> None:
    paper = Paper("Danh mục", "1", "2025-07-01", "UBND quận Đống Đa")
    fact = Fact("a", "open_matter", Target(file="1", fonds="F"), None, "2025-07-01", paper)
    found = about_matter(File("F//1", "F", None, "1", arranged=True), "UBND quận Đống Đa", fact)
    assert (found["matter"], found["to_check"]) == ("open", [])


def test_where_no_rule_depends_on_the_matter_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "rules.csv"
    own.write_text("id,name,certainty,act\nall,Kho tỉnh,by_rule_likely,QĐ 1/QĐ-UBND\n", "utf-8")
    monkeypatch.setenv("HOSO_CUSTODY_RULES", str(own))
    assert about_matter(None)["to_check"] == []


_DAYS = (
    "1975-12-31", "2011-06-30", "2012-07-01", "2025-06-30", "2025-07-01", "2025-07-02", "2025-11-18", "2025-11-19",
    "2025-12-31", "2026-01-01", "2026", "2025-06", "1999",
)  # fmt: skip


@pytest.mark.parametrize(
    ("creator", "level", "bloc", "unit"),
    [
        ("Ủy ban nhân dân xã Ngọc Long", "commune", "government", "Xã Ngọc Long, Huyện Yên Minh"),
        ("Ủy ban nhân dân phường Hàng Bạc", "commune", "government", "Phường Hàng Bạc, Quận Hoàn Kiếm"),
        ("Ủy ban nhân dân quận Đống Đa", "district", "government", "Quận Đống Đa, Thành phố Hà Nội"),
        ("Đảng ủy xã Ngọc Long", "commune", "party", "Xã Ngọc Long, Huyện Yên Minh"),
        ("Ủy ban nhân dân thành phố Hà Nội", "province", "government", "Thành phố Hà Nội"),
    ],
)
@pytest.mark.parametrize("term", ["Vĩnh viễn", "20 năm", None])
def test_rulings_that_are_remembered_are_those_of_each_day(
    creator: str, level: str, bloc: str, unit: str, term: str | None
) -> None:
    """Many days of a fonds share a ruling: each must be the one of its own day."""
    fonds = Fonds("F", creator, level, bloc, _unit(unit))
    custodian = Custodian({"F": fonds}, load(), on="2026-06-01")
    for until in (*_DAYS, *reversed(_DAYS), None):
        told = custodian.of("F", file=File("F//1", "F", None, "1", retention=term, until=until, arranged=True)).ruling
        assert told == rule_for(
            Case(
                level, bloc, load().unit(_unit(unit)), creator, retention_kind(term), matter="closed", until=until,
                on="2026-06-01", arranged="yes",
            ),
            load(),
        )  # fmt: skip


def test_a_fonds_whose_bloc_is_not_known_has_rules() -> None:
    fonds = Fonds("F", "Ủy ban nhân dân xã Ngọc Long", "commune", None, _unit("Xã Ngọc Long, Huyện Yên Minh"))
    value = Custodian({"F": fonds}, load()).of("F", file=File("F//1", "F", retention="Vĩnh viễn")).to_json()
    assert value["destination"]["certainty"] != "unknown_fonds"
    school = Fonds("S", "Phông Trường THCS Phú Đô")
    value = Custodian({"S": school}, load()).of("S", file=File("S//1", "S", retention="20 năm")).to_json()
    assert (value["destination"]["rule"], value["certainty"]) == ("public_unit", "not_assigned")


def test_a_fonds_of_two_bodies_is_to_be_checked() -> None:
    ward = _unit("Phường Phú Đô, Quận Nam Từ Liêm")
    both = Fonds("F", "Phông UBND phường Phú Đô và UBND phường Mễ Trì", "commune", "government", ward)
    one = Fonds("G", "Phông UBND phường Phú Đô", "commune", "government", ward)
    paper = Paper("Quyết định", "1/QĐ-UBND", "2025-09-01", "Chủ tịch UBND thành phố Hà Nội")
    assigned = Fact(
        "a", "assignment", Target(creator="UBND phường Phú Đô"), "UBND phường Từ Liêm", "2025-09-01", paper
    )
    custodian = Custodian({"F": both, "G": one}, load(), Facts((assigned,), (both, one), load()))
    assert "several_creators" in custodian.of("F").to_json()["to_check"]
    assert custodian.of("F").decided is None  # a paper about one of them does not mean both
    assert custodian.of("G").decided is assigned


@pytest.mark.parametrize(
    ("title", "said"), [("Sổ đăng ký kết hôn năm 2018", False), ("Hồ sơ xin phép xây dựng", True)]
)
def test_a_book_is_no_matter(title: str, said: bool) -> None:
    found = about_matter(File("F//1", "F", None, "1", title))
    assert ("matter_not_known" in found["to_check"]) == said


def test_files_of_a_body_that_ended_before_its_unit_follow_no_rule_of_its_units_end() -> None:
    """The council of a ward of Ha Noi ended in 2021, its committee with the ward."""
    ward = _unit("Phường Phú Đô, Quận Nam Từ Liêm")

    def answer(creator: str, term: str) -> Custody:
        fonds = Fonds("F1", creator, "commune", "government", ward)
        file = File("F1//1", "F1", None, "1", "Nghị quyết", "2018", "2018", term, listed=True)
        return Custodian({"F1": fonds}, load(), on="2026-06-01").of("F1", file=file)

    council = [answer("HĐND phường Phú Đô", term).ruling for term in ("Vĩnh viễn", "20 năm")]
    committee = [answer("UBND phường Phú Đô", term).ruling for term in ("Vĩnh viễn", "20 năm")]
    assert [one and one.rule for one in council] == ["commune_permanent", "earlier_fixed"]
    assert [one and one.rule for one in committee] == ["commune_permanent_merged", "commune_fixed_divided"]
    assert council[0]
    assert council[0].changed == "2021-07-01"


def test_papers_that_wait_for_the_files_term_are_told() -> None:
    """Papers about fixed-term files alone: whether they mean a file without a known term is open, not that there are none."""
    fonds = Fonds("F1", "UBND phường Phú Đô", "commune", "government", _unit("Phường Phú Đô, Quận Nam Từ Liêm"))
    paper = Paper("3456/QĐ-UBND", "Quyết định", "2025-09-01", "UBND thành phố Hà Nội")
    minutes = Paper("03/BB", "Biên bản", "2025-09-02", None)
    facts = [
        Fact("a", "assignment", Target(fonds="F1", retention="fixed"), "UBND phường Từ Liêm", "2025-09-01", paper),
        Fact(
            "b",
            "assignment",
            Target(fonds="F1", retention="fixed", term="20 năm"),
            "UBND phường Từ Liêm",
            "2025-09-01",
            paper,
        ),
        Fact("c", "handover", Target(fonds="F1", retention="fixed"), "UBND phường Từ Liêm", "2025-09-02", minutes),
    ]
    custodian = Custodian({"F1": fonds}, load(), Facts(facts, [fonds], load()), on="2026-06-01")

    def answer(term: str | None) -> Custody:
        return custodian.of("F1", file=File("F1//1", "F1", None, "1", "Hồ sơ", "2018", "2018", term, listed=True))

    open_, other, fixed = answer(None), answer("Vĩnh viễn"), answer("20 năm")
    told = open_.to_json()
    assert (told["destination"]["waiting"], told["held_waiting"]) == (1, 1)
    assert basis_label(told["destination"]) == say("assignment_waiting", n=1)
    assert held_label(told) == say("custody_held_waiting", n=1)
    assert (other.waiting, fixed.waiting) == ((), ())
    assert fixed.ruling
    assert (fixed.ruling.name, fixed.certainty) == ("UBND phường Từ Liêm", "fact")


def test_ground_and_certainty_stand_beside_one_another_without_brackets_in_brackets() -> None:
    fonds = Fonds("F1", "UBND quận Đống Đa", "district", "government", _unit("Quận Đống Đa, Thành phố Hà Nội"))
    file = File("F1//1", "F1", None, "1", "Hồ sơ", "2018", "2018", "Vĩnh viễn", listed=True)
    told = basis_label(Custodian({"F1": fonds}, load(), on="2026-06-01").of("F1", file=file).to_json()["destination"])
    word = say("custody_by_rule_sure")
    assert told == f"Thông tư 06/2025/TT-BNV, Điều 40 khoản 2 điểm a · {word[:1].lower()}{word[1:]}"
