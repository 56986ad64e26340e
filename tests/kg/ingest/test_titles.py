"""Titles of listed files: the places that reading them as a record would find, read once, and again when need be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ingest.backbone import Backbone, tasks
from kg.ingest.run import ingest
from kg.ingest.task import TitlesTask
from kg.readers.batch import discover
from kg.workspace import open_workspace
from nlp import extract
from nlp.model import Context, PlaceMention
from nlp.titles import title_places
from ontology.registry import load

TITLES = (
    ("Hồ sơ giải phóng mặt bằng dự án xây dựng nhà ở khu B Khâm Thiên", "1999"),
    ("Tập quyết định của UBND quận Đống Đa về nhà đất phường Láng Hạ", "1984"),
    ("Hồ sơ địa giới hành chính các xã Dịch Vọng, Đại Mỗ huyện Từ Liêm (364)", "1995"),
    ("HỒ SƠ BÀN GIAO KHI ĐIỀU CHỈNH ĐỊA GIỚI HUYỆN TỪ LIÊM", "2014-05-20"),
    ("Nghi quyet cua HDND xa Kim Chung, huyen Hoai Duc, tinh Ha Tay", "2004"),
    ("Báo cáo của Đảng ủy phường Trúc Bạch gửi Quận ủy Ba Đình", "2009"),
    ("Hồ sơ của ông Nguyễn Đình Chiểu, phố Hàng Bạc", "1990"),
    ("Hồ sơ thi đua khen thưởng năm 1999, tập 3", "1999"),
    ("hồ sơ nhà đất phường hàng bạc", "1990"),
    ("Hồ sơ cấp phép xây dựng phường 12", None),
    ("", None),
)


def told(places: list[PlaceMention] | tuple[PlaceMention, ...]) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """What decides what a file is about: the places that are units."""
    return [(place.surface, place.unit, place.candidates) for place in places if place.unit or place.candidates]


@pytest.mark.parametrize(("title", "day"), TITLES)
def test_a_title_names_the_places_that_it_names_as_a_record(title: str, day: str | None) -> None:
    context = Context(date=day)
    (found,) = title_places([(title, context)])
    assert told(found) == told(extract(title, context=context).places)


def test_that_is_no_agreement_on_nothing() -> None:
    found = list(title_places((title, Context(date=day)) for title, day in TITLES))
    assert sum(bool(told(places)) for places in found) >= 5


HEAD = "Mã phông,Số và ký hiệu hồ sơ,Tiêu đề hồ sơ,Thời gian tài liệu\n"


def planned(folder: Path, url: str) -> list[str]:
    """The files whose titles an ingest would read."""
    with open_workspace(url, create=True) as workspace:
        batch = discover([folder])
        jobs = tasks(batch, Backbone(batch, load(), workspace.store), workspace.store)
    return [listed.file for job in jobs if isinstance(job, TitlesTask) for listed in job.titles]


def test_a_title_is_read_when_it_or_its_surroundings_change(tmp_path: Path) -> None:
    folder, url = tmp_path / "lo", f"sqlite:///{tmp_path / 'kho.db'}"
    folder.mkdir()
    rows = ["P5,01,Hồ sơ nhà đất phường Hàng Bạc,1990\n", "P5,02,Hồ sơ nhà đất phường Cửa Nam,1990\n"]
    table = folder / "mucluc.csv"
    table.write_text(HEAD + "".join(rows), encoding="utf-8")
    assert planned(folder, url) == ["P5//01", "P5//02"]
    with open_workspace(url, create=True) as workspace:
        ingest(workspace, discover([folder]), workers=1)
        about = {edge.source: edge.target for _, edge in workspace.store.main_places()}
    assert len(set(about.values())) == 2
    assert planned(folder, url) == []
    table.write_text(HEAD + "P5,00,Hồ sơ họp,1989\n" + rows[0] + rows[1].replace("1990", "2003"), encoding="utf-8")
    assert planned(folder, url) == ["P5//00", "P5//02"]
    (folder / "phong.csv").write_text("Mã phông,Tên phông\nP5,Phông UBND quận Hoàn Kiếm\n", encoding="utf-8")
    assert planned(folder, url) == ["P5//00", "P5//01", "P5//02"]


def test_a_file_whose_scans_come_is_about_what_they_are_about(tmp_path: Path) -> None:
    folder, url = tmp_path / "lo", f"sqlite:///{tmp_path / 'kho.db'}"
    folder.mkdir()
    (folder / "mucluc.csv").write_text(HEAD + "P5,01,Hồ sơ nhà đất phường Hàng Bạc,1990\n", encoding="utf-8")
    with open_workspace(url, create=True) as workspace:
        ingest(workspace, discover([folder]), workers=1)
        assert [edge.source for _, edge in workspace.store.main_places()] == ["P5//01"]
        scan = folder / "P5" / "01" / "001.txt"
        scan.parent.mkdir(parents=True)
        scan.write_text("Biên bản kiểm kê\n", encoding="utf-8")
        ingest(workspace, discover([folder]), workers=1)
        (file,) = workspace.store.files()
        assert "P5//01" not in {edge.source for _, edge in workspace.store.main_places()}
        assert "reading" not in file.extra
