"""Instances: pairs of a network and a property with a known verdict."""

import csv
import gzip
import pathlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Instance:
    category: str
    index: int  # within its category
    network: str
    property: str
    known: str  # sat, unsat, or what the table says where tools disagree


def read(folder, table="instances.csv"):
    """All instances of a table with the columns benchmark, onnx, vnnlib and verdict."""
    found, count = [], {}
    with open(folder / table, newline="") as file:
        for row in csv.DictReader(file):
            name = row["benchmark"]
            index = count[name] = count.get(name, -1) + 1
            found.append(Instance(name, index, row["onnx"], row["vnnlib"], row["verdict"]))
    return found


def spread(instances, categories, number):
    """At most `number` instances of each category, evenly spread from the first to the last: first one of
    each category, then the next of each, so that a run that is stopped has seen all categories."""
    chosen = []
    for category in dict.fromkeys(i.category for i in instances):
        if categories and category not in categories:
            continue
        of = [i for i in instances if i.category == category]
        if number and number < len(of):
            step = (len(of) - 1) / max(number - 1, 1)
            of = [of[round(k * step)] for k in range(number)]
        chosen += enumerate(of)
    return [i for _, i in sorted(chosen, key=lambda pair: pair[0])]


def unpacked(folder, name, into):
    """The plain file: itself, or what its `.gz` holds, written into a folder."""
    path = folder / name
    if path.exists() and path.suffix != ".gz":
        return path
    packed = path if path.suffix == ".gz" else path.with_name(path.name + ".gz")
    plain = pathlib.Path(into) / packed.name.removesuffix(".gz")
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    return plain
