"""Build the tables of `liandong.reference` from a folder of source files.

    python scripts/build_reference_data.py ../shared/data/reference

Codes, names and figures are carried over; descriptions and other sentences are not. Each table is written
with its source, the date of the data and the date of the build into `sources.toml` beside it.
Running it twice on the same folder writes the same bytes (except the date, given by --date).
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import tomli_w

DATA = Path(__file__).resolve().parents[1] / "src" / "liandong" / "reference" / "data"

INDUSTRIES = "gbt4754_2017.csv"
DISAGREEMENTS = "gbt4754_2017_disagreements.csv"
SECTORS = "io2020_sectors.csv"
SECTOR_MEMBERS = "io2020_members.csv"
FLOWS = "io2020_flows.npz"

SOURCES = {
    INDUSTRIES: {
        "title": "GB/T 4754-2017 国民经济行业分类 (codes, names, levels)",
        "issuer": "国家标准化管理委员会 Standardization Administration of China",
        "dated": "2017-06-30",
        "via": "github.com/zmshe/capital and github.com/common2016/GB2ISIC, compared with each other",
        "note": "not checked against the printed standard; brackets written in full width; "
        "the 2019 amendment is not marked",
    },
    DISAGREEMENTS: {
        "title": "GB/T 4754-2017: where the compared sources differ in code or name",
        "issuer": "comparison of the sources named under via",
        "dated": "2017-06-30",
        "via": "github.com/zmshe/capital and github.com/common2016/GB2ISIC",
        "note": "names that run into a description are cut where the description begins",
    },
    SECTORS: {
        "title": "2020 年全国投入产出表 (153 部门): final use, totals, value added per sector",
        "issuer": "国家统计局 National Bureau of Statistics of China",
        "dated": "2020",
        "via": "github.com/Carol-seven/ionet",
        "note": "10,000 yuan, producers' prices of 2020, rounded to one yuan",
    },
    SECTOR_MEMBERS: {
        "title": "Input-output sectors 2020 and their GB/T 4754-2017 members",
        "issuer": "made from names and order of both tables; not the official concordance",
        "dated": "2020",
        "via": "names of both tables",
        "note": "basis: name = same name, content = obvious member, uncertain = check before use",
    },
    FLOWS: {
        "title": "2020 年全国投入产出表 (153 部门): intermediate flows, row delivers to column",
        "issuer": "国家统计局 National Bureau of Statistics of China",
        "dated": "2020",
        "via": "github.com/Carol-seven/ionet",
        "note": "10,000 yuan, producers' prices of 2020",
    },
}

SECTOR_FIGURES = [
    *("TIU", "FU101", "FU102", "THC", "FU103", "TC", "FU201", "FU202", "GCF", "EX", "TFU", "IM", "GO"),
    *("row_TII", "row_VA001", "row_VA002", "row_VA003", "row_VA004", "row_TVA", "row_TI"),
]


def main() -> None:
    """Read the folder, write every table, record its source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with the source files")
    parser.add_argument("--date", type=dt.date.fromisoformat, default=dt.date.today())
    arguments = parser.parse_args()
    build(arguments.folder, DATA, built=arguments.date)


def build(folder: Path, target: Path, *, built: dt.date) -> None:
    """Write all tables of `folder` into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    write_csv(target / INDUSTRIES, ("code", "level", "name", "parent"), industries(folder))
    write_csv(target / DISAGREEMENTS, ("code", "source", "difference", "name"), disagreements(folder))
    codes = write_sectors(folder, target / SECTORS)
    write_csv(target / SECTOR_MEMBERS, ("sector", "industry", "basis"), sector_members(folder))
    write_flows(folder, target / FLOWS, codes)
    record = {
        name: {**facts, "built": built, "sha256": hashlib.sha256((target / name).read_bytes()).hexdigest()}
        for name, facts in SOURCES.items()
    }
    header = "# Written by scripts/build_reference_data.py: where each table comes from.\n\n"
    (target / "sources.toml").write_text(header + tomli_w.dumps(record), encoding="utf-8")


def industries(folder: Path) -> Iterable[Sequence[str]]:
    """Code, level, name and parent in the order of the standard."""
    for row in read_csv(folder / "gbt4754_2017.csv"):
        yield row["code"], row["level"], full_width_brackets(row["name"]), row["parent"]


def disagreements(folder: Path) -> Iterable[Sequence[str]]:
    """Every difference of a compared source; a name that runs into its description is cut there."""
    for row in read_csv(folder / "gbt4754_2017_disagreements.csv"):
        name = full_width_brackets(row["name_in_source"].partition("指")[0])
        yield row["code"], row["compared_source"], row["difference"], name


def write_sectors(folder: Path, path: Path) -> list[str]:
    """Sector names and figures; gives the sectors' order, which is that of the flow matrix."""
    rows = list(read_csv(folder / "io2020_153_sectors.csv"))
    lines = (
        (row["code"], row["name"], row["name_en"], *(four_decimals(row[key]) for key in SECTOR_FIGURES))
        for row in rows
    )
    write_csv(path, ("code", "name", "name_en", *SECTOR_FIGURES), lines)
    return [row["code"] for row in rows]


def sector_members(folder: Path) -> Iterable[Sequence[str]]:
    """Which divisions, groups or classes make up a sector."""
    for row in read_csv(folder / "io2020_153_to_gbt4754.csv"):
        yield row["io_code"], row["gb_code"], row["basis"]


def write_flows(folder: Path, path: Path, codes: list[str]) -> None:
    """The square matrix of intermediate flows, compressed."""
    position = {code: index for index, code in enumerate(codes)}
    matrix = np.zeros((len(codes), len(codes)))
    for row in read_csv(folder / "io2020_153.csv"):
        matrix[position[row["from_code"]], position[row["to_code"]]] = float(row["flow_10k_yuan"])
    np.savez_compressed(path, codes=np.array(codes), flows=matrix)


def full_width_brackets(name: str) -> str:
    """Brackets as the standard prints them."""
    return name.replace("(", "（").replace(")", "）").strip()


def four_decimals(figure: str) -> str:
    """Ten-thousands of yuan to the yuan; float noise goes."""
    return f"{float(figure):.4f}".rstrip("0").rstrip(".")


def read_csv(path: Path) -> Iterable[dict[str, str]]:
    """Rows of a UTF-8 table with a header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A UTF-8 table with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
