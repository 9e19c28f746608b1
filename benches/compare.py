"""Times the release binary as a whole process against a plain Python pipeline and against the floor, and prints a
table: median of the wall time, ratio to hedui, processor time, peak memory.

usage: python3 benches/compare.py [--workbooks 6,100,1000] [--runs 5] [--python-runs 1]

Needs cargo, and for the pipeline: pip install pandas openpyxl rapidfuzz python-calamine xlsxwriter. What is missing is
left out of the table and said. The programs take turns, so that a machine that slows down slows all of them down.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LIBRARIES = ["pandas", "openpyxl", "rapidfuzz", "python-calamine", "xlsxwriter"]


def built(*arguments):
    """Builds a program and returns its path."""
    subprocess.run(["cargo", "build", "--release", "--quiet", *arguments], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    return target / "examples" / arguments[1] if arguments[0] == "--example" else target / "hedui"


def timed(command):
    """Runs a command: wall seconds, processor seconds, peak memory in MiB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{said.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(count, programs, runs, folder):
    """One row for each program: its name and the medians of its runs."""
    measured = {name: [] for name in programs}
    for turn in range(max(runs.values())):
        for name, command in programs.items():
            if turn < runs[name]:
                measured[name].append(timed(command))
    medians = {name: [statistics.median(figures) for figures in zip(*of)] for name, of in measured.items()}
    own = medians["hedui"][0]
    for name, (wall, processor, memory) in medians.items():
        ratio = "1" if name == "hedui" else f"{wall / own:.2f}"
        print(f"| {count:,} | {name} | {wall:.3g} s | {ratio} | {processor:.3g} s | {memory:,.0f} MiB |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workbooks", default="6,100,1000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--python-runs", type=int, default=1)
    options = parser.parse_args()
    hedui, floor, generate = built("--bin", "hedui"), built("--example", "floor"), built("--example", "generate")
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name.replace("-", "_")) is None]
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES if name not in missing]
    if missing:
        print(f"without the Python pipeline, {', '.join(missing)} not installed", file=sys.stderr)
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    print(f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, rustc {rust},", end=" ")
    print(", ".join([f"Python {platform.python_version()}", *versions]))
    print("\n| workbooks | program | wall | × hedui | processor | memory |\n| --- | --- | --- | --- | --- | --- |")
    for count in map(int, options.workbooks.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([generate, folder, str(count)], check=True)
            plan, filed, out = f"{folder}/方案.toml", f"{folder}/提交", f"{folder}/out.xlsx"
            programs = {
                "hedui": [hedui, "--quiet", "reconcile", filed, "--plan", plan, "-o", out],
                "floor": [floor, filed, out],
            }
            runs = dict.fromkeys(programs, options.runs)
            if not missing:
                pipeline = [sys.executable, HERE / "pipeline.py", plan, filed, out]
                programs |= {"Python, fast libraries": [*pipeline, "--calamine"], "Python, usual libraries": pipeline}
                runs |= dict.fromkeys(programs.keys() - runs.keys(), options.python_runs)
            compare(count, programs, runs, folder)


main()
