"""How right the labels are, what the models were fitted on, and how much each source tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from markupsafe import Markup

from classifiers.evaluation.figures import Bin
from classifiers.evaluation.shipped import shipped_cards, shipped_evaluation
from rolecall.charts import confusion_svg, reliability_svg
from rolecall.render import figures
from rolecall.web.shelf import Shown
from rolecall.web.words import source_name
from storage.queries.coverage import FIELDS, SourceCoverage

_MOST_SOURCES = 300
_QUESTIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("arrangement right", ("remote", "arrangement_accuracy")),
    ("office days right, where stated", ("remote", "office_days_accuracy")),
    ("labels that quote what the labeller quoted", ("remote", "evidence_share")),
    ("pay bands, precision", ("pay", "bands", "precision")),
    ("pay bands, recall", ("pay", "bands", "recall")),
    ("technologies, precision", ("tech", "precision")),
    ("technologies, recall", ("tech", "recall")),
    ("level right", ("role", "level_accuracy")),
    ("role family right", ("role", "role_accuracy")),
    ("where the worker may live, right", ("scope_accuracy",)),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under a caption; the first column names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """Accuracy, model card, coverage."""

    lead: str
    classes: Table
    confusion: Table
    calibration: Table
    questions: Table
    card: tuple[tuple[str, str], ...]
    sources: Table
    more_sources: int
    measured: Mapping[str, Any]
    pictures: tuple[Markup, Markup]
    """Confusion and reliability."""

    def to_json(self) -> dict[str, Any]:
        """Plain values, the pictures left out: their figures stand in the tables."""
        return {name: value for name, value in asdict(self).items() if name != "pictures"}


def quality_page(shown: Shown) -> QualityPage:
    """The page over what is stored and the figures that ship."""
    found, cards = shipped_evaluation(), shipped_cards()
    remote = found["remote"]
    low, high = remote["macro_f1_interval"]
    return QualityPage(
        lead=f"Macro-F1 of the remote class {remote['macro_f1']:.3f}, 95 % interval {low:.3f} to {high:.3f}",
        classes=_classes(remote["per_class"]),
        confusion=_confusion(remote["confusion"]),
        calibration=_calibration(remote["reliability"]),
        questions=_questions(found),
        card=_card(cards["remote"]),
        sources=_coverage(shown.coverage),
        more_sources=max(0, len(shown.coverage) - _MOST_SOURCES),
        measured=found["measured"],
        pictures=(
            Markup(confusion_svg(remote["confusion"], is_file=False)),  # noqa: S704 - escaped there
            Markup(reliability_svg([Bin(**one) for one in remote["reliability"]], is_file=False)),  # noqa: S704
        ),
    )


def _classes(per_class: Mapping[str, Mapping[str, Any]]) -> Table:
    figures_of = ("precision", "recall", "f1")
    rows = [(name, *(f"{one[key]:.3f}" for key in figures_of), str(one["support"])) for name, one in per_class.items()]
    return Table("Remote class by class", ("class", "precision", "recall", "F1", "postings"), tuple(rows))


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> Table:
    rows = tuple((name, *(str(count) for count in row.values())) for name, row in confusion.items())
    return Table("What it is, and what it was called", ("is", *(f"called {name}" for name in confusion)), rows)


def _calibration(bins: Sequence[Mapping[str, Any]]) -> Table:
    rows = tuple((f"{one['confidence']:.3f}", f"{one['accuracy']:.3f}", str(one["count"])) for one in bins)
    return Table("How often it is right, by its confidence", ("confidence", "right", "postings"), rows)


def _questions(found: Mapping[str, Any]) -> Table:
    rows = tuple((name, f"{_at(found, path):.3f}") for name, path in _QUESTIONS)
    return Table("The other questions", ("figure", "value"), rows)


def _at(found: Mapping[str, Any], path: Sequence[str]) -> float:
    value: Any = found
    for name in path:
        value = value[name]
    return float(value)


def _card(card: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    fitted = {name: figures.count(number) for name, number in card["fitted_on"].items() if isinstance(number, int)}
    features, folds = card["features"], card["folds_by_company"]["folds"]
    data = (
        f"{fitted['written_clauses']} written clauses, {fitted['written_postings']} written and {fitted['composed_postings']} "
        f"composed postings, {fitted['labelled_postings']} real postings labelled by hand; weights of wordings from "
        f"{fitted['unlabelled_postings']} real postings without labels"
    )
    languages = "English best; Dutch, French, German, Italian, Polish, Portuguese and Spanish less well; others by fields alone"
    return (
        ("What it answers", "where the work is done: the remote class and the arrangement"),
        ("What it is", "two linear models over passages of the text and the platform's own fields; plain numbers"),
        ("Fitted on", data),
        ("Judged", f"over {folds} folds by company: no posting by a model that saw its company"),
        ("Features", f"{figures.count(features['window'])} of passages, {figures.count(features['posting'])} of the posting"),
        ("Reads", languages),
        ("Not meant for", "anything about people: it reads what employers write of a job"),
    )


def _coverage(found: Sequence[SourceCoverage]) -> Table:
    """Per cent of a source's open postings that say a thing."""
    names = tuple(name.replace("_", " ") for name in FIELDS)
    rows = tuple(_source(one) for one in found[:_MOST_SOURCES])
    return Table("How much each source tells of its open postings", ("source", "open postings", *names), rows)


def _source(one: SourceCoverage) -> tuple[str, ...]:
    shares = (figures.share(getattr(one, name), one.postings) for name in FIELDS)
    return (source_name(one.platform, one.board), figures.count(one.postings), *shares)
