"""Screens that lack letters or take no more, Ctrl+C at any moment, files that may not be read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fsva import cli
from fsva.core.errors import SourceError, StoppedError
from fsva.core.publishing import manifest
from fsva.core.publishing.result_store import FOLDER
from tests.places import belu
from tests.places.small import BELU, ROOT

FSVA = [sys.executable, "-m", "fsva"]
FULL = Path("/dev/full")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "latin-1"])
def test_a_trace_is_read_on_an_old_screen(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [*FSVA, "jejak", str(BELU), "Tasain"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, cwd=ROOT)
    written = done.stdout.decode(encoding)
    sign = "≤" if encoding == "cp437" else "<="
    assert f"0,1766 < 0,2470 {sign} 0,2651" in written
    assert "?" not in written


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("words", [["--help"], ["jejak", str(BELU), "Tasain"]])
def test_a_full_disk_behind_the_screen_is_said(words: list[str]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [*FSVA, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT
        )
    assert done.returncode == 70
    assert done.stderr.startswith("Galat: Sistem operasi tidak menerima keluaran lagi.")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="closes as a shell on Unix does")
def test_a_screen_that_is_closed_stops_no_command(tmp_path: Path) -> None:
    words = " ".join([*FSVA, "ringkasan", str(BELU), "--keluaran", str(tmp_path / "o")])
    done = subprocess.run(["sh", "-c", f"{words} >&- 2>{tmp_path}/galat"], check=False, cwd=ROOT)
    assert ((tmp_path / "galat").read_text(), done.returncode) == ("", 0)
    assert (tmp_path / "o" / "manifest.json").is_file()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
@pytest.mark.parametrize("n_lines", [1, 3])
def test_a_stop_leaves_nothing_behind(tmp_path: Path, n_lines: int) -> None:
    command = [*FSVA, "atlas", str(BELU), "--keluaran", str(tmp_path / "keluaran")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, **pipes, env=environment, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        for _ in range(n_lines):
            running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, written = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Dihentikan" in written
    assert "Traceback" not in written
    assert belu.contents(tmp_path) == {}
    # Whole results may stay beside the outputs for the next run, half ones may not.
    kept = [file.suffix for file in (tmp_path / FOLDER).glob("*") if file.is_file()]
    assert set(kept) <= {".hasil"}


def test_a_stop_has_the_code_that_shells_expect(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fsva.config.editions.edition.load", stopped)
    assert cli.main(["periksa", str(BELU)]) == StoppedError.exit_code == 130
    assert "Dihentikan" in capsys.readouterr().err


def test_an_input_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "indicators.csv"
    file.write_text("kode_bps")

    def refused(*_words: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(SourceError, match="berkas_tak_terbaca") as caught:
        manifest.describe_inputs([file], tmp_path)
    assert caught.value.places[0].file == file


def test_any_other_file_that_may_not_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_words: object) -> None:
        raise PermissionError(13, "Permission denied", "relief.tif")

    monkeypatch.setattr("fsva.config.editions.edition.load", refused)
    assert cli.main(["periksa", str(BELU)]) == 10
    assert "relief.tif" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "code"), [("--versi", 0), ("atlas tak-ada", 10)])
def test_the_program_leaves_with_its_code_after_all_that_was_asked_for(
    words: str, code: int
) -> None:
    run = (
        "import atexit, os, sys\n"
        "atexit.register(os.write, 2, b'sudah')\n"
        f"sys.argv = ['fsva', *{words.split()!r}]\n"
        "from fsva.__main__ import start\nstart()"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, check=False)
    assert done.returncode == code
    assert done.stderr.endswith(b"sudah")
