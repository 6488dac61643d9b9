"""What a configuration file and ``--data`` mean together: sources, database address, data folder.

The command line fills it from its global options, a scheduled night from the two paths that its schedule holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pipeline.config import Config

DEFAULT_CONFIG = Path("rolecall.toml")
DEFAULT_DATA = Path("data")
_SQLITE = "sqlite:///"


@dataclass
class Configured:
    """Where things are; the file is read when something of it is asked for."""

    config_path: Path | None = None
    """From ``--config``; None takes ``rolecall.toml`` of the current folder where there is one."""
    data_option: Path | None = None
    """From ``--data``; where given it wins over ``[storage]``."""

    @cached_property
    def config(self) -> Config:
        """The configuration; defaults where no file is named and none is found.

        Raises:
            UsageError: the named file cannot be read.
            ConfigError: what it says is wrong, with file and line.
        """
        from pipeline.config import Config, parse  # the terms file is read on import: not for `--help`

        path = self.config_path or DEFAULT_CONFIG
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            if self.config_path is None:
                return Config()
            raise UsageError(f"configuration {path} does not exist; copy rolecall.toml.example to it") from None
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None
        except OSError as error:
            raise UsageError(f"configuration {path} cannot be read: {error.strerror}") from None
        return parse(text, path.name)

    @property
    def data_dir(self) -> Path:
        """Folder of the runs, the locks and the crawl's files; the data set's own unless ``[storage] work`` names another."""
        if self.data_option is not None:
            return self.data_option
        storage = self.config.storage
        work = storage.work or (str(DEFAULT_DATA) if "://" in storage.dataset else storage.dataset)
        return self._beside_config(work)

    @property
    def dataset(self) -> str:
        """Where the Parquet files live: a folder, or ``s3://bucket/prefix``."""
        if self.data_option is not None:
            return str(self.data_option)
        dataset = self.config.storage.dataset
        return dataset if "://" in dataset else str(self._beside_config(dataset))

    @property
    def site_dir(self) -> Path:
        """Folder of the written site."""
        folder = self.config.site.folder
        return self._beside_config(folder) if folder else self.data_dir / "site"

    @property
    def database_url(self) -> str:
        """Address of the database, a relative SQLite file made absolute to the configuration's folder."""
        if self.data_option is not None:
            return f"{_SQLITE}{self.data_option / 'rolecall.db'}"
        url = self.config.storage.database
        if not url.startswith(_SQLITE):
            return url
        return f"{_SQLITE}{self._beside_config(url.removeprefix(_SQLITE))}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None where the database is a server."""
        url = self.database_url
        return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None

    def _beside_config(self, path: str) -> Path:
        return (self.config_path or DEFAULT_CONFIG).parent / path
