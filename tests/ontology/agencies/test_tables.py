"""The tables of bodies, names, rules, exceptions and tasks fit together."""

from __future__ import annotations

import re

import pytest

from kg.messages import knows
from ontology.agencies.bodies import bodies, forms
from ontology.agencies.own import exceptions
from ontology.agencies.tasks import task_rules
from ontology.agencies.tenures import rules
from ontology.agencies.words import heads
from ontology.dates import parse
from ontology.names import levels_of

KINDS = {head.kind for head in heads()}


def test_every_kind_of_body_has_a_full_name_and_a_kind_of_the_grammar() -> None:
    assert set(forms()) == set(bodies())
    for body in bodies().values():
        assert body.kind in KINDS
        assert any(form.style == "full" for form in forms()[body.id]), body.id


def test_heirs_are_bodies_that_begin_where_the_other_ends() -> None:
    for body in bodies().values():
        assert not body.heirs or body.until, body.id
        for heir in body.heirs:
            since = bodies()[heir].since
            assert not since or since >= body.until[: len(since)], (body.id, heir)


@pytest.mark.parametrize("body", bodies())
def test_days_and_types_of_a_row_can_be_read(body: str) -> None:
    row = bodies()[body]
    for day in (row.since, row.until):
        assert not day or parse(day) == day
    for scope in (row.scope, *(form.scope for form in forms()[row.id])):
        for kind in scope.types:
            word, _, level = kind.partition("@")
            assert levels_of(word), kind
            assert not level or level in levels_of(word)


def test_a_form_has_the_unit_or_is_one_body() -> None:
    for form in (form for group in forms().values() for form in group):
        assert re.fullmatch(r"[^{}]+(?: \{(?:unit|name)\})?", form.text), form.text
        assert not form.names_no_unit or len(form.scope.provinces) == 1


def test_each_end_has_a_rule_for_all_that_is_left() -> None:
    for end in ("opens", "closes"):
        last = [rule for rule in rules() if rule.end == end][-1]
        assert (last.unit_days, last.kinds, last.scope.levels, last.scope.provinces) == ("any", *[frozenset()] * 3)


def test_what_a_table_says_is_said_in_words() -> None:
    ids = [*(rule.id for rule in rules()), *(exception.id for exception in exceptions())]
    told = [f"agency_rule_{identifier}" for identifier in ids]
    told += [f"agency_matter_{rule.matter}" for rule in task_rules()] + [
        f"agency_to_{rule.to}" for rule in task_rules()
    ]
    assert not [key for key in told if not knows(key)]


def test_exceptions_are_about_bodies_of_the_table() -> None:
    for exception in exceptions():
        assert exception.bodies <= set(bodies())
        assert not exception.until or exception.until >= exception.since
