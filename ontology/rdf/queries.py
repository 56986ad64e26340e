"""The questions as SPARQL: one file a question, its parameters in one VALUES line, put there as terms and never as text.

The same files can be run as they stand, with the example that they hold, by any engine of SPARQL 1.1.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ontology.dates import parse

_PARAMETERS = re.compile(r"^ *VALUES \((?P<names>[^()]*)\) \{ \((?P<examples>.*)\) \}$", re.MULTILINE)
_TERM = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^(?P<type>\S+))?')
_DATE = "xsd:date"
_XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"


def names() -> list[str]:
    """The names of all queries, sorted."""
    found = files("ontology.rdf").joinpath("data", "queries").iterdir()
    return sorted(entry.name.removesuffix(".rq") for entry in found if entry.name.endswith(".rq"))


@cache
def text(name: str) -> str:
    """The query as it stands in its file. Raises KeyError for a name that there is not."""
    if name not in names():
        raise KeyError(name)
    return files("ontology.rdf").joinpath("data", "queries", f"{name}.rq").read_text(encoding="utf-8")


@cache
def parameters(name: str) -> dict[str, tuple[str, bool]]:
    """The parameters of a query in their order: name → its example, and whether it is a day (ISO)."""
    found = _PARAMETERS.search(text(name))
    assert found is not None  # every file has the line: a test reads them all
    terms = [(term["text"], term["type"] == _DATE) for term in _TERM.finditer(found["examples"])]
    return dict(zip((given.lstrip("?") for given in found["names"].split()), terms, strict=True))


def query(name: str, /, **given: str) -> str:
    """The query with these values in the place of its examples, e.g. ``query("units_named", name="Xã Dịch Vọng",
    day="1994-06-30")``: texts, and days as ``ontology.dates`` reads them.

    Raises KeyError for an unknown query, TypeError where a parameter is missing or not one of the query's, BadDate.
    """
    from pyoxigraph import Literal, NamedNode

    known = parameters(name)
    if given.keys() != known.keys():
        raise TypeError(f"{name} has the parameters {', '.join(known)}")
    terms = []
    for parameter, (_, is_day) in known.items():
        if is_day:
            day = parse(given[parameter], partial=False)
            terms.append(Literal(day, datatype=NamedNode(_XSD_DATE)))
        else:
            terms.append(Literal(given[parameter]))
    line = f"  VALUES ({' '.join(f'?{each}' for each in known)}) {{ ({' '.join(map(str, terms))}) }}"
    return _PARAMETERS.sub(lambda _: line, text(name), count=1)
