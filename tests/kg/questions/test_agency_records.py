"""An agency's records by papers: decided as for a file; what comes to a body at work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.custody.lists import keep
from kg.custody.loading import read_list
from kg.custody.rows import Defaults
from kg.questions.agency import agency
from kg.workspace import open_workspace
from tests.kg.custody.making import ASSIGNMENTS, CITY, HANDOVERS, list_csv


def test_what_papers_send_to_a_body_at_work_is_told(tmp_path: Path, store_folder: Path) -> None:
    """What it holds, what was assigned to it; of two papers about one thing the one that counts."""
    shutil.copytree(store_folder, tmp_path / "store")
    with open_workspace(f"sqlite:///{tmp_path / 'store' / 'h.db'}") as workspace:
        assigned = ("1", "Phân công", "F2", "Có thời hạn", "phường Hoàn Kiếm", "5/QĐ-UBND", "30/09/2025", CITY)
        handed = ("F1", "02", "UBND phường Hàng Bạc", "UBND P. Hoàn Kiếm", "07/BB-UBND", "02/07/2025")
        before = ("F1", "02", "UBND phường Hàng Bạc", "UBND phường Cửa Nam", "06/BB-UBND", "01/07/2025")
        read = [
            read_list(list_csv(tmp_path, ASSIGNMENTS, assigned)),
            read_list(list_csv(tmp_path, HANDOVERS, before, handed, name="b.csv"), defaults=Defaults("handover")),
        ]
        keep(workspace.store, read)
        found = agency("UBND phường Hoàn Kiếm", store=workspace.store)[0]["received"]
        assert {what: group["total"] for what, group in found.items()} == {
            "holds": 1, "assigned": 1, "arranges": 0, "tasks": 0
        }  # fmt: skip
        assert found["holds"]["papers"][0]["paper"]["number"] == "07/BB-UBND"
        assert found["assigned"]["papers"][0]["fonds"][0]["id"] == "F2"
        assert agency("UBND phường Láng", store=workspace.store)[0]["received"] is None
    assert agency("UBND phường Hoàn Kiếm")[0]["received"] is None


def test_a_paper_about_one_term_is_not_told_of_all_files_of_a_time(tmp_path: Path, store_folder: Path) -> None:
    """A district's files of 70 years were assigned: those of other terms were not."""
    shutil.copytree(store_folder, tmp_path / "store")
    with open_workspace(f"sqlite:///{tmp_path / 'store' / 'h.db'}") as workspace:
        assigned = ("1", "Phân công", "F2", "70 năm", "UBND phường Hoàn Kiếm", "5/QĐ-UBND", "30/09/2025", CITY)
        keep(workspace.store, [read_list(list_csv(tmp_path, ASSIGNMENTS, assigned))])
        today = agency("UBND quận Hoàn Kiếm", store=workspace.store)[0]["today"]
        fixed = next(row for row in today["records"] if row["retention"] == "fixed")
        assert (fixed["name"], fixed["certainty"]) == (None, "not_assigned")
        assert today["papers_on_files"] == 1


def test_what_of_a_paper_is_to_be_checked_is_told_of_the_agency_too(tmp_path: Path, store_folder: Path) -> None:
    shutil.copytree(store_folder, tmp_path / "store")
    with open_workspace(f"sqlite:///{tmp_path / 'store' / 'h.db'}") as workspace:
        mine = (
            "1",
            "Phân công",
            "F2",
            "",
            "UBND phường Hoàn Kiếm",
            "5/QĐ-UBND",
            "30/09/2025",
            "UBND phường Hoàn Kiếm",
        )
        keep(workspace.store, [read_list(list_csv(tmp_path, ASSIGNMENTS, mine))])
        rows = agency("UBND quận Hoàn Kiếm", store=workspace.store)[0]["today"]["records"]
        checks = {row["retention"]: row["to_check"] for row in rows}
        assert checks == {
            "permanent": ["issuer_not_competent", "assigned_permanent", "open_condition"],  # its term is left empty
            "fixed": ["issuer_not_competent", "open_condition"],
        }


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("HĐND phường Phú Đô", "2020"),  # its ward was divided on 01/07/2025
        ("HĐND phường Ngọc Lâm", "2020"),  # went whole to one
        ("Ủy ban hành chính huyện Gia Lâm", "1970"),
        ("Ủy ban hành chính tỉnh Thái Bình", "1970"),
        ("Ủy ban hành chính thành phố Hà Nội", "1970"),  # its unit is still there
    ],
)
def test_a_body_that_ended_before_its_unit_is_not_of_the_reform_of_2025(name: str, at: str) -> None:
    rows = agency(name, at=at)[0]["today"]["records"]
    assert {row["retention"] for row in rows} == {"permanent", "fixed"}
    for row in rows:
        told = f"{row['basis']} {row['note']}"
        assert "06/2025/TT-BNV" not in told
        assert "cùng ngày" not in told
        assert row["certainty"] != "by_rule_sure"
    permanent = next(row for row in rows if row["retention"] == "permanent")
    assert permanent["name"].startswith("Lưu trữ lịch sử nhà nước của ")


def test_a_body_that_ended_with_its_unit_is_of_the_reform() -> None:
    for name in ("UBND phường Phú Đô", "UBND huyện Gia Lâm", "HĐND huyện Gia Lâm"):
        rows = agency(name, at="2020")[0]["today"]["records"]
        assert all("06/2025/TT-BNV" in row["basis"] for row in rows)
