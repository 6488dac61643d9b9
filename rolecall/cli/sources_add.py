"""``rolecall sources add``: an address, or a name of the curated list, becomes a block of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import RolecallError, UsageError
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import out, out_json_list, say, width
from rolecall.exit_codes import DONE, PARTIAL
from rolecall.settings import DEFAULT_CONFIG, Settings

if TYPE_CHECKING:
    from rolecall.adding import Found, Wish


@click.command(cls=Command)
@click.argument("address", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--curated", is_flag=True, help="ADDRESS is a name of the curated list: a company, a board, or lever:spotify.")
@click.option("--name", metavar="COMPANY", help="Name of the employer (default: as its postings have it).")
@click.option("--accept-terms", is_flag=True, help="Switch on a platform that is off by its terms, for these sources.")
@click.option("--contact", metavar="ADDRESS", help="Web or e-mail address for the User-Agent; kept in the configuration.")
@click.option("--base-url", metavar="URL", help="Ask there instead of the platform's host.")
@click.option("--dry-run", is_flag=True, help="Ask and show, but write nothing.")
@click.option("--unasked", is_flag=True, help="Write what the addresses say, without asking anybody.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def add(settings: Settings, /, address: tuple[str, ...], as_json: bool, dry_run: bool, contact: str | None, **words: Any) -> int:
    """Add sources by their addresses: a careers page, a posting, a list of jobs, an API's address, a feed.

    The platform and the board are recognised from the address, else from the page itself. The board is then asked once, politely
    (robots.txt, your contact in the User-Agent), and its block is written to the configuration, which keeps its comments.

    \b
      rolecall sources add https://jobs.lever.co/spotify
      rolecall sources add https://www.example.com/careers --dry-run
      rolecall sources add --curated gitlab mixpanel
    """
    if words["name"] and len(address) > 1:
        raise UsageError("--name names one employer; give one address with it")
    from rolecall.adding import Wish

    is_curated = words.pop("curated")
    wish = Wish(words["name"], words["accept_terms"], words["base_url"], words["unasked"])
    adding = _Adding(settings, wish, contact, is_dry=dry_run, is_json=as_json)
    rows, codes = [], []
    for one in address:
        try:
            rows.append(adding.add(one, is_curated=is_curated))
        except RolecallError as error:
            if len(address) == 1 and not as_json:
                raise
            click.echo(f"Error: {error}", err=True)
            rows.append({"address": one, "status": "failed", "reason": str(error)})
            codes.append(error.exit_code)
    if as_json:
        out_json_list(rows)
    if not codes:
        return DONE
    return codes[-1] if len(codes) == len(rows) else PARTIAL


class _Adding:
    """One run of the command: the configuration's text, which grows with each source."""

    def __init__(self, settings: Settings, wish: Wish, contact: str | None, *, is_dry: bool, is_json: bool) -> None:
        from pipeline.config import parse
        from rolecall.config_file import read_config, with_contact

        self._settings, self._wish, self._is_dry, self._is_json = settings, wish, is_dry, is_json
        self._path = settings.config_path or DEFAULT_CONFIG
        self._is_new = not self._path.exists()
        self._written = read_config(self._path)
        # a file that is not there yet must not stop what asks the settings for the data folder
        settings.config = parse(self._written, self._path.name)
        self._text = with_contact(self._written, contact) if contact else self._written
        if contact:
            settings.config = parse(self._text, self._path.name)

    def add(self, address: str, *, is_curated: bool) -> dict[str, Any]:
        """Find the source of an address, write it, tell of it; gives the row of ``--json``."""
        from pipeline.curated_boards import named_boards
        from rolecall.adding import Search, web_address

        if is_curated:
            named_boards([address])
        else:
            web_address(address)
        self._require_contact()
        search = Search(self._settings, self._settings.config, self._wish)
        found = search.curated(address) if is_curated else search.source_of(address)
        if not found.is_configured:
            self._grow(found)
        if not self._is_dry and self._text != self._written:
            self._write()
        self._tell(found)
        return {"address": address, **_row(found, is_dry=self._is_dry)}

    def _require_contact(self) -> None:
        from flows.plan import is_loopback

        is_asking = not self._wish.is_unasked and not is_loopback(self._wish.base_url)
        if is_asking and not self._settings.config.crawler.contact:
            raise UsageError(
                "no contact address, so nothing may be asked; give yours once with --contact you@example.org "
                f"(a web or e-mail address; it is kept in {self._path}), or write the block unasked with --unasked"
            )

    def _grow(self, found: Found) -> None:
        from pipeline.config import parse
        from rolecall.config_file import with_source

        self._text = with_source(self._text, found.source)
        self._settings.config = parse(self._text, self._path.name)

    def _write(self) -> None:
        from rolecall.config_file import write_config

        write_config(self._path, self._text)
        self._written = self._text

    def _tell(self, found: Found) -> None:
        from rolecall.config_file import source_block
        from rolecall.render.sources import found_text

        name = found.source.source_id
        if not self._is_json:
            block = "" if found.is_configured else source_block(found.source)
            out(found_text(_row(found, is_dry=self._is_dry), block, width()))
        if found.is_configured:
            where = f", line {found.source.line}" if found.source.line else ""
            say(self._settings, f"{name} is configured already ({self._path}{where}); nothing was added")
        elif self._is_dry:
            say(self._settings, f"nothing was written (--dry-run); without it the block above goes to {self._path}")
        else:
            words = f" {self._settings.global_words}" if self._settings.global_words else ""
            say(
                self._settings,
                f"added to {self._path}; `rolecall crawl {name}{words}` reads it now, every night reads it from now on",
            )
        if self._is_new and not self._is_dry and not self._settings.config.crawler.contact:
            say(self._settings, f"{self._path} is new: set contact under [crawler] before the first night")
        self._is_new = False


def _row(found: Found, *, is_dry: bool) -> dict[str, Any]:
    source, result = found.source, found.result
    return {
        "status": "configured already" if found.is_configured else "found" if is_dry else "added",
        "source_id": source.source_id,
        "platform": source.platform,
        "board": source.board,
        "base_url": source.base_url,
        "company": source.company.name,
        "postings": result.postings if result else None,
        "titles": list(found.titles),
        "reason": result.reason if result else None,
        "notes": list(result.notes) if result else [],
    }
