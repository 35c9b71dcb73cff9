"""Every command on districts of every outline: same figures, every village on every sheet."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest

from fsva import cli
from tests.cli import test_shapes
from tests.places import outlines, shapes, small

pytestmark = [pytest.mark.usefixtures("coarse_pictures"), pytest.mark.slow]
FIGURES = test_shapes.Figures(test_shapes.EVERY)


@pytest.mark.parametrize("name", outlines.OUTLINES)
def test_every_command_works_on_every_outline(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = shapes.write(shapes.EVERY, tmp_path), tmp_path / "hasil"
    facts = {"kode": [code for _, code in shapes.EVERY.codes()], "nama": list(shapes.EVERY.names)}
    layer = gpd.GeoDataFrame(facts, geometry=outlines.OUTLINES[name](), crs=small.UTM_51S)
    layer.to_crs(4326).to_file(folder / "desa.geojson", driver="GeoJSON")
    for command, words in test_shapes.commands(folder, out, FIGURES).items():
        code = cli.main(words)
        said = capsys.readouterr()
        assert (command, code) == (command, 0), said.err
        assert not test_shapes.BARE.search(said.out + said.err)
    found = test_shapes.rows(out / "ringkasan" / "ringkasan.csv")
    assert test_shapes.counts(found, "komposit") == [*FIGURES.counts, 0]
    test_shapes.draw(folder)
