"""``massal.csv``: what became of each edition of a run of many.

Owns the rows, which the page of the run shows too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fsva.files.tables import cells

FILE_NAME = "massal.csv"


@dataclass(frozen=True)
class BatchRow:
    """What became of an edition.

    Parameters
    ----------
    code, name : str
        Of the district; the name with the year.
    state : {"dibuat", "sama", "gagal", "belum"}
        Made, unchanged, failed, not tried.
    number : str
        Of the run, as on its sheets.
    exit_code : int
        As of ``fsva atlas``.
    told : str
        Why it failed, in full.
    seconds, cpu_seconds, memory_mib : float
        Time that it took, processor time, and the most memory that its worker has held so far; 0 =
        not known.
    edition, outputs : str
        Folders; that of the outputs from the folder of the table.
    draft : str
        The mark of its sheets, with what is missing; empty where the edition is complete.
    """

    code: str
    name: str
    state: str
    number: str
    exit_code: int
    told: str
    seconds: float
    cpu_seconds: float
    memory_mib: float
    edition: str
    outputs: str
    draft: str = ""

    @property
    def reason(self) -> str:
        """The first line of why it failed."""
        lines = [line for line in self.told.strip().splitlines() if line.strip()]
        return lines[0] if lines and not lines[0].startswith("Traceback") else "".join(lines[-1:])


def batch_csv(rows: Sequence[BatchRow]) -> bytes:
    """Return the table.

    Parameters
    ----------
    rows : sequence of BatchRow
        In their order.
    """
    columns: dict[str, list[Any]] = {
        "kode": [row.code for row in rows],
        "nama": [row.name for row in rows],
        "hasil": [row.state for row in rows],
        "nomor": [row.number for row in rows],
        "kode_keluar": [row.exit_code for row in rows],
        "sebab": [row.reason for row in rows],
        "detik": [row.seconds for row in rows],
        "detik_prosesor": [row.cpu_seconds for row in rows],
        "memori_mib": [row.memory_mib or None for row in rows],
        "edisi": [row.edition for row in rows],
        "keluaran": [row.outputs for row in rows],
        "draf": [row.draft for row in rows],
    }
    return cells.write(FILE_NAME, columns)
