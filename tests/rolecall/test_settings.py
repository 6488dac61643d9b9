from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError, UsageError
from rolecall.settings import Settings

STORAGE = '[storage]\ndatabase = "sqlite:///db/jobs.db"\ndataset = "files"\n'


def test_without_anything_data_stand_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.database_url == "sqlite:///data/rolecall.db"
    assert settings.data_dir == Path("data")


def test_relative_paths_stand_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(STORAGE, encoding="utf-8")
    settings = Settings(config_path=tmp_path / "r.toml")
    assert settings.database_url == f"sqlite:///{tmp_path}/db/jobs.db"
    assert settings.data_dir == tmp_path / "files"


def test_an_absolute_path_stays(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text('[storage]\ndatabase = "sqlite:////var/jobs.db"\n', encoding="utf-8")
    assert Settings(config_path=tmp_path / "r.toml").database_url == "sqlite:////var/jobs.db"


def test_the_data_option_wins_over_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(STORAGE, encoding="utf-8")
    settings = Settings(config_path=tmp_path / "r.toml", data_option=Path("x"))
    assert (settings.database_url, settings.data_dir) == ("sqlite:///x/rolecall.db", Path("x"))


def test_a_data_set_in_a_bucket_leaves_the_runs_in_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text('[storage]\ndataset = "s3://bucket/x"\n', encoding="utf-8")
    settings = Settings(config_path=file)
    assert (settings.dataset, settings.data_dir) == ("s3://bucket/x", tmp_path / "data")
    file.write_text('[storage]\ndataset = "s3://bucket/x"\nwork = "here"\n', encoding="utf-8")
    assert Settings(config_path=file).data_dir == tmp_path / "here"
    with_option = Settings(config_path=file, data_option=Path("x"))
    assert (with_option.dataset, with_option.data_dir) == ("x", Path("x"))


def test_a_data_set_in_a_folder_may_lie_apart_from_the_runs(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text('[storage]\ndataset = "big"\nwork = "small"\n', encoding="utf-8")
    settings = Settings(config_path=file)
    assert (settings.dataset, settings.data_dir) == (str(tmp_path / "big"), tmp_path / "small")


@pytest.mark.parametrize("dataset", ["gs://bucket/x", "s3://", "s3:///x", "s3://key:secret@bucket/x", "s3://bucket/x?region=a"])
def test_a_data_set_elsewhere_is_refused_and_a_key_in_it_not_repeated(tmp_path: Path, dataset: str) -> None:
    (tmp_path / "r.toml").write_text(f'[storage]\ndataset = "{dataset}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"r\.toml line 2: dataset '.*' must be a folder or s3://bucket/prefix") as caught:
        _ = Settings(config_path=tmp_path / "r.toml").data_dir
    assert "secret" not in str(caught.value)


def test_a_configuration_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.toml does not exist"):
        _ = Settings(config_path=tmp_path / "gone.toml").config
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        _ = Settings(config_path=tmp_path / "latin.toml").config


def test_global_words_name_the_data_only_where_they_must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings().global_words == ""
    assert Settings(data_option=Path("data")).global_words == ""
    assert Settings(data_option=Path("my data")).global_words == "--data 'my data'"
    (tmp_path / "rolecall.toml").write_text("", encoding="utf-8")
    assert Settings(data_option=Path("data")).global_words == "--data data"
    assert Settings(config_path=Path("c.toml")).global_words == "--config c.toml"
