"""Villages that split, merge or get another code: what is carried over, and what never is."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from fsva.cli.check import jejak
from fsva.config.editions import edition as editions
from fsva.core import texts
from fsva.core.errors import CodeError, FsvaError, JoinError, LayerError, TableError
from fsva.files.tables import ledgers
from fsva.runs import production
from fsva.runs.tabulation import Tabulated
from fsva.villages.succession import Event, SuccessionLink
from fsva.words import succession_words, trace_words
from tests.places import contoh, small
from tests.places.framed import crs, inherited_values, succession, successions

FILE = Path("pemekaran.csv")
HEADER = "kode_lama;kode_baru;tanggal;dasar_hukum;bagian"
A, B, C, D, E, F = (f"990101000{n}" for n in range(1, 7))
NEW, OTHER = "9901010098", "9901010099"


def link(old: str, new: str, share: float | None = None, year: int = 2022) -> SuccessionLink:
    return SuccessionLink(old, new, date(year, 1, 1), "Perda 1", share, 2)


def events(*links: SuccessionLink) -> tuple[Event, ...]:
    """Group links as if they had been read from a file."""
    rows = [(x.old, x.new, x.on, x.decree, x.share, x.row) for x in links]
    columns = [*successions.COLUMNS, "baris"]
    table = pd.DataFrame(rows, columns=columns).astype({"bagian": "Float64"})
    return succession.read_events(table, FILE)


def due(present: Sequence[str], target: Sequence[str], *links: SuccessionLink) -> tuple[Event, ...]:
    return succession.needed(events(*links), present, target, FILE)


def key_of(caught: pytest.ExceptionInfo[FsvaError]) -> str:
    return caught.value.key


# --- Events -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "kind"),
    [
        ([link(A, A)], "ganti nama"),
        ([link(A, NEW)], "ganti kode"),
        ([link(A, A), link(A, NEW)], "mekar"),
        ([link(A, NEW), link(A, OTHER)], "mekar"),
        ([link(A, A), link(B, A)], "gabung"),
        ([link(A, NEW), link(B, NEW)], "gabung"),
        ([link(A, A), link(A, NEW), link(B, B), link(B, NEW)], "tata ulang"),
        ([link(A, B), link(B, C)], "tata ulang"),
    ],
)
def test_links_of_a_day_that_share_a_code_are_one_event(
    links: list[SuccessionLink], kind: str
) -> None:
    (event,) = events(*links)
    assert event.kind == kind


def test_other_days_and_other_codes_are_other_events() -> None:
    found = events(link(D, E), link(B, C, year=2020), link(A, NEW))
    assert [(e.on.year, sorted(e.olds)) for e in found] == [(2020, [B]), (2022, [A]), (2022, [D])]


@pytest.mark.parametrize("shares", [(0.4, 0.5), (0.4, None), (0.9, 0.2)])
def test_shares_of_a_split_must_sum_to_one(shares: tuple[float, float | None]) -> None:
    with pytest.raises(JoinError) as caught:
        events(link(A, A, shares[0]), link(A, NEW, shares[1]))
    assert key_of(caught) == "pemekaran_bagian"


def test_rounded_shares_are_a_whole_village() -> None:
    (event,) = events(link(A, A, 0.33), link(A, NEW, 0.33), link(A, OTHER, 0.33))
    assert sum(event.shares(new)[A] or 0 for new in event.news) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    "links",
    [
        [link(A, B, year=2020), link(B, A, year=2021)],
        [link(A, A, year=2020), link(A, NEW, year=2020), link(NEW, A, year=2021),
         link(A, A, year=2021)],
    ],
)  # fmt: skip
def test_a_code_that_becomes_itself_again_is_refused(links: list[SuccessionLink]) -> None:
    with pytest.raises(JoinError) as caught:
        events(*links)
    assert key_of(caught) == "pemekaran_melingkar"


# --- Which events a table needs -----------------------------------------------------------------


def test_a_table_before_the_split_needs_it_and_one_after_it_does_not() -> None:
    split = [link(A, A), link(A, NEW)]
    assert len(due([A, B], [A, B, NEW], *split)) == 1
    assert due([A, B, NEW], [A, B, NEW], *split) == ()


def test_an_event_after_the_edition_is_left_alone() -> None:
    assert due([A, B], [A, B], link(A, A), link(A, NEW)) == ()
    assert due([A, B], [A, B], link(A, NEW)) == ()


def test_a_chain_is_followed_from_wherever_the_table_stands() -> None:
    chain = [link(A, NEW, year=2020), link(NEW, OTHER, year=2021)]
    assert [e.on.year for e in due([A, B], [OTHER, B], *chain)] == [2020, 2021]
    assert [e.on.year for e in due([NEW, B], [OTHER, B], *chain)] == [2021]
    assert due([OTHER, B], [OTHER, B], *chain) == ()
    assert [e.on.year for e in due([A, B], [NEW, B], *chain)] == [2020]


def test_a_split_whose_part_was_recoded_later_is_not_done_twice() -> None:
    chain = [link(A, A, year=2020), link(A, NEW, year=2020), link(NEW, OTHER, year=2021)]
    assert due([A, OTHER], [A, OTHER], *chain) == ()
    assert len(due([A], [A, OTHER], *chain)) == 2


def test_a_split_that_left_no_trace_is_refused() -> None:
    chain = [link(A, A, year=2020), link(A, NEW, year=2020),
             link(NEW, B, year=2021), link(B, B, year=2021)]  # fmt: skip
    with pytest.raises(JoinError) as caught:
        due([A, B], [A, B], *chain)
    assert key_of(caught) == "pemekaran_kabur"


def test_an_event_that_happened_in_part_is_refused() -> None:
    with pytest.raises(JoinError) as caught:
        due([A, B, NEW], [B, NEW], link(A, NEW))
    assert key_of(caught) == "pemekaran_setengah"
    assert caught.value.facts == {"ada": f"{A}, {NEW}", "tidak_ada": ""}


@pytest.mark.parametrize(
    ("present", "target", "column"),
    [([A, B], [B, OTHER], "kode_baru"), ([B], [B, NEW], "kode_lama")],
)
def test_unknown_codes_are_named(present: list[str], target: list[str], column: str) -> None:
    with pytest.raises(JoinError) as caught:
        due(present, target, link(A, NEW))
    assert key_of(caught) == "pemekaran_asing"
    assert caught.value.places[0].column == column


def rows(*wanted: tuple[str, str, float | None, int, int]) -> list[SuccessionLink]:
    """Return links as (old, new, share, year, row)."""
    return [SuccessionLink(a, b, date(y, 1, 1), "Perda 1", s, n) for a, b, s, y, n in wanted]


def refused(links: list[SuccessionLink]) -> JoinError:
    with pytest.raises(JoinError) as caught:
        events(*links)
    return caught.value


def spots(error: JoinError) -> list[tuple[Path | None, int | None, str | None, str | None]]:
    return [(p.file, p.row, p.column, p.found) for p in error.places]


def test_bad_shares_are_named_row_by_row_with_their_sum() -> None:
    error = refused(rows((B, B, 1.0, 2022, 5), (A, A, 0.4, 2022, 2), (A, B, 0.5, 2022, 3)))
    assert spots(error) == [(FILE, 2, "bagian", "0.4"), (FILE, 3, "bagian", "0.5")]
    assert [p.village for p in error.places] == [A, A]
    assert error.facts == {"jumlah": "0.9"}
    half = refused(rows((A, A, 1.0, 2022, 2), (A, NEW, None, 2022, 3)))
    assert [(p.village, p.found) for p in half.places] == [(A, "1"), (A, "")]
    assert half.facts == {"jumlah": "1"}


@pytest.mark.parametrize("third", [0.329, 0.338])
def test_three_printed_thirds_are_a_whole_and_a_hundredth_more_is_not(third: float) -> None:
    links = rows(*((A, new, 1 / 3, 2022, 2) for new in (A, NEW)), (A, OTHER, third, 2022, 2))
    assert len(events(*links)) == 1
    wrong = rows(*((A, new, 1 / 3, 2022, 2) for new in (A, NEW)), (A, OTHER, 0.3461, 2022, 2))
    assert refused(wrong).key == "pemekaran_bagian"


def test_the_first_village_without_shares_does_not_hide_the_wrong_ones_of_the_next() -> None:
    error = refused(rows((A, A, None, 2022, 2), (A, NEW, None, 2022, 3),
                         (B, B, 0.7, 2022, 4), (B, NEW, 0.7, 2022, 5)))  # fmt: skip
    assert [p.row for p in error.places] == [4, 5]


def test_a_share_is_known_only_where_it_was_given() -> None:
    (event,) = events(
        *rows((A, A, None, 2022, 2), (A, NEW, None, 2022, 3), (B, NEW, None, 2022, 4))
    )
    assert event.shares(A) == {A: None}
    assert event.shares(NEW) == {A: None, B: 1.0}
    (scaled,) = events(*rows((A, A, 0.253, 2022, 2), (A, NEW, 0.757, 2022, 3)))
    assert scaled.shares(A) == {A: pytest.approx(0.253 / 1.01)}
    assert scaled.shares(NEW) == {A: pytest.approx(0.757 / 1.01)}


def test_an_event_that_changes_no_code_of_several_villages_is_refused() -> None:
    error = refused(rows((A, A, 0.5, 2022, 2), (A, B, 0.5, 2022, 3), (B, B, 1.0, 2022, 4)))
    assert error.key == "pemekaran_kabur"
    assert spots(error) == [(FILE, 2, "kode_lama", f"{A} → {A}"),
                            (FILE, 3, "kode_lama", f"{A} → {B}"),
                            (FILE, 4, "kode_lama", f"{B} → {B}")]  # fmt: skip
    assert [e.kind for e in events(link(A, A))] == ["ganti nama"]


def test_every_link_of_a_circle_is_named_and_no_other() -> None:
    circle = rows((A, B, None, 2020, 2), (B, C, None, 2021, 3), (C, A, None, 2022, 4),
                  (D, D, None, 2022, 5), (E, F, None, 2022, 6))  # fmt: skip
    error = refused(circle)
    assert spots(error) == [(FILE, 2, "kode_lama", f"{A} → {B}"),
                            (FILE, 3, "kode_lama", f"{B} → {C}"),
                            (FILE, 4, "kode_lama", f"{C} → {A}")]  # fmt: skip


def test_a_circle_is_found_through_either_part_of_a_split() -> None:
    split = ((A, B, None, 2020, 2), (A, C, None, 2020, 3))
    further = ((B, D, None, 2021, 4), (C, E, None, 2021, 5))
    through_b = refused(rows(*split, *further, (D, A, None, 2022, 6)))
    assert [place.row for place in through_b.places] == [2, 4, 6]
    through_c = refused(rows(*split, *further, (E, A, None, 2022, 6)))
    assert [place.row for place in through_c.places] == [3, 5, 6]


def test_two_villages_that_exchange_their_codes_on_one_day_are_refused() -> None:
    """The codes are the same before and after: nobody can tell whether it has happened."""
    error = refused(rows((A, B, None, 2022, 2), (B, A, None, 2022, 3)))
    assert error.key == "pemekaran_kabur"
    assert [place.row for place in error.places] == [2, 3]


def test_an_event_knows_its_day_rows_and_codes_in_order() -> None:
    first, second = events(*rows((C, NEW, None, 2022, 4), (B, A, None, 2022, 3),
                                 (A, A, None, 2022, 2), (C, C, None, 2022, 5)))  # fmt: skip
    assert [(x.old, x.new, x.row) for x in first.links] == [(A, A, 2), (B, A, 3)]
    assert [(x.old, x.new, x.row) for x in second.links] == [(C, C, 5), (C, NEW, 4)]
    assert (first.on, first.links[0].decree) == (date(2022, 1, 1), "Perda 1")
    assert (first.olds, first.news, first.gone, first.fresh) == ({A, B}, {A}, {B}, set())
    assert (second.gone, second.fresh) == (set(), {NEW})


def test_links_that_meet_through_a_third_are_one_event() -> None:
    (event,) = events(link(A, NEW), link(B, OTHER), link(C, C), link(A, OTHER), link(B, C))
    assert len(event.links) == 5


def test_events_are_translated_whole_or_not_at_all() -> None:
    found = events(*rows((A, A, 0.25, 2022, 2), (A, NEW, 0.75, 2022, 3), (B, OTHER, None, 2021, 4)))
    (only,) = succession.translated(found, {A: "a", NEW: "n", B: "b"})
    assert only.on == date(2022, 1, 1)
    assert only.links == tuple(rows(("a", "a", 0.25, 2022, 2), ("a", "n", 0.75, 2022, 3)))
    assert succession.translated(found, {A: "a"}) == ()
    assert len(succession.translated(found, {A: "a", NEW: "n", B: "b", OTHER: "o"})) == 2
    (all_known,) = succession.translated(found[1:], {A: "a", NEW: "n"})
    assert all_known.news == {"a", "n"}


def stopped(present: list[str], target: list[str], *links: SuccessionLink) -> JoinError:
    with pytest.raises(JoinError) as caught:
        due(present, target, *links)
    return caught.value


def test_what_stops_a_succession_names_rows_and_codes() -> None:
    one, two = rows((A, NEW, None, 2022, 2), (A, OTHER, None, 2022, 3))
    half = stopped([NEW, B], [OTHER, NEW, B], one, two)
    facts = {"ada": NEW, "tidak_ada": f"{A}, {OTHER}"}
    assert (half.key, half.facts) == ("pemekaran_setengah", facts)
    assert spots(half) == [(FILE, 2, "kode_lama", f"{A} → {NEW}"),
                           (FILE, 3, "kode_lama", f"{A} → {OTHER}")]  # fmt: skip
    foreign = stopped([A, B], [B, A, OTHER], *rows((A, A, None, 2022, 2), (A, NEW, None, 2022, 3),
                                                   (A, OTHER, None, 2022, 4)))  # fmt: skip
    assert foreign.key == "pemekaran_asing"
    assert spots(foreign) == [(FILE, 3, "kode_baru", NEW)]
    missed = stopped([B], [B, NEW], *rows((A, NEW, None, 2022, 7)))
    assert spots(missed) == [(FILE, 7, "kode_lama", A)]
    trace = rows((A, A, None, 2020, 2), (A, NEW, None, 2020, 3), (NEW, B, None, 2021, 4),
                 (B, B, None, 2021, 5))  # fmt: skip
    hidden = stopped([A, B], [A, B], *trace)
    assert spots(hidden) == [(FILE, 2, "kode_lama", f"{A} → {A}"),
                             (FILE, 3, "kode_lama", f"{A} → {NEW}")]  # fmt: skip


def test_events_that_do_not_concern_a_table_are_passed_over() -> None:
    """A neighbour's split, a village of which neither table nor edition knows, a new name."""
    assert due([B], [B], link(A, A), link(A, NEW)) == ()
    assert due([B], [B, A], link(A, A)) == ()
    assert [e.kind for e in due([A, B], [A, B], link(A, A))] == ["ganti nama"]
    chain = [link(A, NEW, year=2020), link(NEW, OTHER, year=2021)]
    assert due([B], [B], *chain) == ()


