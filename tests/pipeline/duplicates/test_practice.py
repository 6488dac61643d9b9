"""The bars on the practice server's truth, in a small world with 5 % of its jobs on a second source and many reposts."""

from __future__ import annotations

import pytest

from benchmarks.duplicates import cluster, scenario_of, score, wrong_pairs


@pytest.mark.slow
@pytest.mark.parametrize("feeds_first", [False, True])
def test_clusters_agree_with_the_truth(feeds_first: bool) -> None:
    scenario = scenario_of("default", postings=240, new_a_night=6, repost_share=0.2)
    clusters, truth = cluster(scenario, (1, 20, 40), feeds_first)
    result = score(clusters.jobs(), truth)
    assert result.true_pairs > 40
    assert result.precision >= 0.99, list(wrong_pairs(clusters.jobs(), truth))
    assert result.recall >= 0.90, list(wrong_pairs(clusters.jobs(), truth))
