"""What the global options say."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from flows.configured import DEFAULT_CONFIG, DEFAULT_DATA, Configured

__all__ = ["DEFAULT_CONFIG", "DEFAULT_DATA", "Settings"]


@dataclass
class Settings(Configured):
    """Filled by the global options while the command line is parsed; read by the commands afterwards."""

    verbosity: int = 0
    is_quiet: bool = False

    @property
    def global_words(self) -> str:
        """The global options that another command needs to find the same data; none where it finds it by itself."""
        named = [("--config", self.config_path)]
        if self.data_option != DEFAULT_DATA or DEFAULT_CONFIG.is_file():
            named.append(("--data", self.data_option))
        return " ".join(f"{option} {shlex.quote(str(path))}" for option, path in named if path is not None)
