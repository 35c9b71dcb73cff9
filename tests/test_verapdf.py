"""The PDFs keep the standards that they claim to keep, says the checker of the PDF Association.

veraPDF is a Java program that no package registry of Python carries. ``FSVA_VERAPDF`` names its
libraries as a Java class path: the ``bin/*.jar`` of an installed veraPDF.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests import belu
from tests.belu import Made

CHECK = Path(__file__).parent / "verapdf" / "Check.java"


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


@pytest.mark.slow
def test_verapdf_finds_no_fault(tmp_path: Path, atlas: Made) -> None:
    libraries, java = os.environ.get("FSVA_VERAPDF"), shutil.which("java")
    if not libraries or java is None:
        pytest.skip("needs Java, and veraPDF's libraries as a class path in FSVA_VERAPDF")
    files = []
    for name in ("atlas.pdf", "peta-1-lahan.pdf", "peta-7-komposit.pdf"):
        (tmp_path / name).write_bytes(atlas.files[name])
        files.append(str(tmp_path / name))
    command = [java, "-cp", libraries, str(CHECK), "ua1,2a", *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("PASS")] == []
    assert len(lines) == 2 * len(files)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_file_claims_both_standards(language: belu.Language) -> None:
    with pikepdf.open(io.BytesIO(belu.made(language).files["atlas.pdf"])) as pdf:
        assert str(pdf.Root.Metadata.Type) == "/Metadata"
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
            assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