def test_an_event_of_the_only_villages_is_like_any_other() -> None:
    assert [e.kind for e in due([A], [A], link(A, A))] == ["ganti nama"]
    assert due([A], [A], link(A, NEW)) == ()
    assert [e.kind for e in due([A], [NEW], link(A, NEW))] == ["ganti kode"]


def test_a_table_is_not_asked_for_codes_that_were_replaced_later() -> None:
    """It has the last code of the chain, and lacks the other part: that is said at the join."""
    chain = [link(A, B, year=2020), link(A, C, year=2020), link(C, D, year=2021)]
    assert due([D], [B, D], *chain) == ()
    assert stopped([E], [B, E], *chain[:2]).key == "pemekaran_asing"


def test_a_merge_is_due_until_its_villages_are_gone() -> None:
    merge = [link(A, A), link(B, A)]
    assert len(due([A, B, C], [A, C], *merge)) == 1
    assert due([A, C], [A, C], *merge) == ()
    into = [link(A, NEW), link(B, NEW)]
    assert len(due([A, B], [NEW], *into)) == 1
    assert due([NEW], [NEW], *into) == ()
    assert stopped([A], [NEW], *into).facts == {"ada": A, "tidak_ada": f"{B}, {NEW}"}


# --- Values -------------------------------------------------------------------------------------


