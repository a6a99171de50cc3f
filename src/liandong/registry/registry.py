"""The Registry: one face for the snapshots of a folder."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.figures import Figure
from liandong.registry import (
    classifying,
    engines,
    expressions,
    identifying,
    importing,
    previewing,
    shortnames,
)
from liandong.registry.classifying import ClassificationReport
from liandong.registry.counting import CUBE, Cube, counts, figure
from liandong.registry.exporting import export
from liandong.registry.honour_lists import HonourReport, import_honours
from liandong.registry.honours import HONOURS, HeldRow, held_rows, in_force, known_title, valid
from liandong.registry.identifying import ResolutionReport
from liandong.registry.index import Index
from liandong.registry.judgements import Judgement
from liandong.registry.reports import ImportReport, Preview
from liandong.registry.searching import Hit, bearing, mask, search
from liandong.registry.selection import Selection, check_level
from liandong.registry.shortnames import Meant
from liandong.registry.staging import Progress
from liandong.registry.statistics import Statistics, statistics
from liandong.registry.store import Snapshot, Store
from liandong.registry.values import today

Key = TypeVar("Key", bound=Hashable)
IndustryLevel = Literal["division", "group", "class"]
RegionLevel = Literal["province", "prefecture", "county"]


class Registry:
    """The firms of a folder, in immutable snapshots.

    A Registry pins the snapshot that is live when it is first asked, and reads no other; its own imports,
    undo and classification move it on. folder: made at the first import. engine: `duckdb` or `spark`.
    snapshot: pin this one instead of the live one.

    Every question raises InputError if nothing was imported yet.
    """

    def __init__(self, folder: str | Path, engine: str = "duckdb", *, snapshot: str | None = None) -> None:
        engines.check_engine(engine)
        self.folder = Path(folder)
        self.engine = engine
        self._store = Store(self.folder)
        self._pinned = self._store.read(snapshot) if snapshot else None
        self._engine: engines.Engine | None = None
        self._cube: Cube | None = None
        self._index: Index | None = None
        self._held: list[HeldRow] | None = None

    # ---- what there is

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot this Registry reads. Raises InputError if there is none."""
        if self._pinned is None:
            live = self._store.current()
            if live is None:
                raise InputError(
                    Text(
                        "登记库是空的。请先导入企业表:liandong registry import 文件。",
                        "the registry is empty. Import a firm table first: liandong registry import FILE.",
                    ),
                    file=str(self.folder),
                )
            self._pinned = self._store.read(live)
        return self._pinned

    @property
    def empty(self) -> bool:
        """Whether there is no snapshot to read."""
        return self._pinned is None and self._store.current() is None

    def at(self, snapshot: str) -> Registry:
        """The same folder at another snapshot, for instance the one that a figure's query names."""
        return Registry(self.folder, self.engine, snapshot=snapshot)

    # ---- what changes it

    def import_files(
        self,
        paths: Sequence[str | Path],
        *,
        mapping: Mapping[str, str] | None = None,
        notes: Sequence[str] = (),
        allow_mixed: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Add the firms of Parquet, CSV and Excel files to the live snapshot: all of them or none.

        mapping: {column: field} where a column's name does not say it; "" leaves a column out. notes: limits
        of these files in words, as codes (`listed_firms_only`), carried by every figure. allow_mixed: let
        synthetic firms stand beside real ones. progress: told rows done and, where known, of how many.

        Files imported before with the same bytes are skipped. Raises InputError naming file, sheet, row and
        field; then nothing has changed.
        """
        report = importing.import_files(
            self._store,
            self._live(),
            [Path(path) for path in paths],
            mapping=mapping,
            notes=notes,
            allow_mixed=allow_mixed,
            progress=progress,
        )
        self._pin(report.snapshot)
        return report

    def preview_files(
        self,
        paths: Sequence[str | Path],
        *,
        mapping: Mapping[str, str] | None = None,
        sample: int | None = previewing.SAMPLE,
        allow_mixed: bool = False,
        progress: Progress | None = None,
    ) -> Preview:
        """What `import_files` would do with these files: sheets, header, columns, first rows, faults.

        Nothing is changed. sample: rows of each table that are looked at, None for all. Raises InputError for
        files that an import would refuse.
        """
        return previewing.preview_files(
            self._live(),
            [Path(path) for path in paths],
            mapping=mapping,
            sample=sample,
            allow_mixed=allow_mixed,
            progress=progress,
        )

    def import_honours(
        self,
        paths: Sequence[str | Path],
        *,
        title: str | None = None,
        day: date | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> HonourReport:
        """Add honour lists: rows find firms by code or name; what is not sure is reported, to be mended.

        title: of a list without a column for it; day: since when, for a list without dates. The same bytes
        and the same recognitions are taken once. Raises InputError; then nothing has changed.
        """
        report = import_honours(
            self._store,
            self._live() or self.snapshot,
            [Path(path) for path in paths],
            title=title,
            day=day,
            mapping=mapping,
        )
        self._pin(report.snapshot)
        return report

    def honours(self, as_of: date | None = None) -> pa.Table:
        """Dated honours by firm and title (columns: `honours.HONOURS`): those in force on a day, or all."""
        if "honours" not in self.snapshot.tables:
            return HONOURS.empty_table()
        where = f"WHERE {valid(as_of)} " if as_of else ""
        return self.query(f"SELECT * FROM honours {where}ORDER BY firm_id, title, valid_from, revoked")

    def undo(self) -> Snapshot | None:
        """Take back the last import or classification: the live snapshot's parent is live again.

        None if that leaves the registry empty. Nothing is deleted.
        """
        live = self._live()
        if live is None:
            raise InputError(
                Text("没有可撤回的导入。", "there is no import to take back."), file=str(self.folder)
            )
        with self._store.writing():
            self._store.point(live.parent)
        self._pin(live.parent)
        return self._pinned

    def classify(self, progress: Progress | None = None, *, again: bool = False) -> ClassificationReport:
        """Give every firm without an industry its GB/T 4754 class by name and scope, as a new snapshot.

        again: classify those that were classified before, too. What a source gave is kept.
        """
        live = self._live()
        report = classifying.classify_snapshot(
            self._store, live or self.snapshot, progress=progress, again=again
        )
        self._pin(report.snapshot)
        return report

    def resolve(
        self, judgements: Iterable[Judgement] = (), *, progress: Progress | None = None
    ) -> ResolutionReport:
        """Find the rows that are the same firm, heeding judgements, as a new snapshot of the same rows.

        Canonical ids of the resolution before are kept. `identity` and `doubts` give what was found.
        """
        live = self._live()
        report = identifying.resolve_snapshot(
            self._store, live or self.snapshot, judgements, progress=progress
        )
        self._pin(report.snapshot)
        return report

    # ---- questions

    def identity(self) -> pa.Table:
        """firm_id, canonical_id, probability of the rows that share a firm with another (last `resolve`)."""
        return identifying.identity(self._store, self.snapshot)

    def doubts(self) -> pa.Table:
        """left_id, right_id, probability of pairs that people should judge (last `resolve`)."""
        return identifying.doubts(self._store, self.snapshot)

    def find(self, text: str, *, regions: Sequence[str] | None = None, limit: int = 10) -> list[Meant]:
        """The firms that a short name (许继电气, 森源) may mean, the likeliest first."""
        return shortnames.find(self.query, text, regions=regions, limit=limit)

    def table(self) -> Any:
        """The firms as an Ibis table on an own connection (columns: `schema.FIRMS`)."""
        return self._open().table()

    def query(self, sql: str) -> pa.Table:
        """The result of one SELECT over the table `firms` of the pinned snapshot.

        Nothing can be written and no other file read. Raises InputError for anything but one SELECT.
        """
        return self._open().query(sql)

    def panel(self, level: IndustryLevel = "class", region: RegionLevel = "prefecture") -> pa.Table:
        """Firms per region and industry: region, industry (codes), firms (int64); ordered by both.

        A firm without a region or industry of that level is in no row: it is unknown where it belongs. An
        industry known as a group is in the panel of divisions and groups, not of classes.
        """
        check_level(level, expressions.LEVELS, "level")
        check_level(region, expressions.REGIONS, "region")
        return self._open().run(expressions.panel(self.table(), level, region))

    def count(
        self,
        *,
        industries: Sequence[str] | None = None,
        regions: Sequence[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
        honours: Sequence[str] | None = None,
        as_of: date | None = None,
    ) -> Figure:
        """How many firms (unit 家), with the query, the snapshot and its coverage; None means all.

        industries: GB/T 4754 codes of any level; regions: GB/T 2260 codes of any level; years of founding,
        both included; honours: titles, any of which is held on the day `as_of` (today if not given), by the
        honour lists that were imported. Raises InputError for an unknown code or title.
        """
        selection = Selection.of(industries, regions, first_year, last_year, honours, as_of)
        if selection.of_cube:
            return self.counts({None: selection})[None]
        return figure(self.snapshot, selection, self.query(selection.sql())[0][0].as_py())

    def counts(self, groups: Mapping[Key, Selection]) -> dict[Key, Figure]:
        """`count` of many groups from one scan; each figure's query counts it again by itself.

        Groups with years are counted one by one.
        """
        if self._cube is None:
            self._cube = Cube(self.query(CUBE))
        plain = {k: s for k, s in groups.items() if s.of_cube}
        found = counts(self._cube, self.snapshot, plain)
        for key in groups.keys() - plain.keys():
            found[key] = figure(self.snapshot, groups[key], self.query(groups[key].sql())[0][0].as_py())
        return {key: found[key] for key in groups}

    def firms(
        self,
        *,
        industries: Sequence[str] | None = None,
        regions: Sequence[str] | None = None,
        limit: int | None = None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """The firms themselves, ordered by firm_id; all columns of a snapshot, or those named."""
        chosen = ", ".join(f'"{name}"' for name in columns) if columns else "*"
        order = " ORDER BY firm_id" + (f" LIMIT {int(limit)}" if limit is not None else "")
        return self.query(Selection.of(industries, regions).sql(chosen) + order)

    def search(
        self,
        text: str = "",
        limit: int = 20,
        *,
        regions: Sequence[str] | None = None,
        industries: Sequence[str] | None = None,
        honours: Sequence[str] | None = None,
        status: Sequence[str] | None = None,
        as_of: date | None = None,
        offset: int = 0,
    ) -> list[Hit]:
        """Firms by any part of code, name or alias, by place, industry or scope, or nearly; the surest first.

        Several words must all hold. regions, industries: codes of any level; honours: titles stated in the
        firm's row, or held on the day `as_of` (today if not given); status: as the rows say it; a filter lets
        through what has any of its values. With a filter the text may be empty: then the firms come in the
        order of the table. offset: hits left out, for the next page.
        """
        allowed = mask(self.index, regions=regions, industries=industries, status=status)
        if honours is not None:
            wanted = {known_title(title) for title in honours}
            held = bearing(self.index, wanted, self._bearers(as_of or today(), wanted))
            allowed = held if allowed is None else allowed & held
        return search(self.index, text, allowed, limit, offset)

    def _bearers(self, day: date, titles: set[str]) -> list[int]:
        """Rows of the firms that hold any of the titles on a day, by the honour lists."""
        tables = self.snapshot.tables
        if "honours" not in tables:
            return []
        if self._held is None:
            self._held = held_rows(tables["firms"], tables["honours"])
        return sorted({row for row, title, *term in self._held if title in titles and in_force(day, *term)})

    @property
    def index(self) -> Index:
        """The search index of the pinned snapshot; built now if the snapshot has none of today's format."""
        if self._index is None:
            self._index = Index(self._store.index(self.snapshot))
        return self._index

    def stats(self) -> Statistics:
        """Counts by place and year, what is missing, what the snapshot covers; every count a Figure."""
        return statistics(self.snapshot, self.table(), self._open().run, self.query)

    def export(self, path: str | Path) -> Path:
        """Write the firms as .parquet, .csv (UTF-8 with a mark, for Excel) or .xlsx; returns the path."""
        table = self.identity()
        canonical = dict(zip(table["firm_id"].to_pylist(), table["canonical_id"].to_pylist(), strict=True))
        return export(self.snapshot, Path(path), canonical)

    # ---- inside

    def _open(self) -> engines.Engine:
        if self._engine is None:
            self._engine = engines.open_engine(self.engine, self.snapshot.tables)
        return self._engine

    def _live(self) -> Snapshot | None:
        live = self._store.current()
        return self._store.read(live) if live else None

    def _pin(self, snapshot: str | None) -> None:
        if self._engine is not None:
            self._engine.close()
        self._engine = self._cube = self._index = self._held = None
        self._pinned = self._store.read(snapshot) if snapshot else None
