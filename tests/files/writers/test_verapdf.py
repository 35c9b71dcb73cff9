"""The PDFs keep the standards that they claim to keep, says the checker of the PDF Association.

veraPDF is a Java program that no package registry of Python carries. ``FSVA_VERAPDF`` names its
libraries as a Java class path: the ``bin/*.jar`` of an installed veraPDF.
"""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from fsva.comparison.maps import change_palette, change_sheets
from fsva.comparison.maps.drawn_sides import Half
from fsva.config.editions import edition
from fsva.core import texts
from fsva.drawing.details import kecamatan_sheets
from fsva.files.writers import pdf
from fsva.runs import production, run_order
from fsva.words.specification import MapSpecification
from tests.places import banding_buatan, belu, buku_belu, daerah
from tests.places.belu import Made

pytestmark = pytest.mark.java
CHECK = Path(__file__).parent / "verapdf" / "Check.java"


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


Checker = Callable[[Mapping[str, bytes]], list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Checker:
    """Return what tells what veraPDF says of files beyond that they pass."""
    command = ["java", "-cp", os.environ["FSVA_VERAPDF"], str(CHECK), "ua1,2a"]
    return partial(_faults, tmp_path, command)


def _faults(folder: Path, command: list[str], files: Mapping[str, bytes]) -> list[str]:
    names = sorted(name for name in files if name.endswith(".pdf"))
    assert names
    for name in names:
        (folder / name).write_bytes(files[name])
    every = [*command, *(str(folder / name) for name in names)]
    done = subprocess.run(every, check=True, capture_output=True, text=True, timeout=300)
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.startswith(("PASS", "FAIL"))]) == 2 * len(names)
    return [line for line in lines if not line.startswith("PASS")]


def test_verapdf_finds_no_fault_in_maps_charts_and_summary(faults: Checker, atlas: Made) -> None:
    wanted = [f"{stem}.pdf" for stem in ("atlas", "peta-1-lahan", "grafik-1-lahan",
                                         "grafik-7-komposit", "peta-ringkasan")]  # fmt: skip
    assert faults({name: atlas.files[name] for name in wanted}) == []


def test_verapdf_finds_no_fault_in_the_report(faults: Checker) -> None:
    made = {
        f"buku-{language}.pdf": buku_belu.made(language).typeset.pdf for language in ("id", "en")
    }
    assert faults(made) == []


def test_verapdf_finds_no_fault_in_aspects_and_class_numbers(faults: Checker) -> None:
    own = edition.load(belu.EDITION).in_theme("angka").in_layout("salindia")
    order = replace(run_order.place(own, None, texts.load("en")), with_aspects=True)
    files = production.produce(order, lambda _: None)
    aspects = [name for name in files if name.startswith(("peta-8", "peta-9", "peta-10"))]
    assert len([name for name in aspects if name.endswith(".pdf")]) == 3
    wanted = [*aspects, "atlas.pdf", "peta-ringkasan.pdf"]
    assert faults({name: files[name] for name in wanted}) == []


@pytest.mark.shared
@pytest.mark.parametrize("layout", ["a4-mendatar", "salindia"])
def test_verapdf_finds_no_fault_in_name_lists(
    faults: Checker, shared_dir: Path, layout: str
) -> None:
    studio, arranged = daerah.arranged(shared_dir, "aceh-utara", layout)
    codes = list(studio.villages.index)
    one = MapSpecification(7, "komposit", "peta-7", "Peta 7", "Uji 2021", "indeks",
                           {code: n % 7 for n, code in enumerate(codes)}, (), ("A.", "B."),
                           ())  # fmt: skip
    sheets = kecamatan_sheets.sheets(studio, arranged, one)[-4:]
    file = pdf.PdfWriter(sheets, studio.faces).write(sheets, "Daftar Nama Desa")
    assert faults({"peta-kecamatan.pdf": file}) == []


@pytest.mark.parametrize("forced", [(), ("metode",)])
def test_verapdf_finds_no_fault_in_maps_of_change(faults: Checker, forced: tuple[str, ...]) -> None:
    made = belu.made()
    half = Half(made.studio, tuple(made.maps))
    comparison = banding_buatan.comparison(
        made.studio.villages.geo_frame, made.studio.method, forced=forced
    )
    files = change_sheets.files(comparison, half, None if forced else half, change_palette.load())
    wanted = ("perubahan.pdf", "perubahan-7-komposit.pdf", "pasangan-1-lahan.pdf")
    assert faults({name: files[name] for name in wanted}) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_file_claims_both_standards(language: belu.Language) -> None:
    with pikepdf.open(io.BytesIO(belu.made(language).files["atlas.pdf"])) as pdf:
        assert str(pdf.Root.Metadata.Type) == "/Metadata"
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
            assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