def raw_table() -> pd.DataFrame:
    """Return six villages with a count and a ratio."""
    codes = (A, B, C, D, E, F)
    return pd.DataFrame(
        {
            "kecamatan": ["Utara"] * 6,
            "desa": small.NAMES[:6],
            "baris": range(2, 8),
            "penduduk": pd.array([100, 200, 300, pd.NA, 500, 600], dtype="Float64"),
            "rasio": pd.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], dtype="Float64"),
        },
        index=pd.Index(codes, name="kode_bps"),
    )


NAMES = pd.DataFrame({"desa": ["Baru", "Lain"], "kecamatan": ["Barat", "Barat"]}, [NEW, OTHER])


def carried(*links: SuccessionLink) -> tuple[pd.DataFrame, pd.DataFrame]:
    return inherited_values.carry(raw_table(), events(*links), ["penduduk"], NAMES)


def test_another_code_keeps_every_value_and_takes_the_new_name() -> None:
    table, ledger = carried(link(B, NEW))
    assert table.loc[NEW, ["penduduk", "rasio"]].tolist() == [200, 0.2]
    assert table.loc[NEW, ["desa", "kecamatan"]].tolist() == ["Baru", "Barat"]
    assert B not in table.index
    assert ledger["nilai"].tolist() == ["kept"]
    assert ledger[["nama_lama", "nama_baru"]].to_numpy().tolist() == [["Dua", "Baru"]]


