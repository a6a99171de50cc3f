"""Entry: what regions entered, predicted from before, beside relatedness density alone and simpler rules.

    python benchmarks/entry.py [--shared ../shared] [--draws 200] [--registry-rows 240000] [--cache FILE]

Three real panels of the shared data packs:

- patents, country × technology: learn from the entries of the 1970s to 1990s, predict those of 2000 to 2009;
- commuting zone × industry (employment shares): from 1990 to 2000, the only transition there is: learn on
  half of the zones, predict the other half;
- city × division from firm registrations, provinces of which every year of 1999 to 2007 is there whole: learn
  from the entries of 2002 to 2004 after 1999 to 2001, predict those of 2005 to 2007. The firms are a random
  sample, classified here; --cache keeps their counts.

Intervals: 95 %, whole regions redrawn. gain: AUC less that of density alone.
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from liandong.economy import Linkages, complexity
from liandong.economy.backtesting import Backtest, Measured, backtest
from liandong.economy.entry import EntryModel, Extra, Transition, Window, linkage_density

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = ((1999, 2001), (2002, 2004), (2005, 2007))


def patents(folder: Path) -> tuple[EntryModel, Transition, bool]:
    """Countries with 20 patents and more in a decade, by decades from 1960."""
    table = pq.read_table(folder / "panels/patents_by_inventor_country.parquet").to_pydict()
    country, technology = table["country_iso3"], table["technology"]
    countries = sorted({c for c in country if c is not None})
    technologies = sorted(set(technology))
    row = {c: n for n, c in enumerate(countries)}
    column = {t: n for n, t in enumerate(technologies)}
    decades = {first: np.zeros((len(row), len(column))) for first in range(1960, 2010, 10)}
    for year, c, t, n in zip(table["year"], country, technology, table["patents"], strict=True):
        if c is not None and 1960 <= year < 2010:
            decades[year // 10 * 10][row[c], column[t]] += n
    windows = [
        Window(np.where(x.sum(axis=1, keepdims=True) >= 20, x, 0.0), first, first + 9)
        for first, x in decades.items()
    ]
    pairs = [Transition(a, b) for a, b in pairwise(windows)]
    return EntryModel(effects=0.3).fit(pairs[:-1]), pairs[-1], True


def zones(folder: Path) -> tuple[EntryModel, Transition, bool]:
    """Commuting zones, half to learn from, half to predict; each zone's amounts are its own shares."""
    table = pq.read_table(folder / "panels/adh_commuting_zone_shares.parquet").to_pydict()
    zone, industry = sorted(set(table["czone"])), sorted(set(table["sic87dd"]))
    row = {z: n for n, z in enumerate(zone)}
    column = {i: n for n, i in enumerate(industry)}
    x = {year: np.zeros((len(row), len(column))) for year in (1990, 2000)}
    for year, z, i, share in zip(
        table["year"], table["czone"], table["sic87dd"], table["employment_share"], strict=True
    ):
        x[year][row[z], column[i]] = share * 1e4
    learn = np.isin(np.arange(len(zone)), np.random.default_rng(0).permutation(len(zone))[: len(zone) // 2])

    def transition(part: np.ndarray) -> Transition:
        return Transition(Window(x[1990][part], 1990, 1990), Window(x[2000][part], 2000, 2000))

    return EntryModel().fit([transition(learn)]), transition(~learn), False


def cities(folder: Path, rows: int, cache: Path | None) -> tuple[EntryModel, Transition, bool]:
    """Cities by division, firms founded in three windows; with the input–output links of the divisions."""
    counts = _city_counts(folder, rows, cache)
    names = ("city", "division", "window", "firms")
    columns = [counts.column(name).to_pylist() for name in names]
    city, division = sorted(set(columns[0])), sorted(set(columns[1]))
    x = np.zeros((len(WINDOWS), len(city), len(division)))
    for c, d, w, n in zip(*columns, strict=True):
        x[w, city.index(c), division.index(d)] = n
    x[:, (x.sum(axis=2) < 20).any(axis=0)] = 0  # too few firms of a city for its quotients
    links = np.nan_to_num(Linkages.national().between(division))
    windows = []
    for amounts, (first, last) in zip(x, WINDOWS, strict=True):
        m = complexity(amounts, dtype=np.float64).m
        extras = {
            "suppliers": Extra(linkage_density(m, links.T), last),
            "users": Extra(linkage_density(m, links), last),
        }
        windows.append(Window(amounts, first, last, extras))
    return EntryModel().fit([Transition(*windows[:2])]), Transition(*windows[1:]), True


def _city_counts(folder: Path, rows: int, cache: Path | None) -> pa.Table:
    if cache is not None and cache.exists():
        return pq.read_table(cache)
    import duckdb

    from liandong.registry import classify_table

    years = f"between {WINDOWS[0][0]} and {WINDOWS[-1][1]}"
    con = duckdb.connect()
    firms = con.sql(
        f"""with complete as (
            select province from read_csv('{folder}/registry/rows_by_province_year.csv')
            where year {years} and months_present = 12 group by province
            having count(*) = {WINDOWS[-1][1] - WINDOWS[0][0] + 1})
        select * from (select name, scope, province || city as city, year(founded) as year
            from read_parquet('{folder}/registry/*.parquet') where year(founded) {years}
            and province in (from complete) and name is not null and city is not null and city <> 'N/A')
        using sample reservoir({rows} rows) repeatable (1)"""
    ).to_arrow_table()
    industry = classify_table(firms.select(["name", "scope"])).column("industry").to_pylist()
    cell: dict[tuple[str, str, int], int] = {}
    for city, year, code in zip(
        firms.column("city").to_pylist(), firms.column("year").to_pylist(), industry, strict=True
    ):
        if code is not None:
            window = next(n for n, (first, last) in enumerate(WINDOWS) if first <= year <= last)
            key = (city, code[:2], window)
            cell[key] = cell.get(key, 0) + 1
    table = pa.table(
        {
            "city": [key[0] for key in cell],
            "division": [key[1] for key in cell],
            "window": [key[2] for key in cell],
            "firms": list(cell.values()),
        }
    )
    if cache is not None:
        pq.write_table(table, cache)
    return table


def show(name: str, found: Backtest, seconds: float) -> None:
    """One panel's table."""
    rate = found.entries / found.pairs
    print(f"\n### {name}: {found.pairs} pairs, {found.entries} entries ({rate:.1%}), {seconds:.1f} s\n")
    print("| ranking | AUC | average precision | precision at 20 | lift | gain over density |")
    print("|---|---|---|---|---|---|")
    for ranking, scores in found.scores.items():
        cells = (scores.auc, scores.average_precision, scores.precision, scores.lift)
        gain = "" if scores.gain is None else _text(scores.gain, "+.3f")
        print(f"| {ranking} | " + " | ".join(_text(each) for each in cells) + f" | {gain} |")
    c = found.calibration
    print(
        f"\ncalibration: {c.expected:.3f} expected, {c.observed:.3f} observed; slope {c.slope:.2f}; "
        f"mean error {c.error:.3f}"
    )


def _text(found: Measured, form: str = ".3f") -> str:
    return f"{found.value:{form}} ({found.low:{form}} to {found.high:{form}})"


def main() -> None:
    """Print a table for each panel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--registry-rows", type=int, default=240_000)
    parser.add_argument("--cache", type=Path)
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    if not data.is_dir():
        print("the shared data packs are absent: nothing to test on")
        return
    panels = {
        "patents, country × technology": lambda: patents(data),
        "commuting zone × industry": lambda: zones(data),
        "city × division": lambda: cities(data, arguments.registry_rows, arguments.cache),
    }
    for name, make in panels.items():
        start = time.perf_counter()
        model, test, same = make()
        found = backtest(model, test, same_regions=same, draws=arguments.draws)
        show(name, found, time.perf_counter() - start)
        print("slopes: " + ", ".join(f"{k} {v:+.2f}" for k, v in model.slopes.items()))


if __name__ == "__main__":
    main()
