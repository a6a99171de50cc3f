"""Xuchang: the shipped example, from a city's page to the firms worth courting.

PAGE is a public news report retold in our own words; FIRMS are listed manufacturers (a selection, never all
firms of a place: shares of it are not shares of the economy); PLAN is the city's scheme as the page states
it, completed by what the planner assigned; PARKS is what is to be had there; PROGRAMMES are the plans and
funds that the page names; SITING and LANDING are invented cases on its parks. README says for each file what
is real, retold or assigned.
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from liandong.errors import InputError, Text

FOLDER = Path(str(files(__name__)))
"""Where the files of the example lie; read them there, edit a copy."""

PAGE = FOLDER / "page.txt"
FIRMS = FOLDER / "firms.csv"
PLAN = FOLDER / "plan.toml"
PARKS = FOLDER / "parks.toml"
PROGRAMMES = FOLDER / "programmes.toml"
SITING = FOLDER / "siting.toml"
LANDING = FOLDER / "landing.toml"
PROJECTS = FOLDER / "projects.toml"
README = FOLDER / "README.md"


def copy_to(folder: str | Path) -> tuple[Path, ...]:
    """The files of the example, copied into a folder that is made if absent; what lies there is kept.

    Returns the paths of the copies in the order of their names. Raises InputError, with nothing copied, if
    one of the names is taken there.
    """
    target = Path(folder)
    originals = sorted(each for each in FOLDER.iterdir() if each.is_file() and each.suffix != ".py")
    for original in originals:
        if (target / original.name).exists():
            raise InputError(
                Text(
                    f"文件夹里已有 {original.name}。请换一个文件夹,或先移走它。",
                    f"{original.name} is already there. Choose another folder, or move it away first.",
                ),
                file=str(target / original.name),
            )
    target.mkdir(parents=True, exist_ok=True)
    return tuple(Path(shutil.copyfile(each, target / each.name)) for each in originals)
