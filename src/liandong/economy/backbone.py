"""The product space drawn: the strongest ties that hold it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from liandong.economy.panel import Array, PanelError
from liandong.errors import Text


@dataclass(frozen=True, slots=True, eq=False)
class Backbone:
    """Edges of the network. first < second: industries by number; weight: proximity; tree: whether the edge
    is in the spanning tree (else it is above the threshold only). Strongest first.
    """

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    weight: Array
    tree: npt.NDArray[np.bool_]


def backbone(phi: Array, *, threshold: float = 0.55) -> Backbone:
    """Maximum spanning tree of a proximity, and every edge of at least `threshold` (Hidalgo et al. 2007).

    phi: (industries, industries), symmetric, NaN and 0 are no tie. An industry without ties has no edge;
    separate parts have a tree each. Raises PanelError if phi is not symmetric.
    """
    near = np.nan_to_num(np.asarray(phi, dtype=np.float64))
    if near.ndim != 2 or near.shape[0] != near.shape[1] or not np.allclose(near, near.T):
        raise PanelError(Text("接近度须为对称方阵。", f"a symmetric square is needed, not {near.shape}."))
    i, j = np.nonzero(np.triu(near, 1) > 0)
    # the longest tie is 1 and not 0, which would be none
    length = near[i, j].max(initial=0.0) + 1 - near[i, j]
    graph = csr_array((length, (i, j)), shape=near.shape)
    tree = minimum_spanning_tree(graph).tocoo()
    inside = np.zeros(near.shape, dtype=bool)
    inside[np.minimum(tree.row, tree.col), np.maximum(tree.row, tree.col)] = True
    kept = inside[i, j] | (near[i, j] >= threshold)
    i, j = i[kept], j[kept]
    order = np.argsort(-near[i, j], kind="stable")
    i, j = i[order], j[order]
    return Backbone(i.astype(np.int64), j.astype(np.int64), near[i, j], inside[i, j])


def largest_part(m: npt.NDArray[Any]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The regions and the industries of the largest part of the network that hangs together.

    m: (regions, industries) of 0 and 1; NaN counts as absent. Where the network falls apart, the second
    eigenvector of `complexity` only tells the parts from one another: take the largest and compute on it.
    Returns masks (regions) and (industries); the part with most regions, the first of equals.
    """
    links = np.nan_to_num(np.asarray(m, dtype=np.float64)) > 0
    regions, industries = links.shape
    r, i = np.nonzero(links)
    graph = csr_array((np.ones(r.size), (r, regions + i)), shape=(regions + industries,) * 2)
    _, part = connected_components(graph, directed=False)
    most = np.bincount(part[:regions][links.any(axis=1)], minlength=1).argmax()
    inside = part == most
    return inside[:regions] & links.any(axis=1), inside[regions:] & links.any(axis=0)
