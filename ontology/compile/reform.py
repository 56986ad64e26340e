"""1 July 2025: the clauses of the 34 resolutions, with codes for names.

The acts say what went where, to what extent, by which clause; the package gives the codes. Where a clause's name
fits several communes, brackets in the clause decide, then what the package knows of the new unit, then the
neighbours in the clause. A name that is still open stops the compilation: it needs a correction with its reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import cast

from ontology.compile.acts import Act
from ontology.compile.clauses import Closing, Mention, Merge, Rename, Share, extents, parse
from ontology.compile.corrections import Corrections
from ontology.compile.package import NewCommune, OldCommune, Package
from ontology.compile.spelling import with_type
from ontology.model import Extent
from ontology.names import key, loose, split_type

DAY = "2025-07-01"
"""The resolutions were in force on the day they were passed; the new communes work from this day (article 2)."""

_LIKE = 0.75
"""Below this two spellings are not taken for one name (measured: the eight pairs of acts and package lie above .83)."""


@dataclass(frozen=True, slots=True)
class ReformEdge:
    """Old code → new code with extent, by act and clause (None: a unit that the closing clause leaves as it was)."""

    old: str
    new: str
    extent: Extent
    act: str
    clause: str | None


@dataclass(slots=True)
class Reform:
    """All edges of the day, and the spelling of old and new names as the acts have it (code → name with type word).

    ``renamings``: acts and clauses that only gave another name. ``shares``: old code → what each clause took of it (new code, share, act, clause). ``problems``: names left open.
    """

    edges: list[ReformEdge] = field(default_factory=list)
    old_names: dict[str, str] = field(default_factory=dict)
    new_names: dict[str, str] = field(default_factory=dict)
    shares: dict[str, list[tuple[str, Share, str, str]]] = field(default_factory=lambda: defaultdict(list))
    renamings: set[tuple[str, str]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


class _Register:
    """Communes of one side of the change within one new province, found by name."""

    def __init__(self, communes: Iterable[OldCommune] | Iterable[NewCommune]) -> None:
        self.by_code = {code_of(commune): commune for commune in communes}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for code, commune in self.by_code.items():
            kind, bare = split_type(commune.name)
            for form in {f"{kind} {key(bare)}", f"{kind} {loose(bare)}", key(bare), loose(bare)}:
                self._by_name[form].append(code)

    def find(self, mention: Mention) -> list[str]:
        """Codes by type and name, each without accents and spaces where the full form is not known."""
        name, short = key(mention.name), loose(mention.name)
        for form in (f"{mention.type} {name}", f"{mention.type} {short}", name, short):
            if found := self._by_name.get(form):
                return found
        return []

    def of_district(self, name: str) -> list[str]:
        """All the communes of a district that an act takes whole."""
        return [
            code
            for code, commune in self.by_code.items()
            if isinstance(commune, OldCommune) and key(split_type(commune.district_name)[1]) == key(name)
        ]

    def nearest(self, mention: Mention, among: set[str]) -> list[str]:
        """The code among those given whose name is spelt most like the mention's ("Ia Dreh", "Ia RDreh")."""
        bare = loose(mention.name)
        ratios = {
            code: SequenceMatcher(None, bare, loose(split_type(self.by_code[code].name)[1])).ratio()
            for code in sorted(among & self.by_code.keys())
        }
        best = max(ratios, key=lambda code: ratios[code], default=None)
        return [best] if best is not None and ratios[best] >= _LIKE else []


def compile_reform(acts: list[Act], package: Package, corrections: Corrections) -> Reform:
    """The edges of 2025-07-01. Raises ValueError with the list of names that no rule and no correction settles."""
    reform = Reform()
    problems = reform.problems
    for act in acts:
        _ActCompiler(act, package, corrections, reform).run()
    for old, taken in reform.shares.items():
        found = extents([share for _, share, _, _ in taken])
        if len(taken) > 1 and "whole" in found:
            problems.append(f"{old} is handed over whole and again: {taken}")
        for (new, _, number, clause), extent in zip(taken, found, strict=True):
            known = corrections.get("extent", f"{number}#{clause}", old)
            reform.edges.append(ReformEdge(old, new, cast(Extent, known.value) if known else extent, number, clause))
    absent = {code_of(commune) for commune in package.old} - {edge.old for edge in reform.edges}
    problems += [f"{code} went nowhere" for code in sorted(absent)]
    if problems:
        raise ValueError("the resolutions are not settled:\n" + "\n".join(problems))
    reform.edges.sort(key=lambda edge: (edge.old, edge.new))
    return reform


def code_of(commune: OldCommune | NewCommune) -> str:
    """The commune's code; a district without communes stands for itself (its three-digit code)."""
    if isinstance(commune, OldCommune):
        return commune.code or commune.district
    return commune.code


