"""Workers on several machines, by Dask: the second part of the program that uses the network.

Owns the connection to a scheduler. What goes over it are Python objects, which can run anything on
either side: only to this machine, or encrypted and with certificates on both sides. Editions and
outputs lie on a folder that all machines see under the same name.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fsva.core.errors import Place, SourceError, UsageError
from fsva.runs.many.edition_job import EditionJob, JobResult
from fsva.runs.many.workers import Making

if TYPE_CHECKING:
    from distributed import Client, Security

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
# A scheduler tries an edition whose worker died four times before it says so.
_DEATHS = 2


@dataclass(eq=False)
class DaskWorkers:
    """Workers that a Dask scheduler knows.

    Parameters
    ----------
    client : Client
        Connected.
    making : callable
        What they do.
    patience : float
        Seconds to wait for a worker once there is none.
    """

    client: Client
    making: Making
    patience: float
    most_deaths: int = _DEATHS
    size: int = 1

    def __post_init__(self) -> None:
        self._seen = time.monotonic()
        self._executor: Executor = self.client.get_executor(pure=False)

    def submit(self, job: EditionJob) -> Future[JobResult]:
        """Begin an edition on some worker."""
        return self._executor.submit(self.making, job)

    def is_death(self, error: BaseException) -> bool:
        """Tell whether the scheduler gave an edition up because its workers died."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)

    def is_gone(self) -> bool:
        """Tell whether scheduler or workers are gone; if not, see how many there are now."""
        if self.client.status != "running":
            return True
        try:
            n_threads = sum(self.client.nthreads().values())
        except OSError:
            return True
        self.size = max(1, n_threads)
        if n_threads:
            self._seen = time.monotonic()
        return time.monotonic() - self._seen > self.patience

    def stop(self) -> None:
        """Leave the scheduler; what its workers are making for us is cancelled."""
        self._executor.shutdown(wait=False)
        self.client.close(timeout=1)


def connect(
    address: str, certificates: Path | None, making: Making, patience: float
) -> DaskWorkers:
    """Connect to a scheduler.

    Parameters
    ----------
    address : str
        ``tcp://127.0.0.1:8786``, ``tls://machine:8786``.
    certificates : Path or None
        Folder with ``CERTIFICATES``, for ``tls``.
    patience : float
        Seconds to wait for an answer.

    Raises
    ------
    UsageError
        The address is not of this machine and not encrypted; certificates are missing; a worker
        has several threads; or the extra is not installed.
    SourceError
        Nobody answers, or no worker is there.
    """
    checked(address, certificates)
    try:
        import distributed

        _silence()
    except ModuleNotFoundError as problem:
        raise UsageError("massal_dask_paket", [Place(found=problem.name)]) from problem
    try:
        client = distributed.Client(
            address, timeout=patience, security=_security(certificates), set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as problem:
        raise SourceError("massal_dask_tiada", [Place(found=address)]) from problem
    threads = client.nthreads()
    if not threads or max(threads.values()) > 1:
        client.close(timeout=1)
        if not threads:
            raise SourceError("massal_dask_kosong", [Place(found=address)])
        raise UsageError("massal_dask_utas", [Place(found=address)])
    return DaskWorkers(client, making, patience)


def _silence() -> None:
    """Keep Dask's log off the screen: this program says itself what happens.

    It gives some of its loggers levels of their own when it loads.
    """
    import distributed

    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] == distributed.__name__:
            logging.getLogger(name).setLevel(logging.CRITICAL)


def checked(address: str, certificates: Path | None) -> None:
    """Refuse an address that would send Python objects in the open to another machine.

    Raises
    ------
    UsageError
        See ``connect``.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname:
        raise UsageError("massal_dask_alamat", [Place(found=address)])
    if parts.scheme == "tcp" and not _is_here(parts.hostname):
        raise UsageError("massal_dask_terbuka", [Place(found=address)])
    if parts.scheme == "tls":
        missing = [name for name in CERTIFICATES if not _has(certificates, name)]
        if missing:
            raise UsageError(
                "massal_dask_sertifikat", [Place(certificates)], {"ada": ", ".join(missing)}
            )


def _has(folder: Path | None, name: str) -> bool:
    return folder is not None and (folder / name).is_file()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _security(folder: Path | None) -> Security | None:
    if folder is None:
        return None
    from distributed import Security

    ca, own, key = (str(folder / name) for name in CERTIFICATES)
    return Security(
        tls_ca_file=ca, tls_client_cert=own, tls_client_key=key, require_encryption=True
    )