def test_a_split_without_shares_leaves_nobody_a_value() -> None:
    table, ledger = carried(link(A, A), link(A, NEW))
    assert table.loc[[A, NEW], ["penduduk", "rasio"]].isna().all(axis=None)
    assert table.loc[A, "desa"] == "Satu"
    assert ledger["nilai"].tolist() == ["no_data"] * 2


def test_a_split_with_shares_shares_out_counts_and_never_a_ratio() -> None:
    table, ledger = carried(link(A, A, 0.7), link(A, NEW, 0.3))
    assert table.loc[[A, NEW], "penduduk"].tolist() == pytest.approx([70, 30])
    assert table.loc[[A, NEW], "rasio"].isna().all()
    assert ledger["nilai"].tolist() == ["shared"] * 2
    assert ledger["bagian"].tolist() == ["0.7", "0.3"]


def test_a_merge_adds_counts_and_never_a_ratio() -> None:
    table, ledger = carried(link(A, A), link(B, A))
    assert table.loc[A, "penduduk"] == 300
    assert table["rasio"].isna().tolist() == [code == A for code in table.index]
    assert ledger["nilai"].tolist() == ["added"] * 2


def test_a_merge_with_an_unknown_count_stays_unknown() -> None:
    table, ledger = carried(link(C, NEW), link(D, NEW))
    assert pd.isna(table.loc[NEW, "penduduk"])
    assert ledger["nilai"].tolist() == ["no_data"] * 2


