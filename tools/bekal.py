"""Pack the project with all its packages into one folder, for offices without a network.

The folder holds the project as git keeps it (without git: all of it but what runs make) and
``paket/``, the wheels that the locks pin, for Linux and Windows. There ``python tools/siapkan.py``
finds ``paket/`` and asks no network; ``pip install --no-index --find-links paket fsva-atlas`` works
too. Wheels fit one minor version of Python; name those that the offices have.

Usage: ``python tools/bekal.py [--versi 3.12,3.13] [--ekstra raster] [--ke FOLDER]`` in the
environment that ``tools/siapkan.py`` has made: the project's own wheel is built with its hatchling.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import siapkan
from tools.siapkan import ROOT, SetupError

TARGET = ROOT / "bekal"
READ_FIRST = "BACA-DULU.txt"
NOT_PACKED = (".git", ".venv", "bekal", "outputs", "paket", "build", "dist", "*.egg-info",
              "__pycache__", ".*_cache", ".hypothesis")  # fmt: skip
# What pip calls the systems, and what markers of the locks ask for. Wheels for Linux are built for
# a version of its C library and run with every later one.
_OLDEST, _NEWEST = 5, 28
SYSTEMS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "linux": (
        (
            *(f"manylinux_2_{n}_x86_64" for n in range(_NEWEST, _OLDEST - 1, -1)),
            "manylinux2014_x86_64",
            "linux_x86_64",
        ),
        {
            "sys_platform": "linux",
            "platform_machine": "x86_64",
            "platform_system": "Linux",
            "os_name": "posix",
        },
    ),
    "windows": (
        ("win_amd64",),
        {
            "sys_platform": "win32",
            "platform_machine": "AMD64",
            "platform_system": "Windows",
            "os_name": "nt",
        },
    ),
}


def pins_for(lock: str, system: str, version: str) -> str:
    """Return the part of a lock that one system and version of Python need, without markers.

    pip downloads for another system, but takes markers for those of its own.

    Parameters
    ----------
    lock : str
        Text of a lock, or several in a row; a package that stands twice is kept once.
    system : {"linux", "windows"}
        Where it will be installed.
    version : str
        Of Python, e.g. ``3.12``.
    """
    sys.path.insert(0, str(siapkan.PIP_WHEEL))
    from pip._vendor.packaging.markers import Marker  # type: ignore[import-not-found]

    environment: dict[str, Any] = {
        **SYSTEMS[system][1],
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    kept: dict[str, str] = {}
    for block in re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        pin, _, marker = head.removesuffix("\\").strip().partition(" ; ")
        if not marker or Marker(marker).evaluate(environment):
            kept[pin] = f"{pin} \\\n{rest}"
    return "".join(kept.values())


def download(lock: str, system: str, version: str, folder: Path) -> None:
    """Fetch the wheels of one system and version; those that are there already are not fetched.

    Raises
    ------
    SetupError
        A package has no wheel for it, or the network does not answer.
    """
    platforms = [word for name in SYSTEMS[system][0] for word in ("--platform", name)]
    with tempfile.TemporaryDirectory() as place:
        pins = Path(place) / "paket.lock"
        pins.write_text(pins_for(lock, system, version), encoding="utf-8")
        _pip(
            "download",
            "--only-binary=:all:",
            "--require-hashes",
            "--no-deps",
            *platforms,
            "--implementation",
            "cp",
            "--python-version",
            version,
            "--dest",
            str(folder),
            "--requirement",
            str(pins),
        )


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-I", str(siapkan.PIP_WHEEL / "pip"), *arguments, "--quiet"]
    if subprocess.run([*command, "--disable-pip-version-check", "--no-input"], cwd=ROOT).returncode:
        raise SetupError("Paket tidak dapat dikumpulkan; sebabnya tertulis di atas.")


def project_files() -> list[Path]:
    """Return the files to pack: what git keeps, so that official layers of an office stay there."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return [file.relative_to(ROOT) for file in _below(ROOT)]
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    names = [Path(name) for name in listed.stdout.decode("utf-8").split("\0") if name]
    return [name for name in names if (ROOT / name).is_file()]


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder but for what runs make."""
    for path in sorted(folder.iterdir()):
        if not any(path.match(pattern) for pattern in NOT_PACKED):
            if path.is_dir():
                yield from _below(path)
            else:
                yield path


def pack(target: Path, versions: Collection[str], wanted: Collection[str]) -> str:
    """Make the folder, whole or not at all, and return what is said of it.

    Parameters
    ----------
    target : Path
        The folder; one that an earlier run made is replaced.
    versions : collection of str
        Of Python, e.g. ``3.12``.
    wanted : collection of str
        Extras.

    Raises
    ------
    SetupError
        The folder is not one of ours, or packages cannot be fetched.
    """
    if target.exists() and not (target / siapkan.PACKED.name).is_dir():
        raise SetupError(f"{target} sudah ada dan bukan bekal. Sebut folder lain dengan --ke.")
    lock = siapkan.LOCKS[siapkan.RUNTIME].read_text(encoding="utf-8") + siapkan.pins_of(wanted)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".bekal-") as place:
        made = Path(place) / "bekal"
        packages = made / siapkan.PACKED.name
        packages.mkdir(parents=True)
        for system in SYSTEMS:
            for version in versions:
                print(f"Mengumpulkan paket untuk {system}, Python {version} ...", flush=True)
                download(lock, system, version, packages)
        _pip(
            "wheel",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
            "--wheel-dir",
            str(packages),
            str(ROOT),
        )
        for file in project_files():
            (made / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, made / file)
        (packages / siapkan.VERSIONS).write_text(" ".join(versions) + "\n", encoding="ascii")
        shutil.copy2(ROOT / "tools" / READ_FIRST, made / READ_FIRST)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return _said(target, versions)


def _said(target: Path, versions: Collection[str]) -> str:
    sizes = {file: file.stat().st_size for file in target.rglob("*") if file.is_file()}
    wheels = [
        size
        for file, size in sizes.items()
        if file.suffix == ".whl" and file.parent.name == siapkan.PACKED.name
    ]
    whole, packed = (sum(some) / 1e6 for some in (sizes.values(), wheels))
    return (
        f"{target}: {whole:.0f} MB, di antaranya {len(wheels)} paket ({packed:.0f} MB) untuk Linux "
        f"dan Windows 64-bit, Python {', '.join(versions)}."
        f"\nSalin foldernya utuh, lalu ikuti {READ_FIRST} di dalamnya."
    )


def main(arguments: list[str] | None = None) -> int:
    """Pack the project; return the exit code."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser = argparse.ArgumentParser(description="Kemas proyek dengan semua paketnya")
    parser.add_argument("--ke", type=Path, default=TARGET, metavar="FOLDER", help="folder tujuan")
    parser.add_argument("--versi", default=own, metavar="3.12,3.13", help="versi Python di kantor")
    parser.add_argument(
        "--ekstra",
        default=",".join(siapkan.extras()),
        metavar="NAMA,NAMA",
        help="paket tambahan; bila tidak disebut, semuanya",
    )
    given = parser.parse_args(arguments)
    versions, wanted = (
        [one for one in re.split(r"[ ,]+", text) if one] for text in (given.versi, given.ekstra)
    )
    try:
        siapkan.check_pip_wheel()
        print(pack(given.ke.resolve(), versions, wanted))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
