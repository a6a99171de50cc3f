"""Duplicates: two firms side by side, judged the same or not, with undo."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liandong.errors import Text
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick, say
from liandong.workspace import firm_rows, firms, policies
from liandong.workspace.models import Judgement

VERDICTS = {
    "same": Text("同一家", "the same"),
    "different": Text("不是同一家", "not the same"),
    "unsure": Text("待定", "unsure"),
}
PER_PAGE = 20
FIELDS = (
    ("name", Text("名称", "name")),
    ("uscc", Text("统一社会信用代码", "credit code")),
    ("region_text", Text("所在地", "place")),
    ("address", Text("地址", "address")),
    ("founded", Text("成立", "founded")),
    ("capital_text", Text("注册资本", "capital")),
    ("scope", Text("经营范围", "scope")),
    ("source", Text("来源", "source")),
)


@page("firms.view")
def duplicates(request: Request) -> HttpResponse:
    """Judgements that hold, those to decide first."""
    held = sorted(
        Judgement.objects.filter(undone=None).order_by("-at"), key=lambda each: each.verdict != "unsure"
    )
    shown = Paginator(held, PER_PAGE).get_page(request.GET.get("page"))
    ids = tuple({firm for each in shown for firm in (each.left, each.right)})
    rows = firm_rows.records(ids)
    context = {
        "title": pick("重复企业", "Duplicates"),
        "tab": "duplicates",
        "page": shown,
        "pairs": [
            {
                "judgement": each,
                "verdict": say(VERDICTS[each.verdict]),
                "fields": [
                    (say(label), _cell(rows.get(each.left), name), _cell(rows.get(each.right), name))
                    for name, label in FIELDS
                ],
            }
            for each in shown
        ],
        "may_change": policies.may(request.user, "firms.change"),
        "may_import": policies.may(request.user, "firms.import"),
    }
    return render(request, "office/firms/duplicates.html", context)


@page("firms.change", methods=("POST",))
def judge(request: Request) -> HttpResponse:
    """Say whether two firms are one."""
    firms.judge(request.POST.get("left", ""), request.POST.get("right", ""), request.POST.get("verdict", ""))
    return redirect("firms:duplicates")


@page("firms.change", methods=("POST",))
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a judgement back."""
    firms.undo_judgement(get_object_or_404(Judgement, pk=pk))
    return redirect("firms:duplicates")


def _cell(row: dict[str, object] | None, name: str) -> str:
    return "—" if row is None or row[name] is None else str(row[name])