@settings(deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=2, max_size=2))
def test_shares_keep_the_sum_of_counts(parts: list[int]) -> None:
    share = parts[0] / sum(parts)
    table, _ = carried(link(E, E, share), link(E, NEW, 1 - share), link(A, OTHER), link(B, OTHER))
    assert table["penduduk"].sum() == pytest.approx(raw_table()["penduduk"].sum())
    assert set(table.index) == {C, D, E, F, NEW, OTHER}
    assert list(table.dtypes) == list(raw_table().dtypes)


def test_published_classes_of_villages_that_changed_are_forgotten() -> None:
    published = raw_table()[["rasio"]]
    left = inherited_values.forget(published, events(link(A, A), link(A, NEW), link(B, OTHER)))
    assert sorted(left.index) == sorted([C, D, E, F, OTHER])
    assert left.loc[OTHER, "rasio"] == 0.2


def test_classes_published_after_the_split_stay() -> None:
    published = raw_table().rename(index={F: NEW})
    assert inherited_values.forget(published, events(link(A, A), link(A, NEW))).equals(published)


def test_only_counts_and_areas_of_a_method_are_additive() -> None:
    columns = inherited_values.additive_columns(small.shipped_method())
    assert "akses_kategori" not in columns
    assert {"penduduk", "luas_ha", "rumah_tangga", "tenaga_kesehatan"} <= set(columns)
    assert set(columns) == set(small.shipped_method().columns) - {"akses_kategori"}


def test_the_method_says_what_is_additive_whatever_the_unit() -> None:
    shipped = small.shipped_method()
    ratio = shipped.columns["penduduk"].model_copy(update={"nature": "nisbah"})
    other = shipped.model_copy(update={"columns": {**shipped.columns, "penduduk": ratio}})
    assert set(inherited_values.additive_columns(shipped)) - set(
        inherited_values.additive_columns(other)
    ) == {"penduduk"}


# --- The file -----------------------------------------------------------------------------------


def write(folder: Path, *rows: str) -> Path:
    file = folder / "pemekaran.csv"
    file.write_text("\r\n".join([HEADER, *rows]) + "\r\n", encoding="utf-8-sig")
    return file


def test_the_table_of_an_officer_is_read(tmp_path: Path) -> None:
    rows = (f"{A};{A};17/05/2022;Perda 3/2022;0,6", f"{A};{NEW};2022-05-17;Perda 3/2022;0,4")
    (event,) = succession.read_events(successions.read(write(tmp_path, *rows)), FILE)
    assert event.on == date(2022, 5, 17)
    assert event.shares(NEW) == {A: pytest.approx(0.4)}
    assert [x.row for x in event.links] == [2, 3]


@pytest.mark.parametrize(
    ("row", "error", "key"),
    [
        (f"{A};99.01.01.2001;2022-05-17;Perda;", CodeError, "pemekaran_kode"),
        (f"{A};99010100;2022-05-17;Perda;", CodeError, "pemekaran_kode"),
        (f"{A};{NEW};31/02/2022;Perda;", TableError, "bukan_tanggal"),
        (f"{A};{NEW};2022;Perda;", TableError, "bukan_tanggal"),
        (f"{A};{NEW};2022-05-17;;", TableError, "sel_kosong"),
        (f"{A};{NEW};2022-05-17;Perda;40%", TableError, "bukan_bagian"),
        (f"{A};{NEW};2022-05-17;Perda;1,5", TableError, "bukan_bagian"),
        (f"{C};{D};2022-05-17;Perda;", TableError, "pemekaran_ganda"),
    ],
)
def test_a_damaged_row_is_named(row: str, error: type[FsvaError], key: str, tmp_path: Path) -> None:
    file = write(tmp_path, f"{C};{D};2022-05-17;Perda;", row)
    with pytest.raises(error) as caught:
        successions.read(file)
    assert key_of(caught) == key
    assert caught.value.places[-1].row == 3


