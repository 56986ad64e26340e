"""A record that was found: what it is, the passages that answer, how it was found, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.desk import plain
from ui.passages import show_passage
from ui.rows import file_name, record_title
from ui.views.record import ask_for
from ui.words import day, t, term

_PASSAGES = 2


def show_hit(hit: Mapping[str, Any], *, inside: bool = False) -> None:
    """One hit in a frame; ``inside`` a window there are no buttons, since a window cannot open another."""
    from ui.views.similar import ask_alike

    record = hit["record"]
    with st.container(border=True):
        left, right = st.columns([8, 1]) if not inside else (st.container(), None)
        with left:
            st.markdown(f"**{plain(record_title(record))}**")
            facts = [record["type"], record["number"], day(record["date"] or record["date_partial"]),
                     record["issuer"], file_name(record["file"])]  # fmt: skip
            st.caption(plain(" · ".join(str(fact) for fact in facts if fact)))
            if not hit["passages"] and not inside:
                st.caption(t("ui_withheld_text") if record["access"] == "conditional" else t("no_text"))
            for passage in hit["passages"][:_PASSAGES]:
                show_passage(passage["text"], passage["marks"], base=passage["start"], page=passage["page"])
            _how(hit)
        if right is not None:
            right.button(t("ui_open"), key=f"open-{record['id']}", on_click=ask_for, args=(record["id"],))
            if record["access"] != "conditional":
                right.button(t("ui_alike"), key=f"alike-{record['id']}", on_click=ask_alike, args=(record["id"],))


def _how(hit: Mapping[str, Any]) -> None:
    ways = ", ".join(t(f"found_by_{way}") for way in hit["found_by"])
    lines = [t("found_by_label", ways=ways) + f" ({term('match', hit['certainty'])})."] if ways else []
    shared = hit.get("shared") or {"entities": (), "words": ()}
    if shared["entities"]:
        lines.append(t("shared_entities", names="; ".join(entity["name"] for entity in shared["entities"])) + ".")
    if shared["words"]:
        lines.append(t("shared_words", words=", ".join(shared["words"])) + ".")
    if lines:
        st.caption(plain(" ".join(lines)))
