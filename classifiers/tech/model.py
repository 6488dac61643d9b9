"""The context model: how probable it is that a weak form is meant as a technology.

A logistic regression over the features of ``classifiers.tech.features``, fitted by ``classifiers.training.tech``; its weights are
plain JSON (``classifiers/models/tech/context.json``), so that prediction needs no scikit-learn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import exp


@dataclass(frozen=True, slots=True)
class ContextModel:
    """Weights of the features, in log odds."""

    intercept: float
    weights: Mapping[str, float]
    enough: float
    """Probability from which a form counts."""

    def probability(self, features: Mapping[str, float]) -> float:
        """Between 0 and 1; a feature that is not given does not hold."""
        odds = self.intercept + sum(self.weights[name] * value for name, value in features.items())
        return 1.0 / (1.0 + exp(-odds))


def model_file() -> Traversable:
    """Where the weights lie."""
    return files("classifiers") / "models" / "tech" / "context.json"


@cache
def model() -> ContextModel:
    """The packaged model, read once."""
    data = json.loads(model_file().read_text(encoding="utf-8"))
    return ContextModel(data["intercept"], data["weights"], data["enough"])