# --- An edition ---------------------------------------------------------------------------------


def edition(folder: Path, rows: Sequence[str], *, raw: bool, layer: gpd.GeoDataFrame) -> Path:
    """Write the small edition with a succession table, another layer and two more villages."""
    contoh.build(folder, poverty=False, coverage=False, raw=raw)
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    toml = toml.replace("[data]\n", '[data]\npemekaran = "pemekaran.csv"\n')
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    write(folder, *rows)
    layer.reset_index().to_crs(4326).to_file(folder / "desa.geojson", driver="GeoJSON")
    return folder


def crosswalk(folder: Path, drop: Sequence[str], add: Sequence[str]) -> None:
    lines = small.crosswalk_csv().splitlines()
    kept = [line for line in lines if line.split(";")[0] not in drop]
    (folder / "padanan.csv").write_text("\r\n".join([*kept, *add]) + "\r\n", encoding="utf-8-sig")


def split_layer() -> gpd.GeoDataFrame:
    """Return the layer in which village 1 was cut along its middle; the east half is new."""
    layer = small.layer()
    west, south, _, north = layer.geometry.iloc[0].bounds
    half = shapely.box(west + 1500, south, west + 3000, north)
    east = shapely.intersection(layer.geometry.iloc[0], half)
    shapes = [shapely.difference(layer.geometry.iloc[0], half), *layer.geometry.iloc[1:], east]
    index = pd.Index([*small.CODES, "99.01.01.2098"], name="kode")
    return gpd.GeoDataFrame({"nama": [*small.NAMES, "Baru"]}, geometry=shapes, crs=layer.crs,
                            index=index)  # fmt: skip


SPLIT = (f"{A};{A};2022-05-17;Perda 3/2022;0,6", f"{A};{NEW};2022-05-17;Perda 3/2022;0,4")
BARU = f"{NEW};99.01.01.2098;Baru;Baru;Utara"


def made(folder: Path) -> Tabulated:
    return contoh.tabulated(contoh.order(folder))


def test_ratios_of_a_split_village_are_no_data_on_every_map(tmp_path: Path) -> None:
    folder = edition(tmp_path / "e", SPLIT, raw=False, layer=split_layer())
    crosswalk(folder, [], [BARU])
    files = production.produce(contoh.order(folder), lambda _: None)
    rows = list(csv.DictReader(io.StringIO(files["kelas.csv"].decode("utf-8"))))
    assert len(rows) == 13
    none = {row["desa"] for row in rows if row["komposit_dasar"] == "kosong"}
    assert none == {"Satu", "Baru"}
    for name in ("lahan", "akses", "nakes"):
        assert {row["desa"] for row in rows if not row[f"{name}_kelas"]} == {"Satu", "Baru"}
    ledger = files["pemekaran.csv"].decode("utf-8").splitlines()
    assert ledger[1:] == [
        f"2022-05-17,mekar,tabel,{A},{A},Satu,Satu,0.6,tidak ada data,Perda 3/2022",
        f"2022-05-17,mekar,tabel,{A},{NEW},Satu,Baru,0.4,tidak ada data,Perda 3/2022",
    ]
    report = files["laporan.txt"].decode("utf-8")
    assert f"Satu ({A}) → Baru ({NEW}): tidak ada data" in report
    assert report.count("Tidak ada data: 2") + report.count("tidak ada data: 2") == 7
    assert b"pemekaran.csv" in files["manifest.json"]


def test_counts_of_a_split_village_are_shared_out(tmp_path: Path) -> None:
    folder = edition(tmp_path / "e", SPLIT, raw=True, layer=split_layer())
    crosswalk(folder, [], [BARU])
    table = made(folder)
    villages = table.joined.villages.geo_frame.set_index("kode_bps")
    assert villages.loc[[A, NEW], "penduduk"].tolist() == pytest.approx([600, 400])
    assert villages.loc[[A, NEW], "akses"].isna().all()
    ratios = table.table.frame.set_index("kode_bps").loc[[A, NEW], "lahan"]
    assert ratios.tolist() == pytest.approx([0.015, 0.015])
    assert table.table.frame["komposit_dasar"].value_counts()["kosong"] >= 2


