from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import TechnologyConfig, parse
from pipeline.errors import ConfigError, UsageError
from pipeline.filters import Filters
from pipeline.records import CompanyFacts
from pipeline.search_config import search_named
from pipeline.site_config import SiteConfig
from pipeline.vocabulary import ExportFormat, TechCategory

WHOLE = """
[crawler]
contact = "https://example.org/bot"
delay_seconds = 2

[storage]
database = "sqlite:///x.db"
dataset = "x"

[[source]]
platform = "greenhouse"
board = "acme"
company = { name = "Acme", industry = "finance", stage = "public", size = "1001-5000" }
base_url = "http://127.0.0.1:8801/"

[[source]]
platform = "hn"

[[search]]
id = "pytorch"
remote = ["remote-first"]
"""


def test_a_whole_configuration() -> None:
    config = parse(WHOLE)
    assert config.crawler.contact == "https://example.org/bot"
    assert config.crawler.delay_seconds == 2.0
    assert (config.storage.database, config.storage.dataset) == ("sqlite:///x.db", "x")
    greenhouse, hn = config.sources
    assert greenhouse.company == CompanyFacts("Acme", "finance", "public", "1001-5000")
    assert (greenhouse.source_id, greenhouse.base_url, greenhouse.line) == ("greenhouse:acme", "http://127.0.0.1:8801", 10)
    assert (hn.source_id, hn.board, hn.delay_seconds) == ("hn", "hn", None)
    assert config.searches[0].filters == {"remote": ["remote-first"]}
    assert config.searches[0].title == "pytorch"


def test_an_empty_configuration_has_the_defaults() -> None:
    assert parse("").storage.database == "sqlite:///data/rolecall.db"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[source]]\nplatform = "levr"\nboard = "x"', "f.toml line 2: platform 'levr' is unknown; did you mean 'lever'?"),
        ('\n[[source]]\nplatform = "lever"', "f.toml line 2: this lever source has no board; add board = "),
        ('[[source]]\nboard = "x"', "f.toml line 1: this source has no platform; add platform = "),
        ("[crawler", "f.toml line 1: this is not valid TOML"),
        ("[crawlr]\n", "f.toml line 1: table 'crawlr' is unknown; did you mean 'crawler'?"),
        ('[crawler]\ncontakt = "x"', "f.toml line 2: key 'contakt' of [crawler] is unknown; did you mean 'contact'?"),
        ('[crawler]\ndelay_seconds = "1"', "f.toml line 2: 'delay_seconds' must be a number, not '1'"),
        ("[crawler]\ndelay_seconds = -1", "f.toml line 2: delay_seconds must lie between 0 and 3600, not -1"),
        ("[crawler]\nworkers = 2.5", "f.toml line 2: 'workers' must be a whole number, not 2.5"),
        ("[crawler]\npool = 'x'\nworkers = 0", "f.toml line 3: workers 0 must be 1 to 100"),
        ("[crawler]\nlease_seconds = 1", "f.toml line 2: lease_seconds 1 must be 5 to 3600"),
        ("[crawler]\ndelay_seconds = true", "f.toml line 2: 'delay_seconds' must be a number, not True"),
        ('[crawler]\ncontact = "me"', "f.toml line 2: contact 'me' must be a web address or an e-mail address"),
        ('[storage]\ndatabase = "mysql://x"', "f.toml line 2: database 'mysql://x' must begin with sqlite:/// or"),
        ('[[source]]\nplatform = "hn"\nbase_url = "127.0.0.1:80"', "f.toml line 3: base_url '127.0.0.1:80' must be a web address"),
        ('[[source]]\nplatform = "hn"\nbase_url = "http://[bad"', "f.toml line 3: base_url 'http://[bad' must be a web address"),
        ('[[source]]\nplatform = "hn"\n[[source]]\nplatform = "hn"', "f.toml line 3: source 'hn' stands already at line 1"),
        ("source = 1", "f.toml line 1: each source needs its own block, headed [[source]]"),
        ("[[search]]\nid = 'A b'", "f.toml line 1: id 'A b' of this search must be small letters"),
        ('[[search]]\nid = "x"\nremote = ["remote-frist"]', "f.toml line 3: remote: 'remote-frist' is unknown; did you mean"),
        ('[[search]]\nid = "x"\nstak = ["a"]', "f.toml line 3: key 'stak' of [search] is unknown; did you mean 'stack'?"),
        ('[[search]]\nid = "x"\nexport = ["csv"]', "f.toml line 3: key 'export' of [search] is unknown; did you mean 'exports'?"),
        ('[[search]]\nid = "x"\nexports = ["xls"]', "f.toml line 3: 'exports' has 'xls', which is unknown; did you mean 'xlsx'?"),
        ('[[search]]\nid = "x"\nexports = ["atom"]', "f.toml line 3: 'exports' has 'atom', which every search has anyway; remove"),
        ('[[search]]\nid = "x"\nnotify = "no"', "f.toml line 3: 'notify' must be true or false, not 'no'"),
        ('[[search]]\nid = "x"\npay_min = "much"', "f.toml line 3: pay_min: 'much' must be a number, as in 150000"),
        ('[[search]]\nid = "x"\ncountry = "Germny"', "f.toml line 3: country: 'Germny' is no country; did you mean 'Germany'?"),
        ('[[search]]\nid = "x"\nas_of = 2026-01-05', "f.toml line 3: 'as_of' is for single questions: a saved search follows"),
        ('[[search]]\nid = "x"\nstack = [["a"]]', "f.toml line 3: 'stack' must be a text, a number or a list of texts"),
        ('[[search]]\nid = "x"\n[[search]]\nid = "x"', "f.toml line 3: search 'x' stands already at line 1; give this one"),
        ('[site]\naddress = "jobs.example.org"', "f.toml line 2: address 'jobs.example.org' must be a web address without ? and #"),
        ('[site]\nadress = "x"', "f.toml line 2: key 'adress' of [site] is unknown; did you mean 'address'?"),
        ('[site]\nbuild = "yes"', "f.toml line 2: 'build' must be true or false, not 'yes'"),
        ("crawler = 3", "f.toml line 1: 'crawler' must be a table, as in [crawler]"),
    ],
)
def test_an_error_names_file_line_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, "f.toml")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


