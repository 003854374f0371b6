"""Rows as a Parquet file, in a program of its own: `python -m assessment.documents.parquet FILE`.

It reads lines of JSON: first an object of the columns' kinds by name, then a row on each. So pyarrow, an optional extra
that is slow to import, is loaded only by whoever asks for Parquet.
"""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

try:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter
except ModuleNotFoundError:
    sys.exit("Parquet needs pyarrow: pip install pyarrow")

ROWS: Final = 1000  # of a group: as many as are held at once
TYPES: Final = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "yes": pa.bool_(),
    "list": pa.list_(pa.string()),
}


def write(path: str, lines: Iterator[str]) -> None:
    """Write rows to a Parquet file, group by group, as they come."""
    kinds = json.loads(next(lines))
    schema = pa.schema([(name, TYPES[kind]) for name, kind in kinds.items()])
    with Path(path).open("wb") as file, ParquetWriter(file, schema) as table:
        while group := [json.loads(line) for line in islice(lines, ROWS)]:
            table.write_table(pa.Table.from_pylist(group, schema=schema))


if __name__ == "__main__":
    try:
        write(sys.argv[1], sys.stdin)
    except OSError as problem:
        sys.exit(f"{sys.argv[1]} cannot be written: {problem.strerror}")
