"""The façade: one object through which a city's material is kept and its questions are asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from liandong.documents import Page
from liandong.documents import read as read_page
from liandong.errors import InputError, Language, Text
from liandong.facts import Fact, extract
from liandong.meetings import Event, Suggestion, read_event
from liandong.plan import Chain, Diagnosis, Plan, Remark, Rivalry, Year, compare, history
from liandong.plan import check as check_plan
from liandong.plan import dump as dump_plan
from liandong.plan import load as read_plan
from liandong.plan.diagnosis import require_chain
from liandong.programmes import Match, Programme
from liandong.reference import divisions
from liandong.registry import ImportReport, Judgement, Registry
from liandong.targets import Target, Weights
from liandong.targets.candidates import USUAL
from liandong.workspace import configuration, store

store.setup()  # the modules below import models, which Django must have set up

from liandong.workspace import analysis, briefing, events, identity, library, programming, siting  # noqa: E402
from liandong.workspace import city as city_plan  # noqa: E402
from liandong.workspace.siting import Sited  # noqa: E402

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Added:
    """A page that was added: the page, its facts, and whether it is new here."""

    page: Page
    facts: list[Fact]
    new: bool


class Workspace:
    """A folder that holds what a city keeps: `liandong.toml`, the store, `registry/` and `files/`.

    One workspace is open in a process at a time; opening another closes the first. Raises InputError if the
    folder is no workspace.
    """

    _open: Workspace | None = None

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder).resolve()
        self.configuration = configuration.load(self.folder)
        store.open_store(store.database_url(self.folder, self.configuration.database))
        self._registry: Registry | None = None
        Workspace._open = self

    @classmethod
    def create(
        cls, folder: str | Path, *, city: str | None = None, plan: str | Path | None = None
    ) -> Workspace:
        """Make a new workspace, with a plan if one is given (which then names the city).

        Raises InputError if the folder already holds one, or if the plan is bad: nothing is made then.
        """
        target = Path(folder).resolve()
        if configuration.is_workspace(target):
            raise InputError(
                Text("这里已经是一个工作区。", "There is a workspace here already."), file=str(folder)
            )
        scheme = None if plan is None else read_plan(Path(plan))
        if scheme is not None:
            city = _city_name(scheme)
        configuration.save(target, configuration.Configuration(city=city))
        workspace = cls(target)
        if scheme is not None:
            workspace.keep_plan(scheme)
        return workspace

    # ---- the library

    def add(
        self, pages: Sequence[str | Path], *, published: str | None = None, region: str | None = None
    ) -> list[Added]:
        """Read pages, extract their facts and keep both; all or none. Pages kept before stay as they are.

        region: the place that 全市 means; if not given, the workspace's city, or the other city that a page
        plainly speaks for.
        """
        self._require_open()
        if "-" in map(str, pages):
            raise InputError(
                Text(
                    "资料库要保存原件,请先把内容存成文件。",
                    "The library keeps originals: save the text to a file first.",
                ),
                file="-",
            )
        read = [read_page(path, published=published, region=region) for path in pages]
        if region is None:
            read = [library.of_city(page, self.configuration.city) for page in read]
        stated = [(page, extract(page)) for page in read]
        with transaction.atomic():
            added = [Added(page, found, library.keep(page, found)) for page, found in stated]
        for path, item in zip(pages, added, strict=True):
            self._keep_original(Path(path), item.page)
        return added

    def facts(self, *, page: str | None = None) -> list[Fact]:
        """The facts kept, in page order, of one page (sha256) or of all; rejected ones are left out."""
        self._require_open()
        return library.facts(page=page)

    def pages(self) -> list[Page]:
        """The pages kept, oldest first."""
        self._require_open()
        return library.pages()

    def review(self, fact: str, verdict: str, *, by: str, note: str = "") -> None:
        """Record what a person says of a fact: `accepted` or `rejected`."""
        self._require_open()
        library.review(fact, verdict, by=by, note=note)

    # ---- the plan

    @property
    def plan(self) -> Plan:
        """The city's plan. Raises InputError if none was loaded."""
        self._require_open()
        found = city_plan.stored_plan()
        if found is None:
            raise InputError(
                Text(
                    "工作区里还没有规划。先运行:liandong plan load plan.toml",
                    "The workspace has no plan yet. First run: liandong plan load plan.toml",
                ),
                file=str(self.folder),
            )
        return found

    def load_plan(self, path: str | Path) -> tuple[Remark, ...]:
        """Put the plan of a TOML file in place of the present one; returns the remarks of its check.

        Raises InputError with file, line and field if it has faults; the present plan then stays.
        """
        scheme = read_plan(Path(path))
        self.keep_plan(scheme)
        return check_plan(scheme)

    def keep_plan(self, scheme: Plan) -> None:
        """Put a plan in place of the present one."""
        self._require_open()
        city_plan.keep_plan(scheme)

    def dump_plan(self) -> str:
        """The plan as TOML."""
        return dump_plan(self.plan)

    # ---- the registry

    def judge(self, left: str, right: str, verdict: str, *, by: str, score: float | None = None) -> Judgement:
        """Keep what a person says of two firms (firm_ids): `same`, `different` or `unsure`."""
        self._require_open()
        return identity.judge(left, right, verdict, by=by, score=score)

    def undo_judgement(self, left: str, right: str) -> int:
        """Take back what is said of two firms; returns how many judgements that were."""
        self._require_open()
        return identity.undo(left, right)

    def judgements(self) -> list[Judgement]:
        """All judgements on firms, oldest first."""
        self._require_open()
        return identity.judgements()

    @property
    def registry(self) -> Registry:
        """The firms: immutable snapshots under `registry/`. It reads the snapshot that was live at first."""
        if self._registry is None:
            self._registry = Registry(self.folder / "registry", engine=self.configuration.engine)
        return self._registry

    def import_firms(
        self,
        files: Sequence[str | Path],
        *,
        mapping: Mapping[str, str] | None = None,
        notes: Sequence[str] = (),
        allow_mixed: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import firm tables into a new snapshot, all or nothing; see `Registry.import_files`."""
        return self.registry.import_files(
            files, mapping=mapping, notes=notes, allow_mixed=allow_mixed, progress=progress
        )

    # ---- the questions

    def diagnose(self, chain: str) -> Diagnosis:
        """What is strong, weak and missing in one chain of the plan."""
        return analysis.diagnoses(self.plan, self.registry, chain)[0]

    def diagnoses(self) -> list[Diagnosis]:
        """The diagnosis of every chain, in the plan's order."""
        return analysis.diagnoses(self.plan, self.registry)

    def compare(self, chain: str, rivals: Sequence[str] = ()) -> Rivalry:
        """A chain beside rival cities (names or codes); the likeliest ones if none is named."""
        return compare(self.plan, self.registry, self._chain(chain), rivals)

    def history(self, chain: str) -> tuple[Year, ...]:
        """A chain's living firms by founding year; years that the registry does not observe are unknown."""
        return history(self.plan, self.registry, self._chain(chain))

    def targets(
        self,
        chain: str,
        *,
        node: str | None = None,
        source: str | None = None,
        top: int = 50,
        weights: Weights | None = None,
        exclude: Collection[str] = (),
        origins: Sequence[str] = USUAL,
        stability: bool = False,
    ) -> list[Target]:
        """Firms worth courting for a chain, best first.

        node: one node; else those that are not strong. source: region by name (长三角, 江苏, 苏州); else the
        plan's source regions. weights: those of `load_weights` and `adjust`; else the shipped ones. exclude:
        firm_ids or names left out. origins: ways onto the list. stability: whether to say how firmly each
        stands when the weights are shaken.
        """
        facts = self.facts()
        return analysis.targets(
            self.plan,
            self.registry,
            self.diagnose(chain),
            node=node,
            source=source,
            top=top,
            facts=facts,
            programmes=programming.stored(facts),
            weights=weights,
            exclude=exclude,
            origins=origins,
            stability=stability,
        )

    # ---- programmes

    def load_programmes(self, path: str | Path) -> tuple[Programme, ...]:
        """Put the programmes of a TOML file or workbook in place of the present ones; all or nothing."""
        self._require_open()
        scheme = city_plan.stored_plan()
        return programming.keep(Path(path), scheme)

    def programmes(self) -> tuple[Programme, ...]:
        """The talent plans, funds and policies, each bound to the facts that state it."""
        return programming.stored(self.facts())

    def qualifies(self, firm: str, *, on: date | None = None) -> list[Match]:
        """Every programme for firms against the firm of a name, code or firm_id; `on` a day, else today."""
        return programming.matches(self.programmes(), self.registry, firm, on or date.today())

    def suggest(
        self, event: Event | str | Path, *, limit: int = 8, language: Language = "zh"
    ) -> tuple[Suggestion, ...]:
        """Who should meet at an event (or a file of one), ranked, with reasons; at most `limit` a side.

        Guests whom the ranking courts with the hosts their node needs, investors with projects, and partners
        whom a page or the plan names together. `meetings.wishes` makes wishes of what is accepted.
        """
        found = event if isinstance(event, Event) else read_event(event)
        return events.suggestions(
            found, self.plan, self.registry, self.facts(), limit=limit, language=language
        )

    def site(
        self,
        case: str | Path,
        *,
        rules: str | Path | None = None,
        day: date | None = None,
        conditional: bool = False,
        keep: bool = False,
        alternatives: bool = False,
        time_limit: float = 60.0,
    ) -> Sited:
        """Admit the projects of a case (xlsx, toml) to its parcels and place them at the least cost.

        rules: a rule table in place of the case's. day: whose rules hold; today if not given. conditional:
        also place what is admitted under conditions. keep: move as few projects as possible. alternatives:
        price the second best of each placement. time_limit: seconds for the placement, and for the latter.
        """
        return siting.site(
            Path(case),
            rules=None if rules is None else Path(rules),
            day=day,
            conditional=conditional,
            keep=keep,
            alternatives=alternatives,
            time_limit=time_limit,
        )

    def brief(
        self,
        kind: str = "city",
        *,
        formats: Sequence[str] = (),
        directory: str | Path = ".",
        language: Language = "zh",
        about: briefing.About | None = None,
        template: str | Path | None = None,
        since: str | Path | None = None,
    ) -> list[Path]:
        """Write a brief into the directory, one file a format (the kind's usual ones); their paths."""
        return briefing.write(
            self,
            kind,
            about=about or briefing.About(),
            formats=formats,
            directory=Path(directory),
            language=language,
            template=None if template is None else Path(template),
            since=None if since is None else Path(since),
        )

    def _chain(self, name: str) -> Chain:
        return require_chain(self.plan, name)

    def _keep_original(self, path: Path, page: Page) -> None:
        target = self.folder / "files" / page.sha256
        if not target.exists():
            configuration.write_atomically(target, path.read_bytes())

    def _require_open(self) -> None:
        if Workspace._open is not self:
            raise RuntimeError(f"another workspace was opened since; open {self.folder} again")


def _city_name(scheme: Plan) -> str:
    division = divisions.division(scheme.city)
    return division.short if division else scheme.name
