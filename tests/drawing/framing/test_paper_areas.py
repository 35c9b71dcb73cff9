"""How large villages are on the sheets: by the main map's scale, or by that of their inset."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.config.styles import layout
from fsva.drawing.framing import frames, paper_areas
from fsva.runs import sheet_materials
from tests.places import lembar_daerah


def test_sizes_follow_from_the_scale_of_the_map_or_of_the_inset() -> None:
    order, made = lembar_daerah.tabulated(lembar_daerah.layer_of(Path(), "kembar"), "kembar")
    villages = made.joined.villages
    own = order.edition
    layouts = [layout.load(file, own.theme_file) for file in own.layout_files]
    found = paper_areas.on_layouts(layouts, villages)
    studio = sheet_materials.studio_of(order.edition, made, order.texts, order.number)
    frame = frames.frame(villages, studio.layout)
    assert found.denominator == frame.panel.denominator
    (inset,) = frame.windows
    for bps, code, area in zip(villages["kode_bps"], villages.index, villages.areas, strict=True):
        scale = inset.denominator if code.startswith("81.99.02") else found.denominator
        # Projected metres differ from metres on the ground by less than 0.1 per cent.
        assert found.mm2[bps] == pytest.approx(area * (1000 / scale) ** 2, rel=3e-3)
