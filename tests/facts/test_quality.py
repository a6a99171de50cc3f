"""How much is read, and how right, on the labelled pages beside the checkout."""

import json
import subprocess
import sys
import time
from pathlib import Path

from liandong.documents import read_bytes
from liandong.facts import extract
from tests.facts.sample import ARTICLE, page


def score(shared: Path, gold: Path, pages: list[tuple[dict, list]], tmp_path: Path) -> dict:
    """The scorer's figures for predicted facts."""
    predictions = tmp_path / "predictions.json"
    found = [{"page": data["id"], "facts": [fact.to_dict() for fact in facts]} for data, facts in pages]
    predictions.write_text(json.dumps(found), "utf-8")
    out = tmp_path / "score.json"
    ids = ",".join(data["id"] for data, _ in pages)
    command = [sys.executable, shared / "tools/score_facts.py", gold, "--predictions", predictions]
    subprocess.run([*command, "--pages", ids, "--json", out], check=True, capture_output=True)
    return json.loads(out.read_text("utf-8"))


def read(path: Path) -> tuple[dict, list]:
    """A labelled page read from its text alone, as the command does."""
    data = json.loads(path.read_text("utf-8"))
    given = read_bytes(
        data["text"].encode(), origin=data["id"], published=data["published"], region=data["region_default"]
    )
    return data, extract(given)


def test_the_page_of_xuchang_is_read_well(shared: Path, tmp_path: Path):
    """At least 0.95 on numbers, 0.90 on facts without one; nothing from the noise, nothing ungrounded."""
    gold = tmp_path / "gold"
    gold.mkdir()
    source = shared / "data/pages/xuchang-2025-06-19.json"
    (gold / source.name).write_bytes(source.read_bytes())
    result = score(shared, gold, [read(source)], tmp_path)
    levels = {name: level["f1"] for name, level in result["levels"].items()}
    assert all(levels[name] >= 0.95 for name in ("a", "b", "c", "meta"))
    assert levels["d"] >= 0.90
    assert (result["noise_violations"], result["ungrounded"]) == (0, 0)


def test_the_labelled_pages_give_nothing_ungrounded(shared: Path, tmp_path: Path):
    """Every quote and every value of the 24 pages stands where it says."""
    gold = shared / "data/pages/dev"
    result = score(shared, gold, [read(path) for path in sorted(gold.glob("*.json"))], tmp_path)
    assert result["ungrounded"] == 0


def test_the_constructed_pages_are_read_as_well_as_they_were(shared: Path, tmp_path: Path):
    """Pages that the grammar was once new to: their scores do not go back, and nothing is ungrounded."""
    gold = Path(__file__).parent / "data"
    result = score(shared, gold, [read(path) for path in sorted(gold.glob("*.json"))], tmp_path)
    levels = {name: level["f1"] for name, level in result["levels"].items()}
    floors = {"a": 0.98, "b": 0.94, "c": 0.85, "d": 0.88}
    assert [name for name, floor in floors.items() if levels[name] < floor] == []
    assert (result["noise_violations"], result["ungrounded"]) == (0, 0)


def test_reading_is_linear_in_length():
    """Twenty times the text takes not much more than twenty times as long."""
    short, long = ARTICLE * 10, ARTICLE * 200
    times = []
    for text in (short, long):
        given = page(text)
        begun = time.process_time()
        extract(given)
        times.append(time.process_time() - begun)
    assert times[1] < 40 * max(times[0], 0.01)
