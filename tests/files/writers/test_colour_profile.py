"""The colour profile: sRGB, and the same bytes whenever it is made."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf
from PIL import ImageCms

from fsva.files.writers import colour_profile
from tests.places import belu
from tests.places.small import ROOT


def test_the_profile_is_srgb_without_the_moment_of_its_making() -> None:
    data = colour_profile.srgb_profile()
    profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert data[24:36] == bytes.fromhex("07ce00020009000600310000")
    code = (
        "from fsva.files.writers import colour_profile; print(colour_profile.srgb_profile().hex())"
    )
    again = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert bytes.fromhex(again.stdout.decode()) == data


def test_a_pdf_declares_its_colours_by_the_profile() -> None:
    with pikepdf.open(io.BytesIO(belu.made().files["atlas.pdf"])) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == colour_profile.srgb_profile()
        assert int(intent.DestOutputProfile.N) == 3
