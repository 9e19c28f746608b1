"""Reports with planted defects and their truth, for `hedui evaluate`: six townships, three layouts, every defect once a report.

usage: planted.py PLAN.json FOLDER SEED (PLAN.json from `hedui import … -o PLAN.json`)
then:  hedui evaluate FOLDER --mistakes
"""
import json
import random
import re
import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

VILLAGES = {
    "北岙街道": "海霞村 小朴村 大长坑村 鸽尾礁村 九亩丘村 三盘社区", "东屏街道": "东岙顶村 南策村 松柏园村 垄头村 金岙村 寮顶村",
    "元觉街道": "沙角村 状元村 活水潭村 小北岙村 深门村 花岗村", "霓屿街道": "布袋岙村 桐岙村 上社村 郎等村 下社村 正岙村",
    "大门镇": "西浪村 豆岩村 岙面村 潭头村 沙岩村 黄岙村", "鹿西乡": "口筐村 昌鱼礁村 东臼村 鲳鱼村 鹿西村 山坪村",
}
DEEDS = ("召开专题推进会 组织现场踏勘 完成入户摸排 签订责任书 开展集中培训 完成方案评审 启动招标采购 现场督查 建立台账 完成图纸会审 组织群众代表座谈 "
         "联合执法检查").split()
FIGURES = ("清理卫生死角%d处 走访农户%d户 发放宣传册%d份 整改隐患%d个 铺设管线%d米 新增停车位%d个 拆除违建%d平方米 惠及群众%d人 开课%d期 拨付资金%d万元 "
           "种植苗木%d株 检修路灯%d盏").split()
ENDS = ["", "，下一步抓紧验收", "，现正收尾", "，计划五月底前交付", "，材料已报区级部门", "，施工单位已进场", "，后续转入常态管护"]
COUNTED = set("个 家 条 宗 名 户 人 人次 场 项 所 座".split())
LAYOUTS = {
    "official": "number 序号|name 任务名称|content 主要内容|agencies 责任单位|indicator 指标|target 目标值|unit 计量单位|done 累计完成|rate 完成率"
                "|status 进展状态|progress 工作进展情况|problem 存在问题|plan 下一步计划|deadline 完成时限",
    "own titles": "number 编号|name 重点任务|content 目标要求|agencies 牵头及配合单位|status 目前状态|target 年度目标|unit 单位|done 截至目前完成数"
                  "|rate 完成比例|progress 一季度进展|problem 存在困难|plan 下步打算|deadline 时限要求",
    "units in cells": "name 工作任务|content 工作内容|agencies 责任部门|indicator 考核指标|target 目标|done 已完成|rate 完成百分比|status 进度"
                      "|deadline 计划完成时间|progress 落实情况|problem 问题和建议|plan 下一步举措",
}


def narrative(r, township):
    """What a village clerk would write; no two alike."""
    villages, deeds, figures = (r.sample(words, 2) for words in (VILLAGES[township].split(), DEEDS, FIGURES))
    clauses = [f"{village}{deed}，{figure % r.randint(3, 480)}" for village, deed, figure in zip(villages, deeds, figures)]
    return "；".join(clauses) + r.choice(ENDS) + "。"


def numbers(r, indicator):
    """Target, done and rate of a township that is on its way."""
    value, unit = indicator["value"], indicator["unit"]
    if not indicator["adds_up"]:
        done = round(value * (r.uniform(1.02, 1.06) if indicator["direction"] == "at-most" else r.uniform(.9, .985)), 2)
        return value, done, None if indicator["direction"] == "at-most" else round(done / value, 4)
    target = value / r.choice([5, 6, 8])
    target = max(2, int(target)) if unit in COUNTED else round(target, 2)
    done = target * r.uniform(.2, .75)
    done = max(1, min(target - 1, int(done))) if unit in COUNTED else round(done, 2)
    return target, done, round(done / target, 4)


