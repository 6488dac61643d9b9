"""The end of a night: its summary, its files, what is cleared away."""

from __future__ import annotations

from flows.request import NightlyRequest, Report
from flows.summary import save_summary
from pipeline.runs import RunSummary
from storage.store import Store


def end_night(request: NightlyRequest, store: Store, summary: RunSummary, report: Report) -> RunSummary:
    """Keep the summary, write the run's files into the data set, and clear away what stands there now."""
    run_dir = request.data_dir / "runs" / summary.run_id
    save_summary(summary, run_dir)
    store.finish_run(summary.run_id, summary.to_json())
    for read in (run_dir / "boards").glob("*.jsonl"):  # stands in the data set now
        read.unlink()
    return summary
