"""`liandong brief` for papers on projects and official heads."""

import shutil
from pathlib import Path

import docx
import pytest

from liandong.examples import xuchang
from liandong.figures import DerivedRef, QueryRef
from tests.cli.conftest import Run

HEAD = 'issuer = "某市招商局文件"\nnumber = "某招商〔2025〕6号"\nsigned_by = "某市招商局"\n'


@pytest.fixture
def example(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the example's workspace."""
    return Path(shutil.copytree(made_once, tmp_path / "xuchang"))


def test_papers_are_made_of_a_file(run: Run, example: Path, tmp_path: Path):
    """The kind's usual formats, named on stdout as JSON."""
    done = run(
        "brief", "signings", "--projects", xuchang.PROJECTS, "-o", tmp_path / "out", "-w", example, "--json"
    )
    assert (done.code, [Path(path).suffix for path in done.json]) == (0, [".docx", ".xlsx", ".html"])


def test_one_project_is_chosen_by_its_id(run: Run, example: Path, tmp_path: Path):
    """`--of` names it; one that there is not is told with those that there are."""
    wanted = ("brief", "project", "--projects", xuchang.PROJECTS, "--format", "docx", "-w", example)
    done = run(*wanted, "--of", "S-08", "-o", tmp_path, "--json")
    heads = [p.text for p in docx.Document(done.json[0]).paragraphs if p.style.name == "Heading 1"]
    assert heads == ["示例庚环保装备项目", "来源"]
    refused = run(*wanted, "--of", "S-99", "--lang", "en")
    assert (refused.code, "S-08" in refused.err) == (1, True)


def test_store_without_projects_makes_a_report(run: Run, example: Path, tmp_path: Path):
    """Nothing is invented: a report of zeros, each opened at the empty register."""
    done = run(
        "brief", "monthly", "--month", "2025-06", "--format", "docx", "-o", tmp_path, "-w", example, "--json"
    )
    assert done.code == 0
    assert "合成示例" not in "".join(p.text for p in docx.Document(done.json[0]).paragraphs)


def test_memo_gets_the_head_that_was_given(run: Run, example: Path, tmp_path: Path):
    """The red mark of the file; a file that is not there is named before anything is computed."""
    (tmp_path / "head.toml").write_text(HEAD, "utf-8")
    done = run("brief", "memo", "--head", tmp_path / "head.toml", "-o", tmp_path, "-w", example, "--json")
    styled = {p.style.name: p.text for p in docx.Document(done.json[0]).paragraphs}
    assert (styled["Issuer"], styled["Paper Number"]) == ("某市招商局文件", "某招商〔2025〕6号")
    refused = run("brief", "memo", "--head", tmp_path / "none.toml", "-w", example, "--lang", "en")
    assert (refused.code, "none.toml" in refused.err) == (1, True)


def test_product_space_of_the_example_opens_at_a_query_that_gives_its_panel(example: Path):
    """Run again, the query counts as many firms as it says, over as many industries as are told."""
    from liandong.workspace import Workspace
    from liandong.workspace.briefing import city_content

    workspace = Workspace(example)
    found = city_content(workspace).space
    [derived] = found.total.evidence
    assert isinstance(derived, DerivedRef)
    [(_, query)] = derived.inputs
    assert isinstance(query, QueryRef)
    rows = workspace.registry.query(query.expression).to_pylist()
    assert sum(row["firms"] for row in rows) == query.rows
    assert len({row["industry"] for row in rows}) == found.total.value
