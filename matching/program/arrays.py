"""Integer programs as plain arrays: the solver's input from the kernel and the objective levels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
FREE = 1 << 60
"""As a limit of a row: unlimited on that side."""
MOST_STEPS = 1 << 40
"""The maximum range of a column."""


@dataclass(frozen=True)
class Program:
    """Minimise `cost`·x over integers `lower` ≤ x ≤ `upper` with `row_lower` ≤ Ax ≤ `row_upper`.

    A is sparse: `coefficient[k]` is at row `row[k]` and column `column[k]`, without duplicates. `linking`
    marks rows that link otherwise independent components, such as a limit on a total.
    """

    cost: Numbers
    lower: Numbers
    upper: Numbers
    row_lower: Numbers
    row_upper: Numbers
    row: Numbers
    column: Numbers
    coefficient: Numbers
    linking: Mask

    def activity(self, x: Numbers) -> Numbers:
        """Return Ax, exactly."""
        total = np.zeros(len(self.row_lower), dtype=np.int64)
        np.add.at(total, self.row, self.coefficient * x[self.column])
        return total

    def allows(self, x: Numbers) -> bool:
        """Return whether x satisfies every bound and row, exactly."""
        activity = self.activity(x)
        return bool(
            np.all((self.lower <= x) & (x <= self.upper))
            and np.all((self.row_lower <= activity) & (activity <= self.row_upper))
        )

    def value(self, x: Numbers) -> int:
        """Return cost·x, exactly."""
        return int(self.cost @ x)

    def restricted(self, columns: Numbers) -> Program:
        """Return the program of some columns, with all others zero; rows that lose all entries stay."""
        place = np.full(len(self.cost), -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        kept = place[self.column] >= 0
        return replace(
            self,
            cost=self.cost[columns],
            lower=self.lower[columns],
            upper=self.upper[columns],
            row=self.row[kept],
            column=place[self.column[kept]],
            coefficient=self.coefficient[kept],
        )

    def without_fixed(self) -> tuple[Numbers, Program]:
        """Return the columns that are not fixed, and their program with all others at their fixed value."""
        fixed = self.lower == self.upper
        settled = self.activity(np.where(fixed, self.lower, 0))
        open_columns = np.flatnonzero(~fixed)
        return open_columns, replace(
            self.restricted(open_columns),
            row_lower=np.where(self.row_lower == -FREE, -FREE, self.row_lower - settled),
            row_upper=np.where(self.row_upper == FREE, FREE, self.row_upper - settled),
        )

    def unlinked(self) -> Program:
        """Return the program without its linking rows: a relaxation."""
        return self._of_rows(np.flatnonzero(~self.linking))

    def divided(self, parts: list[tuple[Numbers, Program]], point: Numbers) -> Program:
        """Return a restriction without linking rows: each part gets its own row with a share of the limit.

        A share is what `point`, which must be feasible, uses in that part, plus the same fraction of the
        slack: parts that use much may use much more.
        """
        part = np.zeros(len(self.cost), dtype=np.int64)
        for number, (columns, _) in enumerate(parts):
            part[columns] = number
        linked = np.flatnonzero(self.linking)
        place = np.full(len(self.row_lower), -1, dtype=np.int64)
        place[linked] = np.arange(len(linked))
        entry = place[self.row] >= 0
        target = place[self.row[entry]] * len(parts) + part[self.column[entry]]
        each = np.zeros(len(linked) * len(parts), dtype=np.int64)
        np.add.at(each, target, self.coefficient[entry] * point[self.column[entry]])
        taken = each.reshape(len(linked), len(parts))
        most = np.maximum(np.abs(taken).sum(axis=1, keepdims=True), 1)

        def shares(limit: Numbers) -> Numbers:
            left = np.where(np.abs(limit) == FREE, 0, limit - taken.sum(axis=1))[:, None]
            share = taken + np.sign(left) * (np.abs(left) * np.abs(taken) // most)
            return np.where(np.abs(limit[:, None]) == FREE, limit[:, None], share).ravel()

        row = self.row.copy()
        row[entry] = len(self.row_lower) + target
        row_lower = np.where(self.linking, -FREE, self.row_lower)
        row_upper = np.where(self.linking, FREE, self.row_upper)
        return replace(
            self,
            row_lower=np.concatenate([row_lower, shares(self.row_lower[linked])]),
            row_upper=np.concatenate([row_upper, shares(self.row_upper[linked])]),
            row=row,
            linking=np.zeros(len(row_lower) + len(linked) * len(parts), dtype=bool),
        )

    def components(self) -> list[tuple[Numbers, Program]]:
        """Split into programs that share no row; each comes with its columns, ordered by first column.

        A row without entries belongs to no part: the caller must check whether zero satisfies it.
        """
        order = np.lexsort((self.row, self.column))
        rows, columns = self.row[order], self.column[order]
        same = columns[1:] == columns[:-1]
        size = len(self.row_lower)
        part_of_row = _joined(size, rows[:-1][same], rows[1:][same])
        # Columns in no row share one part, whose number no row has.
        part_of_column = np.full(len(self.cost), size, dtype=np.int64)
        part_of_column[columns] = part_of_row[rows]
        _, part, sizes = np.unique(part_of_column, return_inverse=True, return_counts=True)
        groups = np.split(np.argsort(part, kind="stable"), np.cumsum(sizes)[:-1])
        groups = sorted((group for group in groups if len(group)), key=lambda group: int(group[0]))
        return [(group, self._part(group)) for group in groups]

    def _part(self, columns: Numbers) -> Program:
        part = self.restricted(columns)
        return part._of_rows(np.unique(part.row))

    def _of_rows(self, rows: Numbers) -> Program:
        place = np.full(len(self.row_lower), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = place[self.row] >= 0
        return replace(
            self,
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
            row=place[self.row[kept]],
            column=self.column[kept],
            coefficient=self.coefficient[kept],
            linking=self.linking[rows],
        )


def _joined(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Return for each of `count` nodes the least node that edges from `one` to `other` join it with."""
    least = np.arange(count)
    while True:
        lower = np.minimum(least[one], least[other])
        before = least.copy()
        np.minimum.at(least, before[one], lower)
        np.minimum.at(least, before[other], lower)
        least = least[least]
        if np.array_equal(least, before):
            return least


