"""Make the project's own Python environment in ``.venv``, or see that it is ready.

Needs nothing but Python 3.11 or newer and its standard library: neither pip nor ensurepip,
which Debian and Ubuntu package separately. The pip that installs is the pinned wheel beside
this script (MIT licence), run straight from the wheel. Packages come from the package index
that pip is configured for, in exactly the versions and with the hashes of the lock file; where
``tools/bekal.py`` has put wheels into ``paket/``, they come from there and no network is asked.

A stamp in ``.venv`` holds a hash of everything the environment was made from; while it
matches, a run costs a few milliseconds. Otherwise the environment is made anew.

Usage: ``python3 tools/siapkan.py`` for the atlas, ``--uji`` for tests and lint as well,
``--ekstra raster,postgis`` for the packages of single commands (extras in pyproject.toml). An
environment keeps its extras when the locks change.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "siap.txt"
PIP_WHEEL = ROOT / "tools" / "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
RUNTIME, TEST = "atlas", "uji"
LOCKS = {RUNTIME: ROOT / "requirements.lock", TEST: ROOT / "requirements-test.lock"}
MINIMUM = (3, 11)
# Wheels for an office without a network, and the versions of Python that they fit.
PACKED = ROOT / "paket"
VERSIONS = "versi.txt"


class SetupError(Exception):
    """The environment cannot be made; the message tells the user why, and the remedy."""


def fingerprint() -> str:
    """Return a hash of all that the environment is made from.

    Besides the files it covers the interpreter and the folder of the checkout, because an
    environment works neither with another Python nor after being moved.
    """
    digest = hashlib.sha256()
    for path in (*LOCKS.values(), ROOT / "pyproject.toml", Path(__file__), PIP_WHEEL):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(f"{sys.version}\n{sys.base_prefix}\n{ROOT}".encode())
    return digest.hexdigest()


def read_stamp() -> tuple[str, frozenset[str], str]:
    """Return what ``.venv`` was made for (``atlas`` or ``uji``), its extras and its hash.

    All blank if there is none.
    """
    if not STAMP.is_file() or not venv_python().exists():
        return "", frozenset(), ""
    made_for, _, key = STAMP.read_text(encoding="ascii").strip().partition(" ")
    purpose, *extras = made_for.split("+")
    return purpose, frozenset(extras), key


def extras() -> dict[str, list[str]]:
    """Return the extras of pyproject.toml and the packages that each asks for by name."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found = tomllib.load(file)["project"]["optional-dependencies"]
    names = re.compile(r"[A-Za-z0-9._-]+")
    return {
        extra: [names.match(one).group().lower().replace("_", "-") for one in asked]  # type: ignore[union-attr]
        for extra, asked in found.items()
    }


def pins_of(wanted: Collection[str]) -> str:
    """Return the part of the test lock that some extras need, with everything they draw in.

    Parameters
    ----------
    wanted : collection of str
        Names of extras. The lock says above which packages each package is drawn in by
        (``# via``); with that the choice needs no resolver and no network.

    Raises
    ------
    SetupError
        There is no such extra, or the lock does not pin it.
    """
    known = extras()
    if unknown := sorted(set(wanted) - set(known)):
        raise SetupError(
            f"Tidak ada ekstra bernama {', '.join(unknown)}. Yang ada: {', '.join(sorted(known))}."
        )
    blocks: dict[str, list[str]] = {}
    text = LOCKS[TEST].read_text(encoding="utf-8")
    for block in re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]:
        blocks.setdefault(block.partition("==")[0], []).append(block)
    needed = {package for extra in wanted for package in known[extra]}
    if missing := sorted(needed - set(blocks)):
        raise SetupError(f"Tidak terkunci di {LOCKS[TEST].name}: {', '.join(missing)}.")
    drawn = {name: _drawn_by("".join(found)) for name, found in blocks.items()}
    while more := {name for name, by in drawn.items() if by & needed} - needed:
        needed |= more
    return "".join(block for name in sorted(needed) for block in blocks[name])


def _drawn_by(block: str) -> set[str]:
    """Return the packages after ``# via`` in a part of a lock."""
    return set(re.findall(r"^ *#(?: via)? +([a-z0-9-]+)$", block, re.MULTILINE))


