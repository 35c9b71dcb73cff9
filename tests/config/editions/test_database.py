"""Tests of fsva.config.editions.database: a connection is known however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.cli import main
from fsva.config.editions import database, edition
from fsva.core.errors import EditionError
from tests.places import contoh

WRITTEN = [
    "Postgresql://u:kunci@h/batas?tabel=desa", "POSTGRES://u:kunci@h/batas?tabel=desa",
    " postgresql://u:kunci@h/batas?tabel=desa", "postgis://u:kunci@h/batas?tabel=desa",
    "pg:host=h password=kunci tabel=desa", " PG:host=h Password=kunci tabel=desa",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_a_connection_is_no_file_and_its_password_is_not_printed(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = database.layer(text)
    assert isinstance(layer, database.Database)
    assert layer.has_password
    assert "kunci" not in f"{layer} {layer.text} {layer.name}"
    folder = contoh.build(tmp_path)
    file = folder / "edition.toml"
    said = file.read_text(encoding="utf-8").replace('"desa.geojson"', f'"{text}"')
    file.write_text(said, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        _ = edition.load(folder).layer
    assert caught.value.key == "postgis_sandi"
    assert main(["ringkasan", str(folder)]) != 0
    printed = capsys.readouterr()
    assert "kunci" not in printed.out + printed.err


def test_full_width_digits_are_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    for code in ("９９.０４", "53.０4", "५३.०४"):
        assert main(["batas", "ambil", code]) == 2
    assert capsys.readouterr().out == ""
