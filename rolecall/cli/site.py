"""``rolecall site``: the pages as files."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.runs import Progress
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import say
from rolecall.cli.watching import watching
from rolecall.settings import Settings


@click.group(cls=LazyGroup)
def site() -> None:
    """The site as files that open from a disk or stand on any web server.

    \b
      rolecall site build -o public
    """


@site.command(cls=Command)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Write it there (default: [site] folder, else site in the data folder).",
)  # fmt: skip
@pass_settings
def build(settings: Settings, /, output: Path | None) -> None:
    """Write every page: lists by class, role, level, technology and country, saved searches with their feeds, jobs, employers.

    The new site is written aside and swapped in whole. Lists hold their first 1,000 jobs; `rolecall serve` combines filters freely.

    \b
      rolecall site build
      rolecall site build -o public
    """
    from rolecall.render.figures import plural
    from rolecall.web.desk import Desk
    from rolecall.web.links import WrittenLinks
    from rolecall.web.shelf import Shelf
    from rolecall.web.written.build import build as build_site

    config = settings.config
    folder = output or settings.site_dir
    with Shelf(settings) as shelf, watching(settings) as watch:
        desk = Desk(settings, shelf, WrittenLinks(0, {}, {}), config.site.title, {one.id: one for one in config.searches})

        def tell(what: str, done: int, total: int) -> None:
            watch(Progress(what, done, total, ""))

        built = build_site(desk, shelf.shown(), folder, tell)
    say(settings, f"{plural(built.pages, 'page')} in {folder}; open {folder / 'index.html'}")
    if built.kept_out:
        say(settings, f"{plural(built.kept_out, 'open job')} left out: the terms of their source keep them from sites")
