"""Outputs appear whole or not at all; what a user put beside them stays."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fsva.core.errors import PublishError, SourceError
from fsva.core.publishing import publish
from tests.places.belu import contents
from tests.places.small import ROOT

OLD = {"a.pdf": b"old a", "b.pdf": b"old b", "stale.pdf": b"old"}
NEW = {"a.pdf": b"new a", "b.pdf": b"new b", "c.pdf": b"new c"}
Exchange = Callable[[Path, Path], bool]


@pytest.fixture(params=["at once", "in two steps"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an output folder with a run in it, on systems with and without an exchange."""
    if request.param == "in two steps":
        monkeypatch.setattr(publish, "_exchanged_at_once", lambda one, other: False)
    folder = tmp_path / "belu" / "2021"
    publish.publish(OLD, folder, [])
    return folder


def only_the_folder(folder: Path) -> bool:
    return [entry.name for entry in folder.parent.iterdir()] == [folder.name]


def test_a_run_replaces_the_one_before(folder: Path) -> None:
    assert contents(folder) == OLD
    publish.publish(NEW, folder, OLD)
    assert contents(folder) == NEW
    assert only_the_folder(folder)


def test_files_of_the_user_are_kept(folder: Path) -> None:
    (folder / "catatan.txt").write_bytes(b"mine")
    (folder / "foto").mkdir()
    (folder / "foto" / "desa.jpg").write_bytes(b"picture")
    publish.publish(NEW, folder, OLD)
    assert contents(folder) == NEW | {"catatan.txt": b"mine", "foto/desa.jpg": b"picture"}


def test_a_user_keeps_a_link_as_a_link(folder: Path) -> None:
    (folder / "tautan").symlink_to("a.pdf")
    publish.publish(NEW, folder, OLD)
    assert (folder / "tautan").is_symlink()


def failing(*arguments: object, **settings: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("call", ["open", "mkdir", "rename"])
def test_a_failing_disk_leaves_the_run_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    if call == "rename":
        monkeypatch.setattr(publish, "_exchanged_at_once", lambda one, other: False)
    with monkeypatch.context() as broken:
        broken.setattr(Path, call, failing)
        with pytest.raises(PublishError) as caught:
            publish.publish(NEW, folder, OLD)
    assert caught.value.key == "tak_tertulis"
    assert caught.value.places[0].found == "No space left on device"
    assert contents(folder) == OLD
    assert only_the_folder(folder)


def test_the_second_write_may_fail_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = publish._write
    written: list[Path] = []

    def once(content: bytes, file: Path) -> None:
        if written:
            failing()
        written.append(file)
        write(content, file)

    monkeypatch.setattr(publish, "_write", once)
    with pytest.raises(PublishError):
        publish.publish(NEW, folder, OLD)
    assert len(written) == 1
    assert contents(folder) == OLD


def test_a_second_step_that_fails_is_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def blocked(path: Path, target: Path) -> Path:
        if path.name.startswith(".2021.baru"):
            failing()
        return rename(path, target)

    monkeypatch.setattr(publish, "_exchanged_at_once", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", blocked)
    with pytest.raises(PublishError):
        publish.publish(NEW, folder, OLD)
    assert contents(folder) == OLD


def test_an_unforeseen_error_leaves_the_run_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("defect")

    monkeypatch.setattr(publish, "_exchange", broken)
    with pytest.raises(RuntimeError):
        publish.publish(NEW, folder, OLD)
    assert contents(folder) == OLD


def test_a_run_that_was_cut_off_is_taken_up(folder: Path) -> None:
    # Killed between the two steps of an exchange: the old run stands aside, the new one is whole.
    folder.rename(folder.with_name(".2021.lama"))
    folder.with_name(".2021.baru").mkdir()
    publish.publish(NEW, folder, OLD)
    assert contents(folder) == NEW
    assert only_the_folder(folder)


def test_files_of_the_user_survive_a_cut_off_run(folder: Path) -> None:
    (folder / "catatan.txt").write_bytes(b"mine")
    folder.rename(folder.with_name(".2021.lama"))
    publish.publish(NEW, folder, OLD)
    assert contents(folder) == NEW | {"catatan.txt": b"mine"}


def test_a_link_to_the_folder_stays_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "atlas"
    link.symlink_to(folder)
    for files in (NEW, OLD):
        publish.publish(files, link, {*OLD, *NEW})
        assert link.is_symlink()
        assert contents(folder) == files


def test_the_current_folder_may_be_the_output_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    publish.publish(NEW, Path(), OLD)
    monkeypatch.chdir(folder.parent)
    assert contents(folder) == NEW


def test_the_root_of_the_disk_is_no_output_folder() -> None:
    with pytest.raises(PublishError):
        publish.publish(NEW, Path(Path.cwd().anchor), [])


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "2021").write_bytes(b"mine")
    with pytest.raises(PublishError):
        publish.publish(NEW, tmp_path / "2021", [])
    assert (tmp_path / "2021").read_bytes() == b"mine"


def test_an_old_folder_that_cannot_be_removed_is_named_and_later_runs_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(shutil, "rmtree", failing)
        (left,) = publish.publish(NEW, folder, OLD)
        assert contents(folder) == NEW
        assert contents(left) == OLD
        assert len(publish.publish(OLD, folder, NEW)) == 2  # and a third run would name three
        assert contents(folder) == OLD
    assert publish.publish(NEW, folder, OLD) == []
    assert contents(folder) == NEW
    assert only_the_folder(folder)


def test_what_only_looks_like_left_of_a_run_is_the_users(folder: Path) -> None:
    names = (".2021.baru.txt", ".2021.baru-lama", "2021.lama", ".2022.baru-0123abcd")
    mine = [folder.with_name(name) for name in names]
    for entry in mine:
        entry.mkdir()
    publish.publish(NEW, folder, OLD)
    assert all(entry.is_dir() for entry in mine)


def test_a_folder_that_leads_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "2021").symlink_to("2021")
    for call in (lambda: publish.publish(NEW, tmp_path / "2021", []),
                 lambda: publish.write(b"x", tmp_path / "2021"),
                 lambda: publish.publish(NEW, tmp_path / ("a" * 300), [])):  # fmt: skip
        with pytest.raises(PublishError):
            call()
    assert [entry.name for entry in tmp_path.iterdir()] == ["2021"]


