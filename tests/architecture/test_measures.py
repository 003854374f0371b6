"""The measures that the code keeps to, so that a stranger finds it obvious."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "assessment"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
VIEWS = sorted((PACKAGE / "web").glob("*.py"))
CODE = [*MODULES, *TESTS, *sorted((ROOT / "bench").rglob("*.py")), ROOT / "run.py"]
TEXTS = [
    file
    for file in ROOT.rglob("*")
    if file.is_file()
    and file.suffix in {".py", ".md", ".yaml", ".toml", ".in", ".txt", ".html", ".css", ".js", ".cfg", ".ini", ""}
    and not {part for part in file.relative_to(ROOT).parts if part in {".git", ".venv", "instance", "__pycache__"}}
    and not any(part.endswith(("_cache", ".egg-info")) or part == ".hypothesis" for part in file.parts)
]

MEANINGLESS = {"helper", "helpers", "manager", "handler", "util", "utils", "common", "misc", "runner", "mixin"}
CONTENT = r"ketamine|bladder|phq|gad7|audit_c|\bsds\b|samaritans|england|scotland|wales|\bnhs\b|suicidal_thoughts"
ADDRESSES = (
    r"--(?:extra-)?index-url|--find-links (?!$)|^registry ?=|/(?:home|root|Users)/\w"  # of a registry or one machine
)


def relative(file):
    return str(file.relative_to(ROOT))


def tree(file):
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file):
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines(node):
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return node.end_lineno - first + 1


def parameters(function):
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [argument.arg for argument in named if argument.arg not in {"self", "cls"}]


@pytest.mark.parametrize(
    ("files", "most"),
    [(MODULES, 300), (TESTS, 400), (TEMPLATES, 120)],
    ids=["a module has 300 lines at most", "a test file 400", "a template 120"],
)
def test_no_file_is_too_long(files, most):
    counts = {relative(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}

    assert counts
    assert not {name: count for name, count in counts.items() if count > most}


def test_no_function_has_more_than_40_lines():
    assert not {
        f"{relative(file)} {function.name}": lines(function)
        for file in MODULES
        for function in functions(file)
        if lines(function) > 40
    }


def is_route(function):
    return any(
        ".route(" in text or ".get(" in text or ".post(" in text for text in map(ast.unparse, function.decorator_list)
    )


def test_no_view_has_more_than_20_lines():
    views = {
        f"{relative(file)} {view.name}": lines(view) for file in VIEWS for view in functions(file) if is_route(view)
    }

    assert views
    assert not {name: count for name, count in views.items() if count > 20}


def test_no_function_takes_more_than_5_parameters():
    assert not {
        f"{relative(file)} {function.name}": parameters(function)
        for file in MODULES
        for function in functions(file)
        if len(parameters(function)) > 5
    }


def test_no_class_of_ours_inherits_from_one_of_ours_that_inherits_from_another():
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for file in MODULES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
    }

    assert not {
        name: (base, further)
        for name, own in bases.items()
        for base in own & set(bases)
        for further in bases[base] & set(bases)
    }


def test_names_say_something():
    named = [(relative(file), word) for file in CODE for word in re.split(r"[/_.]", relative(file))]
    for file in CODE:
        for node in ast.walk(tree(file)):
            name = getattr(node, "name", None) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
            sentence = name is None or name.startswith("test_")
            words = [] if sentence else re.findall(r"[A-Z]?[a-z]+", name)
            named += [(f"{relative(file)} {name}", word.lower()) for word in words]

    assert not [where for where, word in named if word in MEANINGLESS]


def test_the_package_itself_is_a_docstring_so_that_importing_the_core_imports_no_framework():
    body = tree(PACKAGE / "__init__.py").body

    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)


def test_nothing_in_the_package_knows_what_a_questionnaire_is_about():
    found = [
        f"{relative(file)}:{number}: {line.strip()}"
        for file in MODULES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(CONTENT, line, re.IGNORECASE)
    ]

    assert not found


def test_html_belongs_to_templates_but_for_the_one_picture_that_we_draw():
    marked = {relative(file): file.read_text(encoding="utf-8").count("Markup(") for file in MODULES}

    assert {name: count for name, count in marked.items() if count} == {"assessment/web/shown.py": 1}


def test_nothing_names_a_place_outside_the_project():
    found = [
        f"{relative(file)}: {match.group()}"
        for file in TEXTS
        if file != Path(__file__)
        for match in [re.search(ADDRESSES, file.read_text(encoding="utf-8", errors="ignore"))]
        if match
    ]

    assert not found


def test_nothing_is_left_to_do():
    found = [
        relative(file)
        for file in CODE
        if file != Path(__file__) and re.search(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b", file.read_text(encoding="utf-8"))
    ]

    assert not found


PROVERS = ROOT / "assessment" / "provers.py"  # its library is an optional extra, and slow to import


def test_no_function_imports_anything_but_the_optional_prover():
    found = [
        f"{relative(file)} {function.name}"
        for file in set(MODULES) - {PROVERS}
        for function in functions(file)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert not found
