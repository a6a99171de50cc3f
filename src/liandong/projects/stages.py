"""The stages of a project, its status apart from them, and the kinds of projects there are."""

from __future__ import annotations

from enum import StrEnum

from liandong.errors import Text


class Stage(StrEnum):
    """How far a project has come, in order."""

    LEAD = "lead"
    ASSESSED = "assessed"
    NEGOTIATING = "negotiating"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    LANDED = "landed"
    STARTED = "started"
    PRODUCING = "producing"
    AT_CAPACITY = "at_capacity"

    @property
    def place(self) -> int:
        """Its number in the order, from 0."""
        return STAGES.index(self)

    def reaches(self, other: Stage) -> bool:
        """Whether a project at this stage has come at least as far as the other."""
        return self.place >= other.place


class Status(StrEnum):
    """Whether the project is worked on; kept apart from its stage."""

    ACTIVE = "active"
    STALLED = "stalled"
    WITHDRAWN = "withdrawn"


class Type(StrEnum):
    """How the project comes to its place: it decides which milestones there are."""

    NEW_LAND = "new_land"
    RENTED_PLANT = "rented_plant"
    EXPANSION = "expansion"
    ACQUISITION = "acquisition"


STAGES = tuple(Stage)
STAGE_NAMES: dict[Stage, Text] = {
    Stage.LEAD: Text("线索", "lead"),
    Stage.ASSESSED: Text("研判", "assessed"),
    Stage.NEGOTIATING: Text("在谈", "negotiating"),
    Stage.REVIEWED: Text("评审", "reviewed"),
    Stage.SIGNED: Text("签约", "signed"),
    Stage.LANDED: Text("落地", "landed"),
    Stage.STARTED: Text("开工", "started"),
    Stage.PRODUCING: Text("投产", "producing"),
    Stage.AT_CAPACITY: Text("达产达效", "at capacity"),
}
STATUS_NAMES: dict[Status, Text] = {
    Status.ACTIVE: Text("推进中", "active"),
    Status.STALLED: Text("停滞", "stalled"),
    Status.WITHDRAWN: Text("终止", "withdrawn"),
}
TYPE_NAMES: dict[Type, Text] = {
    Type.NEW_LAND: Text("新供地", "new land"),
    Type.RENTED_PLANT: Text("租赁厂房", "rented plant"),
    Type.EXPANSION: Text("增资扩产", "expansion"),
    Type.ACQUISITION: Text("并购", "acquisition"),
}