def test_merged_and_recoded_villages_of_an_old_layer_and_table(tmp_path: Path) -> None:
    rows = (
        f"{A};{NEW};2021-01-01;Perda 1;", f"{B};{NEW};2021-01-01;Perda 1;",
        "99.01.01.2001;99.01.01.2098;2021-01-01;Perda 1;",
        "99.01.01.2002;99.01.01.2098;2021-01-01;Perda 1;",
        f"{C};{OTHER};2021-01-01;Perda 2;",
        "99.01.01.2003;99.01.01.2099;2021-01-01;Perda 2;",
    )  # fmt: skip
    folder = edition(tmp_path / "e", rows, raw=True, layer=small.layer())
    crosswalk(folder, [A, B, C], [BARU, f"{OTHER};99.01.01.2099;Lain;Lain;Utara"])
    table = made(folder)
    villages = table.joined.villages.geo_frame
    assert len(villages) == 11
    whole = small.layer().geometry.iloc[:2].union_all()
    assert villages.geometry["99.01.01.2098"].area == pytest.approx(whole.area, rel=1e-4)
    assert villages.loc["99.01.01.2098", "penduduk"] == 2000
    assert villages.loc["99.01.01.2099", "akses"] == 3
    fates = table.joined.inherited.ledger.frame["nilai"].value_counts().to_dict()
    assert fates == {"added": 2, "kept": 1, "merged": 2, "recoded": 1}
    lines = succession_words.lines(table.joined, texts.load("en"))
    assert len(lines) == 7
    assert any("polygons merged" in line for line in lines)


def test_kemendagri_codes_are_enough_where_the_crosswalk_knows_them(tmp_path: Path) -> None:
    rows = [
        "99.01.01.2001;99.01.01.2001;2022-05-17;Perda 3/2022;",
        "99.01.01.2001;99.01.01.2098;2022-05-17;Perda 3/2022;",
    ]
    folder = edition(tmp_path / "e", rows, raw=False, layer=split_layer())
    crosswalk(folder, [], [BARU])
    ledger = made(folder).joined.inherited.ledger.frame
    assert ledger[["pada", "kode_baru"]].to_numpy().tolist() == [["table", A], ["table", NEW]]


def test_another_name_of_the_same_village_keeps_its_values(tmp_path: Path) -> None:
    folder = edition(
        tmp_path / "e", [f"{A};{A};2022-05-17;Perda 3/2022;"], raw=False, layer=small.layer()
    )
    crosswalk(folder, [A], [f"{A};99.01.01.2001;Nama Baru;Satu;Utara"])
    table = made(folder)
    assert table.table.frame.loc["99.01.01.2001", "desa"] == "Nama Baru"
    assert table.table.frame.loc["99.01.01.2001", "komposit_dasar"] == "nilai"
    assert table.joined.inherited.ledger["jenis"].tolist() == ["ganti nama"]


@pytest.mark.parametrize("wanted", [NEW, "Satu"])
def test_a_split_village_has_no_row_to_trace(wanted: str, tmp_path: Path) -> None:
    folder = edition(tmp_path / "e", SPLIT, raw=False, layer=split_layer())
    crosswalk(folder, [], [BARU])
    with pytest.raises(JoinError) as caught:
        jejak.traced(editions.load(folder), wanted, None, texts.load("id"))
    assert key_of(caught) == "jejak_pemekaran"


def test_a_recoded_village_is_traced_to_its_old_row(tmp_path: Path) -> None:
    row = f"{B};{NEW};2022-05-17;Perda 3/2022;"
    layer = small.layer().rename(index={"99.01.01.2002": "99.01.01.2098"})
    folder = edition(tmp_path / "e", [row], raw=False, layer=layer)
    crosswalk(folder, [B], [BARU])
    traced = jejak.traced(editions.load(folder), NEW, None, texts.load("id"))
    words = trace_words.write(traced)
    value = small.indicators_csv().splitlines()[2].split(";")[3]
    assert value in words
    assert inherited_values.source_of(made(folder).joined.inherited.ledger, NEW) == B


def test_an_old_layer_cannot_show_a_split(tmp_path: Path) -> None:
    rows = [
        *SPLIT,
        "99.01.01.2001;99.01.01.2001;2022-05-17;Perda 3/2022;",
        "99.01.01.2001;99.01.01.2098;2022-05-17;Perda 3/2022;",
    ]
    folder = edition(tmp_path / "e", rows, raw=False, layer=small.layer())
    crosswalk(folder, [], [BARU])
    with pytest.raises(LayerError) as caught:
        made(folder)
    assert key_of(caught) == "pemekaran_poligon"


