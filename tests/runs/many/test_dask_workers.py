"""Many editions on the workers of a scheduler: real ones, on this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from fsva import cli
from fsva.core import bounds
from fsva.core.errors import UsageError
from fsva.runs.many import dask_workers
from fsva.runs.many.edition_job import EditionJob, JobResult
from tests.runs.many.test_many import project, results

distributed = pytest.importorskip("distributed", reason="the extra massal is not installed")
PATIENCE_S = 60


@dataclass(frozen=True)
class Cluster:
    """A scheduler with its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def begun(stack: ExitStack, folder: Path, name: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a program of Dask that ends with the test, its nanny too."""
    log = stack.enter_context((folder / f"{name}.log").open("wb"))
    module = (
        "distributed.cli.dask_scheduler" if name == "scheduler" else "distributed.cli.dask_worker"
    )
    run = subprocess.Popen(
        [sys.executable, "-m", module, *words], stdout=log, stderr=log, start_new_session=True
    )
    stack.callback(run.wait)
    stack.callback(lambda: _killed(run.pid))
    return run


def _killed(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    address = f"tcp://127.0.0.1:{free_port()}"
    port = address.rpartition(":")[2]
    with ExitStack() as stack:
        scheduler = begun(
            stack, tmp_path, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"
        )
        workers = []
        for n in range(2):
            local = ["--local-directory", str(tmp_path / f"w{n}")]
            words = [address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", *local]
            workers.append(begun(stack, tmp_path, f"worker-{n}", *words))
        _wait_for_workers(address, 2)
        yield Cluster(address, scheduler, workers)


def _wait_for_workers(address: str, n: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            with distributed.Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(n, timeout=PATIENCE_S)
                return
        except (OSError, TimeoutError):
            if time.monotonic() > end:
                raise


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of Dask, about its own code
def test_two_workers_of_a_scheduler_make_what_this_machine_makes(
    tmp_path: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path / "proyek", 4)
    words = ["massal", str(tmp_path / "proyek" / "editions" / "*")]
    far, near = tmp_path / "jauh", tmp_path / "dekat"
    assert cli.main([*words, "--dask", cluster.address, "--keluaran", str(far)]) == 0
    assert set(results(far).values()) == {"dibuat"}
    assert cli.main([*words, "--keluaran", str(near)]) == 0
    names = sorted(f.relative_to(near) for f in near.glob("contoh/20*/*"))
    assert len(names) > 4
    for name in names:
        assert (far / name).read_bytes() == (near / name).read_bytes(), name
    assert cli.main([*words, "--dask", cluster.address, "--keluaran", str(far)]) == 0
    assert set(results(far).values()) == {"tidak berubah"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of Dask, about its own code
def test_a_scheduler_that_is_killed_ends_the_run_with_words_and_a_rerun_finishes(
    tmp_path: Path, cluster: Cluster
) -> None:
    project(tmp_path / "proyek", 4)
    out = tmp_path / "keluaran"
    words = ["massal", str(tmp_path / "proyek" / "editions" / "*"), "--keluaran", str(out)]
    command = [sys.executable, "-m", "fsva", *words, "--dask", cluster.address]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert "[1/4]" in run.stdout.readline()
        os.kill(cluster.scheduler.pid, signal.SIGKILL)
        _, told = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 10
    # Before it stands that the editions made so far are drafts.
    assert "\nGalat: Penjadwal atau semua pekerjanya hilang" in f"\n{told}"
    assert "belum dikerjakan" in results(out).values()
    assert cli.main(words) == 0
    assert set(results(out).values()) <= {"dibuat", "tidak berubah"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of Dask, about its own code
def test_workers_that_are_all_killed_are_not_waited_for_without_end(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    cluster: Cluster,
) -> None:
    usual = bounds.load()
    short = usual.times.model_copy(update={"scheduler": 3.0})
    monkeypatch.setattr(bounds, "load", lambda: usual.model_copy(update={"times": short}))
    project(tmp_path / "proyek", 4)
    out = tmp_path / "keluaran"
    submit = dask_workers.DaskWorkers.submit

    def submitted(workers: dask_workers.DaskWorkers, job: EditionJob) -> Future[JobResult]:
        begun = submit(workers, job)
        for worker in cluster.workers:
            _killed(worker.pid)
        return begun

    monkeypatch.setattr(dask_workers.DaskWorkers, "submit", submitted)
    words = ["massal", str(tmp_path / "proyek" / "editions" / "*"), "--dask", cluster.address]
    assert cli.main([*words, "--keluaran", str(out)]) == 10
    assert "semua pekerjanya hilang" in capsys.readouterr().err
    assert "belum dikerjakan" in results(out).values()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("tcp://192.168.1.5:8786", "massal_dask_terbuka"),
        ("tcp://penjadwal.kantor:8786", "massal_dask_terbuka"),
        ("tls://penjadwal.kantor:8786", "massal_dask_sertifikat"),
        ("127.0.0.1:8786", "massal_dask_alamat"),
        ("http://127.0.0.1:8786", "massal_dask_alamat"),
    ],
)
def test_nothing_is_sent_in_the_open_to_another_machine(address: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        dask_workers.checked(address, None)
    assert caught.value.key == key


def test_this_machine_and_encrypted_addresses_are_taken(tmp_path: Path) -> None:
    for name in dask_workers.CERTIFICATES:
        (tmp_path / name).touch()
    dask_workers.checked("tls://penjadwal.kantor:8786", tmp_path)
    for here in ("tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"):
        dask_workers.checked(here, None)
