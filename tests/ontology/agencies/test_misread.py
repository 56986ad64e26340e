"""Names of bodies as a scanner spoils them; what is another body is no misreading."""

from __future__ import annotations

import random

import pytest

from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.agencies.written import readings
from ontology.names import rows
from ontology.registry import load
from tests.ontology.noise import spoiled

known = agencies()
NAMES = 300


@pytest.mark.parametrize(("edits", "least"), [(1, 0.97), (2, 0.94), (3, 0.90)])
def test_spoiled_names_come_back(edits: int, least: float) -> None:
    """With the district, or for a district the city, beside it; the right agency is the first."""
    ontology, dice = load(), random.Random(edits)
    of_day = ontology.as_of("2025-06-30").units(within=ontology.units["01@2008-08-01"])
    right = 0
    for _ in range(NAMES):
        unit, kind = dice.choice(of_day), dice.choice(("ubnd", "dang-uy", "mttq", "phu-nu", "quan-su"))
        agency = known.of_kind(unit, kind)[-1]
        found = meanings(
            spoiled(agency.name, edits, dice), known, at="2025-02-01", within=ontology.parents(unit)[0].name
        )
        right += bool(found) and found[0].agency is agency
    assert right / NAMES >= least


def test_a_misread_body_is_said_to_be_one() -> None:
    (best, *_) = meanings("Uỷ bsn nhân dâm quận Đống Đa", known)
    assert (best.agency.id, best.reasons) == ("ubnd:006@1981-01-03", ("exact", "body_misread"))
    assert best.score < meanings("Ủy ban nhân dân quận Đống Đa", known)[0].score


@pytest.mark.parametrize("field", sorted({row["name"] for row in rows("agency_domains.csv")}))
def test_another_department_is_no_misreading(field: str) -> None:
    for name in (f"Phòng {field} quận Đống Đa", f"Sở {field} Hà Nội"):
        assert not any(reading.misread for group in readings(name) for reading in group), name


@pytest.mark.parametrize(
    "name",
    [
        "Công ty Đống Đa", "Hội Nhà báo quận Đống Đa", "Trường Mầm non Đống Đa",
        "Kho bạc Nhà nước quận Đống Đa", "Quân ủy Trung ương", "Ban Quản lý dự án quận Đống Đa", "Hội Đông y quận Đống Đa",
    ],
)  # fmt: skip
def test_what_the_tables_lack_is_not_made_another_body(name: str) -> None:
    assert meanings(name, known) == []