def clean_rows(r, township, plan):
    """Rows without a fault, some of them in a clerk's own ways."""
    rows = []
    for task in plan["tasks"]:
        indicators = task.get("indicators") or [None]
        for place, indicator in enumerate(indicators[:1] if r.random() < .7 else indicators):
            row = dict.fromkeys("indicator target unit done rate problem plan".split())
            row |= {"township": township, "task": task["number"], "number": task["number"], "name": task["name"], "content": task["content"],
                    "agencies": "、".join(["*" + lead for lead in task["leads"]] + task["supports"]), "status": "推进中",
                    "progress": narrative(r, township), "deadline": "2027年12月", "of": indicator, "first": place == 0, "own": False, "defects": []}
            if indicator:
                row |= {"indicator": indicator["name"], "unit": indicator["unit"] or None}
                row["target"], row["done"], row["rate"] = numbers(r, indicator)
            own_ways(r, row)
            rows.append(row)
    return rows


def adds_up(row):
    return bool(row["of"] and row["of"]["adds_up"] and row["target"] is not None)


def own_ways(r, row):
    """What is no fault, however it looks."""
    way, village = r.random(), r.choice(VILLAGES[row["township"]].split())
    row["own"] = way < .64
    if way < .06 and adds_up(row) and row["done"] > 3:
        row |= {"done": r.choice(["约%g", "近%g", "%g余", "%g多"]) % row["done"] + (row["unit"] or ""), "rate": None}
    elif way < .10:
        row |= {"target": None, "done": None, "rate": None}
    elif way < .18 and adds_up(row):
        words = r.choice(["区级主管部门尚未部署，街道暂未启动", "待上级下达计划后组织实施", "该项由区里统一安排，目前还没有动工", "前期调研中，尚未立项"])
        row |= {"done": 0, "rate": 0.0, "status": "未启动", "progress": f"{words}（{village}）。", "problem": None}
    elif way < .23 and adds_up(row):
        row |= {"done": row["target"], "rate": 1.0, "status": r.choice(["已完成", "完成", "已办结"]), "progress": "已全部完成并通过验收，" + row["progress"]}
    elif way < .27 and row["target"] is None:
        row |= {"status": "已完成", "progress": f"已完成年度任务，{village}{r.choice(DEEDS)}。"}
    elif way < .31:
        row |= {"status": r.choice(["滞后", "进度偏慢"]), "problem": r.choice(["用海审批周期长，进度慢于计划。", "资金没有到位。"])}
    elif way < .35:
        row["agencies"] = row["agencies"].replace("区", "")
    elif way < .39:
        row["agencies"] = row["agencies"].replace("、", "，")
    elif way < .43:
        row["content"] = row["content"].replace(",", "，").replace("。", "")
    elif way < .47:
        row["content"] = row["content"].split("。")[0]
    elif way < .50:
        row["problem"] = r.choice(["—", "暂无", "无", "/"])
    elif way < .54:
        row["deadline"] = r.choice(["年底", "每年", "长期坚持", "2024年1-12月", "三季度末", "2027", "全年", "12月底前"])
    elif way < .57:
        row["status"] = r.choice(["基本完成", "完成80%", "已启动", "正在实施", "前期准备", "常态化推进"])
    elif way < .60:
        row["name"] = row["name"].replace("建设", "").replace("提升", "") or row["name"]
    elif way < .62:
        row["plan"] = "下一步启动下一批项目申报。"
    elif way < .64 and adds_up(row):
        row["target"] = r.choice(["%g以上", "≥%g", "不少于%g"]) % row["target"]


def altered_figure(r, row):
    figures = [found for found in re.finditer(r"\d+(\.\d+)?", row["content"]) if not re.match(r"20\d\d", found.group())]
    if not figures:
        return False
    figure = r.choice(figures)
    changed = "%g" % round(float(figure.group()) * r.choice([.8, .5, 1.2, 2]), 2)
    row["content"] = row["content"][:figure.start()] + changed + row["content"][figure.end():]
    return changed != figure.group()


