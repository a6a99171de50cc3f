"""Splink on the same parsed columns, in an interpreter of its own: `python _splink_peer.py LEFT RIGHT OUT`.

Reads two Parquet files of `records`, writes pairs (unique_id_l, unique_id_r, match_probability, match_weight)
and prints one line of JSON: seconds in all, and of training and of prediction. Settings after Splink's own
guides for names of firms: fuzzy levels, term frequencies for brand and body, several blocking rules, random
sampling for u, expectation maximisation on three rules for m.
"""

from __future__ import annotations

import json
import logging
import sys
import time

import duckdb
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

SEED = 20260901
_COLUMNS = """
SELECT unique_id, uscc, key, body, brand, trade, coalesce(branch, '') AS branch,
       nullif(kind, 0) AS kind, coalesce(city, home) AS place,
       coalesce(city_province, home_province) AS province,
       left(body, 4) AS head, body[2:5] AS tail, left(body, 2) AS start,
       concat_ws('|', list_sort(string_split(left(body, 3), '')), body[4:6]) AS letters,
       left(body, 1) || body[3:] AS without_2nd, left(body, 2) || body[4:] AS without_3rd,
       founded, left(scope, 60) AS scope
FROM read_parquet('{}')
"""


def settings() -> SettingsCreator:
    """Comparisons and blocking rules."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ExactMatch("uscc"),
            cl.CustomComparison(
                output_column_name="key",
                comparison_levels=[
                    cll.NullLevel("key"),
                    cll.ExactMatchLevel("key"),
                    *(cll.JaroWinklerLevel("key", x) for x in (0.96, 0.92, 0.85, 0.75, 0.6)),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="body",
                comparison_levels=[
                    cll.NullLevel("body"),
                    cll.ExactMatchLevel("body", term_frequency_adjustments=True),
                    cll.DamerauLevenshteinLevel("body", 1),
                    cll.CustomLevel("starts_with(body_l, body_r) OR starts_with(body_r, body_l)"),
                    cll.DamerauLevenshteinLevel("body", 2),
                    *(cll.JaroWinklerLevel("body", x) for x in (0.9, 0.8, 0.65)),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="brand",
                comparison_levels=[
                    cll.NullLevel("brand"),
                    cll.ExactMatchLevel("brand", term_frequency_adjustments=True),
                    cll.DamerauLevenshteinLevel("brand", 1),
                    cll.ElseLevel(),
                ],
            ),
            cl.JaroWinklerAtThresholds("trade", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("branch", [0.9, 0.7]),
            cl.ExactMatch("kind"),
            cl.CustomComparison(
                output_column_name="place",
                comparison_levels=[
                    cll.NullLevel("place"),
                    cll.ExactMatchLevel("place"),
                    cll.ExactMatchLevel("province"),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="founded",
                comparison_levels=[
                    cll.NullLevel("founded"),
                    cll.ExactMatchLevel("founded"),
                    cll.CustomLevel("abs(date_diff('day', founded_l, founded_r)) < 366"),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="scope",
                comparison_levels=[
                    cll.NullLevel("scope"),
                    cll.ExactMatchLevel("scope"),
                    *(cll.JaroWinklerLevel("scope", x) for x in (0.9, 0.75)),
                    cll.ElseLevel(),
                ],
            ),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("uscc"),
            block_on("key"),
            block_on("body", "branch"),
            block_on("brand", "place"),
            block_on("head"),
            block_on("tail", "place"),
            block_on("start", "place"),
            block_on("letters"),
            block_on("without_2nd"),
            block_on("without_3rd"),
            block_on("founded", "substr(body, 1, 1)"),
            block_on("trade", "place", "substr(body, 1, 1)"),
        ],
        retain_matching_columns=False,
    )


def main() -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    left, right, out = sys.argv[1:4]
    began = time.perf_counter()
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    api = DuckDBAPI(connection)
    frames = [
        api.register(connection.sql(_COLUMNS.format(path)).to_arrow_table(), dataset_display_name=name)
        for name, path in (("left_rows", left), ("right_rows", right))
    ]
    linker = Linker(frames, settings(), log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("uscc"), block_on("key")], recall=0.4
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=SEED)
    for rule in (block_on("uscc"), block_on("body", "branch"), block_on("founded", "place")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    trained = time.perf_counter()
    found = linker.inference.predict(threshold_match_probability=0.001)
    connection.execute(
        f"COPY (SELECT unique_id_l, unique_id_r, match_probability, match_weight "
        f"FROM {found.physical_name}) TO '{out}' (FORMAT parquet)"
    )
    ended = time.perf_counter()
    used = {"seconds": ended - began, "training": trained - began, "predicting": ended - trained}
    print(json.dumps({**used, "cpu": time.process_time(), "version": splink.__version__}))


if __name__ == "__main__":
    main()
