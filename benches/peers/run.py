"""Writes one model by every tool, each in a process of its own, and prints a table.

python run.py [--sizes 1000000,10000000] [--products 100000] [--limit SECONDS] [--python P ...] [TOOL ...]

`--python` names further interpreters; a tool runs in the first that can import it.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OURS = {"lp": ".lp", "mps": ".mps", "nl": ".nl", "nl-binary": ".nl"}
MEMORY = 11 << 30


def make(folder, nonzeros, products):
    """A random sparse mixed-integer program with ten entries a row, as arrays."""
    import numpy as np

    rng = np.random.default_rng(1)
    width = 10
    rows = (products or nonzeros) // width
    columns = rows
    part = columns // width
    col = np.arange(width) * part + rng.integers(part, size=(rows, width))
    val = np.empty((rows, width))
    val[:, 0::3] = rng.integers(1, 9, size=val[:, 0::3].shape)
    val[:, 1::3] = rng.integers(1, 2000, size=val[:, 1::3].shape) / 1000
    val[:, 2::3] = rng.random(val[:, 2::3].shape) - 0.5
    binary = np.arange(columns) % 5 == 0
    model = {
        "start": np.arange(rows + 1) * width,
        "col": col.ravel(),
        "val": val.ravel(),
        "rhs": rng.random(rows),
        "sense": np.arange(rows) % 3 - 1,
        "binary": binary,
        "lower": np.where(binary, 0.0, -10 * rng.random(columns)),
        "upper": np.where(binary, 1.0, 10 * rng.random(columns)),
        "cost": np.ones(100),
    }
    if products:
        # Every product of a row is of different columns.
        model["sense"][:] = -1
        model["qi"] = col.ravel()
        model["qj"] = np.roll(col, 1, axis=1).ravel()
        model["qval"] = rng.random(rows * width) + 0.5
    for name, values in model.items():
        np.save(folder / f"{name}.npy", values.astype("<f8" if values.dtype.kind == "f" else "<i8"))


def one(tool, path, folder):
    """In a process of its own: builds, writes, and prints what it took."""
    import numpy as np

    sys.path.insert(0, str(HERE))
    import tools

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    model = {f.stem: np.load(f) for f in sorted(folder.glob("*.npy"))}
    model["binary"] = model["binary"].astype(bool)
    clock = time.perf_counter()
    write = tools.TOOLS[tool][0](model, folder)
    built = time.perf_counter() - clock
    clock = time.perf_counter()
    write(str(path))
    seconds = time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"build": built, "write": seconds, "peak": peak}))


def interpreter(tool, pythons):
    for python in pythons:
        code = f"import numpy, {tool}"
        if subprocess.run([python, "-c", code], capture_output=True).returncode == 0:
            return python
    return None


def child(command, limit):
    """The last line that it prints, as JSON, or why there is none."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return f"stopped after {limit} s"
    if process.returncode != 0:
        last = (err.strip().splitlines() or [f"status {process.returncode}"])[-1]
        return "out of memory" if "MemoryError" in last or "bad_alloc" in last else last[:60]
    return json.loads(out.strip().splitlines()[-1])


def show(tool, what, found, path, terms):
    if isinstance(found, str):
        print(f"| {tool} | {what} | {found} | | | | |", flush=True)
        return
    size = path.stat().st_size
    print(
        f"| {tool} | {what} | {found['build']:.2f} | {found['write']:.3f} | "
        f"{size / found['write'] / 1e6:.1f} | {terms / found['write'] / 1e6:.2f} | "
        f"{found['peak'] / terms:.0f} |",
        flush=True,
    )


def table(title, folder, args, nonzeros, products):
    import tools

    make(folder, nonzeros, products)
    terms = nonzeros + 2 * products
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"\n{title}; load {load}\n")
    print("| tool | format | build s | write s | MB/s | Mterms/s | peak bytes a term |")
    print("|---|---|---|---|---|---|---|")
    arrays = ROOT / "target/release/examples/arrays"
    theriac = ROOT / "target/release/theriac"
    subprocess.run([arrays, folder, "lp", folder / "model.lp"], check=True, capture_output=True)
    if not args.tools or "ours" in args.tools:
        for threads in (1, 2):
            for what, ending in OURS.items():
                out = folder / f"out{ending}"
                # Every tool writes a new file: to empty an old one takes time of its own.
                out.unlink(missing_ok=True)
                found = child([arrays, folder, what, out, str(threads)], args.limit)
                show("ours" if threads == 1 else "ours, 2 threads", what, found, out, terms)
        subprocess.run([arrays, folder, "thir", folder / "model.thir"], check=True, capture_output=True)
        for what, ending in OURS.items():
            out = folder / f"out{ending}"
            out.unlink(missing_ok=True)
            clock = time.perf_counter()
            subprocess.run(
                [theriac, "convert", folder / "model.thir", out, "--target", what, "--names", "short"],
                check=True,
                capture_output=True,
            )
            seconds = time.perf_counter() - clock
            size = out.stat().st_size / 1e6
            print(f"| `theriac convert` | {what} | (saved model read) | {seconds:.3f} | "
                  f"{size / seconds:.1f} | {terms / seconds / 1e6:.2f} | |", flush=True)
    for tool, (_, linear, bilinear) in tools.TOOLS.items():
        if args.tools and tool not in args.tools:
            continue
        python = interpreter(tool, [sys.executable, *args.python])
        for what in bilinear if products else linear:
            out = folder / f"out.{what}"
            out.unlink(missing_ok=True)
            command = [python, __file__, "--one", tool, str(out), str(folder)]
            found = "not installed" if python is None else child(command, args.limit)
            show(tool, what, found, out, terms)
            out.unlink(missing_ok=True)


def main():
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4]))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000000,10000000")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--python", action="append", default=[])
    parser.add_argument("tools", nargs="*")
    args = parser.parse_args()
    sys.path.insert(0, str(HERE))
    jobs = [(f"{int(n):,} nonzeros", int(n), 0) for n in args.sizes.split(",") if n]
    if args.products:
        jobs.append((f"{args.products:,} products", args.products, args.products))
    for title, nonzeros, products in jobs:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="theriac-peers-"))
        try:
            table(title, folder, args, nonzeros, products)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
