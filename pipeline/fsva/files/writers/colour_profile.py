"""The colour profile of files: sRGB.

Owns the profile that Pillow makes.
"""

from __future__ import annotations

from functools import cache

from PIL import ImageCms

SRGB = "sRGB IEC61966-2.1"
# Places of the creation date and of the primary platform in a profile (ICC.1, 7.2.8 and 7.2.10); a
# fixed date, and no platform: LittleCMS names the one that it runs on.
_DATE = slice(24, 36)
_PLATFORM = slice(40, 44)
_NO_MOMENT = bytes.fromhex("07ce00020009000600310000")


@cache
def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB, with the same bytes at any time and on any system."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _NO_MOMENT
    profile[_PLATFORM] = bytes(4)
    return bytes(profile)
