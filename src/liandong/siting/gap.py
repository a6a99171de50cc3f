"""The published generalized-assignment format: agents, jobs, costs, resource use, capacities."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from liandong.errors import InputError, Text
from liandong.siting.problem import Capacity, Problem

_MOST = 50_000_000  # numbers in a file; far beyond any published instance


def read_gap(path: str | Path, *, maximise: bool = False) -> Problem:
    """An instance of m agents and n jobs: m n, the m × n costs, the m × n uses, the m capacities.

    Files of the OR-Library that begin with a count of instances are read if the count is one. Agents are the
    sites and jobs the projects, numbered from 1. The published task is to minimise; maximise reads the costs
    as gains. Raises InputError with file and line of a word that is no whole number, and where numbers lack.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(Text("不是文本文件。", "This is not a text file."), file=path.name) from error
    numbers = _numbers(text, path.name)
    start = 0
    if len(numbers) >= 3 and numbers[0] == 1 and _expected(numbers[1], numbers[2]) + 1 == len(numbers):
        start = 1
    agents, jobs = (numbers[start], numbers[start + 1]) if len(numbers) > start + 1 else (0, 0)
    expected = _expected(agents, jobs)
    if agents < 1 or jobs < 1 or expected != len(numbers) - start or expected > _MOST:
        raise InputError(
            Text(
                f"头两个数为 {agents} 和 {jobs},应共有 {expected} 个数,实有 {len(numbers) - start} 个。"
                "格式为:m n、m×n 个费用、m×n 个用量、m 个容量。",
                f"The first two numbers are {agents} and {jobs}, which asks for {expected} numbers; "
                f"there are {len(numbers) - start}. The format is: m n, m×n costs, m×n uses, m capacities.",
            ),
            file=path.name,
        )
    table = np.array(numbers[start + 2 :], dtype=np.int64)
    size = agents * jobs
    cost = table[:size].reshape(agents, jobs).astype(float)
    use = table[size : 2 * size].reshape(agents, jobs).astype(float)
    return Problem(
        sites=tuple(str(number + 1) for number in range(agents)),
        projects=tuple(str(number + 1) for number in range(jobs)),
        cost=cost,
        capacities=tuple(
            Capacity(
                Text(f"{a + 1} 号容量", f"capacity of {a + 1}"),
                (a,),
                use[a : a + 1],
                float(table[2 * size + a]),
            )
            for a in range(agents)
        ),
        maximise=maximise,
        origin=path.name,
    )


def _expected(agents: int, jobs: int) -> int:
    return 2 + 2 * agents * jobs + agents


def _numbers(text: str, file: str) -> list[int]:
    numbers: list[int] = []
    for row, line in enumerate(text.splitlines(), start=1):
        for word in line.split():
            try:
                number = int(word)
            except ValueError:
                number = -1
            if number < 0:
                raise InputError(
                    Text(
                        f"“{word[:30]}”不是非负整数。", f'"{word[:30]}" is not a whole number of at least 0.'
                    ),
                    file=file,
                    row=row,
                )
            numbers.append(number)
    return numbers
