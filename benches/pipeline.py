"""The job of `hedui reconcile` as a plain Python pipeline, to compare with: read every workbook, match each row with
the official list, check, and write one consolidated workbook. It does less than hedui does, and what it does, it does
as the libraries' documentation recommends.

usage: pipeline.py PLAN.toml FOLDER OUT.xlsx [--calamine]

pandas with openpyxl reads and writes; with --calamine the fast variant: python-calamine reads, XlsxWriter writes.
"""

import re
import sys
import tomllib
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process

TITLES = {
    "number": ["序号", "编号", "任务序号"],
    "name": ["任务名称", "重点任务", "工作任务", "事项名称", "任务"],
    "content": ["主要内容", "具体内容", "工作内容", "任务内容", "目标任务"],
    "agencies": ["责任单位", "牵头单位", "责任部门"],
    "indicator": ["指标", "指标名称", "考核指标"],
    "target": ["目标值", "目标数", "年度目标值", "指标值"],
    "unit": ["计量单位", "单位"],
    "done": ["累计完成", "完成数", "累计完成数", "截至3月底完成数", "实际完成"],
    "rate": ["完成率", "完成比例", "完成率(%)"],
    "status": ["进展状态", "状态", "完成状态", "推进状态"],
    "progress": ["进展情况", "工作进展", "落实情况", "推进情况", "一季度进展情况"],
    "problem": ["存在问题", "存在的问题", "困难问题"],
    "plan": ["下一步计划", "下一步打算", "下步工作计划"],
    "deadline": ["完成时限", "完成时间", "时限"],
    "contact": ["联系人", "联系人及电话", "联络员"],
    "remark": ["备注", "说明"],
}
FIELDS = {title: field for field, titles in TITLES.items() for title in titles}
STATUSES = {
    "未启动": "未启动", "推进中": "推进中", "已完成": "已完成", "滞后": "滞后", "未开展": "未启动", "进行中": "推进中",
    "已办结": "已完成", "进度偏慢": "滞后", "尚未启动": "未启动", "正常推进": "推进中", "完成": "已完成", "推进缓慢": "滞后",
    "还没开始": "未启动", "正在推进": "推进中", "全部完成": "已完成", "有点慢": "滞后",
}  # fmt: skip
PLACEHOLDERS = {"无", "/", "同上", "按计划推进", "正常推进"}
REVIEW_BELOW = 60


def read(path, engine, townships):
    """The records of one workbook, by the field that each column's title names."""
    sheet = pd.read_excel(path, header=None, engine=engine)
    rows = sheet.values.tolist()
    texts = [[str(cell).strip() if isinstance(cell, str) else cell for cell in row] for row in rows]
    header = next(index for index, row in enumerate(texts) if sum(cell in FIELDS for cell in row) >= 3)
    above = " ".join(str(cell) for row in texts[:header] for cell in row if isinstance(cell, str))
    township = next((name for name in re.findall(r"填报单位：(\S+)", above) if name in townships), None)
    fields = [FIELDS.get(title) for title in texts[header]]
    for index, row in enumerate(texts[header + 1 :], header + 2):
        record = {field: cell for field, cell in zip(fields, row) if field and not pd.isna(cell)}
        if "progress" in record or "status" in record or "done" in record:
            yield {"township": township, "file": path.name, "row": index, **record}


def match(records, plan):
    """Adds the official task with the most similar wording to every record."""
    choices = [f"{task['name']} {task['content']}" for task in plan["tasks"]]
    names = [task["name"] for task in plan["tasks"]]
    wordings = (records["name"].fillna("").astype(str) + " " + records["content"].fillna("").astype(str)).tolist()
    whole = process.cdist(wordings, choices, scorer=fuzz.ratio, workers=-1)
    short = process.cdist(records["name"].fillna("").astype(str).tolist(), names, scorer=fuzz.ratio, workers=-1)
    score = (whole + short) / 2
    records["task"] = [plan["tasks"][best]["number"] for best in score.argmax(axis=1)]
    records["score"] = score.max(axis=1)


def check(records, plan):
    """Findings on the records: blank cells, empty words, contradictions, copies, outliers, gaps."""
    found = []

    def say(rows, code, message):
        found.extend((code, row.township, row.task, row.file, row.row, message) for row in rows.itertuples())

    say(records[records["status"].isna()], "blank-field", "进展状态没有填写")
    say(records[records["progress"].isna()], "blank-field", "进展情况没有填写")
    say(records[records["progress"].isin(PLACEHOLDERS)], "placeholder-text", "进展情况没有实质内容")
    say(records[records["score"] < REVIEW_BELOW], "uncertain-match", "对应的任务需要复核")
    target, done, rate = (pd.to_numeric(records[name], errors="coerce") for name in ("target", "done", "rate"))
    say(records[((done / target - rate).abs() > 0.01)], "rate-mismatch", "完成率与累计完成、目标值不符")
    status = records["status"].map(STATUSES)
    say(records[(status == "已完成") & (done < target)], "status-contradiction", "已完成但低于目标值")
    say(records[(status == "未启动") & (done > 0)], "status-contradiction", "未启动但有完成数")
    narrative = records[records["progress"].str.len() >= 20]
    say(narrative[narrative.duplicated("progress", keep=False)], "copied-text", "进展情况与其他单位相同")
    spread = done.groupby(records["task"]).transform("std")
    middle = done.groupby(records["task"]).transform("median")
    say(records[(done - middle).abs() > 6 * spread], "outlier", "与其他单位相差过大")
    say(records[records.duplicated(["township", "task"], keep="first")], "duplicate-row", "同一任务填了几行")
    reported = set(zip(records["township"], records["task"]))
    for township in plan["townships"]:
        for task in plan["tasks"]:
            if (township["name"], task["number"]) not in reported:
                found.append(("missing-task", township["name"], task["number"], None, None, "没有填报"))
    return pd.DataFrame(found, columns=["code", "township", "task", "file", "row", "message"])


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--calamine"]
    fast = "--calamine" in sys.argv
    plan = tomllib.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    townships = {township["name"] for township in plan["townships"]}
    files = sorted(Path(arguments[1]).rglob("*.xlsx"))
    engine = "calamine" if fast else "openpyxl"
    rows = [record for path in files for record in read(path, engine, townships)]
    records = pd.DataFrame(rows, columns=["township", "file", "row", *TITLES])
    match(records, plan)
    findings = check(records, plan)
    matrix = records.pivot_table(index="task", columns="township", values="status", aggfunc="first")
    done = pd.to_numeric(records["done"], errors="coerce")
    sums = records.assign(done=done).groupby("task")["done"].agg(["count", "sum", "median"])
    by_task = records.sort_values(["task", "township"])
    with pd.ExcelWriter(arguments[2], engine="xlsxwriter" if fast else "openpyxl") as writer:
        by_task[["task", "township", "status", "done", "target", "unit", "rate", "progress", "problem", "plan"]].to_excel(
            writer, sheet_name="汇总表", index=False
        )
        matrix.to_excel(writer, sheet_name="任务对照")
        sums.to_excel(writer, sheet_name="指标")
        findings.to_excel(writer, sheet_name="问题清单", index=False)
        records.to_excel(writer, sheet_name="明细", index=False)
    print(f"{len(files)} workbooks, {len(records)} records, {len(findings)} findings", file=sys.stderr)


main()