def venv_python() -> Path:
    """Return the interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def create_venv() -> None:
    """Make an empty environment in place of whatever stands in ``.venv``."""
    import venv  # here, so that a run that finds all in order does not pay for it

    builder = venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False)
    builder.create(VENV)


def check_pip_wheel() -> None:
    """Refuse a pip wheel that is not byte for byte the pinned one.

    Raises
    ------
    SetupError
        The wheel's hash differs, for instance after a damaged copy of the checkout.
    """
    found = hashlib.sha256(PIP_WHEEL.read_bytes()).hexdigest()
    if found != PIP_SHA256:
        raise SetupError(
            f"{PIP_WHEEL.name} rusak: sha256 {found}, seharusnya {PIP_SHA256}.\n"
            "Ambil ulang dengan: git checkout -- tools"
        )


def pip_install(*arguments: str) -> None:
    """Install into the environment with the pinned pip.

    Raises
    ------
    SetupError
        pip failed; it has already printed the reason.
    """
    # -I: neither PYTHONPATH nor the user's own packages may leak into the environment.
    command = [str(venv_python()), "-I", str(PIP_WHEEL / "pip"), "install"]
    options = [
        "--no-input",
        "--no-user",
        "--no-compile",
        "--no-deps",
        "--disable-pip-version-check",
    ]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    packed = ["--no-index", "--find-links", str(PACKED)] if PACKED.is_dir() else []
    if subprocess.run([*command, *options, *packed, *quiet, *arguments], cwd=ROOT).returncode:
        if packed:
            raise SetupError(
                f"Pemasangan paket dari {PACKED.name} gagal; sebabnya tertulis di atas. Bekal ini "
                f"untuk Python\n{_packed_versions()} (64-bit), ini "
                f"{sys.version_info.major}.{sys.version_info.minor}. Pakai versi itu, atau minta "
                "bekal untuk versi ini:\nmake bekal VERSI=... (tanpa make: python tools/bekal.py "
                "--versi ...)."
            )
        raise SetupError(
            "Pemasangan paket gagal; sebabnya tertulis di atas. Periksa sambungan internet\n"
            "(atau cermin paket kantor: variabel PIP_INDEX_URL), lalu ulangi perintah tadi."
        )


def _packed_versions() -> str:
    """Return the versions of Python that the packed wheels fit."""
    file = PACKED / VERSIONS
    return file.read_text(encoding="ascii").strip().replace(" ", ", ") if file.is_file() else "?"


def compile_bytecode() -> None:
    """Compile all modules now, on all cores, so that the first run is as fast as the next."""
    # No check of the exit code: a package may ship a file that this Python cannot compile
    # (a template, a test of syntax errors), and bytecode only saves time.
    skip_tests = r"[/\\]tests?[/\\]"
    command = [str(venv_python()), "-m", "compileall", "-qq", "-j", "0", "-x", skip_tests]
    subprocess.run([*command, str(VENV), str(ROOT / "pipeline")], check=False)


def install(purpose: str, wanted: Collection[str] = ()) -> None:
    """Make the environment for one purpose (``atlas`` or ``uji``) with extras, and stamp it."""
    check_pip_wheel()
    pins = pins_of(wanted)
    made_for, _, key = read_stamp()
    if not made_for or key != fingerprint():
        create_venv()
    STAMP.unlink(missing_ok=True)
    pip_install("--require-hashes", "--only-binary=:all:", "-r", str(LOCKS[purpose]))
    if pins:
        with tempfile.TemporaryDirectory() as folder:
            lock = Path(folder) / "ekstra.lock"
            lock.write_text(pins, encoding="utf-8")
            pip_install("--require-hashes", "--only-binary=:all:", "-r", str(lock))
    pip_install("--no-build-isolation", "--editable", str(ROOT))
    compile_bytecode()
    made = "+".join([purpose, *sorted(wanted)])
    STAMP.write_text(f"{made} {fingerprint()}\n", encoding="ascii")


def is_ready(purpose: str, wanted: Collection[str] = ()) -> bool:
    """Tell whether ``.venv`` serves as it stands; ``uji`` includes ``atlas`` and all extras."""
    made_for, present, key = read_stamp()
    serves = made_for == TEST or (made_for == purpose and set(wanted) <= present)
    return serves and key == fingerprint()


def main(arguments: list[str] | None = None) -> int:
    """Make the environment unless it is ready; return the exit code."""
    parser = argparse.ArgumentParser(description="Siapkan lingkungan Python di .venv")
    parser.add_argument("--uji", action="store_true", help="juga alat uji dan pemeriksa kode")
    parser.add_argument("--ekstra", default="", metavar="NAMA,NAMA", help="paket tambahan")
    given = parser.parse_args(arguments)
    made_for, present, _ = read_stamp()
    # An environment that had the tools for testing, or extras, keeps them when the locks change.
    purpose = TEST if given.uji or made_for == TEST else RUNTIME
    asked = {name for name in re.split(r"[ ,]+", given.ekstra) if name}
    try:
        if sys.version_info < MINIMUM:
            raise SetupError(
                f"Perlu Python 3.11 atau lebih baru, ini {sys.version.split()[0]}.\n"
                "Sebutkan yang lain, misalnya: make atlas PYTHON=python3.12"
            )
        pins_of(asked)  # a name that is none is told even where all is ready
        if not is_ready(purpose, asked):
            source = f"dari {PACKED.name}" if PACKED.is_dir() else "sekitar 100 MB"
            print(f"Menyiapkan lingkungan Python (sekali saja, {source}) ...", flush=True)
            install(purpose, asked | present)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
