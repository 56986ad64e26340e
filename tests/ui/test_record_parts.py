"""The page of a record that is a file of several documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.kg.ingest.batches import hoso
from tests.kg.linking.several import SIGNERS, decision, file_of
from tests.ui.conftest import HOSTILE, bodies, shown

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of one file: three decisions, the second with a hostile subject."""
    folder = tmp_path_factory.mktemp("ui-parts")
    (folder / "P01" / "H1").mkdir(parents=True)
    second = decision(11).replace("Về việc sửa chữa trường học số 11", f"Về việc sửa chữa trường học số 11 {HOSTILE}")
    text = file_of(decision(10), second, decision(12))
    (folder / "P01" / "H1" / "001.txt").write_text(text, encoding="utf-8")
    url = f"sqlite:///{folder / 'h.db'}"
    assert hoso("ingest", str(folder / "P01"), "--workers", "1", "--store", url).returncode == 0
    return url


def test_the_documents_stand_in_a_table_with_the_way_to_each_act(open_page: Open, url: str) -> None:
    app = open_page("search", store=url, q="trường học")
    next(button for button in app.button if button.label == "Xem").click().run()
    assert not app.exception
    assert [box.label for box in app.expander if "văn bản trong tệp" in box.label] == [
        "Các văn bản trong tệp này (3)"
    ]
    text = shown(app)
    for number in (10, 11, 12):
        assert f"{number}/QĐ-UBND" in text
        assert SIGNERS[number % 3] in text
    table = next(body for body in bodies(app) if "12/QĐ-UBND" in body and "<table" in body)
    assert table.count("<tr>") == 4
    assert "<img" not in table
