"""``rolecall doctor``: is everything there that a night needs?"""

from __future__ import annotations

import click

from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import out, out_json_list, width
from rolecall.exit_codes import CHECK_FAILED, DONE
from rolecall.settings import Settings


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def doctor(settings: Settings, as_json: bool) -> int:
    """Check what a night needs, one line each.

    Python, the engine's versions, configuration, clock, disk, data folder, database, how the last nights went and whether one is
    missing, sources in trouble, what robots.txt forbids, model, exchange rates. Ends with 1 if a check fails.

    \b
      rolecall doctor
    """
    from rolecall.checks.check import Verdict
    from rolecall.checks.every import all_checks
    from rolecall.render.tables import wrap

    checks = list(all_checks(settings))
    if as_json:
        out_json_list({"name": check.name, "verdict": check.verdict.value, "text": check.text} for check in checks)
    else:
        for check in checks:
            first, *more = wrap(check.text, width() - 22)
            out(f"{check.verdict.value:<5} {check.name:<15} {first}\n" + "".join(f"{'':<22}{line}\n" for line in more))
    return CHECK_FAILED if any(check.verdict is Verdict.FAIL for check in checks) else DONE
