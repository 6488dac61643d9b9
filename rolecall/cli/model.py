"""``rolecall model``: how right the labels are, and fitting the models of the remote verdict anew."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import out, say, width
from rolecall.exit_codes import CHECK_FAILED, DONE
from rolecall.render.figures import count, duration, plural
from rolecall.settings import Settings

if TYPE_CHECKING:
    from classifiers.remote.models import Models

_GOLD_KEYS = ("title", "remote_class", "arrangement", "office_days", "evidence", "pay_bands", "tech_stack", "level", "role_family")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=LazyGroup)
def model() -> None:
    """Measure the labels, fit the models anew.

    \b
      rolecall model eval --gold labelled.jsonl
    """


@model.command("eval", cls=Command)
@click.option("--gold", type=_FILE, required=True, help="Labelled postings, a JSON object a line.")
@click.option("--models", "folder", type=_FOLDER, help="Models of that folder (default: those that came with this version).")
@click.option(
    "--folds", type=click.IntRange(min=2), help="Fit anew a fold, over folds by company (default: 10 if the models saw the file)."
)
@click.option("--least", type=click.FloatRange(0, 1), help="Exit with 1 where the macro-F1 of the remote class is lower.")
@click.option("--pictures", type=_FOLDER, help="Write the reliability curve and the confusion matrix there, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@pass_settings
def evaluate(
    settings: Settings,
    gold: Path,
    folder: Path | None,
    folds: int | None,
    least: float | None,
    pictures: Path | None,
    as_json: bool,
) -> int:
    """Set the labels beside those of a file: precision, recall, F1, calibration, confusion, 95 % intervals.

    Each line holds a posting as `rolecall classify` takes it and the labels that are right. Where the models were fitted on that
    file, the remote class is judged by models fitted without the posting's company.

    \b
      rolecall model eval --gold labelled.jsonl
      rolecall model eval --gold labelled.jsonl --pictures . --least 0.9
    """
    from classifiers.evaluation.sheet import sheet_as_json, sheet_of
    from rolecall.evaluating import measured, predicted_lines, was_seen
    from rolecall.render.model import sheet_text

    began = time.monotonic()
    lines = list(_gold_lines(gold))
    models = _models(folder)
    if folds is None and was_seen(lines, folder):
        from classifiers.training.folds import FOLDS

        folds = FOLDS
        say(settings, f"the models were fitted on this file: the remote class is judged over {FOLDS} folds by company")
    sheet = sheet_of(lines, predicted_lines(lines, models, folds))
    if pictures is not None:
        _draw(settings, pictures, sheet)
    if as_json:
        out(json.dumps({**sheet_as_json(sheet), "measured": measured(lines, folds)}, indent=1) + "\n")
    else:
        out(sheet_text(sheet, width()))
    say(settings, f"{plural(len(lines), 'posting')} judged in {duration(time.monotonic() - began)}")
    if least is not None and sheet.remote.macro_f1 < least:
        click.echo(f"Error: macro-F1 of the remote class is {sheet.remote.macro_f1:.3f}, under {least:g}", err=True)
        return CHECK_FAILED
    return DONE


@model.command(cls=Command)
@click.option("--gold", type=_FILE, help="Labelled postings to learn from besides; only figures are kept of them.")
@click.option("--postings", type=_FILE, help="Unlabelled postings (.jsonl or .jsonl.gz) to learn wordings' weights from besides.")
@click.option("--out", "folder", type=_FOLDER, default=Path("models"), show_default=True, help="Folder to write the models to.")
@pass_settings
def train(settings: Settings, gold: Path | None, postings: Path | None, folder: Path) -> int:
    """Fit the models of the remote verdict: from the corpus that comes with Rolecall, and from what is given besides.

    The same input gives the same files. `rolecall model eval --models DIR` measures them.

    \b
      rolecall model train --out models
      rolecall model train --gold labelled.jsonl --postings postings.jsonl.gz --out models
    """
    from classifiers.remote.models import write_models
    from classifiers.training.card import card_of
    from classifiers.training.remote import train as fit

    began = time.monotonic()
    lines = list(_gold_lines(gold)) if gold else []
    others = list(_lines(postings)) if postings else []
    say(settings, f"fitting on the corpus, {count(len(lines))} labelled and {count(len(others))} unlabelled postings")
    models = fit(lines, others)
    card = card_of(models, lines, len(others))
    write_models(folder, models, card)
    out(json.dumps(card, indent=1) + "\n")
    say(settings, f"written to {folder} in {duration(time.monotonic() - began)}")
    return DONE


def _models(folder: Path | None) -> Models:
    from classifiers.remote.models import models_in, shipped

    if folder is None:
        return shipped()
    try:
        return models_in(folder)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"--models {folder}: {error}; `rolecall model train --out {folder}` writes such a folder") from error


def _draw(settings: Settings, folder: Path, sheet: Any) -> None:
    from rolecall.charts import confusion_svg, reliability_svg

    folder.mkdir(parents=True, exist_ok=True)
    drawn = {"confusion.svg": confusion_svg(sheet.remote.confusion), "reliability.svg": reliability_svg(sheet.remote.reliability)}
    for name, text in drawn.items():
        (folder / name).write_text(text, encoding="utf-8")
    say(settings, f"pictures: {', '.join(str(folder / name) for name in drawn)}")


def _gold_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Lines that hold the labels.

    Raises:
        UsageError: names the line and the key that is missing.
    """
    for number, line in enumerate(_lines(path), 1):
        missing = [key for key in _GOLD_KEYS if key not in line]
        if missing:
            raise UsageError(f"{path} line {number}: no '{missing[0]}'; a gold line holds a posting and its labels")
        yield {"company": "", "id": number, **line}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        for number, text in enumerate(stream, 1):
            if not text.strip():
                continue
            try:
                line = json.loads(text)
            except ValueError as error:
                raise UsageError(f"{path} line {number}: no JSON ({error})") from error
            if not isinstance(line, dict):
                raise UsageError(f"{path} line {number}: no JSON object")
            yield line
