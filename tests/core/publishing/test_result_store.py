"""Results beside the outputs: whole or not there, believed only if they are what was kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from fsva.core import bounds
from fsva.core.publishing import result_store
from fsva.core.publishing.result_store import FOLDER, ResultStore

PROGRAM = {"fsva-atlas": "1", "program": "aa"}


@pytest.fixture
def store(tmp_path: Path) -> ResultStore:
    return ResultStore(tmp_path / FOLDER, PROGRAM)


def files(store: ResultStore) -> list[Path]:
    return sorted(store.folder.iterdir())


def test_what_was_kept_is_found_again(store: ResultStore) -> None:
    key = store.key("nama", b"desa", b"tata letak")
    assert store.get(key) is None
    store.put(key, b"isi")
    assert store.get(key) == b"isi"
    assert ResultStore(store.folder, PROGRAM).get(key) == b"isi"
    assert [file.name for file in files(store)] == [f"{key}.hasil"]


def test_the_key_depends_on_program_kind_and_every_input(store: ResultStore) -> None:
    other = ResultStore(store.folder, PROGRAM | {"program": "bb"})
    keys = {
        store.key("nama", b"ab", b"c"),
        store.key("nama", b"a", b"bc"),
        store.key("nama", b"ab"),
        store.key("lapisan", b"ab", b"c"),
        other.key("nama", b"ab", b"c"),
    }
    assert len(keys) == 5


@pytest.mark.parametrize("damage", ["short", "long", "bit", "empty", "text", "other"])
def test_a_damaged_or_foreign_result_counts_as_none(store: ResultStore, damage: str) -> None:
    key, other = store.key("nama", b"a"), store.key("nama", b"b")
    store.put(key, b"isi yang benar")
    store.put(other, b"isi yang lain")
    file = store.folder / f"{key}.hasil"
    data = file.read_bytes()
    file.write_bytes({
        "short": data[:-1],
        "long": data + b"x",
        "bit": data[:-1] + bytes([data[-1] ^ 1]),
        "empty": b"",
        "text": b"bukan hasil",
        "other": (store.folder / f"{other}.hasil").read_bytes(),
    }[damage])  # fmt: skip
    assert store.get(key) is None
    store.put(key, b"isi yang benar")
    assert store.get(key) == b"isi yang benar"


def test_links_folders_and_pipes_in_the_place_of_a_result_count_as_none(store: ResultStore) -> None:
    keys = [store.key("nama", str(n).encode()) for n in range(3)]
    store.put(keys[0], b"isi")
    place = [store.folder / f"{key}.hasil" for key in keys]
    moved = place[0].rename(store.folder.parent / "di-luar")
    place[0].symlink_to(moved)
    place[1].mkdir()
    os.mkfifo(place[2])
    assert [store.get(key) for key in keys] == [None, None, None]


def test_a_store_may_be_deleted_at_any_time(store: ResultStore) -> None:
    key = store.key("nama", b"a")
    store.put(key, b"isi")
    for file in files(store):
        file.unlink()
    store.folder.rmdir()
    assert store.get(key) is None
    store.tidy()
    store.put(key, b"isi")
    assert store.get(key) == b"isi"
    assert store.trouble is None


def test_a_place_that_cannot_be_written_to_is_told_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("sebuah berkas", encoding="utf-8")
    store = ResultStore(tmp_path / FOLDER, PROGRAM)
    key = store.key("nama", b"a")
    store.put(key, b"isi")
    assert store.get(key) is None
    assert store.trouble is not None
    store.tidy()
    assert (tmp_path / FOLDER).read_text(encoding="utf-8") == "sebuah berkas"


def test_a_full_disk_leaves_nothing_half_written(
    store: ResultStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, content: bytes) -> int:
        with file.open("wb") as opened:
            opened.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    key = store.key("nama", b"a")
    store.put(key, b"isi" * 1000)
    assert store.trouble is not None
    assert store.trouble.errno == errno.ENOSPC
    assert files(store) == []
    assert store.get(key) is None


def test_the_results_not_used_for_longest_make_room(
    store: ResultStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [store.key("nama", str(n).encode()) for n in range(5)]
    for n, key in enumerate(keys):
        store.put(key, bytes(1000))
        age = time.time() - 100 + n
        os.utime(store.folder / f"{key}.hasil", (age, age))
    assert store.get(keys[0]) is not None  # used just now
    limits = bounds.load().store.model_copy(update={"all_bytes": 3600})
    whole = bounds.load().model_copy(update={"store": limits})
    monkeypatch.setattr(result_store.bounds, "load", lambda: whole)
    store.tidy()
    assert [n for n, key in enumerate(keys) if store.get(key)] == [0, 3, 4]


def test_what_a_killed_run_has_left_is_removed_and_nothing_else(store: ResultStore) -> None:
    store.put(store.key("nama", b"a"), b"isi")
    old, new, foreign = (store.folder / name for name in ("aa.baru", "bb.baru", "catatan.txt"))
    for file in (old, new, foreign):
        file.write_bytes(b"setengah")
    long_ago = time.time() - 2 * bounds.load().store.unfinished
    os.utime(old, (long_ago, long_ago))
    os.utime(foreign, (long_ago, long_ago))
    store.tidy()
    assert not old.exists()
    assert new.exists()
    assert foreign.exists()
    assert store.get(store.key("nama", b"a")) == b"isi"


def test_a_result_that_is_too_large_is_not_kept(
    store: ResultStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = bounds.load().store.model_copy(update={"most_bytes": 1000})
    whole = bounds.load().model_copy(update={"store": limits})
    monkeypatch.setattr(result_store.bounds, "load", lambda: whole)
    key = store.key("nama", b"a")
    store.put(key, bytes(1001))
    assert not store.folder.exists()


def test_the_store_lies_beside_outputs_and_in_no_output_folder(tmp_path: Path) -> None:
    atlas = tmp_path / "belu" / "2021"
    tiles = atlas / "ubin"
    tiles.mkdir(parents=True)
    assert result_store.place_beside(atlas) == tmp_path / "belu" / FOLDER
    (atlas / "manifest.json").write_bytes(b"{}")
    assert result_store.place_beside(tiles) == tmp_path / "belu" / FOLDER


def test_runs_at_once_and_killed_ones_leave_only_whole_results(tmp_path: Path) -> None:
    code = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from fsva.core.publishing.result_store import ResultStore

        store = ResultStore(Path(sys.argv[1]), {"program": "aa"})
        print("mulai", flush=True)
        for n in range(100_000):
            key = store.key("nama", str(n % 7).encode())
            store.put(key, str(n % 7).encode() * 20_000)
            found = store.get(key)
            assert found in (None, str(n % 7).encode() * 20_000), n
            store.tidy()
        """
    )
    folder = tmp_path / FOLDER
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    for run in runs:
        assert run.stdout is not None
        run.stdout.readline()
    time.sleep(0.3)
    assert [run.poll() for run in runs] == [None] * 3
    for run in runs:
        run.kill()
        _, told = run.communicate()
        assert told == b""
    store = ResultStore(folder, {"program": "aa"})
    for n in range(7):
        found = store.get(store.key("nama", str(n).encode()))
        assert found in (None, str(n).encode() * 20_000)
    assert any(file.suffix == ".hasil" for file in folder.iterdir())


