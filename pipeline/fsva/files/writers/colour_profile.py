"""The meaning of a file's colours: sRGB.

Owns the colour profile, through Pillow.
"""

from __future__ import annotations

from functools import cache

from PIL import ImageCms

SRGB = "sRGB IEC61966-2.1"
# Where a profile says when it was made (ICC.1, 7.2.8), and a moment that says nothing.
_DATE = slice(24, 36)
_NO_MOMENT = bytes.fromhex("07ce00020009000600310000")


@cache
def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB, the same bytes every time: its date is a fixed one."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _NO_MOMENT
    return bytes(profile)
