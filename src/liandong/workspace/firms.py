"""Firms as people work with them: found in the registry, followed, tagged, noted, judged to be the same.

The registry itself is data and never edited here; what people say is kept beside it under the `firm_id`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.reference import resolve_region
from liandong.registry import parse_name
from liandong.workspace import audit, current, library_search
from liandong.workspace.firm_rows import FirmRows, record
from liandong.workspace.models import FactRecord, FirmNote, FirmTag, FollowedFirm, Judgement

RELATED = 10
NAMED = 20
"""Facts shown of those that name a firm."""


def regions_named(text: str) -> tuple[str, ...]:
    """Codes of a place or group of places by name. Raises InputError for an unknown one."""
    return resolve_region(text).codes


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a firm. row: its registration, None if it is no longer in the registry.

    brand: other firms whose names hold the same brand: a hint at a group, no proof.
    """

    firm_id: str
    row: dict[str, Any] | None
    followed: FollowedFirm | None
    tags: Sequence[FirmTag]
    notes: Sequence[FirmNote]
    facts: Sequence[FactRecord]
    brand: str | None
    related: Sequence[dict[str, Any]]
    judgements: Sequence[Judgement]

    @property
    def name(self) -> str:
        """As registered now, else as it was when it was followed."""
        if self.row is not None:
            return str(self.row["name"])
        return self.followed.name if self.followed else self.firm_id


def profile(firm_id: str) -> Profile | None:
    """A firm's profile; None if neither the registry nor the store knows it."""
    row = record(firm_id)
    followed = FollowedFirm.objects.filter(pk=firm_id).first()
    if row is None and followed is None:
        return None
    name = row["name"] if row else followed.name if followed else ""
    brand = parse_name(name).brand
    related: list[dict[str, Any]] = []
    if brand and len(brand) > 1:
        related = [each for each in FirmRows(text=brand)[0 : RELATED + 1] if each["firm_id"] != firm_id][
            :RELATED
        ]
    return Profile(
        firm_id,
        row,
        followed,
        list(FirmTag.objects.filter(firm=firm_id)),
        list(FirmNote.objects.filter(firm=firm_id)),
        _facts_of(name),
        brand,
        related,
        list(
            Judgement.objects.filter(undone=None, left=firm_id)
            | Judgement.objects.filter(undone=None, right=firm_id)
        ),
    )


def _facts_of(name: str) -> list[FactRecord]:
    """Facts whose sentence names the firm; the search finds its parts, the quote holds it whole."""
    found = library_search.facts(name) if name else FactRecord.objects.none()
    return list(found.filter(quote__contains=name)[:NAMED])


def follow(firm_id: str) -> FollowedFirm:
    """Copy a firm into the store, so that it can be worked on; it is there once.

    Raises InputError if the registry does not know it.
    """
    known = FollowedFirm.objects.filter(pk=firm_id).first()
    if known is not None:
        return known
    row = record(firm_id)
    if row is None:
        raise InputError(Text("登记库中没有这家企业。", "The registry has no such firm."), field=firm_id)
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    with transaction.atomic():
        made, new = FollowedFirm.objects.get_or_create(
            firm_id=firm_id,
            defaults={
                "name": row["name"],
                "uscc": row["uscc"],
                "prefecture": row["prefecture"],
                "industry": row["industry"],
                "snapshot": current.snapshot_id() or "",
                "record": plain,
                "by": audit.actor().name,
            },
        )
        if new:
            audit.record("firms.follow", firm_id, name=made.name)
    return made


def tag(firm_id: str, name: str) -> None:
    """Put a word to a firm. Raises InputError for an empty one."""
    word = name.strip()[:40]
    if not word:
        raise InputError(Text("请填写标签。", "Give a tag."), field="tag")
    with transaction.atomic():
        _, new = FirmTag.objects.get_or_create(
            firm=follow(firm_id), name=word, defaults={"by": audit.actor().name}
        )
        if new:
            audit.record("firms.tag", firm_id, after=word)


def untag(firm_id: str, name: str) -> None:
    """Take a word off a firm."""
    with transaction.atomic():
        gone, _ = FirmTag.objects.filter(firm=firm_id, name=name).delete()
        if gone:
            audit.record("firms.untag", firm_id, before=name)


def note(firm_id: str, text: str, on: date | None = None) -> None:
    """Write down a contact. Raises InputError for an empty note."""
    if not text.strip():
        raise InputError(Text("请填写内容。", "Write something."), field="text")
    with transaction.atomic():
        made = FirmNote.objects.create(
            firm=follow(firm_id), text=text.strip(), on=on or timezone.localdate(), by=audit.actor().name
        )
        audit.record("firms.note", firm_id, note=made.pk, on=made.on)


def tag_names() -> list[str]:
    """All tags in use."""
    return list(FirmTag.objects.order_by("name").values_list("name", flat=True).distinct())


def tagged(name: str) -> tuple[str, ...]:
    """Ids of the firms with a tag."""
    return tuple(FirmTag.objects.filter(name=name).values_list("firm_id", flat=True))


def judge(left: str, right: str, verdict: str) -> Judgement:
    """Say whether two firms are one. Raises InputError for an unknown verdict or one firm twice."""
    if verdict not in Judgement.Verdict.values or left == right:
        raise InputError(Text("请选择两家企业和结论。", "Choose two firms and a verdict."), field="verdict")
    with transaction.atomic():
        made = Judgement.objects.create(left=left, right=right, verdict=verdict, by=audit.actor().name)
        audit.record("firms.judge", f"{left} {right}", after=verdict)
    return made


def undo_judgement(judgement: Judgement) -> None:
    """Take a judgement back; it stays in the history."""
    with transaction.atomic():
        Judgement.objects.filter(pk=judgement.pk, undone=None).update(undone=timezone.now())
        audit.record("firms.judge_undo", f"{judgement.left} {judgement.right}", before=judgement.verdict)
