"""A notice to any address that apprise takes: chat rooms, telephones, other services."""

from __future__ import annotations

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType
from apprise.common import PersistentStoreMode

from flows.telling.order import NotTold, Telling
from pipeline.vocabulary import NoticeKind

_TYPES = {NoticeKind.FAILED: NotifyType.FAILURE, NoticeKind.PARTIAL: NotifyType.WARNING, NoticeKind.SUSPECT: NotifyType.WARNING}


def tell(telling: Telling) -> None:
    """Hand the notice to apprise; an address that lists several services tells each of them.

    Raises:
        NotTold: apprise does not take the address, or a service was not told. Apprise does not say why, except to its log.
            With several services there is no second try, since those that were told would hear it twice.
    """
    asset = AppriseAsset(app_id="Rolecall", app_desc="Rolecall", storage_mode=PersistentStoreMode.MEMORY)
    services = Apprise(asset=asset)
    if not services.add(telling.address):
        raise NotTold("the variable does not hold an address that apprise takes (`apprise --details` lists them)")
    kind = _TYPES.get(telling.notice.kinds[0], NotifyType.INFO)
    told = services.notify(telling.notice.text, telling.notice.title, notify_type=kind, body_format=NotifyFormat.TEXT)
    if not told:
        raise NotTold("the service was not reached or refused the notice", is_temporary=len(services) == 1)
