"""The page of custody papers, and the files of the page of moved records."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from kg.custody.lists import keep
from kg.custody.loading import read_list
from kg.custody.rows import Defaults
from kg.messages import say
from kg.workspace import open_workspace
from tests.kg.custody.making import ASSIGNMENTS, CITY, HANDED_OVER, HANDOVERS, list_csv
from tests.ui.conftest import bodies, shown

Open = Callable[..., AppTest]
HOSTILE = "<b>UBND</b> phường Hoàn Kiếm"


def test_what_is_loaded_contradicts_and_waits_is_on_the_page(open_page: Open, store_url: str, tmp_path: Path) -> None:
    database = Path(store_url.removeprefix("sqlite:///"))
    shutil.copy(database, tmp_path / "ui.db")
    shutil.copytree(f"{database}-data", tmp_path / "ui.db-data")
    url = f"sqlite:///{tmp_path / 'ui.db'}"
    with open_workspace(url) as workspace:
        fonds = next(iter(workspace.store.fonds())).id
        rows = [
            (str(number), "Phân công", fonds, "70 năm", body, f"{number}/QĐ-UBND", "30/09/2025", CITY)
            for number, body in enumerate((HOSTILE, "UBND phường Láng"), start=1)
        ]
        read = [
            read_list(list_csv(tmp_path, ASSIGNMENTS, *rows)),
            read_list(list_csv(tmp_path, HANDOVERS, HANDED_OVER, name="b.csv"), defaults=Defaults("handover")),
        ]
        keep(workspace.store, read)
    app = open_page("custody", store=url)
    assert not app.exception
    assert "trái nhau" in app.error[0].value  # two bodies by papers of one day
    assert any(say("facts_pending", lang="vi", n="1") in one.value.replace("\\", "") for one in app.warning)
    assert "custody load" in " ".join(code.value for code in app.code)
    tables = " ".join(bodies(app))
    assert "chỉ hồ sơ thời hạn 70 năm" in tables
    assert "<b>UBND</b>" not in tables
    app.selectbox[0].set_value(1).run()
    assert "07/BB-UBND" in " ".join(bodies(app))


def test_without_papers_the_page_says_how_they_are_loaded(open_page: Open) -> None:
    app = open_page("custody")
    assert not app.exception
    assert "hoso custody load" in shown(app) + " ".join(code.value for code in app.code)


def test_by_custody_the_files_are_listed_and_two_questions_counted(open_page: Open) -> None:
    custody = open_page("moved").tabs[1]
    tables = [one for one in bodies(custody) if "<table" in one]
    assert any(
        say("label_held_now", lang="vi") in one and say("custody_held_unknown", lang="vi") in one for one in tables
    )
    assert any("H01" in one and say("label_to_check", lang="vi") in one for one in tables)
