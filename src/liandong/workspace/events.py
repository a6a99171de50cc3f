"""Who should meet at an event: its participants seen with the plan, the registry and the facts.

    targets × nodes ────── a guest that the ranking courts, with the hosts its node needs ──┐
    investors × projects ─ a guest with money, with the host of a published project ────────┼─▶ Pair + reasons
    partners by fact ───── two whom a page or the plan names together ──────────────────────┘

A host is at home in the city; everyone else is a guest. A pair that several rules find keeps the best score
and all reasons. Nothing is guessed from likeness alone: a rule that has no record, fact or plan line behind
it gives no pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from liandong.errors import Language, Text
from liandong.facts import Fact, Kind
from liandong.meetings import Event, Pair, Participant, Suggestion, suggest
from liandong.plan import Chain, Diagnosis, Node, PartnerKind, Plan
from liandong.reference import divisions
from liandong.registry import Registry, normalise_name, parse_name
from liandong.targets import Target
from liandong.workspace import analysis

# What a host is to the node that a guest is courted for, as a share of the guest's score: who would buy from
# the guest has the most to say to it, then who could place it, who would supply it, who does the same.
SHARES = {"user": 1.0, "carrier": 0.9, "chain": 0.9, "supplier": 0.8, "same": 0.5}
FACT_SCORE = 60.0  # two whom a page names together: above a middling target, below a strong one
CITY_SCORE = 30.0  # a partner of the city itself, with any one of its hosts
INVESTOR_SCORE = 50.0  # money and a project, without a tie known before
INVESTORS = ("基金", "创投", "创业投资", "股权投资", "风险投资", "投资", "资本", "证券", "银行", "信托")
SHORTEST_NAME = 4  # characters of a name that can stand for a longer one
FINANCE = ("66", "67", "68", "69")
_STATUS = {
    "strong": Text("强", "strong"),
    "present": Text("有", "present"),
    "weak": Text("弱", "weak"),
    "missing": Text("缺", "missing"),
    "unsure": Text("待核", "unsure"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A participant as the city knows it.

    key: the normalised name. industry, region: class and province of registration, None if unknown. local:
    at home in the city.
    """

    participant: Participant
    key: str
    industry: str | None = None
    region: str | None = None
    local: bool = False

    def named_in(self, text: str) -> bool:
        """Whether a text names it: the whole name, or a distinctive part of it."""
        here = normalise_name(text)
        return bool(self.key) and (self.key in here or (len(here) >= SHORTEST_NAME and here in self.key))

    @property
    def invests(self) -> bool:
        """Whether its business is money: by its industry, else by its sector or name."""
        if self.industry:
            return self.industry.startswith(FINANCE)
        participant = self.participant
        return any(word in participant.sector or word in participant.label for word in INVESTORS)


@dataclass
class _Found:
    """Pairs so far: the best score of each, and every reason once."""

    scores: dict[tuple[str, str], float] = field(default_factory=dict)
    reasons: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def add(self, host: Party, guest: Party, score: float, reasons: Iterable[str]) -> None:
        """One more sighting of a pair."""
        key = host.participant.id, guest.participant.id
        if key[0] == key[1] or key[::-1] in self.scores:
            return
        if score > self.scores.get(key, -1.0):
            self.scores[key] = score
            self.reasons[key] = dict.fromkeys([*reasons, *self.reasons.get(key, {})])
        else:
            self.reasons[key].update(dict.fromkeys(reasons))

    def pairs(self) -> list[Pair]:
        """All pairs, the better before the worse."""
        ranked = sorted(self.scores.items(), key=lambda item: (-item[1], item[0]))
        return [Pair(*key, round(score, 2), tuple(self.reasons[key])) for key, score in ranked]


