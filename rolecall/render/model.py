"""How right the labels are, as tables."""

from __future__ import annotations

import click

from classifiers.evaluation.figures import Score
from classifiers.evaluation.remote import RemoteScore
from classifiers.evaluation.sheet import Sheet
from rolecall.render.tables import Column, table


def sheet_text(sheet: Sheet, width: int) -> str:
    """Every question's figures under a heading."""
    return "\n".join([_remote(sheet.remote, width), _others(sheet, width)])


def _others(sheet: Sheet, width: int) -> str:
    figures: list[tuple[str, float]] = [
        ("pay bands, precision", sheet.pay.bands.precision),
        ("pay bands, recall", sheet.pay.bands.recall),
        ("pay bands, F1", sheet.pay.bands.f1),
        ("pay stated or not, right", sheet.pay.presence_accuracy),
        ("kind of the bands found, right", sheet.pay.kind_accuracy),
        ("zone of the bands found, right", sheet.pay.zone_accuracy),
        ("equity or not, right", sheet.pay.equity_accuracy),
        ("technologies, precision", sheet.tech.precision),
        ("technologies, recall", sheet.tech.recall),
        ("technologies, F1", sheet.tech.f1),
        ("names that are ordinary words too, precision", sheet.tech.weak_precision),
        ("level right", sheet.role.level_accuracy),
        ("role family right", sheet.role.role_accuracy),
        ("remote scope right", sheet.scope_accuracy),
    ]
    rows = [[name, f"{value:.3f}"] for name, value in figures]
    return heading("Pay, technologies, level, role, scope") + table(
        [Column("figure"), Column("value", is_number=True)], rows, width
    )


def heading(text: str) -> str:
    """A heading in bold, on a line of its own."""
    return click.style(text, bold=True) + "\n"


def scores_table(title: str, scores: dict[str, Score], width: int) -> str:
    """Precision, recall and F1, a row a name."""
    columns = [Column(title), *(Column(name, is_number=True) for name in ("precision", "recall", "F1", "gold"))]
    rows = [[name, *(f"{v:.3f}" for v in (s.precision, s.recall, s.f1)), str(s.support)] for name, s in scores.items()]
    return table(columns, rows, width)


def _remote(found: RemoteScore, width: int) -> str:
    def between(bounds: tuple[float, float]) -> str:
        return f"[{bounds[0]:.3f}, {bounds[1]:.3f}]"

    figures = [
        ["macro-F1", f"{found.macro_f1:.3f}", between(found.macro_f1_interval)],
        ["accuracy", f"{found.accuracy:.3f}", between(found.accuracy_interval)],
        ["arrangement accuracy", f"{found.arrangement_accuracy:.3f}", between(found.arrangement_interval)],
        ["office days right, where stated", f"{found.office_days_accuracy:.3f}", ""],
        ["expected calibration error", f"{found.calibration_error:.3f}", ""],
        ["labels with the gold's evidence", f"{found.evidence_share:.3f}", ""],
    ]
    names = list(found.confusion)
    matrix = [[f"is {name}", *(str(found.confusion[name][guess]) for guess in names)] for name in names]
    bins = [[f"{b.confidence:.3f}", f"{b.accuracy:.3f}", str(b.count)] for b in found.reliability]
    return "\n".join(
        [
            heading(f"Remote class, {found.postings} postings") + scores_table("class", dict(found.per_class), width),
            table([Column("figure"), Column("value", is_number=True), Column("95 % interval")], figures, width),
            table([Column("confusion"), *(Column(f"called {name}", is_number=True) for name in names)], matrix, width),
            table(
                [Column("confidence", is_number=True), Column("right", is_number=True), Column("postings", is_number=True)],
                bins,
                width,
            ),
        ]
    )
