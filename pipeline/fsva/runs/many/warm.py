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


def _read() -> None:
    """Read what every atlas reads of the program's own files, and build the models of editions."""
    from fsva.config.editions import other_districts
    from fsva.config.editions.sections import Settings
    from fsva.config.styles import gazetteer, layout, output_tables
    from fsva.core import resources, texts

    styles = resources.packaged("styles")
    theme = sorted((styles / "gaya").glob("*.toml"))[0]
    for file in sorted((styles / "layouts").glob("a4-*.toml")):
        layout.load(file, theme)
    Settings.model_rebuild()
    texts.load("id")
    gazetteer.load()
    output_tables.all_tables()
    other_districts.prepare()


memory.spare()
_load()
_read()
# What is loaded stays: no worker examines it again when it collects what an edition has left.
gc.collect()
gc.freeze()
