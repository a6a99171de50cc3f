from pathlib import Path

from tests.cli.conftest import Run
from tests.registry.tables import NARI, SENYUAN, XUJI, code, write_csv

BARE = ("河南森源电气股份有限公司", "", "1992-10-10", "9.3亿元", "高压开关柜的制造", "河南", "许昌")


def test_resolve_judge_and_undo(run: Run, tmp_path: Path):
    """Two lists share a firm: judged different it is two, that undone one again."""
    folder = tmp_path / "w"
    assert run("init", folder).code == 0
    files = [
        write_csv(tmp_path / "register.csv", [SENYUAN, XUJI, NARI]),
        write_csv(tmp_path / "visits.csv", [BARE]),
    ]
    assert run("registry", "import", *files, "-w", folder).code == 0
    done = run("registry", "resolve", "-w", folder, "--json")
    assert (done.code, done.json["rows"], done.json["joined"], done.json["firms"]) == (0, 4, 2, 1)
    hits = run("registry", "search", SENYUAN[0], "-w", folder, "--json").json
    ids = [hit["firm_id"] for hit in hits]
    assert code(1) in ids
    judged = run("registry", "judge", *ids[:2], "different", "--by", "tester", "-w", folder, "--json")
    assert (judged.code, judged.json["verdict"]) == (0, "different")
    assert run("registry", "resolve", "-w", folder, "--json").json["joined"] == 0
    assert run("registry", "judge", *ids[:2], "undo", "-w", folder, "--json").json == {"undone": 1}
    assert run("registry", "resolve", "-w", folder, "--json").json["joined"] == 2
    assert "2 行属于 1 家企业" in run("registry", "resolve", "-w", folder).err
    assert run("registry", "judge", *ids[:2], "maybe", "-w", folder).code == 1


def test_find_gives_the_firm_that_is_meant(run: Run, tmp_path: Path):
    """A short name on the command line finds the firm."""
    folder = tmp_path / "w"
    assert run("init", folder).code == 0
    table = write_csv(tmp_path / "register.csv", [SENYUAN, XUJI, NARI])
    assert run("registry", "import", table, "-w", folder).code == 0
    assert run("registry", "find", "许继电气", "-w", folder, "--json").json[0]["firm_id"] == code(2)
