"""``rolecall jobs label``: a person's word on how remote a job is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pipeline.errors import UsageError
from pipeline.vocabulary import Arrangement, RemoteClass
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.opening import opened
from rolecall.cli.streams import out, out_json, out_json_list, say, width
from rolecall.cli.words import Word
from rolecall.render.figures import plural
from rolecall.settings import Settings

if TYPE_CHECKING:
    from storage.labelling import LabelChange


@click.command(cls=Command)
@click.argument("id_", metavar="[ID]", required=False)
@click.argument("class_", metavar="[CLASS]", type=Word([one.value for one in RemoteClass], "[CLASS]"), required=False)
@click.option("--quote", metavar="WORDS", help="Words of the posting that decide it; they must stand there.")
@click.option("--note", metavar="WHY", help="Why, in your words.")
@click.option(
    "--arrangement",
    type=Word([one.value for one in Arrangement]),
    metavar="WORD",
    help="Where the work is done: remote, hybrid, onsite or unstated (default: as it was read, where that agrees with CLASS).",
)
@click.option("--revoke", is_flag=True, help="Take the label back: what the classifiers say stands again.")
@click.option("--list", "is_list", is_flag=True, help="Show the labels that are set.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one object, an array with --list.")
@pass_settings
def label(
    settings: Settings,
    id_: str | None,
    class_: str | None,
    quote: str | None,
    note: str | None,
    arrangement: str | None,
    revoke: bool,
    is_list: bool,
    as_json: bool,
) -> None:
    """Set the remote class of a job yourself: remote-first, remote-friendly or on-site.

    It holds at once, for every posting of the job, and is kept over later nights and `rolecall reclassify` until it is taken back.

    \b
      rolecall jobs label 7f3a remote-friendly --quote "up to two days from home" --note "two office weeks a quarter"
      rolecall jobs label 7f3a on-site
      rolecall jobs label 7f3a --revoke
      rolecall jobs label --list
    """
    said = {"--quote": quote, "--note": note, "--arrangement": arrangement}
    extra = [option for option, value in said.items() if value is not None]
    if is_list:
        if id_ or revoke or extra:
            raise UsageError("--list shows all labels that are set; give it alone")
        _list(settings, as_json)
        return
    if id_ is None:
        raise UsageError("name a job: `rolecall jobs label ID CLASS`; `rolecall jobs list` shows ids")
    if revoke and (class_ or extra):
        raise UsageError(f"--revoke takes the label back; leave {'CLASS' if class_ else extra[0]} out")
    if not revoke and class_ is None:
        raise UsageError(f"say what '{id_}' is: {', '.join(RemoteClass)}; or --revoke to take a label back")
    for option in ("--quote", "--note"):
        if said[option] is not None and not str(said[option]).strip():
            raise UsageError(f"{option} is empty; give words, or leave it out")
    change = _change(settings, id_, class_, arrangement, quote, note)
    if as_json:
        out_json(change.to_json())
    else:
        _tell(settings, change, is_revoked=revoke)


def _change(
    settings: Settings, id_: str, class_: str | None, arrangement: str | None, quote: str | None, note: str | None
) -> LabelChange:
    """Set the label, or take it back where there is no class."""
    from pipeline.labels import Override
    from storage.labelling import revoke_label, set_label
    from storage.working import open_working

    now = datetime.now(UTC)
    with (
        opened(settings),  # never makes a database
        open_working(settings.database_url, settings.data_dir, settings.dataset, now) as working,
    ):
        if class_ is None:
            return revoke_label(working.store, id_, now)
        told = Arrangement(arrangement) if arrangement else None
        return set_label(working.store, id_, Override(RemoteClass(class_), told, quote, note and note.strip(), now))


def _tell(settings: Settings, /, change: LabelChange, *, is_revoked: bool) -> None:
    from rolecall.render.figures import class_in_words

    before, after = (class_in_words(one["remote_class"], one["arrangement"]) for one in (change.before, change.after))
    moved = f"{after}, as before" if before == after else f"{after}, no longer {before}"
    of = f" of {change.company}" if change.company else ""
    out(f"'{change.title}'{of} is {moved}")
    more = f" in {plural(change.postings, 'posting')}" if change.postings > 1 else ""
    said = "the classifiers decide again" if is_revoked else "kept over later nights and `rolecall reclassify`"
    undo = "" if is_revoked else f"; `rolecall jobs label {change.job_id[:8]} --revoke` takes it back"
    say(settings, f"{said}{more}{undo}")


def _list(settings: Settings, /, as_json: bool) -> None:
    with opened(settings) as store:
        from storage.queries.set_labels import set_labels

        found = set_labels(store)
    if as_json:
        out_json_list(one.to_json() for one in found)
        return
    if found:
        from rolecall.render.overrides import set_labels_table

        out(set_labels_table(found, width()))
    say(settings, f"{plural(len(found), 'label')} set by a person")
