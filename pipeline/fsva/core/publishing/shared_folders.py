"""Output folders in which more than one command writes.

Owns the rule: a command replaces and removes files of its own only, and the manifest that stands
there belongs to the command that wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fsva.core.publishing import manifest, publish
from fsva.core.publishing.publish import Names


def publish_own(
    command: str, files: Mapping[str, bytes], folder: Path, former: Names
) -> list[Path]:
    """Publish files of a command, all or none, and leave those of other commands alone.

    The manifest of another command stays while it lists files that this one does not replace. Only
    the atlas puts its own in place of any: without it the next run could not tell what changed.

    Parameters
    ----------
    command : str
        Name of the command, as its manifests have it; ``manifest.ATLAS`` for the atlas.
    files : mapping of str to bytes
        File name to content, the manifest among them.
    folder, former
        As for ``publish.publish``.

    Returns
    -------
    list of Path
        As ``publish.publish`` does.

    Raises
    ------
    PublishError, BusyError
        As ``publish.publish`` does.
    """
    own = {*files, *(former() if callable(former) else former)}
    is_own = command == manifest.ATLAS or manifest.command_of(folder) in {command, None}
    if is_own or manifest.outputs(folder).keys() <= own:
        return publish.publish(files, folder, former)
    kept = {name: data for name, data in files.items() if name != manifest.FILE_NAME}

    def names() -> list[str]:
        """Return what may be replaced: the manifest there is of another command."""
        named = former() if callable(former) else former
        return [name for name in named if name != manifest.FILE_NAME]

    return publish.publish(kept, folder, names)
