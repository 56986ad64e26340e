"""How units and their bodies are called in a text."""

from __future__ import annotations

from tests.nlp.generated.scene import Scene

Arguments = tuple[str, ...]


def unit(scene: Scene, arguments: Arguments) -> str:
    scene.refs.append(arguments[0])
    return scene.world.at(arguments[0]).running


def name(scene: Scene, arguments: Arguments) -> str:
    scene.refs.append(arguments[0])
    return scene.world.at(arguments[0]).bare


def kind(scene: Scene, arguments: Arguments) -> str:
    return scene.world.at(arguments[0]).kind


def level(scene: Scene, arguments: Arguments) -> str:
    """The type alone as a body of the unit is called by: "UBND huyện" is one of that unit."""
    scene.refs.append(arguments[0])
    return scene.world.at(arguments[0]).kind


def party(scene: Scene, arguments: Arguments) -> str:
    """How the Party's committee of a unit is called: "Quận ủy"."""
    scene.refs.append(arguments[0])
    kind = scene.world.at(arguments[0]).kind
    return {"quận": "Quận", "thị xã": "Thị", "thành phố": "Thành", "tỉnh": "Tỉnh", "khu phố": "Khu phố"}.get(
        kind, "Huyện"
    ) + " ủy"


def committee(scene: Scene, arguments: Arguments) -> str:
    """The same of communes too: "Đảng ủy xã"."""
    place = scene.world.at(arguments[0])
    if place.unit.level != "commune":
        return party(scene, arguments)
    scene.refs.append(arguments[0])
    return f"Đảng ủy {place.kind}"


def youth(scene: Scene, arguments: Arguments) -> str:
    """How the Youth Union of a unit is called: "Thành đoàn"."""
    scene.refs.append(arguments[0])
    kind = scene.world.at(arguments[0]).kind
    return {"thị xã": "Thị", "thành phố": "Thành"}.get(kind, kind.capitalize()) + " đoàn"
