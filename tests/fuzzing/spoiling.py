"""Files as no author would write them: real ones with lines, bytes and whole branches spoiled."""

from copy import deepcopy

import yaml
from hypothesis import strategies as st

ODD_LINES = (
    "\t- tab", "- ", "? [a, b]", "<<: *nothing", "&here x", "*here", "!!python/object:os.system ls", "!!int words",
    "---", "...", "%YAML 1.1", "key: |", "'", '"', "{", "[", "]}", "12: number", "~: nothing", "include: [../..]",
    "when: not not", "when: (((", "text: \u202e\ufeff\u2028", "id: é", "id: ''", "for: []", "for: 7", "a: !!float .nan",
)  # fmt: skip
ODD_VALUES = (
    None, True, "", " ", 0, -1, 10**17, 1.5, float("inf"), "x" * 5_000, "\u202e\u0301\u2028", "a\nb\n- c",
    [], {}, [[]], [{}], {"": ""}, {"id": "id"}, "2026-02-30", "0000-00-00", "not " * 2_000, "(" * 2_000, "always",
    "self", "en", "/", "../../etc/passwd", "/dev/zero", "long" * 2_000, "nul\0", "flag flag", "one >= " + "9" * 400,
)  # fmt: skip

ODD_BYTES = (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b[31m")


def deep(levels):
    tree = "x"
    for _ in range(levels):
        tree = [tree]
    return tree


odd_values = st.sampled_from(ODD_VALUES) | st.text(max_size=20) | st.integers() | st.sampled_from([80, 400]).map(deep)


def places(tree, path=()):
    """Return the path of everything in a tree but the tree itself."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [found for key, value in inside for found in ((*path, key), *places(value, (*path, key)))]


def at(tree, path):
    for step in path:
        tree = tree[step]
    return tree


@st.composite
def spoiled_trees(draw, tree, most=4):
    """Return a tree of plain values with some branches gone, doubled, exchanged, or replaced by something odd."""
    tree = deepcopy(tree)
    for _ in range(draw(st.integers(1, most))):
        every = places(tree)
        if not every:
            break
        *above, key = draw(st.sampled_from(every))
        inside = at(tree, above)
        match draw(st.sampled_from(["gone", "doubled", "exchanged", "replaced", "renamed"])):
            case "gone":
                del inside[key]
            case "doubled" if isinstance(inside, list):
                inside.insert(key, deepcopy(inside[key]))
            case "exchanged":
                *other, end = draw(st.sampled_from(every))
                inside[key] = deepcopy(at(tree, other)[end])
            case "renamed" if isinstance(inside, dict):
                inside[draw(st.text(max_size=8) | st.sampled_from(sorted(map(str, inside))))] = inside.pop(key)
            case _:
                inside[key] = draw(odd_values)
    return tree


def as_yaml(tree):
    return yaml.dump(tree, allow_unicode=True, sort_keys=False)


@st.composite
def spoiled_lines(draw, text, most=4):
    """Return a text with some lines gone, doubled, exchanged, indented otherwise, cut short or made odd."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, most))):
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        indent = lines[one][: len(lines[one]) - len(lines[one].lstrip())]
        match draw(st.sampled_from(["gone", "doubled", "exchanged", "indented", "cut", "odd"])):
            case "gone" if len(lines) > 1:
                del lines[one]
            case "doubled":
                lines.insert(other, lines[one])
            case "exchanged":
                lines[one], lines[other] = lines[other], lines[one]
            case "indented":
                lines[one] = " " * draw(st.integers(0, 9)) + lines[one].lstrip()
            case "cut":
                lines[one] = lines[one][: draw(st.integers(0, len(lines[one])))]
            case _:
                lines.insert(one, indent + draw(st.sampled_from(ODD_LINES) | st.text(max_size=20)))
    return "\n".join(lines)


@st.composite
def spoiled_bytes(draw, whole, most=6):
    """Return bytes with some of them changed, put in, taken out or repeated."""
    whole = bytearray(whole)
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(whole)))
        end = start + draw(st.integers(0, 40))
        put = draw(
            st.binary(max_size=8) | st.sampled_from([b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b[31m"])
        )
        whole[start:end] = put * draw(st.sampled_from([1, 1, 1, 3_000]))
    return bytes(whole)


def spoiled(text, tree):
    """Return what a file may be after any of these accidents, as bytes."""
    return st.one_of(
        spoiled_lines(text).map(lambda lines: lines.encode(errors="surrogatepass")),
        spoiled_trees(tree).map(as_yaml).map(lambda dumped: dumped.encode(errors="surrogatepass")),
        spoiled_bytes(text.encode()),
    )