def test_a_note_saved_while_a_run_puts_its_files_in_place_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "catatan.txt").write_bytes(b"morning")
    write = publish._write

    def meanwhile(content: bytes, file: Path) -> None:  # the copy has been made by now
        write(content, file)
        (folder / "catatan.txt").write_bytes(b"in the evening")
        (folder / "surat.txt").write_bytes(b"new")

    monkeypatch.setattr(publish, "_write", meanwhile)
    publish.publish(NEW, folder, OLD)
    assert contents(folder) == NEW | {"catatan.txt": b"in the evening", "surat.txt": b"new"}


def test_a_note_that_cannot_follow_undoes_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = publish._write

    def meanwhile(content: bytes, file: Path) -> None:
        write(content, file)
        (folder / "surat.txt").write_bytes(b"new")

    monkeypatch.setattr(publish, "_write", meanwhile)
    monkeypatch.setattr(shutil, "copy2", failing)
    with pytest.raises(PublishError):
        publish.publish(NEW, folder, OLD)
    assert contents(folder) == OLD | {"surat.txt": b"new"}
    assert only_the_folder(folder)


def test_a_file_that_another_has_written_meanwhile_is_not_undone(tmp_path: Path) -> None:
    file = tmp_path / "edition.toml"
    publish.write(b"one", file, over=None)
    for over in (None, b"another"):
        with pytest.raises(PublishError) as caught:
            publish.write(b"two", file, over=over)
        assert caught.value.key == "berkas_berubah"
        assert file.read_bytes() == b"one"
    publish.write(b"two", file, over=b"one")
    assert contents(tmp_path) == {"edition.toml": b"two"}


# Killed at any moment

WRITER = """
import sys
from pathlib import Path
from fsva.core.publishing import publish
folder, exchange = Path(sys.argv[1]), sys.argv[2]
if exchange == "in two steps":
    publish._exchanged_at_once = lambda one, other: False
print("ready", flush=True)
n = 0
while True:
    n += 1
    files = {f"{i}.bin": str(n).encode() * 20000 for i in range(12)}
    publish.publish(files, folder, files)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals as on Unix")
@pytest.mark.parametrize("exchange", ["at once", "in two steps"])
def test_a_killed_run_leaves_one_whole_run(tmp_path: Path, exchange: str) -> None:
    if exchange == "at once" and not sys.platform.startswith("linux"):
        pytest.skip("only Linux exchanges folders at once")
    folder, moments = tmp_path / "2021", random.Random(2021)
    publish.publish({f"{i}.bin": b"0" * 20000 for i in range(12)}, folder, [])
    for _ in range(12):
        _kill_after(folder, exchange, moments.uniform(0.0, 0.05))
        whole = folder if folder.exists() else next(folder.parent.glob(".2021.lama-*"))
        # An exchange in a single step is never seen half done.
        assert whole is folder or exchange == "in two steps"
        assert _is_one_run(contents(whole))


def _kill_after(folder: Path, exchange: str, seconds: float) -> None:
    command = [sys.executable, "-c", WRITER, str(folder), exchange]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        child.kill()
        assert child.wait() == -signal.SIGKILL


def _is_one_run(files: dict[str, bytes]) -> bool:
    return set(files) == {f"{i}.bin" for i in range(12)} and len(set(files.values())) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_stands_in_the_place_of_a_file_and_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "buku.docx"
    assert publish.standing(file) is None
    for make in (os.mkfifo, os.mkdir):
        make(file)
        with pytest.raises(SourceError) as refused:  # a pipe was waited for without end
            publish.standing(file)
        assert (refused.value.key, refused.value.places[0].file) == ("bukan_berkas", file)
        file.rmdir() if file.is_dir() else file.unlink()
    file.write_bytes(b"isi")
    assert publish.standing(file) == b"isi"
