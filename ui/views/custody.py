"""Papers of custody that are loaded: the lists, what they speak of, where they contradict one another, what of them waits.
Reading alone: loading and withdrawing are commands, which the page names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kg.custody.reports import list_json, lists_json
from kg.custody_wording import about_label
from ui.desk import desk, key_of, plain
from ui.rows import Row
from ui.tables import download, grid
from ui.words import day, figure, t, term

_SHOWN = 300
_STATES = ("pending", "ambiguous", "contrary")


def page() -> None:
    """The page of custody papers."""
    st.title(t("label_custody_papers"))
    st.info(t("ui_custody_help"))
    with desk() as workspace:
        value = lists_json(workspace.store)
        lists = value["lists"]
        if not lists:
            st.warning(plain(t("facts_none")))
            _commands()
            return
        _contradictions(value["contradictions"])
        for word in _STATES:
            if number := sum(_count(one[word]) for one in lists):
                st.warning(plain(t(f"facts_{word}", n=figure(number))))
        st.subheader(t("ui_custody_lists"), anchor=False)
        grid([_list_row(one) for one in lists])
        picked: int = st.selectbox(
            t("ui_custody_which"),
            range(len(lists)),
            key=key_of("custody-list", [one["id"] for one in lists]),
            format_func=lambda number: f"{lists[number]['file']} · {day(lists[number]['loaded'][:10])}",
        )
        _one(list_json(workspace.store, lists[picked]["id"]))
    _commands()


def _contradictions(found: Sequence[Mapping[str, Any]]) -> None:
    if not found:
        st.success(t("ui_custody_no_contradictions"))
        return
    st.error(plain(t("facts_contradictions", n=figure(len(found)))))
    rows: list[Row] = []
    for number, one in enumerate(found, start=1):
        for fact in one["facts"]:
            rows.append(
                {
                    t("column_row"): figure(number),
                    t("column_against"): term("facts_against", one["kind"]),
                    t("column_about"): _about(fact),
                    t("column_body"): fact["body"] or "",
                    t("column_date"): day(fact["since"]),
                    t("column_paper"): fact["paper"]["cited"],
                }
            )
    grid(rows[:_SHOWN])
    if len(rows) > _SHOWN:
        st.caption(t("ui_list_cut_lines", listed=figure(_SHOWN), total=figure(len(rows))))


def _list_row(one: Mapping[str, Any]) -> Row:
    kinds = ", ".join(f"{term('facts_kind', kind)}: {figure(number)}" for kind, number in one["kinds"].items())
    waiting = sum(_count(one[word]) for word in _STATES)
    return {
        t("column_list"): one["file"],
        t("column_facts"): f"{figure(one['in_use'])}/{figure(one['rows'])}",
        t("column_kind"): kinds,
        t("column_paper"): "; ".join(paper["cited"] for paper in one["papers"]),
        t("column_loaded"): day(one["loaded"][:10]),
        t("ui_custody_waiting"): figure(waiting) if waiting else "",
        t("column_state"): t("facts_state_withdrawn" if one["withdrawn"] else "facts_state_in_use"),
    }


def _one(value: Mapping[str, Any]) -> None:
    """The facts of a list; what the store does not have yet is said."""
    st.subheader(plain(value["file"]), anchor=False)
    for one in value["to_check"]:
        told = t(f"facts_check_{one['code']}", about=one["about"], value=one["value"])
        lines = ", ".join(f"{row['sheet']} {row['row']}" if row["sheet"] else str(row["row"]) for row in one["rows"])
        st.warning(plain(f"{told} ({t('column_row').lower()} {lines})"))
    rows = [_fact_row(fact) for fact in value["facts"]]
    grid(rows[:_SHOWN])
    if len(rows) > _SHOWN:
        st.caption(t("ui_list_cut_lines", listed=figure(_SHOWN), total=figure(len(rows))))
    download(value["file"], lambda: rows, key=key_of("can-cu", value["id"]))
    st.caption(plain(t("ui_custody_withdraw", id=value["id"])))


def _fact_row(fact: Mapping[str, Any]) -> Row:
    used = "pending" if fact["named"]["missing"] else "in_use"
    sheet = f"{fact['sheet']}, {fact['row']}" if fact["sheet"] else figure(fact["row"])
    return {
        t("column_row"): sheet,
        t("column_fact_kind"): term("facts_kind", fact["kind"]),
        t("column_about"): _about(fact),
        t("facts_role_giver"): fact["giver"] or "",
        t("column_body"): " · ".join(filter(None, (fact["body"], fact["place"]))),
        t("column_date"): day(fact["since"]),
        t("column_due"): day(fact["due"]),
        t("column_paper"): fact["paper"]["cited"],
        t("column_state"): t(f"facts_state_{used if fact['in_use'] else 'withdrawn'}"),
    }


def _about(fact: Mapping[str, Any]) -> str:
    named = {key: value for key, value in (fact.get("named") or {}).items() if value}
    return about_label(fact["scope"], {**fact["target"], **named})


def _count(value: int | Sequence[Any]) -> int:
    return value if isinstance(value, int) else len(value)


def _commands() -> None:
    """How papers are loaded and withdrawn."""
    st.markdown(f"**{t('ui_custody_commands')}**")
    for command in ("check", "load", "withdraw"):
        st.caption(t(f"ui_custody_command_{command}"))
        st.code(t(f"ui_custody_code_{command}"), language=None)
