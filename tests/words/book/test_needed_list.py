"""What lifts the vulnerable villages, in the report: all of Belu's 21, each once per aim."""

from __future__ import annotations

from fsva.words.book import needed_list
from fsva.words.book.content import plain
from fsva.words.needed import needed_words
from tests.places import buku_belu


def test_each_vulnerable_village_stands_in_the_list() -> None:
    material = buku_belu.made().drawn.material
    entries = needed_list.entries(material)
    said = [plain(entry.sentence) for entry in entries]
    villages = material.vulnerable(material.method.composite).names.tolist()
    assert len(villages) == 21  # Tabel 5.1
    assert [name for name in villages if not any(name in line for line in said)] == []
    # 7 villages lack a value; of the others 4 are in class 2 and have two aims.
    assert sum(entry.level for entry in entries) == 10 + 2 * 4
    assert said[-1] == (
        "Tidak dapat dihitung, karena ada nilai yang tidak diketahui (7 desa/kelurahan): Renrua, "
        "Mandeu Raimanus, Bakustulama, Naekasa, Tukuneno, Fohoeka dan Manleten."
    )


def test_they_are_the_sentences_of_the_command_without_the_kecamatan_above() -> None:
    material = buku_belu.made().drawn.material
    made = {
        needed_words.sentence(
            need, material.table, material.method, material.texts, is_placed=False
        )
        for need in needed_words.needs(material.table, material.method)
        if need.status != needed_words.INCOMPLETE
    }
    listed = {plain(e.sentence) for e in needed_list.entries(material) if e.level}
    assert listed == made
