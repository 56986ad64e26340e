"""What a scanner and forty years do to a sheet (``data/noise.yaml``)."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from tests.generator.data_files import document
from tests.generator.dice import Dice


def scanned(image: Image.Image, level: str, dice: Dice) -> Image.Image:
    """The sheet in grey, turned a little, blurred, yellowed, speckled: ``light``, ``medium`` or ``heavy``."""
    setting = {name: float(value) for name, value in document("noise")[level].items()}
    paper = int(setting["paper"])
    angle = dice.uniform(setting["turn"] / 2, setting["turn"]) * dice.choice((-1, 1))
    grey = image.convert("L").rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if setting["scale"] < 1:
        size = (int(grey.width * setting["scale"]), int(grey.height * setting["scale"]))
        grey = grey.resize(size, Image.Resampling.BILINEAR)
    values = np.asarray(grey.filter(ImageFilter.GaussianBlur(setting["blur"]))).astype(np.float32)
    values = paper - (255 - values) * setting["contrast"]
    height, width = values.shape
    across, down = np.linspace(0, 1, width)[None, :], np.linspace(0, 1, height)[:, None]
    values -= setting["shade"] * (np.abs(across - dice.random()) + np.abs(down - dice.random()))
    grain = np.random.default_rng(dice.getrandbits(32))
    values += grain.normal(0, setting["grain"], values.shape)
    specks = grain.random(values.shape)
    values[specks < setting["specks"]] = 45
    values[specks > 1 - setting["specks"]] = 252
    return Image.fromarray(np.clip(values, 0, 255).astype("uint8"))
