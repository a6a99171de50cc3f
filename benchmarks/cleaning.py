"""Cleaning against its peers: what share of an article is found, and how much noise comes with it.

    python -m benchmarks cleaning [SHARED]

Three tables. Flattened Chinese pages (the labelled dev pages: those tuned on, and the third held out by a
fixed hash of the id; the real page of Xuchang), scored by characters of the body. The 181 pages of the
public article-extraction benchmark, as HTML and flattened to their visible text, scored as its authors do:
runs of four words, precision and recall averaged over pages, F1 of the averages. Peers run on the same
input in the same process at their settings for main text; a peer that is not installed is left out and said
to be. On flattened text the floor is keeping everything; a tree library can do no more with it, as one
paragraph a line shows.
"""

from __future__ import annotations

import gzip
import html
import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from liandong.documents import read_bytes
from liandong.documents.markup import visible

Cleaner = Callable[[str], str]
SHARED = Path(__file__).resolve().parents[2] / "shared"
GRAM = 4


def ours(source: str) -> str:
    page = read_bytes(source.encode(), origin="benchmark")
    return "\n".join(page.raw[span.start : span.end] for span in page.body)


def peers() -> dict[str, Cleaner]:
    """The peers that are installed."""
    found: dict[str, Cleaner] = {}
    makers: dict[str, Callable[[], Cleaner]] = {
        "trafilatura": _trafilatura,
        "readability-lxml": _readability,
        "resiliparse": _resiliparse,
    }
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError:
            print(f"({name} is not installed: left out)")
    return found


def _trafilatura() -> Cleaner:
    library = importlib.import_module("trafilatura")
    return lambda source: library.extract(source, include_comments=False) or ""


def _readability() -> Cleaner:
    library = importlib.import_module("readability")
    return lambda source: visible(library.Document(source).summary()).text


def _resiliparse() -> Cleaner:
    library = importlib.import_module("resiliparse.extract.html2text")
    return lambda source: library.extract_plain_text(source, main_content=True, alt_texts=False)


def as_markup(text: str) -> str:
    """A flattened page for a library that wants a tree: one paragraph a line."""
    return (
        "<html><body>"
        + "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        + "</body></html>"
    )


def flattened(folder: Path) -> None:
    """Characters of the body on the labelled pages."""
    groups: dict[str, list[tuple[str, set[int]]]] = {"tuned": [], "held out": [], "Xuchang": []}
    for path in [*sorted((folder / "dev").glob("*.json")), folder / "xuchang-2025-06-19.json"]:
        page = json.loads(path.read_text("utf-8"))
        text = page["text"] if isinstance(page["text"], str) else path.with_suffix(".txt").read_text("utf-8")
        held = int(sha256(page["id"].encode()).hexdigest(), 16) % 3 == 0
        group = "Xuchang" if path.parent == folder else "held out" if held else "tuned"
        groups[group].append((text, set(range(page["body_start"], page["body_end"]))))
    print("\nFlattened Chinese pages, F1 of the body by characters (mean over pages; lowest page)\n")
    print("| cleaner | " + " | ".join(f"{name} ({len(pages)})" for name, pages in groups.items()) + " |")
    print("|---|" + "---|" * len(groups))
    cleaners: dict[str, Callable[[str], set[int]]] = {
        "liandong": _kept,
        "keep everything": lambda t: set(range(len(t))),
    }
    for name, clean in peers().items():
        cleaners[name] = lambda text, clean=clean: _found(text, clean(as_markup(text)))  # type: ignore[misc]
    for name, keep in cleaners.items():
        cells = []
        for pages in groups.values():
            scores = [_f1(keep(text), body) for text, body in pages]
            cells.append(f"{sum(scores) / len(scores):.4f}; {min(scores):.4f}")
        print(f"| {name} | " + " | ".join(cells) + " |")


def _kept(text: str) -> set[int]:
    page = read_bytes(text.encode(), origin="benchmark")
    return {index for span in page.body for index in range(span.start, span.end)}


def _found(text: str, kept: str) -> set[int]:
    """Characters of the lines of text that a cleaner gave back."""
    lines = {re.sub(r"\W+", "", line) for line in kept.splitlines()}
    return {
        index
        for match in re.finditer(r"[^\n]+", text)
        if re.sub(r"\W+", "", match[0]) in lines
        for index in range(match.start(), match.end())
    }


def _f1(found: set[int], wanted: set[int]) -> float:
    return 2 * len(found & wanted) / (len(found) + len(wanted)) if found or wanted else 1.0


def web(folder: Path) -> None:
    """The public benchmark, as HTML and as flattened text."""
    truth = json.loads((folder / "aeb" / "ground-truth.json").read_text("utf-8"))
    pages = folder / "aeb" / "html"
    sources = {
        name: gzip.decompress((pages / f"{name}.html.gz").read_bytes()).decode() for name in sorted(truth)
    }
    texts = {name: visible(source).text for name, source in sources.items()}
    wanted = {name: truth[name]["articleBody"] for name in sources}
    _table(f"Web pages ({len(sources)}), HTML", sources, wanted, {"liandong": ours, **peers()})
    flat = {"liandong": ours, "keep everything": lambda text: text}
    flat |= {name: lambda t, clean=clean: clean(as_markup(t)) for name, clean in peers().items()}  # type: ignore[misc]
    _table(f"The same {len(sources)} pages, flattened", texts, wanted, flat)


def _table(title: str, sources: dict[str, str], wanted: dict[str, str], cleaners: dict[str, Cleaner]) -> None:
    print(f"\n{title}\n\n| cleaner | precision | recall | F1 | seconds |\n|---|---|---|---|---|")
    for name, clean in cleaners.items():
        begun = time.perf_counter()
        kept = {page: _safely(clean, source) for page, source in sources.items()}
        seconds = time.perf_counter() - begun
        pairs = [_precision_recall(kept[page], wanted[page]) for page in sources]
        precision, recall = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        f1 = 2 * precision * recall / (precision + recall)
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {seconds:.1f} |")


def _safely(clean: Cleaner, source: str) -> str:
    try:
        return clean(source)
    except Exception as error:  # a peer that fails on a page has found nothing there, and it is said
        print(f"({type(error).__name__} on a page)", file=sys.stderr)
        return ""


def _precision_recall(found: str, wanted: str) -> tuple[float, float]:
    ours_, theirs = _grams(found), _grams(wanted)
    both = sum((ours_ & theirs).values())
    return both / max(1, sum(ours_.values())), both / max(1, sum(theirs.values()))


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    runs: Iterable[tuple[str, ...]] = (
        tuple(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1)) if words
    )
    return Counter(runs)


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    folder = shared / "data" / "pages"
    if not folder.is_dir():
        print(f"the shared data packs are absent: {folder}")
        return
    flattened(folder)
    web(folder)


if __name__ == "__main__":
    main()
