"""A chain edited by form: what changed is the planner's, what did not keeps its source; nothing is lost."""

from __future__ import annotations

import re

from django.test import Client

from liandong.plan import Edge, Plan
from liandong.workspace import current
from liandong.workspace.models import AuditEntry, PlanRecord
from liandong.workspace.policies import Role
from tests.office.conftest import CHAIN, Office

WHY = "按 2025 年专班会议"


def sent(client: Client, address: str = f"/chains/{CHAIN}/edit/") -> dict[str, str]:
    """The form as a browser would send it back."""
    page = client.get(address).content.decode()
    form = page.partition('<form method="post">')[2].partition("</form>")[0]
    found = {}
    for field in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        if name and 'type="checkbox"' not in field:
            found[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]
    return found | {"why": WHY}


def plan() -> Plan:
    """The plan as it is kept."""
    found = current.plan()
    assert found
    return found


def test_a_form_sent_back_untouched_changes_nothing(office: Office):
    """The plan is equal, sources and all."""
    client, before = office.enter(), plan()
    answer = client.post(f"/chains/{CHAIN}/edit/", sent(client))
    assert (answer.status_code, plan()) == (302, before)


def test_what_changed_is_the_planners_with_the_reason(office: Office):
    """A chief and a node's codes are noted as assigned; the other nodes keep what is said of them."""
    client, before = office.enter(), plan().chain(CHAIN)
    data = sent(client) | {"chief": "王市长", "node-0-industries": "3251、3252、3240"}
    client.post(f"/chains/{CHAIN}/edit/", data)
    after = plan().chain(CHAIN)
    said = [(each.field, each.why) for each in after.origin.assigned + after.nodes[0].origin.assigned]
    assert (after.chief, after.nodes[0].industries) == ("王市长", ("3251", "3252", "3240"))
    assert said[-2:] == [("chief", WHY), ("industries", WHY)]
    assert (after.nodes[1:], after.edges) == (before.nodes[1:], before.edges)


def test_a_renamed_node_keeps_its_place_in_the_chain(office: Office):
    """Others that supply it, or are supplied by it, follow the new name."""
    client, before = office.enter(), plan().chain(CHAIN)
    old = before.nodes[4].name
    client.post(f"/chains/{CHAIN}/edit/", sent(client) | {"node-4-name": "新名"})
    edges = {
        ("新名" if edge.supplier == old else edge.supplier, "新名" if edge.user == old else edge.user)
        for edge in before.edges
    }
    assert {(edge.supplier, edge.user) for edge in plan().chain(CHAIN).edges} == edges


def test_rows_are_added_and_removed(office: Office):
    """A filled blank row is one more node; a ticked row goes, if nobody names it."""
    client, before = office.enter(), plan().chain(CHAIN)
    number = len(before.nodes)
    new = {"name": "检测服务", "stage": "downstream", "industries": "7452", "words": "", "supplies": ""}
    data = sent(client) | {f"node-{number}-{name}": value for name, value in new.items()}
    client.post(f"/chains/{CHAIN}/edit/", data)
    added = plan().chain(CHAIN)
    client.post(f"/chains/{CHAIN}/edit/", sent(client) | {f"node-{number}-DELETE": "on"})
    assert ([each.name for each in added.nodes[number:]], plan().chain(CHAIN).nodes) == (
        ["检测服务"],
        before.nodes,
    )


def test_a_new_chain_stands_after_the_others(office: Office):
    """With its nodes and edges, and in the log."""
    client = office.enter(Role.TASKFORCE)
    node = {
        "node-0-name": "整机",
        "node-0-stage": "midstream",
        "node-0-industries": "3962",
        "node-0-supplies": "",
    }
    part = {
        "node-1-name": "电池",
        "node-1-stage": "upstream",
        "node-1-industries": "3841",
        "node-1-supplies": "整机",
    }
    head = {"name": "低空经济", "english": "Low-altitude economy", "tier": "future", "leaders": ""}
    answer = client.post("/chains/plan/new/", sent(client, "/chains/plan/new/") | head | node | part)
    made = plan().chains[-1]
    assert (answer.status_code, made.name, [each.name for each in made.nodes]) == (
        302,
        "低空经济",
        ["整机", "电池"],
    )
    assert made.edges == (Edge("电池", "整机"),)
    assert AuditEntry.objects.first().action == "chains.plan"  # type: ignore[union-attr] # there is one


def test_faults_are_told_and_what_was_typed_stays(office: Office):
    """An unknown code and a node that is not there: 400, the plan as before, the words still in the form."""
    client, before = office.enter(), plan()
    for wrong in ({"node-0-industries": "9999"}, {"node-0-supplies": "没有的环节"}, {"node-0-name": ""}):
        answer = client.post(f"/chains/{CHAIN}/edit/", sent(client) | wrong | {"chief": "打字的内容"})
        page = answer.content.decode()
        assert (answer.status_code, plan(), "打字的内容" in page) == (400, before, True)


def test_the_second_planner_by_form_is_told(office: Office):
    """409; what was typed is still there and can be saved knowingly."""
    one, other = office.enter(), office.enter(Role.TASKFORCE)
    first, second = sent(one) | {"chief": "甲"}, sent(other) | {"chief": "乙"}
    one.post(f"/chains/{CHAIN}/edit/", first)
    answer = other.post(f"/chains/{CHAIN}/edit/", second)
    page, version = answer.content.decode(), PlanRecord.objects.get().version
    again = other.post(f"/chains/{CHAIN}/edit/", second | {"version": str(version)})
    assert (answer.status_code, 'value="乙"' in page, f'value="{version}"' in page, again.status_code) == (
        409,
        True,
        True,
        302,
    )
    assert plan().chain(CHAIN).chief == "乙"