class _ActCompiler:
    def __init__(self, act: Act, package: Package, corrections: Corrections, reform: Reform) -> None:
        self._act, self._package, self._corrections, self._reform = act, package, corrections, reform
        self._clauses = [(clause.number, parse(clause.text)) for clause in act.clauses]
        closing = next(parsed for _, parsed in self._clauses if isinstance(parsed, Closing))
        province = self._province(closing.province)
        self._old = _Register(commune for commune in package.old if commune.province in package.merged[province])
        self._new = _Register(commune for commune in package.new if commune.province == province)

    def run(self) -> None:
        for number, parsed in self._clauses:
            if isinstance(parsed, Merge):
                self._merge(number, parsed)
            elif isinstance(parsed, Rename):
                self._rename(number, parsed)
            else:
                self._closing(parsed)

    def _province(self, name: str) -> str:
        wanted = key(split_type(name)[1])
        return next(c.province for c in self._package.new if key(split_type(c.province_name)[1]) == wanted)

    def _merge(self, number: str, merge: Merge) -> None:
        target = self._target(number, merge.target)
        resolved: dict[int, list[str]] = {}
        open_mentions: list[int] = []
        for index, mention in enumerate(merge.taken):
            codes = self._candidates(number, mention, target)
            if codes is None:
                continue
            if len(codes) == 1 or (codes and mention.type == "huyện"):
                resolved[index] = codes
            else:
                open_mentions.append(index)
        for index in open_mentions:
            if (code := self._by_neighbours(merge.taken, index, number, target, resolved)) is not None:
                resolved[index] = [code]
        for index, codes in sorted(resolved.items()):
            mention = merge.taken[index]
            assert mention.share is not None
            for code in codes:
                self._reform.shares[code].append((target, mention.share, self._act.number, number))
                if mention.type != "huyện":
                    self._name(self._reform.old_names, code, mention)

    def _rename(self, number: str, rename: Rename) -> None:
        target = self._target(number, rename.new)
        codes = self._candidates(number, rename.old, target) or []
        if len(codes) != 1:
            self._problem(number, rename.old, codes)
            return
        self._reform.shares[codes[0]].append((target, "whole", self._act.number, number))
        self._reform.renamings.add((self._act.number, number))
        self._name(self._reform.old_names, codes[0], rename.old)

    def _closing(self, closing: Closing) -> None:
        for mention in closing.unchanged:
            target = self._target("", mention)
            codes = self._candidates("", mention, target) or []
            if len(codes) != 1:
                self._problem("", mention, codes)
                continue
            self._reform.edges.append(ReformEdge(codes[0], target, "unchanged", self._act.number, None))

    def _target(self, number: str, mention: Mention) -> str:
        codes = self._new.find(mention)
        if len(codes) != 1:
            self._problem(number, mention, codes)
            return ""
        self._name(self._reform.new_names, codes[0], mention)
        return codes[0]

    def _candidates(self, number: str, mention: Mention, target: str) -> list[str] | None:
        """Codes that the name can mean here; None when a correction says that it is no unit."""
        if correction := self._corrections.get("mention", f"{self._act.number}#{number}", mention.name):
            return [correction.value] if correction.value else None
        if mention.type == "huyện":
            return self._old.of_district(mention.name)
        found = self._old.find(mention) or self._old.nearest(mention, self._went_to(target))
        if mention.within and (inside := [code for code in found if self._inside(code, mention.within)]):
            found = inside
        if len(found) > 1 and (known := [code for code in found if target in self._package.went_to.get(code, ())]):
            found = known
        return found

    def _went_to(self, target: str) -> set[str]:
        return {old for old, new in self._package.went_to.items() if target in new}

    def _by_neighbours(
        self, taken: tuple[Mention, ...], index: int, number: str, target: str, resolved: dict[int, list[str]]
    ) -> str | None:
        """A bracket behind a later name of the list holds for the names before it; else the clause's commonest district."""
        codes = self._candidates(number, taken[index], target) or []
        for later in taken[index + 1 :]:
            if later.within:
                inside = [code for code in codes if self._inside(code, later.within)]
                if len(inside) == 1:
                    return inside[0]
                break
        districts = Counter(self._district(code) for codes in resolved.values() for code in codes)
        for district, _ in districts.most_common():
            here = [code for code in codes if self._district(code) == district]
            if len(here) == 1:
                return here[0]
        self._problem(number, taken[index], codes)
        return None

    def _inside(self, code: str, within: str) -> bool:
        commune = self._old.by_code[code]
        assert isinstance(commune, OldCommune)
        district, _, province = within.removeprefix("thuộc ").partition(", ")
        if key(district) != key(commune.district_name):
            return False
        return not province or key(province) == key(commune.province_name)

    def _district(self, code: str) -> str:
        commune = self._old.by_code.get(code)
        return commune.district if isinstance(commune, OldCommune) else ""

    def _name(self, names: dict[str, str], code: str, mention: Mention) -> None:
        names.setdefault(code, with_type(mention.type, mention.name))

    def _problem(self, number: str, mention: Mention, codes: list[str]) -> None:
        self._reform.problems.append(
            f"{self._act.number}#{number}: {mention.type} {mention.name} ({mention.within}): {codes}"
        )
