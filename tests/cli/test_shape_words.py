"""The words that commands print on every shape of edition: true sentences, none of them empty.

``test_shapes`` holds figures and exit codes; here every file of every command is read.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from fsva import cli
from tests.places import printed_words, shapes

pytestmark = [pytest.mark.usefixtures("coarse_pictures"), pytest.mark.slow]

COMMANDS = {
    "periksa": (), "ringkasan": (), "sasaran": (), "andai": (), "profil": (), "excel": (),
    "formulir": (), "buku": (), "paparan": (),
}  # fmt: skip


def village(folder: Path) -> dict[str, str]:
    text = (folder / "nilai.csv").read_text(encoding="utf-8-sig")
    return next(iter(csv.DictReader(io.StringIO(text), delimiter=";")))


def typed(folder: Path, out: Path) -> list[list[str]]:
    """Return what is typed for an edition."""
    first = village(folder)
    column = next(name for name in first if name not in ("kode_bps", "kecamatan", "desa"))
    value = first[column] or "0,1"
    writing = [
        [name, str(folder), *more, "--keluaran", str(out / name)] for name, more in COMMANDS.items()
    ]
    asked = ["andai", str(folder), "--isi", f"{first['kode_bps']}.{column}={value}"]
    compared = ["banding", str(folder), str(folder), "--keluaran", str(out / "banding")]
    return [*writing, asked, compared]


@pytest.mark.parametrize("name", shapes.SHAPES)
def test_no_sentence_is_empty_or_untrue(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = shapes.write(shapes.SHAPES[name], tmp_path), tmp_path / "hasil"
    wrong = []
    for words in typed(folder, out):
        code = cli.main(words)
        said = capsys.readouterr()
        if code not in (0, 1):  # refused for a reason that it says
            assert said.err.strip(), words
        wrong += [f"{words[0]}: {fault}" for fault in printed_words.faults(said.out + said.err)]
    read = 0
    for file in (file for file in sorted(out.rglob("*")) if file.is_file()):
        text = printed_words.words(file)
        read += bool(text)
        found = printed_words.faults(text, cells=file.suffix == ".csv")
        wrong += [f"{file.relative_to(out)}: {fault}" for fault in found]
    assert wrong == []
    assert read > len(COMMANDS)
