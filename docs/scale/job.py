"""Shares a province's submissions out to the tasks of a Spark job and unites what they found.

    spark-submit docs/scale/job.py --hedui hedui --slices 16 --period 2024Q1 --out /shared/2024Q1 /shared/提交

Each task runs `hedui reconcile --slice K/N --dataset`; `hedui merge` then makes everything that needs all townships and
writes the workbook, the result file and the united dataset. Files, slices and outputs lie where every worker reaches
them under the same path (a network share, a mounted object store); the program lies on every worker.
"""

import argparse
import pathlib
import subprocess

from pyspark.sql import SparkSession

TABLES = ["submissions", "records", "matches", "values", "findings", "unassigned", "ledgers", "indicators"]


def read_slice(number, options):
    """Runs one slice; raises where it could not be done, so that Spark tries it again."""
    dataset = f"{options['out']}/slices/{number:05}"
    command = [options["hedui"], "reconcile", *options["paths"], "--quiet"]
    command += ["--slice", f"{number}/{options['slices']}", "--period", options["period"], "--dataset", dataset]
    if options["plan"]:
        command += ["--plan", options["plan"]]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"slice {number}: {done.stderr.strip()}")
    return dataset


def views(spark, dataset):
    """The tables of a dataset as views of the same names."""
    # A period is text, also where it looks like a number (2024).
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    for table in TABLES:
        if pathlib.Path(dataset, table).is_dir():
            spark.read.parquet(f"{dataset}/{table}").createOrReplaceTempView(table)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--hedui", default="hedui")
    parser.add_argument("--slices", type=int, required=True)
    parser.add_argument("--period", required=True)
    parser.add_argument("--plan")
    parser.add_argument("--out", required=True)
    options = vars(parser.parse_args())
    out = pathlib.Path(options["out"])
    out.mkdir(parents=True, exist_ok=True)

    spark = SparkSession.builder.appName("hedui").getOrCreate()
    numbers = spark.sparkContext.parallelize(range(1, options["slices"] + 1), options["slices"])
    datasets = numbers.map(lambda number: read_slice(number, options)).collect()
    # A slice without files writes nothing.
    datasets = [dataset for dataset in datasets if pathlib.Path(dataset).is_dir()]

    command = [options["hedui"], "merge", *datasets, "-o", str(out / "汇总.xlsx"), "--json", str(out / "结果.json")]
    command += ["--dataset", str(out / "数据集")]
    if options["plan"]:
        command += ["--plan", options["plan"]]
    subprocess.run(command, check=True)

    views(spark, out / "数据集")
    query = pathlib.Path(__file__).with_name("overview.sql").read_text(encoding="utf-8")
    spark.sql(query).show(50, truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
