"""The tree of commands, which are made in the reader's language when they are needed.

Owns the groups, and the headings of their help.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from importlib import import_module

import click

from fsva import __version__
from fsva.cli import options
from fsva.core.errors import FsvaError
from fsva.core.texts import Texts

_REQUIRED = "[required]"  # as click writes it
# Command to the module that makes it with its function ``make(texts)``.
COMMANDS = {
    "andai": "fsva.cli.make.andai",
    "atlas": "fsva.cli.make.atlas",
    "banding": "fsva.cli.compare.banding",
    "baru": "fsva.cli.begin.baru",
    "baseline": "fsva.cli.begin.baseline",
    "buku": "fsva.cli.make.buku",
    "beranda": "fsva.cli.make.beranda",
    "excel": "fsva.cli.make.excel",
    "formulir": "fsva.cli.make.formulir",
    "jejak": "fsva.cli.check.jejak",
    "keyakinan": "fsva.cli.check.keyakinan",
    "massal": "fsva.cli.make.massal",
    "nasional": "fsva.cli.make.nasional",
    "paparan": "fsva.cli.make.paparan",
    "pendukung": "fsva.cli.make.pendukung",
    "periksa": "fsva.cli.check.periksa",
    "profil": "fsva.cli.make.profil",
    "ringkasan": "fsva.cli.make.ringkasan",
    "sasaran": "fsva.cli.make.sasaran",
    "selaraskan": "fsva.cli.begin.selaraskan",
}
BOUNDARY_COMMANDS = {
    "ambil": "fsva.cli.begin.batas_ambil",
    "skematis": "fsva.cli.begin.batas_skematis",
}
METHOD_COMMANDS = {"periksa": "fsva.cli.check.metode_periksa"}
SCHEMA_COMMANDS = {"edition": "fsva.cli.check.skema_edition"}
THEME_COMMANDS = {"audit": "fsva.cli.check.gaya_audit"}


class Command(click.Command):
    """A command with help in the reader's language."""

    def __init__(self, texts: Texts, **settings: object) -> None:
        self.texts = texts
        settings.setdefault("options_metavar", f"[{texts('cli.pilihan').upper()}]")
        super().__init__(**settings)  # type: ignore[arg-type]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; name extra ones without an English sentence."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            raise click.UsageError(" ".join(rest), ctx)
        return rest

    def invoke(self, ctx: click.Context) -> object:
        """Do the work; a problem with what an option was given names the option.

        Raises
        ------
        FsvaError
            Whatever the work raises.
        """
        try:
            return super().invoke(ctx)
        except FsvaError as problem:
            if not isinstance(self, click.Group):
                options.blame(problem, _given(ctx))
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{self.texts('cli.pemakaian')}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        shown = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        rows = [row for option in shown if (row := option.get_help_record(ctx))]
        must = f"[{self.texts('cli.wajib')}]"
        with formatter.section(self.texts("cli.pilihan")):
            formatter.write_dl([(name, said.replace(_REQUIRED, must)) for name, said in rows])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write an example that works, and where the manual is."""
        *_, last = ctx.command_path.split(" ", 1)
        key = f"contoh.{last.replace(' ', '_')}"
        if not self.texts.has(f"{key}.perintah"):
            return
        manual = self.texts.raw(f"{key}.petunjuk")
        with formatter.section(self.texts("contoh.judul")):
            formatter.write(f"  {_in_lines(self.texts.raw(f'{key}.perintah'), formatter.width)}\n")
        formatter.write(f"\n{self.texts('contoh.petunjuk', berkas=manual)}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help in the reader's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.texts("cli.bantuan")
        return option


def _given(ctx: click.Context) -> dict[str, object]:
    """Return what the options on the command line were given, by the names of the options."""
    typed = click.core.ParameterSource.COMMANDLINE
    return {
        option.opts[0]: ctx.params[option.name]
        for option in ctx.command.params
        if isinstance(option, click.Option)
        and option.name in ctx.params
        and ctx.get_parameter_source(option.name) is typed
    }


class CommandGroup(Command, click.Group):
    """A group that imports its commands only when they are needed.

    Parameters
    ----------
    members : mapping of str to str or CommandGroup
        Name to the module that makes the command, or to a group.
    """

    def __init__(
        self, texts: Texts, members: Mapping[str, str | CommandGroup], **settings: object
    ) -> None:
        self.members = members
        language = options.language(texts)
        language.expose_value = False
        settings.setdefault("params", [language])
        settings["subcommand_metavar"] = f"{texts('cli.perintah').upper()} ..."
        super().__init__(texts, **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(self.members)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        member = self.members.get(cmd_name)
        if isinstance(member, str):
            command: click.Command = import_module(member).make(self.texts)
            return command
        return member

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        Command.format_options(self, ctx, formatter)
        rows = [(name, self._in_short(name)) for name in self.list_commands(ctx)]
        with formatter.section(self.texts("cli.perintah")):
            formatter.write_dl(rows)

    def _in_short(self, name: str) -> str:
        """Return the short help of a command; commands of different groups may share a name."""
        key = f"cli.{self.name}_{name}_singkat"
        return self.texts(key if self.texts.has(key) else f"cli.{name}_singkat")


def root(texts: Texts) -> CommandGroup:
    """Return the command ``fsva``."""
    boundary = CommandGroup(texts, BOUNDARY_COMMANDS, name="batas", help=texts("cli.batas_singkat"))
    method = CommandGroup(texts, METHOD_COMMANDS, name="metode", help=texts("cli.metode_singkat"))
    schema = CommandGroup(texts, SCHEMA_COMMANDS, name="skema", help=texts("cli.skema_singkat"))
    theme = CommandGroup(texts, THEME_COMMANDS, name="gaya", help=texts("cli.gaya_singkat"))
    group = CommandGroup(
        texts,
        {**COMMANDS, "batas": boundary, "metode": method, "skema": schema, "gaya": theme},
        name="fsva",
        help=texts("cli.fsva"),
    )
    version = click.version_option(
        __version__, "--versi", message="fsva-atlas %(version)s", help=texts("cli.versi")
    )
    return version(group)


def _in_lines(command: str, width: int) -> str:
    """Return a command in lines that fit, each but the last ending so that a shell reads on."""
    lines = textwrap.wrap(command, width - 6, break_long_words=False, break_on_hyphens=False)
    return (" ^" if os.sep == "\\" else " \\").join(
        line if n == 0 else f"\n    {line}" for n, line in enumerate(lines)
    )