def suggestions(
    event: Event,
    plan: Plan,
    registry: Registry,
    facts: Sequence[Fact],
    *,
    limit: int,
    language: Language,
) -> tuple[Suggestion, ...]:
    """Ranked suggestions within what each side still accepts, without the pairs that are wished already."""
    wished = {frozenset((meeting.first, meeting.second)) for meeting in event.meetings}
    found = [
        pair
        for pair in pairs(event, plan, registry, facts, language=language)
        if frozenset((pair.first, pair.second)) not in wished
    ]
    limits = {
        person.id: max(0, min(limit, person.most - len(event.meetings_of[person.id])))
        for person in event.participants
        if person.most is not None
    }
    return suggest(found, limit=limit, limits=limits)


def pairs(
    event: Event, plan: Plan, registry: Registry, facts: Sequence[Fact], *, language: Language
) -> list[Pair]:
    """Every pair that a rule finds: host first, guest second, with its score (0 to 100) and reasons."""
    people = _known(event, plan, registry)
    hosts = [each for each in people if each.local]
    guests = [each for each in people if not each.local]
    found = _Found()
    _by_target(found, hosts, guests, plan, registry, facts, language)
    _by_fact(found, hosts, guests, plan, facts)
    _by_project(found, hosts, guests, facts, language)
    return found.pairs()


def _known(event: Event, plan: Plan, registry: Registry) -> list[Party]:
    """The participants with what the registry holds of them."""
    keys = {person.id: normalise_name(person.label) for person in event.participants}
    records = _records(registry, set(keys.values()))
    home = divisions.division(plan.city)
    people = []
    for person in event.participants:
        record = records.get(keys[person.id], {})
        prefecture = record.get("prefecture")
        if prefecture is not None:
            local = prefecture == plan.city
        else:  # not registered: whom the delegation or the name places in the city
            places = (person.delegation, parse_name(person.label).place or person.label)
            local = any(home.short in place for place in places if place)
        people.append(
            Party(
                person,
                keys[person.id],
                record.get("industry"),
                record.get("province"),
                local,
            )
        )
    return people


def _records(registry: Registry, keys: set[str]) -> Mapping[str, Mapping[str, str | None]]:
    """Registered firms by the key of their name; a name that several firms bear tells nothing."""
    if registry.empty:
        return {}
    table = registry.table()
    columns = ["name_key", "province", "prefecture", "industry"]
    rows = table.filter(table.name_key.isin(sorted(keys)))[columns].to_pyarrow().to_pylist()
    names = [row["name_key"] for row in rows]
    return {row["name_key"]: row for row in rows if names.count(row["name_key"]) == 1}


def _by_target(
    found: _Found,
    hosts: Sequence[Party],
    guests: Sequence[Party],
    plan: Plan,
    registry: Registry,
    facts: Sequence[Fact],
    language: Language,
) -> None:
    """Guests that the ranking courts for a node, with the hosts to whom the node matters."""
    by_key = {guest.key: guest for guest in guests if guest.region}
    regions = sorted({guest.region for guest in by_key.values() if guest.region})
    if not regions:
        return
    source = "、".join(divisions.division(code).name for code in regions)
    for diagnosis in analysis.diagnoses(plan, registry):
        chain = plan.chain(diagnosis.chain)
        ranked = analysis.targets(
            plan,
            registry,
            diagnosis,
            node=None,
            source=source,
            top=registry.snapshot.rows,
            facts=facts,
        )
        for target in ranked:
            guest = by_key.get(normalise_name(target.firm.name))
            if guest is None:
                continue
            for host, share, why in _concerned(hosts, plan, chain, chain.node(target.node), language):
                reasons = [why, _courted(target, diagnosis, language)]
                reasons += [reason(language) for reason in target.reasons()]
                found.add(host, guest, float(target.score) * share, reasons)


def _courted(target: Target, diagnosis: Diagnosis, language: Language) -> str:
    status = _STATUS[diagnosis.node(target.node).status]
    return Text(
        f"{target.chain}·{target.node}(本地:{status.zh}),靶向得分 {target.score}",
        f"{target.chain} · {target.node} (here: {status.en}), target score {target.score}",
    )(language)