class Draft:
    """Collects columns and rows in blocks; `program(cost)` turns them into a Program."""

    def __init__(self) -> None:
        self.columns = 0
        self.rows = 0
        self.lower = np.zeros(0, dtype=np.int64)
        self.upper = np.zeros(0, dtype=np.int64)
        self._row_lower: list[Numbers] = []
        self._row_upper: list[Numbers] = []
        self._linking: list[Mask] = []
        self._entries: list[tuple[Numbers, Numbers, Numbers]] = []

    def add_columns(self, lower: ArrayLike, upper: ArrayLike) -> Numbers:
        """Add integer columns with these bounds and return their indices."""
        lower, upper = np.asarray(lower, dtype=np.int64), np.asarray(upper, dtype=np.int64)
        self.lower = np.concatenate([self.lower, lower])
        self.upper = np.concatenate([self.upper, upper])
        first, self.columns = self.columns, self.columns + len(lower)
        return np.arange(first, self.columns, dtype=np.int64)

    def add_rows(
        self,
        lower: ArrayLike,
        upper: ArrayLike,
        row: ArrayLike,
        column: ArrayLike,
        coefficient: ArrayLike,
        linking: bool = False,
    ) -> None:
        """Add rows `lower` ≤ Ax ≤ `upper` (± `FREE`: unlimited); `row` counts within the block."""
        lower, upper = np.asarray(lower, dtype=np.int64), np.asarray(upper, dtype=np.int64)
        row, column = np.asarray(row, dtype=np.int64), np.asarray(column, dtype=np.int64)
        coefficient = np.asarray(coefficient, dtype=np.int64)
        present = coefficient != 0
        self._row_lower.append(lower)
        self._row_upper.append(upper)
        self._linking.append(np.full(len(lower), linking))
        self._entries.append((row[present] + self.rows, column[present], coefficient[present]))
        self.rows += len(lower)

    def tighten(self, columns: Numbers, reduced: NDArray[np.float64], room: float) -> None:
        """Shrink bounds: a step off a column's preferred bound costs |`reduced`|, out of `room` in total."""
        steps = np.floor(room / np.maximum(np.abs(reduced), 1e-9)).clip(0, MOST_STEPS).astype(np.int64)
        lower, upper = self.lower[columns], self.upper[columns]
        self.upper[columns] = np.where(reduced > 0, np.minimum(upper, lower + steps), upper)
        self.lower[columns] = np.where(reduced < 0, np.maximum(lower, upper - steps), lower)

    def program(self, cost: Numbers) -> Program:
        """Return the program of everything added so far."""
        row, column, coefficient = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        return Program(
            cost=cost,
            lower=self.lower,
            upper=self.upper,
            row_lower=np.concatenate(self._row_lower),
            row_upper=np.concatenate(self._row_upper),
            row=row,
            column=column,
            coefficient=coefficient,
            linking=np.concatenate(self._linking),
        )