@pytest.mark.parametrize("years", [-80, -1, 1, 80])
def test_a_clock_that_was_wrong_changes_no_result_and_leaves_nothing(
    store: ResultStore, years: int
) -> None:
    then = max(time.time() + years * 365 * 86400, 0.0)
    keys = [store.key("nama", bytes([n])) for n in range(3)]
    for key in keys:
        store.put(key, key.encode())
    unfinished = store.folder / "aa.baru"
    unfinished.write_bytes(b"setengah")
    for file in files(store):
        os.utime(file, (then, then))
    store.tidy()
    assert not unfinished.exists()
    assert [store.get(key) for key in keys] == [key.encode() for key in keys]


@pytest.mark.parametrize("content", [
    b"", b"fsva-simpanan 1\n", b"\0" * 10_000_000,
    b"fsva-simpanan 2\nx\n" + bytes(40), b"\x80\x04.",
])  # fmt: skip
def test_whatever_stands_in_the_place_of_a_result_counts_as_none(
    store: ResultStore, content: bytes
) -> None:
    key, other = store.key("nama", b"a"), store.key("nama", b"b")
    store.put(other, b"lain")
    swapped = (store.folder / f"{other}.hasil").read_bytes()
    for put_there in (content, swapped, swapped[:-1], swapped + b"x"):
        (store.folder / f"{key}.hasil").write_bytes(put_there)
        assert store.get(key) is None
    store.put(key, b"isi")
    assert store.get(key) == b"isi"


def test_a_store_within_what_became_an_output_folder_moves_beside_it(store: ResultStore) -> None:
    inner = ResultStore(store.folder.parent / "2021" / FOLDER, PROGRAM)
    key = store.key("nama", b"desa")
    inner.put(key, b"isi")
    ResultStore(store.folder, PROGRAM, keeps=False).adopt(inner.folder)
    assert inner.get(key) == b"isi"
    store.adopt(inner.folder)
    assert store.get(key) == b"isi"
    assert not inner.folder.exists()


def test_a_file_of_somebody_else_stays_where_it_is(store: ResultStore) -> None:
    folder = store.folder.parent / "2021" / FOLDER
    folder.mkdir(parents=True)
    (folder / "catatan.txt").write_text("milik kantor", encoding="utf-8")
    store.adopt(folder)
    assert (folder / "catatan.txt").read_text(encoding="utf-8") == "milik kantor"


def test_a_run_that_only_takes_results_removes_none(store: ResultStore) -> None:
    store.folder.mkdir()
    (store.folder / "lama.baru").write_bytes(b"setengah")
    os.utime(store.folder / "lama.baru", (0, 0))
    ResultStore(store.folder, PROGRAM, keeps=False).tidy()
    assert [file.name for file in files(store)] == ["lama.baru"]
    store.tidy()
    assert files(store) == []
