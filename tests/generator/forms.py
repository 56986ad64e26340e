"""From a kind and a scene to the blocks of a page: the layouts of state, Party, mass organisations and letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.generator import bodies, places
from tests.generator.page import Block, Break, Centre, Columns, Gap, Line, Paragraph, Right, Row, Stamp
from tests.generator.plan import Planned
from tests.generator.scene import Drop, Scene
from tests.generator.template import expand

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
OLD_MOTTO = ("VIỆT NAM DÂN CHỦ CỘNG HÒA", "Độc lập - Tự do - Hạnh phúc")
RENAMED = "1976-07-02"  # the Assembly's resolution on the country's name
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
YOUTH = "ĐOÀN TNCS HỒ CHÍ MINH"


@dataclass(slots=True)
class Written:
    """A finished document: its blocks, and the header fields as printed."""

    planned: Planned
    blocks: tuple[Block, ...]
    scene: Scene
    issuer: str | None
    issuer_parent: str | None
    number: str | None
    type: str | None
    place_line: str | None
    day: str | None
    partial: str | None
    abstract: str | None
    signers: list[dict[str, Any]]
    author: str | None


def motto(day: str) -> tuple[str, str]:
    """Name of the state and its motto on that day."""
    return MOTTO if day >= RENAMED else OLD_MOTTO


def _items(entries: Iterable[Any], scene: Scene) -> list[str]:
    """Strings of a list with its conditions (since, until, where), chances (maybe), choices (any, some) and repetitions."""
    found: list[str] = []
    for entry in entries:
        if isinstance(entry, str):
            try:
                found.append(expand(entry, scene))
            except Drop:
                continue
            continue
        if not entry.get("since", "") <= scene.day <= entry.get("until", "9999"):
            continue
        if "maybe" in entry and not scene.dice.chance(float(entry["maybe"])):
            continue
        if "where" in entry and (entry["where"] == "rural") != scene.rural:
            continue
        if "either" in entry:
            found += next((lines for one in entry["either"] if (lines := _items([one], scene))), [])
        elif "any" in entry:
            chosen = scene.dice.one(entry["any"])
            found += _items([chosen] if isinstance(chosen, str) else chosen, scene)
        elif "some" in entry:
            low, _, high = entry["count"].partition("-")
            found += _items(scene.dice.some(scene.dice.randint(int(low), int(high or low)), entry["some"]), scene)
        elif "repeat" in entry:
            low, _, high = entry["repeat"].partition("-")
            for number in range(1, scene.dice.randint(int(low), int(high)) + 1):
                found += _items([row.replace("#", str(number)) for row in entry["rows"]], scene)
        else:
            found += _items([entry["text"]] if "text" in entry else entry["texts"], scene)
    return found


def _block(text: str) -> Block:
    """The mark at the start of a line says what it is."""
    mark, _, rest = text.partition(" ")
    if mark == "=":
        return Centre(Line(rest, "bold"))
    if mark == "~":
        return Centre(Line(rest, "italic"))
    if mark == ">":
        return Right(Line(rest, "italic"))
    if mark == "|":
        return Row(tuple(cell.strip() for cell in text.strip("| ").split("|")))
    if mark == "^":
        return Stamp(tuple(part.strip() for part in rest.split("/")))
    if text == "---":
        return Break()
    if text == ".":
        return Gap()
    return Paragraph(text)


class Form:
    """Writes one document of a kind."""

    def __init__(self, kind: dict[str, Any], planned: Planned, scene: Scene, sequence: int) -> None:
        self.kind = kind
        self.planned = planned
        self.scene = scene
        self.sequence = sequence
        self.layout = kind.get("layout", "state")
        self.blank = "blank" in planned.flags
        self.number: str | None = None
        self.abstract: str | None = None
        self.signers: list[dict[str, Any]] = []
        self.place_line: str | None = None
        self.parent, self.issuer = scene.issuer.head(scene.day, scene.dice)

    def write(self) -> Written:
        """All blocks and what is true of them."""
        scene, kind = self.scene, self.kind
        self.abstract = self._abstract()
        blocks: list[Block] = [Stamp(tuple(kind_stamp)) for kind_stamp in self._stamps()]
        blocks += self._head()
        blocks += self._title()
        if "authority" in kind:
            blocks += [Gap(), Centre(Line(expand(kind["authority"], scene), "bold")), Gap()]
        scene.role = "basis"
        blocks += [Paragraph(text) for text in _items(kind.get("basis", ()), scene)]
        if "resolve" in kind:
            blocks += [Gap(), Centre(Line(expand(kind["resolve"], scene), "bold")), Gap()]
        scene.role = "mention"
        blocks += [_block(text) for text in _items(kind.get("body", ()), scene)]
        blocks += self._foot()
        blocks += [_block(text) for text in _items(kind.get("appendix", ()), scene)]
        has_issuer = self.layout not in ("letter", "bare")
        dated = kind.get("dated", "yes") == "yes"
        return Written(
            planned=self.planned,
            blocks=tuple(blocks),
            scene=scene,
            issuer=" ".join(self.issuer) if has_issuer else None,
            issuer_parent=" ".join(self.parent) or None if has_issuer else None,
            number=self.number,
            type=kind.get("type") if self.layout != "bare" else None,
            place_line=self.place_line,
            day=None if self.blank or not dated else scene.day,
            partial=scene.day[:7] if self.blank and dated else None,
            abstract=self.abstract,
            signers=self.signers,
            author=expand(kind["author"], scene) if "author" in kind else None,
        )

    def _stamps(self) -> list[list[str]]:
        found = []
        if "secret" in self.planned.flags:
            found.append(["MẬT"])
        if "top_secret" in self.planned.flags:
            found.append(["TỐI MẬT"])
        if "internal" in self.planned.flags:
            found.append(["LƯU HÀNH NỘI BỘ"])
        if "incoming" in self.planned.flags or "incoming" in self.kind:
            name = bodies.Body("ubnd", self.scene.creator).name(self.scene.day, short=True).upper()
            arrived = expand("{date:1..9}", self.scene)
            found.append([name, f"ĐẾN Số: {self.scene.dice.randint(40, 2900)}", f"Ngày: {arrived}"])
        return found

    def _abstract(self) -> str | None:
        if "abstract" not in self.kind:
            return None
        abstract = self.kind["abstract"]
        if isinstance(abstract, str):
            return expand(abstract, self.scene)
        fitting = [entry for entry in abstract if isinstance(entry, str) or entry.get("since", "") <= self.scene.day]
        return _items([self.scene.dice.one(fitting)], self.scene)[0]

    def _symbol(self) -> str:
        scene, kind = self.scene, self.kind
        digits = "     " if self.blank else str(self.sequence)
        if not self.blank and self.sequence < 100 and scene.zero_padded:
            digits = f"{self.sequence:02d}"
        if "number" in kind:
            printed = expand(kind["number"].replace("{seq}", digits), scene)
        else:
            unit, ruling = kind.get("office", "VP"), "ruling" in kind
            printed = scene.issuer.symbol(scene.day, digits, kind["t"], unit, scene.dice, ruling=ruling)
        self.number = None if self.blank else printed.replace(" ", "")
        colon = "" if scene.issuer.bloc == "party" or scene.day < "1990" else ":"
        return f"Số{colon} {printed}"

    def _dateline(self) -> str:
        scene = self.scene
        units = places.chain(scene.issuer.place, scene.day)
        bare = len(units) > 2 and scene.dice.chance(0.45)
        spot = units[0].name if bare or (len(units) < 3 and scene.dice.chance(0.2)) else units[-1].name
        if units[-1].type == "Tỉnh":
            spot = units[0].name if bare else units[-2].name
        self.place_line = spot
        year, month, day = scene.day.split("-")
        written = (
            day if scene.zero_padded or int(day) > 9 else (f"0{int(day)}" if scene.day >= "1990" else str(int(day)))
        )
        month_text = f"0{int(month)}" if int(month) < 3 and scene.day >= "1990" else str(int(month))
        return f"{spot}, ngày {'    ' if self.blank else written} tháng {month_text} năm {year}"

    def _head(self) -> list[Block]:
        scene, kind = self.scene, self.kind
        if self.layout == "bare":
            return []
        if self.layout in ("letter", "centred"):
            head: list[Block] = [Centre(Line(motto(scene.day)[0], "bold")), Centre(Line(motto(scene.day)[1], "bold"))]
            if "t" in kind or "number" in kind:
                head.append(Centre(Line(self._symbol())))
            return [*head, Gap()]
        left = [Line(text) for text in self.parent] + [Line(text, "bold") for text in self.issuer]
        if self.layout == "party":
            left.append(Line("*"))
            right = [Line(PARTY, "bold"), Line("")]
        elif self.layout == "youth":
            left.append(Line("***"))
            right = [Line(YOUTH, "bold"), Line("")]
        else:
            right = [Line(text, "bold") for text in motto(scene.day)]
        rows = max(len(left), len(right))
        left += [Line("")] * (rows - len(left))
        right += [Line("")] * (rows - len(right))
        numbered = kind.get("numbered", "yes") == "yes"
        left.append(Line(self._symbol() if numbered else ""))
        right.append(Line(self._dateline() if kind.get("dated", "yes") == "yes" else "", "italic"))
        if kind.get("type") == "Công văn":
            left.append(Line(f"V/v {self.abstract}", "italic"))
        return [Columns(tuple(left), tuple(right)), Gap()]

    def _title(self) -> list[Block]:
        kind, scene = self.kind, self.scene
        if self.layout == "bare" or kind.get("type") == "Công văn":
            return []
        found: list[Block] = [Centre(Line(expand(kind.get("title", kind["type"]), scene).upper(), "bold"))]
        if self.abstract:
            lead = kind.get("lead", scene.dice.one(["Về việc ", "V/v ", "Về việc "]))
            printed = self.abstract
            if lead and not printed[:1].isupper():
                printed = lead + printed
            self.abstract = printed
            found.append(Centre(Line(printed, "bold" if scene.day >= "1990" else "regular")))
        return [*found, Gap()]

    def _foot(self) -> list[Block]:
        kind, scene = self.kind, self.scene
        if "foot" in kind:
            return [Gap(), *(_block(text) for text in _items(kind["foot"], scene))]
        if "signers" in kind:
            return self._two_signers()
        if "author" in kind:
            return self._author()
        post = scene.dice.one(kind.get("posts", ["chair", "vice"]))
        lines = scene.issuer.signature(post, scene.day, scene.dice)
        name = scene.issuer.signer(scene.seed, post, scene.day).name
        power = [line.split(" ")[0] for line in lines[:-1] if line[:3] in ("TM.", "KT.", "TL.", "T/M", "K/T", "T/L")]
        self.signers.append({"name": name, "position": lines[-1], "power": power})
        signed = ["(Đã ký)"] if scene.dice.chance(0.5) else [""]
        right = [Line(line, "bold") for line in lines] + [Line(text, "italic") for text in ["", *signed, ""]]
        right.append(Line(name, "bold"))
        recipients = _items(kind.get("to", ()), scene)
        left: list[Line] = []
        if recipients:
            left = [Line("Nơi nhận:", "italic"), *(Line(f"- {text.rstrip('.')}{';' if number < len(recipients) - 1 else '.'}")
                    for number, text in enumerate(recipients))]  # fmt: skip
        return [Gap(), Columns(tuple(left), tuple(right), flush=True, signature=len(lines))]

    def _two_signers(self) -> list[Block]:
        scene = self.scene
        blocks: list[Block] = [Gap()]
        pairs = self.kind["signers"]
        for index in range(0, len(pairs), 2):
            columns: list[list[Line]] = []
            for pair in pairs[index : index + 2]:
                title, who = expand(pair["title"], scene), expand(pair["who"], scene)
                self.signers.append({"name": who, "position": title, "power": []})
                columns.append(
                    [
                        Line(title, "bold"),
                        Line(""),
                        Line("(Đã ký)" if scene.dice.chance(0.5) else ""),
                        Line(who, "bold"),
                    ]
                )
            if len(columns) == 1:
                columns.insert(0, [])
            blocks += [Columns(tuple(columns[0]), tuple(columns[1]), signature=1), Gap()]
        return blocks

    def _author(self) -> list[Block]:
        scene = self.scene
        who = expand(self.kind["author"], scene)
        title = scene.dice.one(self.kind.get("author_titles", ["Người làm đơn"]))
        self.signers.append({"name": who, "position": title, "power": []})
        return [
            Gap(),
            Columns(
                (),
                (Line(expand("{bare}, {day}", scene), "italic"), Line(title, "bold"), Line(""), Line(who)),
                signature=2,
            ),
        ]
