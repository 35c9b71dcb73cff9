"""Build hook: gives a wheel its own copy of ``styles/`` and ``boundaries/``.

Both stand at the top of the checkout, where officers find and edit them. An editable
install reads them there, and a second copy would go stale; so only the standard wheel
carries them, as ``fsva/_data/styles`` and ``fsva/_data/boundaries``.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA_FOLDERS = ("styles", "boundaries")


class DataFoldersHook(BuildHookInterface[Any]):
    """Adds the data folders of the checkout to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders to include before the wheel is built.

        Parameters
        ----------
        version : str
            ``standard`` for a wheel, ``editable`` for an editable install.
        build_data : dict
            What hatchling is about to build; ``force_include`` is extended in place.
        """
        if version == "standard":
            build_data["force_include"].update(
                {folder: f"fsva/_data/{folder}" for folder in DATA_FOLDERS}
            )
