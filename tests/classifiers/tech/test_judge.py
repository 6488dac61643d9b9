"""Kinds of mention: what counts as a technology of the role and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pipeline.labels import TechVerdict
from pipeline.vocabulary import Need, TechCategory

Names = Callable[..., list[str]]
Verdict = Callable[..., TechVerdict]

IDIOMS = [
    "You will own our go-to-market plan and go above and beyond for clients.",
    "You excel at spreadsheets of the mind, and you will excel in this role.",
    "Tidying should spark joy, and a talk can spark curiosity.",
    "We report to C-level leaders and the C-suite.",
    "Our R&D team reacts in time; you react to change with a swift response.",
    "You need access to a car and full access to the building.",
    "We raised our Series C last spring and will express interest in more.",
    "We are a team of teams that rows in one direction.",
    "Join our spring internship; a slack schedule is part of the notion of balance.",
    "Serve as the voice of the market segment and keep cash flow healthy.",
    "Active TS/SCI clearance and AD&D insurance.",
    "Head chef or sous chef wanted, with a dash of salt.",
    "Lean Six Sigma belts, BSA/AML rules and the A/E/C industry.",
    "The D&I council and the L&D team meet on the go.",
]


@pytest.mark.parametrize("text", IDIOMS)
def test_idioms_are_no_technologies(names: Names, text: str) -> None:
    assert names(text) == []


LISTS = [
    ("Experience with Python, Go, and Rust.", ["Python", "Go", "Rust"]),
    ("Requirements:\n- C, C++ or C#\n- R and SAS", ["C", "C++", "C#", "R", "SAS"]),
    ("Skills: JS/TS, HTML/CSS", ["JavaScript", "TypeScript", "HTML", "CSS"]),
    ("You know AWS (S3, SageMaker, Lambda).", ["AWS", "Amazon S3", "Amazon SageMaker", "AWS Lambda"]),
    ("Stack: .NET, ASP.NET Core, Node.js and React", [".NET", "ASP.NET Core", "Node.js", "React"]),
    ("Hadoop/Spark/Hive experience", ["Hadoop", "Apache Spark", "Apache Hive"]),
    ("Proficiency in Python 3, Java 17 and HTML5.", ["Python", "Java", "HTML"]),
    ("• Python\n• R\n• SQL", ["Python", "R", "SQL"]),
    ("knowledge of Terraform, Vault, Consul and Nomad", ["Terraform", "HashiCorp Vault", "Consul", "Nomad"]),
    ("PYTHON, SQL AND TABLEAU", ["Python", "SQL", "Tableau"]),
    ("Sehr gute Kenntnisse in Java und Spring", ["Java", "Spring"]),
    ("Expérience avec Django, Flask et PostgreSQL", ["Django", "Flask", "PostgreSQL"]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_are_read_whole(names: Names, text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_spellings_lead_to_one_canonical_name(names: Names) -> None:
    assert names("Postgres, PostgreSQL, k8s, Kubernetes, Golang, sklearn, MS SQL Server") == [
        "PostgreSQL",
        "Kubernetes",
        "Go",
        "scikit-learn",
        "Microsoft SQL Server",
    ]


def test_parts_of_a_database_are_no_cloud_service(names: Names) -> None:
    assert names("Requirements\n- Azure, PL/SQL packages, procedures, functions") == ["Azure", "PL/SQL"]
    assert names("Requirements\n- Azure Blob Storage, Functions") == ["Azure Blob Storage", "Azure Functions"]


def test_a_longer_name_hides_the_shorter(names: Names) -> None:
    assert names("You write React Native and JavaScript against SQL Server.") == [
        "React Native",
        "JavaScript",
        "Microsoft SQL Server",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "There is no Java here.",
        "We are not a PHP shop and work without Kubernetes.",
        "We don't use Java.",
        "Bei uns gibt es kein PHP.",
    ],
)
def test_negated_names_do_not_count(names: Names, text: str) -> None:
    assert names(text) == []


def test_experience_that_is_not_needed_still_names_the_work(names: Names) -> None:
    assert names("No Rust experience needed: you will learn Rust and Go from us.") == ["Rust", "Go"]


def test_the_employers_own_product_counts_only_as_a_tool(names: Names) -> None:
    assert names("Snowflake is hiring. At Snowflake we ship daily.", company="Snowflake") == []
    assert "Snowflake" in names("Requirements:\n- Snowflake, Teradata and Netezza", company="Snowflake")
    assert names("Datadog is a company in New York.", company="datadog") == []


@pytest.mark.parametrize(
    "text",
    [
        "About us\nOur platform is built on Kubernetes and Python by hand.\nRequirements\n- Patience",
        "We are trusted by companies like Stripe, Shopify and Databricks.\nRequirements\n- Patience",
        "Benefits:\n- A Slack channel for pets\n- Coffee on Zoom",
        "Preferred certifications: AWS Solutions Architect, Azure Administrator",
        "Write to jobs@python.example or see https://github.com/acme and acme.slack.com",
    ],
)
def test_what_is_said_of_others_does_not_count(names: Names, text: str) -> None:
    assert names(text) == []


def test_protocols_and_formats_are_out_and_the_programmed_ones_in(names: Names) -> None:
    assert names("You know JSON, XML, SAML, OAuth, HTTP, CAN and I2C.") == []
    assert names("You know GraphQL, gRPC, MQTT, WebRTC, OpenMP, MPI and CUDA.") == [
        "GraphQL",
        "gRPC",
        "MQTT",
        "WebRTC",
        "OpenMP",
        "MPI",
        "CUDA",
    ]


def test_concepts_stand_apart(verdict: Verdict) -> None:
    found = verdict("Machine learning and NLP in Python; computer vision is a plus.")
    assert [technology.name for technology in found.stack] == ["Python"]
    assert [concept.name for concept in found.concepts] == ["Machine learning", "NLP", "Computer vision"]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Requirements:\n- Python", Need.REQUIRED),
        ("Nice to have:\n- Python", Need.PREFERRED),
        ("Requirements:\n- Python is a plus", Need.PREFERRED),
        ("Responsibilities:\n- Keep our Python services alive", Need.MENTIONED),
        ("You must know Python.", Need.REQUIRED),
        ("Anforderungen:\n- Python", Need.REQUIRED),
    ],
)
def test_need_comes_from_the_sentence_and_the_zone(needs: Callable[..., Mapping[str, Need]], text: str, need: Need) -> None:
    assert needs(text) == {"Python": need}


def test_the_most_telling_mention_gives_the_need(needs: Callable[..., Mapping[str, Need]]) -> None:
    assert needs("What you'll do:\n- Ship Python\nRequirements:\n- Python")["Python"] is Need.REQUIRED


def test_headings_are_found_where_line_breaks_were_lost(needs: Callable[..., Mapping[str, Need]]) -> None:
    text = "We sell boats. What You'll Need Strong Python and SQL. Nice To Have Some Terraform. About Us We love boats and Java."
    assert needs(text) == {"Python": Need.REQUIRED, "SQL": Need.REQUIRED, "Terraform": Need.PREFERRED}


def test_a_label_ends_with_its_line(names: Names) -> None:
    assert names("Compensation: 90,000 a year\nYou will write Python.") == ["Python"]


def test_names_glued_to_the_next_line_are_found(names: Names) -> None:
    assert names("Experience coding in C++ and PythonExperience with GoFamiliarity with AWSStrong will") == [
        "C++",
        "Python",
        "Go",
        "AWS",
    ]


def test_compound_names_are_not_split(names: Names) -> None:
    assert names("JavaScript and GitHub and PostgreSQL") == ["JavaScript", "GitHub", "PostgreSQL"]


@pytest.mark.parametrize(
    "text", ["Dr. R. Smith leads plan C and vitamin D studies.", "Ask Ray or Julia at the Dart office.", "C S M lead"]
)
def test_names_of_people_and_letters_are_no_languages(names: Names, text: str) -> None:
    assert names(text) == []


def test_a_technology_has_category_and_place(verdict: Verdict) -> None:
    found = verdict("You write Python.", title="Kubernetes Engineer")
    assert [(t.name, t.category, t.field) for t in found.stack] == [
        ("Kubernetes", TechCategory.INFRASTRUCTURE, "title"),
        ("Python", TechCategory.LANGUAGE, "description_text"),
    ]


def test_an_empty_text_has_no_technologies(names: Names) -> None:
    assert names("") == []
