"""Race of classifiers: firms of a labelled table → classes of GB/T 4754-2017.

    python benchmarks/classification.py [industry_dev.csv] [--fold 0|1] [--firms henan.parquet --rows 100000]

The table has the columns uscc, name, scope, primary, accept (codes divided by ;), division and unclear. The
fold of a firm is the parity of the first byte of the SHA-256 of its code. Peers see the same texts in the
same process: TF-IDF (character bigrams, cosine) and BM25 (k1 1.2, b 0.75) against the names of the classes.
Both small and plain, without tuning: they show what the names alone give. ECE is the expected calibration
error over ten bins; chance is what perfectly calibrated confidences of so few firms would show on average.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from scipy.sparse import csr_matrix

from liandong.reference import industries
from liandong.registry.classify import Candidate, classify, classify_table
from liandong.registry.classify_scope import strip

SHARED = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
Row = dict[str, str]
Answers = list[list[Candidate]]


def main() -> None:
    """Print a table per fold, then the speed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path, nargs="?", default=SHARED / "data/registry/industry_dev.csv")
    parser.add_argument("--fold", type=int, choices=(0, 1), action="append")
    parser.add_argument("--firms", type=Path, help="a Parquet table with name and scope, for the speed")
    parser.add_argument("--rows", type=int, default=100_000)
    chosen = parser.parse_args()
    if not chosen.labelled.exists():
        print("the shared data packs are absent: nothing to test on")
        return
    with chosen.labelled.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unclear"] != "true"]
    for fold in chosen.fold or (0, 1):
        report(f"fold {fold}", [row for row in rows if fold_of(row["uscc"]) == fold])
    if chosen.firms:
        speed(chosen.firms, chosen.rows)


def fold_of(uscc: str) -> int:
    """0 or 1, the same everywhere."""
    return hashlib.sha256(uscc.encode()).digest()[0] % 2


def report(title: str, rows: Sequence[Row]) -> None:
    """One line per classifier."""
    names, scopes = [row["name"] for row in rows], [row["scope"] for row in rows]
    print(f"\n{title}: {len(rows)} firms\n")
    print("| classifier | class | primary class | division | primary division | unknown | shorter | ECE |")
    print("|---|---|---|---|---|---|---|---|")
    peers: dict[str, Callable[[], Answers]] = {
        "liandong": lambda: classify(names, scopes),
        "BM25": lambda: Names("bm25").classify(names, scopes),
        "TF-IDF": lambda: Names("tfidf").classify(names, scopes),
    }
    for peer, run in peers.items():
        print(f"| {peer} | " + " | ".join(figures(rows, run(), calibrated=peer == "liandong")) + " |")


def figures(rows: Sequence[Row], answers: Answers, *, calibrated: bool) -> list[str]:
    """Shares of all firms; a class counts only with its four digits."""
    found = [row_answers[0].code if row_answers else "" for row_answers in answers]
    accepted = [{row["primary"], *filter(None, row["accept"].split(";"))} for row in rows]
    shares = [
        np.mean([code in codes for code, codes in zip(found, accepted, strict=True)]),
        np.mean([code == row["primary"] for code, row in zip(found, rows, strict=True)]),
        np.mean([code[:2] in {c[:2] for c in codes} for code, codes in zip(found, accepted, strict=True)]),
        np.mean([code[:2] == row["division"] for code, row in zip(found, rows, strict=True)]),
        np.mean([not code for code in found]),
        np.mean([0 < len(code) < 4 for code in found]),
    ]
    error = "–"
    if calibrated:
        sure, right = confidences(answers, accepted)
        draws = np.random.default_rng(0).random((200, len(sure))) < sure
        chance = np.mean([calibration_error(sure, draw) for draw in draws])
        error = f"{calibration_error(sure, right):.3f} (chance {chance:.3f})"
    return [f"{share:.3f}" for share in shares] + [error]


def confidences(answers: Answers, accepted: Sequence[set[str]]) -> tuple[np.ndarray, np.ndarray]:
    """The confidence of every answer, and whether it is right: a shorter code if it begins an accepted."""
    pairs = [
        (row[0].confidence, any(code.startswith(row[0].code) for code in codes))
        for row, codes in zip(answers, accepted, strict=True)
        if row
    ]
    return np.array([sure for sure, _ in pairs]), np.array([right for _, right in pairs])


def calibration_error(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    parts = [place == number for number in np.unique(place)]
    return float(sum(part.mean() * abs(sure[part].mean() - right[part].mean()) for part in parts))


def speed(path: Path, count: int) -> None:
    """Firms per second of CPU in one process that has read none of them before, and the share unknown."""
    table = pq.read_table(path, columns=["name", "scope"]).slice(0, count)
    count = table.num_rows
    classify_table(table.slice(0, 1), workers=1)  # the lexicon is loaded
    wall, cpu = time.perf_counter(), time.process_time()
    found = classify_table(table, workers=1)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    unknown = found["industry"].null_count / count
    print(f"\n{count} firms: {count / cpu:,.0f} a second of CPU, {count / wall:,.0f} a second elapsed")
    print(f"without an industry: {unknown:.4f}")


class Names:
    """Nearest class by the words of its name; words are pairs of characters."""

    def __init__(self, weighting: str) -> None:
        entries = industries("class")
        self.codes = [entry.code for entry in entries]
        documents = [pairs(entry.name) for entry in entries]
        words = sorted({word for document in documents for word in document})
        self.index = {word: place for place, word in enumerate(words)}
        counts = self._matrix(documents).toarray()
        known = np.count_nonzero(counts, axis=0)
        if weighting == "bm25":
            idf = np.log(1 + (len(documents) - known + 0.5) / (known + 0.5))
            length = counts.sum(axis=1, keepdims=True)
            counts = counts * 2.2 / (counts + 1.2 * (0.25 + 0.75 * length / length.mean()))
            self.weights, self.query = counts * idf, np.ones_like(idf)
        else:
            idf = np.log((1 + len(documents)) / (1 + known)) + 1
            weights = counts * idf
            self.weights, self.query = weights / np.linalg.norm(weights, axis=1, keepdims=True), idf

    def classify(self, names: Sequence[str], scopes: Sequence[str | None]) -> Answers:
        """The best class of each firm by name and scope, without confidence."""
        texts = [pairs(name + strip(scope)) for name, scope in zip(names, scopes, strict=True)]
        scores = self._matrix(texts).multiply(self.query) @ self.weights.T
        return [
            [Candidate(self.codes[int(row.argmax())], 0.0)] if row.max() > 0 else []
            for row in np.asarray(scores)
        ]

    def _matrix(self, documents: Sequence[Counter[str]]) -> csr_matrix:
        places = [
            (row, self.index[word], count)
            for row, document in enumerate(documents)
            for word, count in document.items()
            if word in self.index
        ]
        rows, columns, counts = zip(*places, strict=True)
        return csr_matrix((counts, (rows, columns)), shape=(len(documents), len(self.index)), dtype=float)


def pairs(text: str) -> Counter[str]:
    """Character bigrams."""
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


if __name__ == "__main__":
    main()