def _concerned(
    hosts: Sequence[Party], plan: Plan, chain: Chain, node: Node, language: Language
) -> Iterator[tuple[Party, float, str]]:
    """Hosts to whom a firm of the node matters, the share of its score, and why."""
    users = {edge.user for edge in chain.edges if edge.supplier == node.name}
    suppliers = {edge.supplier for edge in chain.edges if edge.user == node.name}
    carriers = [carrier for carrier in plan.carriers if chain.name in carrier.chains]
    for host in hosts:
        own = {each.name for each in chain.nodes if _stands_for(host, each)}
        role, why = None, Text("", "")
        if own & users:
            listed = "、".join(sorted(own & users))
            role, why = "user", Text(f"采购方:{listed}用{node.name}", f"buyer: {listed} uses {node.name}")
        elif any(
            host.named_in(name) for carrier in carriers for name in (carrier.name, carrier.host) if name
        ):
            role, why = "carrier", Text(f"承载{chain.name}的园区", f"carrier of {chain.name}")
        elif chain.name in (host.participant.sector, *chain.leaders) or any(
            host.named_in(leader) for leader in chain.leaders
        ):
            role, why = "chain", Text(f"负责{chain.name}", f"speaks for {chain.name}")
        elif own & suppliers:
            listed = "、".join(sorted(own & suppliers))
            role, why = (
                "supplier",
                Text(f"配套方:{listed}供{node.name}", f"supplier: {listed} to {node.name}"),
            )
        elif node.name in own:
            role, why = "same", Text(f"同一环节:{node.name}", f"same node: {node.name}")
        if role is not None:
            yield host, SHARES[role], why(language)


def _stands_for(host: Party, node: Node) -> bool:
    """Whether a host works in a node: by its registered industry, or by the sector it states."""
    if host.industry and host.industry.startswith(node.industries):
        return True
    return host.participant.sector in (node.name, *node.words) and bool(host.participant.sector)


def _by_fact(
    found: _Found, hosts: Sequence[Party], guests: Sequence[Party], plan: Plan, facts: Sequence[Fact]
) -> None:
    """Two whom a cooperation or fund fact, or a tie of the plan, names together.

    Where the other end is the city itself, any of its hosts may speak for it.
    """
    home = divisions.division(plan.city)
    ties = [
        (tie.holder, tie.partner, tie.origin.stated[0].quote if tie.origin.is_stated else tie.what)
        for tie in plan.ties
        if tie.kind is not PartnerKind.REGION
    ]
    for fact in facts:
        if fact.kind in (Kind.COOPERATION, Kind.FUND) and "–" in fact.subject:
            holder, _, partner = fact.subject.partition("–")
            ties.append((holder, partner, fact.quote))
    for holder, partner, words in ties:
        reason = f"“{words}”"
        for guest in guests:
            if not guest.named_in(partner):
                continue
            named = [host for host in hosts if host.named_in(holder)]
            if named:
                for host in named:
                    found.add(host, guest, FACT_SCORE, [reason])
            elif holder in (home.name, home.short):
                for host in hosts:
                    found.add(host, guest, CITY_SCORE, [reason])


def _by_project(
    found: _Found, hosts: Sequence[Party], guests: Sequence[Party], facts: Sequence[Fact], language: Language
) -> None:
    """Guests with money, and the hosts of whom a page says that they have a project."""
    investors = [guest for guest in guests if guest.invests]
    for fact in facts:
        if fact.kind is not Kind.PROJECT:
            continue
        for host in hosts:
            if host.named_in(fact.subject) or host.key in normalise_name(fact.quote):
                reason = Text(f"项目:“{fact.quote}”", f"project: “{fact.quote}”")(language)
                for investor in investors:
                    found.add(host, investor, INVESTOR_SCORE, [reason])
