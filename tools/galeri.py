"""Rebuild the gallery: docs/galeri.md and its pictures, from real outputs of the first edition.

Run with ``make galeri``. Every layout in ``styles/layouts`` and every theme in ``styles/gaya``
gets a picture, so that a new one is shown as soon as the gallery is rebuilt. The pictures are
small: the sheets themselves come from ``make atlas``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from fsva.config.editions import edition
from fsva.config.editions.edition import Edition
from fsva.config.styles import layout, theme
from fsva.core import texts
from fsva.core.texts import Language
from fsva.runs import run_order, sheet_files, sheet_materials, tabulation
from fsva.words import specification

ROOT = Path(__file__).resolve().parent.parent
EDITION = ROOT / "editions" / "belu-2021"
PAGE = ROOT / "docs" / "galeri.md"
PICTURES = ROOT / "docs" / "gambar" / "galeri"
README_PICTURE = ROOT / "docs" / "gambar" / "peta-7.png"
WIDTH, README_WIDTH = 760, 1400
HEAD = """# Galeri

Keluaran sesungguhnya dari edisi Kabupaten Belu 2021 dengan batas skematis, diperkecil. Halaman ini
dan gambarnya ditulis ulang dengan `make galeri`; lembar aslinya (PDF vektor dan PNG 300 dpi)
dibuat dengan `make atlas`.
"""


@dataclass(frozen=True)
class Picture:
    """One picture of the gallery.

    Parameters
    ----------
    name : str
        File name without its ending.
    heading, words : str
        What the page says over and under it.
    content : bytes
        PNG file in full size.
    """

    name: str
    heading: str
    words: str
    content: bytes


def main() -> None:
    """Write the page, its pictures, and the picture of the READMEs."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown = list(pictures())
    for stale in set(PICTURES.glob("*.png")) - {PICTURES / f"{one.name}.png" for one in shown}:
        stale.unlink()
    for one in shown:
        (PICTURES / f"{one.name}.png").write_bytes(small(one.content, WIDTH))
    PAGE.write_text(page(shown), encoding="utf-8", newline="\n")
    whole = next(one.content for one in shown if one.name == "gaya-standar")
    README_PICTURE.write_bytes(small(whole, README_WIDTH))


def pictures() -> Iterator[Picture]:
    """Yield the pictures in the order of the page."""
    own = edition.load(EDITION)
    yield from _layouts(own)
    yield from _themes(own)
    yield from _others(own)


def _layouts(own: Edition) -> Iterator[Picture]:
    for file in sorted((ROOT / "styles" / "layouts").glob("*.toml")):
        settings = own.settings.model_copy(update={"layout": file.stem})
        drawn = layout.load(file, own.theme_file)
        width, height = (f"{mm:.0f}" for mm in (drawn.width, drawn.height))
        words = f'`tata_letak = "{file.stem}"`: {width} x {height} mm.'
        content = _maps(replace(own, settings=settings))["peta-7-komposit.png"]
        heading = f"Tata letak {drawn.name.id}"
        yield Picture(f"tata-letak-{file.stem}", heading, words, content)


def _themes(own: Edition) -> Iterator[Picture]:
    for file in sorted((ROOT / "styles" / "gaya").glob("*.toml")):
        name = theme.load(file).name.id
        words = f'`--gaya {file.stem}`, atau `gaya = "{file.stem}"` dalam `edition.toml`.'
        content = _maps(own.in_theme(file.stem))["peta-7-komposit.png"]
        yield Picture(f"gaya-{file.stem}", f"Gaya {name}", words, content)


def _others(own: Edition) -> Iterator[Picture]:
    """Yield what stands beside the maps, and the maps in English."""
    charts, english = _maps(own), _maps(own, "en")
    yield Picture(
        "grafik",
        "Grafik",
        "Satu untuk setiap peta, selebar kolom teks laporan.",
        charts["grafik-7-komposit.png"],
    )
    yield Picture(
        "peta-ringkasan",
        "Peta ringkasan",
        "Semua peta pada satu salindia.",
        charts["peta-ringkasan.png"],
    )
    yield Picture(
        "bahasa-inggris", "Dalam bahasa Inggris", "`--bahasa en`.", english["peta-1-lahan.png"]
    )


def _maps(own: Edition, language: Language = "id") -> dict[str, bytes]:
    """Draw the maps and the charts of an edition."""
    order = run_order.place(own, None, texts.load(language))
    made = tabulation.tabulate(order.edition, order.village_layer)
    maps = specification.build(made.table, made.rules, own.settings, order.texts)
    studio = sheet_materials.studio_of(own, made, order.texts, order.number)
    charts = sheet_files.charted(own.folder, maps)
    return sheet_files.atlas(studio, maps, charts, lambda _: None).files


def small(content: bytes, width: int) -> bytes:
    """Return a picture in a width of some pixels, in the colours that it has.

    Parameters
    ----------
    content : bytes
        PNG file.
    width : int
        Pixels.
    """
    with Image.open(io.BytesIO(content)) as picture:
        size = (width, round(picture.height * width / picture.width))
        reduced = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        # The palette of the sheet itself: the class colours stay exact.
        reduced = reduced.quantize(palette=picture, dither=Image.Dither.NONE)
    target = io.BytesIO()
    reduced.save(target, "PNG", optimize=True)
    return target.getvalue()


def page(shown: list[Picture]) -> str:
    """Return the page in Markdown."""
    parts = [
        f"## {one.heading}\n\n{one.words}\n\n![{one.heading}](gambar/galeri/{one.name}.png)\n"
        for one in shown
    ]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    main()
