"""An evaluation set with its truth: papers of every era, level and kind, each drawn from a layout that is data.

Units and acts are real; people, numbers and matters are invented. ``layouts/build_*.yaml`` may be looked at while
rules are written, ``layouts/held_*.yaml`` (a third) only measures.
"""
