"""What a worker needs for any atlas, loaded once before it is asked for one.

Owns the choice. A process that forks others imports this; no thread may run in it.
"""

from __future__ import annotations

import gc

from fsva.core import memory


def _load() -> None:
    """Load what every atlas needs."""
    from fsva.files.tables import class_table, ledgers  # noqa: F401
    from fsva.runs import certainty_run, check_run, production, sheet_files  # noqa: F401
    from fsva.villages import repair  # noqa: F401
    from fsva.words import report  # noqa: F401

    sheet_files.load_libraries()


memory.spare()
_load()
# What is loaded stays: no worker examines it again when it collects what an edition has left.
gc.collect()
gc.freeze()