def altered_word(r, row):
    pairs = [pair for pair in ("稳慎 加快", "积极 暂缓", "全面 部分", "完善 取消", "加强 减少", "深化 弱化", "健全 精简") if pair.split()[0] in row["content"]]
    if pairs:
        row["content"] = row["content"].replace(*r.choice(pairs).split(), 1)
    return bool(pairs)


def altered_lead(_, row):
    agencies = row["agencies"].split("、")
    lead = next((place for place, agency in enumerate(agencies) if agency.startswith("*")), None)
    if lead is not None:
        agencies[lead] = "*区民政局" if "财政" in row["agencies"] else "*区财政局"
        row["agencies"] = "、".join(agencies)
    return lead is not None


def put(**values):
    """Puts values into a row; a list is chosen from, a function is asked."""
    def change(r, row):
        for field, value in values.items():
            value = value(r, row) if callable(value) else value
            row[field] = r.choice(value) if isinstance(value, list) else value
        return True
    return change


def quantified(row):
    return row["target"] is not None


def in_percent(row):
    return quantified(row) and row["unit"] == "%" and "增" not in row["indicator"]


def told(row):
    return not quantified(row)


def place(text):
    """A narrative with the place and the figure of the row."""
    return lambda r, row: text.format(r.choice(VILLAGES[row["township"]].split()), r.randint(30, 9000))


# Code, the field that the finding points at, which rows can bear it, and what is done to the row.
DEFECTS = [
    ("blank-field", "progress", bool, put(progress=None)),
    ("blank-field", "status", bool, put(status=None)),
    ("blank-field", "done", adds_up, put(done=None, rate=None)),
    ("blank-field", "problem", bool, put(status=["滞后", "进度偏慢"], problem=None)),
    ("placeholder-text", "progress", bool, put(progress=["无", "/", "同上", "按计划推进", "正常推进", "按要求落实", "暂无", "已落实。"])),
    ("bad-number", "done", quantified, put(done=["正在统计", "待核实", "详见附件", "若干", "见备注", "数据未出"], rate=None)),
    ("bad-date", "deadline", bool, put(deadline=["尽快", "2024年13月", "2024年2月30日", "2025-06-31", "近期"])),
    ("bad-status", "status", bool, put(status=["见附件", "未启动/推进中/已完成/滞后", "看情况", "详见说明"])),
    ("formula-error", "rate", quantified, put(rate=["#DIV/0!", "#REF!", "#N/A", "#VALUE!"])),
    ("unit-mismatch", "done", lambda row: adds_up(row) and row["unit"] == "亿元", put(done=lambda _, row: f"{row['done'] * 10000:.0f}万元")),
    ("unit-mismatch", "done", in_percent, put(done=lambda r, _: f"{r.randint(3, 40)}个", rate=None)),
    ("out-of-range", "done", in_percent, put(done=[103, 108.5, 112], rate=None)),
    ("out-of-range", "done", adds_up, put(done=lambda _, row: -row["done"], rate=None)),
    ("outlier", "done", lambda row: adds_up(row) and row["unit"] in ("万元", "亿元", "亩", "个"), put(done=lambda r, row: row["done"] * r.choice([1000, 10000]), rate=None)),
    ("rate-mismatch", "rate", lambda row: bool(row["rate"]) and row["rate"] < .8, put(rate=lambda r, row: round(row["rate"] + r.choice([.08, .15]), 4))),
    ("status-contradiction", "status", adds_up, put(status=["已完成", "完成", "已办结"])),
    ("status-contradiction", "status", adds_up, put(status=["未启动", "尚未开工"])),
    ("status-contradiction", "status", adds_up, put(done=lambda _, row: row["target"], rate=1.0)),
    ("status-contradiction", "status", told, put(status="已完成", progress=lambda r, row: place(r.choice(
        ["{}的方案尚在起草，下一步将启动招标。", "{}目前正在施工，预计年底前完工。", "{}前期手续还在办理，尚未开工。"]))(r, row))),
    ("status-contradiction", "status", told, put(status="未启动", progress=lambda r, row: place(r.choice(
        ["{}已完成主体工程并通过验收，设施投入使用{}处。", "{}已建成投用，累计接待群众{}人次。", "{}已开工建设，完成投资{}万元。"]))(r, row))),
    ("overdue", "deadline", bool, put(deadline=["2023年12月", "2024年2月", "2023年底", "2024-01-31"])),
    ("date-out-of-plan", "deadline", bool, put(deadline=["2032年底", "2029年12月", "2021年6月", "2030-12-31"])),
    ("altered-target", "content", bool, altered_figure),
    ("altered-text", "content", bool, altered_word),
    ("altered-agencies", "agencies", bool, altered_lead),
]


