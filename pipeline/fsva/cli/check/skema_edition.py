"""``fsva skema edition``: print the JSON schema of ``edition.toml``."""

from __future__ import annotations

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core.texts import Texts


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(bahasa: str) -> None:
        """Print the schema."""
        from fsva.config.editions import edition_schema

        screen.say(edition_schema.to_json(texts), nl=False)

    return Command(
        texts,
        name="edition",
        help=texts("skema.bantuan"),
        callback=run,
        params=[options.language(texts)],
    )
