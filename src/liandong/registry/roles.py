"""What a firm does in its place: makes, sells, holds shares, or is a branch of another.

Decided by the form and branch of its name, the kind on its licence, and the acts of its scope; a scope that
denies an act (不含生产, 限分支机构经营) does not state it.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Role(StrEnum):
    """The part a firm plays where it is registered."""

    PRODUCTION = "production"
    """Makes goods there."""
    BRANCH = "branch"
    """A branch, office or outlet without legal personality, whatever it does."""
    SALES = "sales"
    """Sells goods that it does not make."""
    SHELL = "shell"
    """Holds shares, land or contracts: investment, holding, parks, real estate."""
    SERVICE = "service"
    """Anything else that its scope states: services, building, energy, farming, transport."""
    UNKNOWN = "unknown"
    """Nothing is known of what it does."""


_DENIED = re.compile(
    r"[(\[【]?[^,,;;。、()\[\]]{0,12}(?:不含|不得|不包括|不从事|除外|禁止|严禁|限分支机构|仅限分支|分支机构(?:从事)?(?:生产|加工))"
    r"[^,,;;。()\[\]]*[)\]】]?"
)
_RETAIL_OF_MADE = re.compile(r"(?:预拌|散装|现制)?(?:现场制作|现制现售|裱花)")
_MAKES = re.compile(
    r"生产(?!资料|力|线|管理|经营|安全|技术|许可|性|工艺|设备的?(?:租赁|销售)|过程|加工设备的?销售)"
    r"|制造(?!业|商)|加工(?!设备|机械|中心|技术)|组装|装配|铸造|锻造|冶炼|酿造|印染|纺纱|织造|屠宰|熔炼|轧制"
)
_BEFORE_NOT = re.compile(r"(?:安全|农业|再|林业|服务|农副产品|研究|技术|工业|组织|从事)$")
_SELLS = re.compile(r"销售|批发|零售|经销|贸易|购销|代理|进出口|经营")
_HOLDS = re.compile(
    r"投资|控股|资产管理|股权|产业园|园区(?:建设|运营|开发|管理)|房地产开发|置业|企业总部管理"
)
_BRANCH_KIND = re.compile(r"分支机构|分公司|办事处|代表处|非法人|营业单位")
_BRANCH_NAME = re.compile(
    r"(?:分公司|支公司|分厂|分店|分社|分部|分行|支行|分局|支局|办事处|代表处|营业部|经营部|门市部|销售部|服务部"
    r"|营业厅|营业所|门店|专卖店|连锁店|店|站|所|点|部)$"
)
_WORKS = re.compile(r"厂$")
_MAKING = frozenset(f"{division:02d}" for division in range(13, 44))
_TRADING = frozenset({"51", "52"})
_HOLDING = frozenset({"70", "66", "67", "68", "69"})


def role(
    name: str,
    scope: str | None,
    *,
    branch: str | None = None,
    form: str | None = None,
    kind: str | None = None,
    industry: str | None = None,
) -> Role:
    """The role of a firm.

    branch, form: parts of its name (`parse_name`). kind: on its licence. industry: GB/T 4754 code, which
    decides between making and selling where the scope states both.
    """
    if is_branch(name, branch, kind):
        return Role.BRANCH
    division = (industry or "")[:2]
    if not scope and not industry:
        return Role.PRODUCTION if form and _WORKS.search(form) else Role.UNKNOWN
    makes = states_making(scope or "")
    works = bool(form and _WORKS.search(form))
    if division in _MAKING and (makes or works or not _SELLS.search(scope or "")):
        return Role.PRODUCTION
    if works and division not in _TRADING:
        return Role.PRODUCTION
    holds = bool(_HOLDS.search(name)) or division in _HOLDING or (industry or "").startswith("7212")
    if holds and not (makes and division in _MAKING):
        return Role.SHELL
    if makes and first_act(scope or "") == "makes" and not division:
        return Role.PRODUCTION
    if division in _TRADING or division in _MAKING:  # a maker's class whose scope only sells
        return Role.SALES
    if not division:
        return Role.SALES if _SELLS.search(scope or "") else Role.UNKNOWN
    return Role.SERVICE


def is_branch(name: str, branch: str | None, kind: str | None) -> bool:
    """Whether a firm is a part of another without legal personality."""
    if kind and _BRANCH_KIND.search(kind):
        return True
    return bool(branch and _BRANCH_NAME.search(branch) and name.rstrip().rstrip(")）").endswith(branch[-1]))


def states_making(scope: str) -> bool:
    """Whether a scope states that goods are made."""
    text = _DENIED.sub("", scope.translate(_HALF))
    return any(not _BEFORE_NOT.search(text[: found.start()]) for found in _MAKES.finditer(text))


def first_act(scope: str) -> str | None:
    """`makes` or `sells`, whichever a scope states first; None if neither."""
    text = _DENIED.sub("", scope.translate(_HALF))
    makes = next(
        (f.start() for f in _MAKES.finditer(text) if not _BEFORE_NOT.search(text[: f.start()])), None
    )
    sells = _SELLS.search(text)
    if makes is None:
        return "sells" if sells else None
    return "sells" if sells and sells.start() < makes else "makes"


_HALF = str.maketrans("(),;:。", "(),;:。")