def test_an_edition_without_changes_has_no_ledger(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "e", poverty=False, coverage=False)
    assert ledgers.SUCCESSIONS not in ledgers.of(made(folder).joined)
    assert succession_words.lines(made(folder).joined, texts.load("id")) == []


# --- A real layer -------------------------------------------------------------------------------


@pytest.mark.shared
def test_kota_cilegon_with_three_villages_split_and_two_merged(
    shared_dir: Path, tmp_path: Path
) -> None:
    """The layer is the real one, changed by the test; the table is synthetic and older."""
    file = shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson"
    layer = crs.project(small.villages_of(file, "36.72"), file)
    old = list(layer.index)
    assert len(old) == 43
    splits, (stays, ends) = [old[3], old[17], old[30]], neighbours(layer, old[8:16])
    changed = cut(layer, splits)
    changed.loc[[stays], "geometry"] = [layer.geometry.loc[[stays, ends]].union_all()]
    changed = changed.drop(index=ends)
    folder = cilegon(tmp_path / "e", layer, changed, splits, (stays, ends))
    table = made(folder)
    assert len(table.table.frame) == 43 + 3 - 1
    none = set(table.table.frame.index[table.table.frame["komposit_dasar"] == "kosong"])
    assert none == {*splits, *(new_code(code) for code in splits), stays}
    assert table.table.frame.loc[~table.table.frame.index.isin(none), "lahan"].notna().all()
    ledger = table.joined.inherited.ledger.frame
    assert ledger["jenis"].value_counts().to_dict() == {"mekar": 6, "gabung": 2}
    assert set(ledger["nilai"]) == {"no_data"}
    before, after = layer.area.sum(), table.joined.villages.areas.sum()
    assert after == pytest.approx(before, rel=1e-3)


def new_code(code: str) -> str:
    return f"{code[:-2]}9{code[-1]}"


def bps(code: str) -> str:
    return code.replace(".", "")


def neighbours(layer: gpd.GeoDataFrame, codes: Sequence[str]) -> tuple[str, str]:
    """Return two villages with a long common border."""
    pairs = [
        (shapely.intersection(layer.geometry[a], layer.geometry[b].buffer(30)).area, a, b)
        for a in codes for b in codes if a < b
    ]  # fmt: skip
    return max(pairs)[1:]


def cut(layer: gpd.GeoDataFrame, codes: Sequence[str]) -> gpd.GeoDataFrame:
    """Cut villages along the middle of their width; the east becomes a village of its own."""
    parts = layer.copy()
    for code in codes:
        shape = layer.geometry[code]
        west, south, east, north = shape.bounds
        half = translate(shapely.box(west, south, east, north), (east - west) / 2)
        parts.loc[[code], "geometry"] = [shapely.difference(shape, half)]
        new = gpd.GeoDataFrame(
            {"nama": ["Mekaran"]}, geometry=[shapely.intersection(shape, half)], crs=layer.crs,
            index=pd.Index([new_code(code)], name=layer.index.name),
        )  # fmt: skip
        parts = gpd.GeoDataFrame(pd.concat([parts, new]), crs=layer.crs)
    return parts


def cilegon(
    folder: Path,
    old: gpd.GeoDataFrame,
    layer: gpd.GeoDataFrame,
    splits: Sequence[str],
    merged: tuple[str, str],
) -> Path:
    """Write an edition with a synthetic table of the old villages and the changed layer."""
    rows = [f"{bps(c)};{bps(n)};2023-01-01;Perda uji;" for c in splits for n in (c, new_code(c))]
    rows += [f"{bps(code)};{bps(merged[0])};2023-01-01;Perda uji;" for code in merged]
    edition(folder, rows, raw=False, layer=layer)
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    toml = toml.replace('"99.01"', '"36.72"').replace('"9901"', '"3672"')
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    header, *values = small.indicators_csv().splitlines()
    numbers = [line.split(";", 3)[3] for line in values]
    lines = [
        f"{bps(code)};Kecamatan;{name};{numbers[n % 12]}"
        for n, (code, name) in enumerate(old["nama"].items())
    ]
    (folder / "indikator.csv").write_text("\r\n".join([header, *lines]), encoding="utf-8-sig")
    pairs = [f"{bps(c)};{c};{name};{name};Kecamatan" for c, name in layer["nama"].items()]
    columns = small.crosswalk_csv().splitlines()[0]
    (folder / "padanan.csv").write_text("\r\n".join([columns, *pairs]), encoding="utf-8-sig")
    return folder
