"""Who must receive a file after its creator's unit changed: rules as data, the first row that fits decides.

``data/custody_rules.csv`` is the table (an archive may put its own in its place: ``HOSO_CUSTODY_RULES``). Its keys are
level × kind of change × bloc × kind of specialised record × retention × carrier × matter; each row names its act and
article and how sure the reading of the law is. A rule never makes an answer a fact: that takes a signed paper. The map
is not asked: the communes that a divided commune's land went to are candidates for the subject, never custodians.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from ontology import names
from ontology.folding import fold
from ontology.model import Unit
from ontology.registry import Ontology
from ontology.validity import REFORM, day_after

Change = Literal["continues", "merged", "divided", "district_ended", "ended_earlier", "unknown"]
CustodyCertainty = Literal["fact", "assigned", "by_rule_sure", "by_rule_likely", "not_assigned", "unknown_fonds"]
CUSTODY_ORDER: tuple[CustodyCertainty, ...] = (
    "fact",
    "assigned",
    "by_rule_sure",
    "by_rule_likely",
    "not_assigned",
    "unknown_fonds",
)
"""From the surest to the least sure."""

TRANSITION_END = "2035-06-30"
"""Ten years from 01/07/2025 for the communes' records from before the law (Law 33/2024/QH15 art. 65.1a); our count."""

