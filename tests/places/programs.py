"""Programs from outside that some tests need: each has a marker of its own, and a reason to skip.

Owns how a program is found. A test says ``@pytest.mark.qgis``; ``tests/conftest.py`` skips it
where QGIS is not there, and `make test-qgis` runs what carries that marker.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.places import postgres

# QGIS is a library of Debian's own Python, not of the environment that the tests run in.
SYSTEM_PYTHON = Path("/usr/bin/python3")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Return the browser."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def _chromium() -> str | None:
    if find_spec("playwright") is None:
        return "needs playwright (the test set)"
    return None if chromium() else "needs Chromium (Debian: chromium)"


def _qgis() -> str | None:
    found = (
        SYSTEM_PYTHON.exists()
        and not subprocess.run(
            [SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False, timeout=120
        ).returncode
    )
    return None if found else "needs QGIS with Python (Debian: python3-qgis)"


def _java() -> str | None:
    if os.environ.get("FSVA_VERAPDF") and shutil.which("java"):
        return None
    return "needs Java, and veraPDF's libraries as a class path in FSVA_VERAPDF"


def _postgis() -> str | None:
    if find_spec("psycopg") is None:
        return "needs psycopg (the extra postgis)"
    return postgres.missing()


def _on_path(package: str, *names: str) -> Callable[[], str | None]:
    def missing() -> str | None:
        absent = [name for name in names if shutil.which(name) is None]
        return f"needs {' and '.join(absent)} (Debian: {package})" if absent else None

    return missing


PROGRAMS: dict[str, Callable[[], str | None]] = {
    "chromium": _chromium,
    "gdal": _on_path("gdal-bin", "gdalinfo", "ogr2ogr"),
    "java": _java,
    "libreoffice": _on_path("libreoffice-calc-nogui, libreoffice-writer-nogui", "soffice"),
    "mupdf": _on_path("mupdf-tools", "mutool"),
    "poppler": _on_path("poppler-utils", "pdftotext", "pdftoppm", "pdftocairo"),
    "postgis": _postgis,
    "qgis": _qgis,
}


@cache
def missing(marker: str) -> str | None:
    """Return why the tests with a marker cannot run here, or None."""
    return PROGRAMS[marker]() if marker in PROGRAMS else None
