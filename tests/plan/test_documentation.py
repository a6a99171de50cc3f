import re

from liandong.plan import check, parse
from tests.conftest import ROOT


def test_the_plan_of_the_guide_has_no_fault():
    """What the how-to shows can be loaded as it stands."""
    page = (ROOT / "docs" / "how-to" / "write-a-plan.md").read_text("utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert [remark.kind for remark in check(parse(text)) if remark.weight == "fault"] == []