def plant(r, rows, fields):
    """Plants each defect in a row of its own, where one can bear it."""
    alone = [row for row in rows if not row["own"] and sum(other["task"] == row["task"] for other in rows) == 1]
    r.shuffle(alone)
    for code, field, bears, change in r.sample(DEFECTS, len(DEFECTS)):
        for row in alone:
            before = dict(row)
            if field in fields and not row["defects"] and bears(row) and change(r, row):
                row["defects"] = [(code, field)]
                break
            row.update(before)


def shown(row, field, layout, rates):
    """A field as this clerk writes it into a cell."""
    value = row[field]
    if field == "rate" and isinstance(value, float):
        return {"share": value, "text": f"{value * 100:.1f}%", "points": round(value * 100, 1)}[rates]
    if field in ("target", "done") and layout == "units in cells" and isinstance(value, (int, float)):
        return f"{value:g}{row['unit'] or ''}"
    return value


def write(folder, township, rows, layout, rates):
    """The workbook and its truth."""
    columns = [column.split() for column in LAYOUTS[layout].split("|")]
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "填报表"
    sheet.append([f"{township}2024年一季度“千万工程”任务进展情况表"])
    sheet.append([f"填报单位：{township}", None, None, None, "填报日期：2024年4月2日"])
    sheet.append([title for _, title in columns])
    truth = {"schema": "hedui/truth/1", "file": f"{township}一季度.xlsx", "status": "read", "township": township, "period": "2024Q1", "rows": [], "findings": []}
    for number, row in enumerate(rows, start=4):
        for column, (field, _) in enumerate(columns, start=1):
            value = shown(row, field, layout, rates)
            if value is not None:
                cell = sheet.cell(number, column, value)
                cell.number_format = "0.0%" if field == "rate" and rates == "share" else "General"
        truth["rows"].append({"sheet": sheet.title, "row": number, "tasks": [row["task"]], "outcome": "matched", "kind": "exact"})
        for code, field in row["defects"]:
            column = get_column_letter([name for name, _ in columns].index(field) + 1)
            truth["findings"].append({"code": code, "task": row["task"], "sheet": sheet.title, "cell": f"{column}{number}"})
    workbook.save(folder / "planted" / truth["file"])
    (folder / "planted.truth" / f"{truth['file']}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")


def main():
    plan, folder, seed = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]), int(sys.argv[3])
    for name in ("planted", "planted.truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    ways = zip(VILLAGES, list(LAYOUTS) * 2, ["share", "text", "points", "points", "text", "share"])
    for place_in_roster, (township, layout, rates) in enumerate(ways):
        r = random.Random(seed * 100 + place_in_roster)
        rows = clean_rows(r, township, plan)
        plant(r, rows, LAYOUTS[layout])
        write(folder, township, rows, layout, rates)
    run = {"schema": "hedui/truth/1", "period": "2024Q1", "findings": []}
    (folder / "planted.truth" / "run.json").write_text(json.dumps(run, ensure_ascii=False), encoding="utf-8")


main()
