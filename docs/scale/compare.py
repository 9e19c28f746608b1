"""Runs the job and the queries in Spark (local, several workers) and in DuckDB, and compares every figure.

    python docs/scale/compare.py target/release/hedui samples/2024Q1

Needs the packages duckdb, pyspark and openpyxl and a Java runtime. Ends with an error where a figure differs.
"""

import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import openpyxl
from pyspark.sql import SparkSession

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
import job  # noqa: E402

PERIODS = ["2024Q1", "2024Q2"]
SLICES = 4
MASTER = "local[4]"


def run_job(hedui, sent, out, period):
    command = [sys.executable, str(HERE / "job.py"), "--hedui", hedui, "--slices", str(SLICES), "--period", period]
    workers = {**os.environ, "PYSPARK_SUBMIT_ARGS": f"--master {MASTER} --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false pyspark-shell"}
    done = subprocess.run([*command, "--out", str(out), sent], capture_output=True, text=True, env=workers)
    if done.returncode != 0:
        sys.exit(f"the job failed:\n{done.stderr}")


def run_whole(hedui, sent, out, period):
    command = [hedui, "reconcile", sent, "-o", str(out / "汇总.xlsx"), "--json", str(out / "结果.json")]
    subprocess.run([*command, "--period", period, "--dataset", str(out / "数据集"), "--quiet"], check=True)


def same(one, other):
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-12)
    return one == other


def demand(what, one, other):
    if len(one) != len(other) or not all(same(a, b) for x, y in zip(one, other) for a, b in zip(x, y)):
        sys.exit(f"DIFFERENT: {what}\n{one}\n{other}")
    print(f"the same: {what} ({len(one)} rows)")


def in_duckdb(datasets, query):
    connection = duckdb.connect()
    for table in job.TABLES:
        files = [f"{dataset}/{table}/**/*.parquet" for dataset in datasets]
        connection.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files}, hive_partitioning = true, "
            "hive_types_autocast = false)"
        )
    return [tuple(int(v) if isinstance(v, bool) else v for v in row) for row in connection.sql(query).fetchall()]


def in_spark(spark, query):
    return [tuple(row) for row in spark.sql(query).collect()]


def overview_of_workbook(path):
    """Townships and their counts as 总览 shows them: received, matched, review, extra, missing, and by severity."""
    rows = list(openpyxl.load_workbook(path)["总览"].iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "填报单位")
    titles = list(rows[start])
    wanted = ["已对应", "待复核", "清单外", "漏报任务", "必改", "核实", "提示"]
    townships = {}
    for row in rows[start + 1 :]:
        if row[0] in (None, "合计"):
            break
        received = 1 if row[1] not in ("未报", "未报送") else 0
        townships[row[0]] = (received, *(row[titles.index(title)] or 0 for title in wanted))
    return townships


def main():
    hedui, sent = str(pathlib.Path(sys.argv[1]).resolve()), str(pathlib.Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for period in PERIODS:
            (folder / f"job-{period}").mkdir()
            (folder / f"one-{period}").mkdir()
            run_job(hedui, sent, folder / f"job-{period}", period)
            run_whole(hedui, sent, folder / f"one-{period}", period)
            for name in ["汇总.xlsx", "结果.json"]:
                one, other = (folder / f"one-{period}" / name), (folder / f"job-{period}" / name)
                if one.read_bytes() != other.read_bytes():
                    sys.exit(f"DIFFERENT: {name} of {SLICES} slices and of one run, {period}")
                print(f"the same bytes: {name}, {SLICES} slices and one run, {period}")
        compare(folder)


def compare(folder):
    session = SparkSession.builder.appName("hedui-compare").master(MASTER).config("spark.ui.enabled", "false")
    session = session.config("spark.ui.showConsoleProgress", "false")
    spark = session.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    datasets = [str(folder / f"job-{period}" / "数据集") for period in PERIODS]
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    for table in job.TABLES:
        frames = [spark.read.parquet(f"{dataset}/{table}") for dataset in datasets]
        frames[0].unionByName(frames[1]).createOrReplaceTempView(table)
    answers = {}
    for name in ["overview", "ranking", "gaps", "trend"]:
        query = (HERE / f"{name}.sql").read_text(encoding="utf-8")
        answers[name] = in_duckdb(datasets, query)
        if not answers[name]:
            sys.exit(f"EMPTY: {name}")
        demand(f"{name}, DuckDB and Spark", answers[name], in_spark(spark, query))
    for period in PERIODS:
        overview = {row[1]: row[2:] for row in answers["overview"] if row[0] == period}
        shown = overview_of_workbook(folder / f"one-{period}" / "汇总.xlsx")
        nobody = (0,) * 8
        queried = [(name, *map(int, overview.get(name, nobody))) for name in sorted(shown)]
        demand(f"总览 and overview, {period}", [(name, *shown[name]) for name in sorted(shown)], queried)
        summary = json.loads((folder / f"one-{period}" / "结果.json").read_text(encoding="utf-8"))["summary"]
        names = ["received", "matched", "review", "extra", "missing", "errors", "warnings", "infos"]
        sums = [sum(int(row[place]) for row in overview.values()) for place in range(len(names))]
        demand(f"summary and overview, {period}", [tuple(summary[name] for name in names)], [tuple(sums)])
    spark.stop()


if __name__ == "__main__":
    main()
