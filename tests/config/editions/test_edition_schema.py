"""The schema of edition.toml: every key described, in step with its manual and its editions."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from fsva import cli
from fsva.config.editions import edition_schema
from fsva.config.editions.sections import Settings
from fsva.core import texts
from fsva.core.texts import LANGUAGES, Language
from tests.places.small import ROOT
from tests.project import edition_keys

BELU = ROOT / "editions" / "belu-2021" / "edition.toml"
EDITIONS = sorted((ROOT / "editions").glob("*/edition.toml"))


def as_json(value: Any) -> Any:  # noqa: ANN401  # any value of TOML
    """Return a value of TOML as an editor hands it to a schema: dates as text."""
    return json.loads(json.dumps(value, default=date.isoformat))


def check(document: dict[str, Any]) -> None:
    """Check a document against the schema."""
    schema = json.loads(edition_schema.to_json(texts.load("id")))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(as_json(document), schema)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_described_and_nothing_else(language: Language) -> None:
    words = texts.load(language)
    schema = edition_schema.schema(words)
    expected = {
        name: {edition_schema.WHOLE, *model["properties"]}
        for name, model in edition_schema.models(schema)
    }
    catalogue = {
        name: set(keys) for name, keys in words.entries["skema"].items() if isinstance(keys, dict)
    }
    assert catalogue == expected
    assert all(text.strip() for name in catalogue for text in words.entries["skema"][name].values())


def test_manual_and_published_schema_are_in_step_with_the_models() -> None:
    """Run ``make skema`` if this fails."""
    assert edition_keys.MANUAL.read_text(encoding="utf-8") == edition_keys.manual()
    published = json.loads(edition_keys.SCHEMA.read_text(encoding="utf-8"))
    # As values: some versions of pydantic write a bound 0.0, others 0.
    assert published == json.loads(edition_schema.to_json(texts.load("id")))


def test_manual_has_a_section_for_every_model() -> None:
    schema = edition_schema.schema(texts.load("id"))
    models = {name for name, _ in edition_schema.models(schema)}
    assert set(edition_keys.SECTIONS.values()) == models - {"Bilingual"}


@pytest.mark.parametrize("file", EDITIONS, ids=lambda file: file.parent.name)
def test_shipped_editions_follow_the_schema(file: Any) -> None:  # noqa: ANN401
    check(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("daerah", "kode_bps", "530"),
        ("daerah", "jenis", "provinsi"),
        ("daerah", "nma", "Belu"),
        ("batas", "skematis", "ya"),
    ],
)
def test_schema_refuses_what_the_program_refuses(section: str, key: str, value: str) -> None:
    document = tomllib.loads(EDITIONS[0].read_text(encoding="utf-8"))
    document[section][key] = value
    with pytest.raises(jsonschema.ValidationError):
        check(document)


def test_one_text_may_stand_for_both_languages() -> None:
    """What an office writes is accepted as one text, by the reader and by an editor alike."""
    document = tomllib.loads(BELU.read_text(encoding="utf-8"), parse_float=Decimal)
    document["timpa"][0]["alasan"] = "dilihat di laporan"
    check(tomllib.loads(BELU.read_text(encoding="utf-8")) | {"timpa": document["timpa"]})
    made = Settings.model_validate(document).overrides[0].reason
    assert (made["id"], made["en"]) == ("dilihat di laporan", "dilihat di laporan")


def test_command_prints_the_schema_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["skema", "edition", "--bahasa", "en"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(edition_schema.to_json(texts.load("en")))
    assert printed["properties"]["tahun"]["description"].startswith("Year of the edition")
