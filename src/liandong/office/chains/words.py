"""Words of plans and diagnoses."""

from __future__ import annotations

from liandong.errors import Text

TIERS = {
    "future": Text("未来(先导)", "future"),
    "emerging": Text("新兴(支柱)", "emerging"),
    "traditional": Text("传统(基础)", "traditional"),
}
STAGES = {
    "upstream": Text("上游", "upstream"),
    "midstream": Text("中游", "midstream"),
    "downstream": Text("下游", "downstream"),
}
ADVICE = {
    "strengthen": Text("强链", "strengthen"),
    "fill": Text("补链", "fill"),
    "extend": Text("延链", "extend"),
}
