"""The JSON forms of DESIGN.md §5 as types: what each answer must hold, checked strictly; more fields may stand beside."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import TypeAdapter
from typing_extensions import TypedDict

Certainty = Literal["certain", "by_population", "candidates", "unknown"]
CustodyWord = Literal["fact", "assigned", "by_rule_sure", "by_rule_likely", "not_assigned", "unknown_fonds"]
Status = Literal["no_change_found", "amended", "partly_repealed", "replaced", "repealed", "unknown"]


class Named(TypedDict):
    id: str
    name: str


class Unit(TypedDict):
    id: str
    code: str | None
    name: str
    type: str
    level: Literal["province", "district", "commune"]
    parents: list[Named]
    valid_from: str
    valid_to: str | None


class Step(Unit):
    extent: str
    act: str | None
    clause: str | None


class Record(TypedDict):
    id: str
    source: str | None
    fonds: str | None
    file: str | None
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    pages: int | None
    level: str | None
    bloc: str | None
    retention: str | None
    access: Literal["open", "conditional"]
    subject: str


class File(TypedDict):
    id: str
    fonds: str | None
    inventory: str | None
    code: str | None
    title: str | None
    since: str | None
    until: str | None
    retention: str | None
    sheets: int | None
    pages: int | None
    metres: float | None
    box: str | None
    arranged: bool | None
    scanned: bool


class Totals(TypedDict):
    files: int
    documents: int
    pages: int
    metres: float | None


class Place(TypedDict):
    old: Unit | None
    new: list[Step]
    certainty: Certainty


class Held(TypedDict):
    name: str
    since: str | None
    paper: str | None


class Destination(TypedDict):
    name: str | None
    basis: str | None
    certainty: CustodyWord


class Custody(TypedDict):
    held_now: Held | None
    destination: Destination
    due: str | None


class MovedRow(TypedDict):
    record: Record
    place: Place
    custody: Custody


class MovedBase(TypedDict):
    to: Unit | None
    kind: Literal["any", "civil", "land"]
    totals: Totals
    records: list[MovedRow]


class MovedByPlace(MovedBase):
    by: Literal["place"]
    by_certainty: dict[Certainty, Totals]


class MovedByCustody(MovedBase):
    by: Literal["custody"]
    by_certainty: dict[CustodyWord, Totals]


class Difference(TypedDict):
    kind: Literal["not_scanned", "not_listed", "sheets", "in_two_fonds"]
    file: str | None
    listed: Any
    found: Any


class Fonds(TypedDict):
    id: str
    creator: str | None
    level: str | None
    bloc: str | None
    status: str | None
    opened: str | None
    closed: str | None
    files: int
    documents: int
    sheets: int | None
    pages: int
    metres: float | None
    differences: list[Difference]


class FondsWhole(Fonds):
    inventories: list[dict[str, Any]]
    file: list[File]


class Stats(TypedDict):
    records: int
    files: int
    fonds: int
    pages: int
    entities: dict[str, int]
    edges: dict[str, int]
    vectors: int
    quarantined: int
    secret: int
    schema: int


class Mention(TypedDict):
    kind: str
    id: str
    surface: str | None
    start: int | None
    end: int | None


class Show(Record):
    text: str | None
    signers: list[dict[str, Any]]
    cites: list[dict[str, Any]]
    affects: list[dict[str, Any]]
    mentions: list[Mention]
    place: Place | None
    custody: Custody
    judgements: list[dict[str, Any]]


class Passage(TypedDict):
    text: str
    page: int
    start: int
    end: int


class Hit(TypedDict):
    record: Record
    score: float
    passages: list[Passage]


class Count(TypedDict):
    value: str
    count: int


class Understood(TypedDict):
    places: list[Unit]
    number: str | None
    written_out: dict[str, str]


class Facets(TypedDict):
    issuer: list[Count]
    type: list[Count]
    year: list[Count]
    unit: list[Count]
    bloc: list[Count]
    level: list[Count]
    subject: list[Count]
    retention: list[Count]
    access: list[Count]
    fonds: list[Count]


class Search(TypedDict):
    query: str
    understood: Understood
    total: int
    hits: list[Hit]
    facets: Facets


class Evidence(TypedDict):
    record: str
    text: str | None
    start: int | None
    end: int | None
    page: int | None


class Node(TypedDict):
    id: str
    kind: str
    name: str


class Link(TypedDict):
    type: str
    other: Node
    records: int
    evidence: list[Evidence]


class Entity(Node):
    aliases: list[str]
    links: list[Link]
    newest: list[Record]


PathStep = TypedDict("PathStep", {"from": Node, "type": str, "to": Node, "evidence": list[Evidence]})


class Path(TypedDict):
    found: bool
    length: int | None
    steps: list[PathStep]


class ChainNode(TypedDict):
    id: str
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    held: bool
    status: Status


ChainEdge = TypedDict(
    "ChainEdge",
    {
        "from": str,
        "relation": Literal["based_on", "cites", "amends", "replaces", "repeals"],
        "scope": str | None,
        "to": str,
        "evidence": list[Evidence],
    },
)


class Chain(TypedDict):
    nodes: list[ChainNode]
    edges: list[ChainEdge]


def check(form: Any, value: Any) -> None:
    """Raise ValidationError where the value is not of the form; types are not converted."""
    TypeAdapter(form).validate_python(value, strict=True)
