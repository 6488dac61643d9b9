"""Labels that a person sets: they win over the classifiers until they are taken back.

What the classifiers say is kept beside, so that it stands again at once when a label is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.errors import UsageError
from pipeline.folding import fold
from pipeline.labels import Evidence, Labels, Override, RemoteVerdict, SetByPerson
from pipeline.records import Posting
from pipeline.vocabulary import Arrangement, RemoteClass

SIGNAL = "set_by_person"
NO_WORDS = "person"
"""Field of the evidence where no words of the posting were named."""
VERSION = "person"
"""What decided, where a person did."""
AGREEING: Mapping[RemoteClass, tuple[Arrangement, ...]] = {
    RemoteClass.REMOTE_FIRST: (Arrangement.REMOTE,),
    RemoteClass.REMOTE_FRIENDLY: (Arrangement.HYBRID, Arrangement.REMOTE, Arrangement.UNSTATED),
    RemoteClass.ON_SITE: (Arrangement.ONSITE, Arrangement.UNSTATED),
}
"""Arrangements that a class can go with; the first stands in for one that contradicts it."""


def require_agreement(remote_class: RemoteClass, arrangement: Arrangement | None) -> None:
    """Refuse an arrangement that contradicts the class.

    Raises:
        UsageError: it does, with those that go together.
    """
    fitting = AGREEING[remote_class]
    if arrangement is not None and arrangement not in fitting:
        raise UsageError(f"--arrangement: '{arrangement}' contradicts {remote_class}, which goes with {' or '.join(fitting)}")


def locate(quote: str, posting: Posting) -> Evidence | None:
    """The first place where a quote stands in a text of the posting, folded for comparison, quoted as the posting has it.

    Args:
        quote: as a person wrote it: white space, quotation marks and capitals need not be the same.
        posting: its title, location and description are searched, in this order.
    """
    wanted = _flat(fold(quote).text).strip()
    texts = {"title": posting.title, "location": posting.location or "", "description_text": posting.description_text}
    for field, text in texts.items() if wanted else ():
        folded = fold(text)
        at = _flat(folded.text).find(wanted)
        if at >= 0:
            start, end = folded.span(at, at + len(wanted))
            return Evidence(field, start, end, text[start:end], SIGNAL)
    return None


def _flat(folded: str) -> str:
    """Folded text on one line, its offsets unmoved."""
    return folded.replace("\n", " ")


def overridden(labels: Labels, override: Override, posting: Posting) -> Labels:
    """The labels with a person's word in place of the classifiers' remote class.

    The evidence is the quote where the posting still holds it, else the bare fact that a person said so.
    """
    read = as_read(labels)
    decided = _decided(read.remote, override, posting)
    is_on_site = override.remote_class is RemoteClass.ON_SITE
    eligibility = replace(read.eligibility, is_worldwide=False) if is_on_site else read.eligibility
    word = SetByPerson(override, read.remote, read.eligibility.is_worldwide)
    return replace(read, remote=decided, eligibility=eligibility, set_by_person=word)


def as_read(labels: Labels) -> Labels:
    """The labels as the classifiers alone give them."""
    word = labels.set_by_person
    if word is None:
        return labels
    eligibility = replace(labels.eligibility, is_worldwide=word.is_worldwide)
    return replace(labels, remote=word.read, eligibility=eligibility, set_by_person=None)


def _decided(read: RemoteVerdict, override: Override, posting: Posting) -> RemoteVerdict:
    arrangement = override.arrangement or _agreeing(read.arrangement, override)
    evidence = locate(override.quote, posting) if override.quote else None
    return replace(
        read,
        remote_class=override.remote_class,
        remote_probability={name: float(name is override.remote_class) for name in RemoteClass},
        arrangement=arrangement,
        office_days=read.office_days if arrangement is read.arrangement else None,
        remote_scope=None if override.remote_class is RemoteClass.ON_SITE else read.remote_scope,
        evidence=(evidence or Evidence(NO_WORDS, None, None, f"remote_class={override.remote_class}", SIGNAL),),
        conflicts=(),
        version=VERSION,
    )


def _agreeing(read: Arrangement, override: Override) -> Arrangement:
    """What the classifiers read, as far as it agrees; words that say on-site say it aloud."""
    fitting = AGREEING[override.remote_class]
    is_said = override.remote_class is RemoteClass.ON_SITE and override.quote is not None
    return fitting[0] if is_said or read not in fitting else read
