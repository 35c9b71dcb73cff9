"""The colour profile of files: sRGB.

Owns the profile that Pillow makes.
"""

from __future__ import annotations

from functools import cache

from PIL import ImageCms

SRGB = "sRGB IEC61966-2.1"
# Place of the creation date in a profile (ICC.1, 7.2.8), and a fixed date.
_DATE = slice(24, 36)
_NO_MOMENT = bytes.fromhex("07ce00020009000600310000")


@cache
def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB with a fixed date, so that its bytes never change."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _NO_MOMENT
    return bytes(profile)
