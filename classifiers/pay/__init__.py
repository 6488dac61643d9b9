"""Pay: every band that a posting states, none invented; how pay follows the place; whether equity is offered."""

from classifiers.pay.judge import judge
from classifiers.pay.lexicon import version
from classifiers.pay.terms import terms

__all__ = ["judge", "terms", "version"]