_LEAVING = frozenset({"part", "part_area_only", "part_area_all_pop", "part_pop"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table. Key columns hold one value, several with ``|``, or ``any``."""

    id: str
    level: str
    change: str
    bloc: str
    special: str
    retention: str
    carrier: str
    matter: str
    name: str
    via: str
    certainty: CustodyCertainty
    due: str
    act: str
    article: str
    law_sure: str
    note: str


@dataclass(frozen=True, slots=True)
class Case:
    """What decides where a file must go. ``unit`` is the creator's unit version (None: not known);
    ``retention``: permanent, fixed or unknown; ``carrier``: paper or digital; ``until``: its last day, ISO."""

    level: str | None
    bloc: str | None
    unit: Unit | None
    creator: str
    retention: str = "unknown"
    carrier: str = "paper"
    special: str = "none"
    matter: str = "any"
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of the creator's unit, as custody sees it: the kind of change and the one unit that goes on."""

    change: Change
    successor: Unit | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where the file must go by rule. ``name`` is None where nobody is assigned; ``via`` receives it first, to arrange
    it; ``unit`` is the unit of the receiving body; ``basis`` the act with article (None: no act was found)."""

    name: str | None
    certainty: CustodyCertainty
    basis: str | None
    rule: str
    change: Change
    due: str | None = None
    via: str | None = None
    unit: str | None = None
    note: str | None = None


def rules() -> tuple[Rule, ...]:
    """The table in use. Raises OSError, KeyError or ValueError when the archive's own table cannot be read."""
    return _rules(os.environ.get("HOSO_CUSTODY_RULES"))


@lru_cache(maxsize=4)
def _rules(own: str | None) -> tuple[Rule, ...]:
    text = Path(own).read_text(encoding="utf-8-sig") if own else None
    rows = csv.DictReader(io.StringIO(text)) if text is not None else names.rows("custody_rules.csv")
    return tuple(_rule(row) for row in rows)


def _rule(row: Mapping[str, str]) -> Rule:
    certainty = next((word for word in CUSTODY_ORDER if word == row["certainty"]), None)
    if certainty is None or certainty in ("fact", "unknown_fonds"):
        raise ValueError(f"custody rule {row['id']}: certainty {row['certainty']!r}")
    values = {key: row[key] for key in Rule.__slots__ if key != "certainty"}
    return Rule(certainty=certainty, **values)


def special_kind(creator: str | None, titles: Iterable[str | None]) -> str:
    """The kind of specialised record that creator or titles tell (police, court, civil_register ...), else ``none``.

    A title decides only where every title says so: a decision about land in a committee's file is no cadastral file.
    """
    known = [title for title in titles if title]
    for row in _kinds():
        told = [creator] if row.where == "creator" and creator else known if row.where == "title" else []
        if told and all(row.named_in(text) for text in told):
            return row.kind
    return "none"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of specialised record and the words that tell it, in the name of its creator or in every title."""

    kind: str
    where: str
    words: re.Pattern[str]
    folded: re.Pattern[str]

    def named_in(self, text: str) -> bool:
        """Whether whole words of the text tell the kind. Accents count ("sổ hộ tịch" is a register, "hồ sơ hộ tịch"
        a file about it), except where the text has none."""
        key = names.key(text)
        return bool(self.folded.search(key) if fold(key) == key else self.words.search(key))


@cache
def _kinds() -> tuple[_Kind, ...]:
    found = []
    for row in names.rows("custody_kinds.csv"):
        words = [names.key(word) for word in row["words"].split("|")]
        patterns = (rf"\b(?:{'|'.join(map(re.escape, forms))})\b" for forms in (words, map(fold, words)))
        found.append(_Kind(row["kind"], row["where"], *map(re.compile, patterns)))
    return tuple(found)


def succession(unit: Unit | None, level: str | None, ontology: Ontology) -> Succession:
    """What became of the unit by today. A district without a known unit ended with all districts on 01/07/2025.

    A unit that was divided stays so where its parts met again in one new unit: its files had gone apart.
    """
    if unit is None:
        return Succession("district_ended" if level == "district" else "unknown")
    latest = _last_of_name(unit, ontology)
    if latest.valid_to is None:
        return Succession("continues", latest)
    if latest.level == "district":
        return Succession("district_ended" if latest.valid_to >= "2025-06-30" else "ended_earlier")
    then = ontology.successors(latest, day_after(latest.valid_to)).steps
    now = ontology.successors(latest).steps
    if not then or not now or any(step.extent == "possible" for step in (*then, *now)):
        return Succession("unknown")
    if any(len(takers) > 1 or takers[0].extent in _LEAVING for takers in (then, now)):
        return Succession("divided")
    kind: Change = "continues" if now[0].extent == "unchanged" else "merged"
    return Succession(kind, now[0].unit)


def _last_of_name(unit: Unit, ontology: Ontology) -> Unit:
    """The last version of the unit under its name (of any type): a list may carry a code on to the larger part of a
    unit that was divided, under another name (huyện Từ Liêm, quận Nam Từ Liêm)."""
    bare = names.folded_key(names.split_type(unit.name)[1])
    versions = ontology.same(unit)
    return [one for one in versions if names.folded_key(names.split_type(one.name)[1]) == bare][-1]


def rule_for(case: Case, ontology: Ontology) -> Ruling:
    """The first rule that fits the case, with names filled in."""
    outcome = succession(case.unit, case.level, ontology)
    keys = {
        "level": case.level or "unknown",
        "change": outcome.change,
        "bloc": case.bloc or "unknown",
        "special": case.special,
        "retention": case.retention,
        "carrier": case.carrier,
        "matter": case.matter,
    }
    rule = next(rule for rule in rules() if all(_fits(getattr(rule, key), value) for key, value in keys.items()))
    filled = _Names(case, outcome, ontology)
    basis = ", ".join(part for part in (rule.act, rule.article) if part)
    return Ruling(
        name=filled.fill(rule.name),
        certainty=rule.certainty,
        basis=basis or None,
        rule=rule.id,
        change=outcome.change,
        due=due_day(rule.due, case.until),
        via=filled.fill(rule.via),
        unit=filled.receiver(rule.name),
        note=rule.note or None,
    )


def _fits(pattern: str, value: str) -> bool:
    return pattern == "any" or value in pattern.split("|")


def due_day(code: str, until: str | None) -> str | None:
    """The day by which a rule wants the file handed over, None where it names none or the file's years are not known.

    ``1_year``: to the current archive within one year from the year the work ended; ``5_years_after_1``: to the
    historical archive within five more (Law 33/2024/QH15 art. 17, 383-QĐ/TW art. 12), counted to the last day of that
    year; ``law_65_1a``: the ten years of transition for what is older than the law, else as before.
    """
    if code == "law_65_1a":
        if until is None or until < REFORM:
            return TRANSITION_END
        code = "5_years_after_1"
    years = {"1_year": 1, "5_years_after_1": 6}.get(code)
    if years is None or until is None:
        return None
    return f"{int(until[:4]) + years:04d}-12-31"


class _Names:
    """Fills the names of bodies into a rule's wording."""

    def __init__(self, case: Case, outcome: Succession, ontology: Ontology) -> None:
        self._successor = outcome.successor
        self._province = _province_of(case.unit, ontology)
        here = outcome.successor or case.unit
        self._unit = here
        body = names.rows("custody_bodies.csv")
        creator = fold(case.creator)
        fitting = next(row for row in body if any(fold(word) in creator for word in row["creator"].split("|")))
        self._values = {
            "province": _inside(self._province) or "tỉnh",
            "party_committee": _party_committee(self._province),
            "unit": _inside(case.unit),
            "creator": case.creator,
            "successor": _inside(here),
        }
        self._values["successor_body"] = fitting["successor_body"].format(**self._values)

    def fill(self, wording: str) -> str | None:
        """The wording with names, None for an empty one."""
        return " ".join(wording.format(**self._values).split()) or None

    def receiver(self, wording: str) -> str | None:
        """The unit of the body that the wording names."""
        if not wording:
            return None
        unit = self._province if "{province}" in wording or "{party_committee}" in wording else self._unit
        return unit.id if unit else None


def _province_of(unit: Unit | None, ontology: Ontology) -> Unit | None:
    """The province of today that the unit's province became; the unit's own where that was divided."""
    if unit is None:
        return None
    own = (
        unit if unit.level == "province" else next((p for p in ontology.parents(unit) if p.level == "province"), None)
    )
    if own is None:
        return None
    outcome = succession(own, "province", ontology)
    return outcome.successor or own


def _inside(unit: Unit | None) -> str:
    """A unit's name as it stands inside another name: "Ủy ban nhân dân phường Hoàn Kiếm"."""
    return unit.name[:1].lower() + unit.name[1:] if unit else ""


def _party_committee(province: Unit | None) -> str:
    """The provincial Party committee: "Thành ủy Hà Nội", "Tỉnh ủy Nghệ An"."""
    if province is None:
        return "cấp ủy cấp tỉnh"
    _, bare = names.split_type(province.name)
    return f"{'Thành ủy' if province.type == 'thành phố' else 'Tỉnh ủy'} {bare}"