@given(st.text(alphabet='[]="\n sourcelevrplatform1.{},', max_size=120))
def test_any_text_parses_or_is_refused_in_one_sentence(text: str) -> None:
    try:
        parse(text)
    except ConfigError as error:
        sentence = str(error)
    else:
        sentence = "rolecall.toml"
    assert sentence.startswith("rolecall.toml")


def test_technologies_of_the_users_own() -> None:
    block = '[[technology]]\nname = "AnvilDB"\naliases = ["anvil db"]\ncategory = "database"\nparent = "AWS"\nstrength = "weak"\n'
    (whole, bare) = parse(block + '[[technology]]\nname = "Hearth"\n').technologies
    assert whole == TechnologyConfig("AnvilDB", ("anvil db",), TechCategory.DATABASE, "AWS", "weak")
    assert bare == TechnologyConfig("Hearth")


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('aliases = ["x"]', "rolecall.toml line 1: this technology has no name"),
        ('name = "X"\ncategory = "databse"', "rolecall.toml line 3: category 'databse' is unknown; did you mean 'database'?"),
        ('name = "X"\nstrength = "very"', "rolecall.toml line 3: strength 'very' is unknown"),
        ('name = "X"\naliases = [1]', "rolecall.toml line 3: 'aliases' must be a list of texts in quotes"),
        ('name = "X"\naliases = "x"', "rolecall.toml line 3: 'aliases' must be a list in square brackets"),
        ('name = "X"\n[[technology]]\nname = "X"', "rolecall.toml line 3: technology 'X' stands already"),
    ],
)
def test_a_wrong_technology_is_named_with_its_line(block: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(f"[[technology]]\n{block}\n")
    assert str(error.value).startswith(message)


def test_a_platform_that_is_off_says_why_and_what_switches_it_on() -> None:
    with pytest.raises(
        ConfigError, match=r"workingnomads is off: no terms of use .*; set accept_terms = true, or remove the source"
    ):
        parse('[[source]]\nplatform = "workingnomads"\n', "rolecall.toml")
    assert parse('[[source]]\nplatform = "workingnomads"\naccept_terms = true\n', "rolecall.toml").sources[0].accept_terms


@pytest.mark.parametrize(
    ("platform", "reason"), [("smartrecruiters", "robots.txt disallows"), ("workday", "site terms forbid robots")]
)
def test_an_employers_board_on_a_platform_that_is_off_is_refused(platform: str, reason: str) -> None:
    block = f'[[source]]\nplatform = "{platform}"\nboard = "acme.wd5/External"\n'
    with pytest.raises(ConfigError, match=rf"{platform} is off: .*{reason}"):
        parse(block, "rolecall.toml")
    assert parse(f"{block}accept_terms = true\n", "rolecall.toml").sources[0].board == "acme.wd5/External"


def test_a_saved_search_means_filters_and_has_defaults() -> None:
    bare, whole = parse(
        '[[search]]\nid = "all"\n[[search]]\nid = "x"\ntitle = "X"\nremote = "remote-first"\npay-min = "150k"\n'
        'since = 2026-01-05\nvisa = true\nexports = ["xlsx", "csv", "xlsx"]\nnotify = false\n'
    ).searches
    assert (bare.title, bare.exports, bare.notify, bare.wanted) == ("all", (ExportFormat.CSV,), True, Filters())
    assert whole.wanted == Filters(remote=("remote-first",), pay_min=150_000, since="2026-01-05", visa=True)
    assert (whole.title, whole.exports, whole.notify) == ("X", (ExportFormat.XLSX, ExportFormat.CSV), False)


def test_a_search_is_found_by_its_id() -> None:
    searches = parse('[[search]]\nid = "pytorch-eu"\n').searches
    assert search_named(searches, "pytorch-eu") is searches[0]
    with pytest.raises(UsageError, match=r"search 'pytorch-us' is unknown; did you mean 'pytorch-eu'\?"):
        search_named(searches, "pytorch-us")
    with pytest.raises(UsageError, match=r"search 'x' is unknown: the configuration has no \[\[search\]\] block"):
        search_named((), "x")


def test_the_site_of_the_configuration() -> None:
    assert parse("").site == SiteConfig()
    text = '[site]\nbuild = true\naddress = "https://jobs.example.org/rolecall/"\nfolder = "www"\ntitle = "Our jobs"\n'
    assert parse(text).site == SiteConfig(True, "https://jobs.example.org/rolecall", "www", "Our jobs")
