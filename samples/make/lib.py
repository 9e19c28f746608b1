"""What the townships' modules share: noting the truth of each written row, and files with the same bytes each time."""
import datetime
import io
import json
import re
import zipfile
from pathlib import Path

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

BASE = Path(__file__).resolve().parent.parent
OUT = BASE / "2024Q1"
TRUTH = BASE / "2024Q1.truth"
FIXED = datetime.datetime(2024, 4, 8, 9, 0, 0)

STATUS = {
    "未启动": "未启动", "未开展": "未启动", "尚未启动": "未启动", "还没动": "未启动", "未开始": "未启动",
    "推进中": "推进中", "进行中": "推进中", "正在推进": "推进中", "在做": "推进中", "有序推进": "推进中", "在推": "推进中",
    "已完成": "已完成", "完成": "已完成", "已办结": "已完成", "做好了": "已完成", "已达标": "已完成",
    "滞后": "滞后", "进度偏慢": "滞后", "慢了": "滞后",
}
PLACEHOLDERS = {"无", "/", "同上", "按计划推进", "见上", "略"}
BLANK = {None, "", "—", "-", "/", "无"}


class Row:
    """One sheet row. `kind` None: no data record (section, total, note)."""

    def __init__(self, tasks, kind, cells, f=(), v=None, outcome=None, up=(), wide=False, style=None, counted=True):
        self.tasks = [] if tasks is None else [tasks] if isinstance(tasks, int) else list(tasks)
        self.kind, self.cells, self.f, self.v = kind, list(cells), list(f), v or {}
        self.outcome = outcome or ("extra" if kind == "extra" else "matched")
        self.up, self.wide, self.style, self.counted = up, wide, style, counted


def r(tasks, kind, *cells, **kw):
    return Row(tasks, kind, cells, **kw)


def section(text):
    return Row(None, None, [text], wide=True, style="section")


def other(*cells, **kw):
    return Row(None, None, cells, **kw)


def quantity(cell, unit):
    if cell in BLANK:
        return None
    if isinstance(cell, (int, float)):
        value = {"value": cell}
        if unit:
            value["unit"] = unit
        return value
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*([^\d\s]*)", cell)
    if not found:
        raise ValueError(f"no rule reads {cell!r}: give it in v=")
    number = float(found[1]) if "." in found[1] else int(found[1])
    value = {"value": number}
    if found[2] or unit:
        value["unit"] = {"亿": "亿元", "万": "万元"}.get(found[2], found[2]) or unit
    return value


def month(cell):
    if cell in BLANK:
        return None
    for pattern, form in (
        (r"(\d{4})[-.](\d{1,2})[-.](\d{1,2})", "{0}-{1:02}-{2:02}"),
        (r"(\d{4})年(\d{1,2})月(\d{1,2})日", "{0}-{1:02}-{2:02}"),
        (r"(\d{4})年(\d{1,2})月底?", "{0}-{1:02}"),
        (r"(\d{4})[-.](\d{1,2})", "{0}-{1:02}"),
        (r"(\d{4})年底", "{0}-12"),
        (r"(\d{4})年?", "{0}"),
    ):
        found = re.fullmatch(pattern, str(cell))
        if found:
            return form.format(*map(int, found.groups()))
    fixed = {"年底": "2024-12", "年底前": "2024-12", "上半年": "2024-06", "6月底": "2024-06", "三季度末": "2024-09", "9月底": "2024-09", "12月底": "2024-12", "10月": "2024-10"}
    return fixed[cell]


class Truth:
    def __init__(self, file, township, status="read", period="2024Q1"):
        self.file, self.township, self.status, self.period = file, township, status, period
        self.rows, self.findings, self.probes, self.problems = [], [], [], []

    def record(self, sheet, row, columns, line, units=None):
        """Notes the record `line` that stands at `row`; columns: list of (key, header)."""
        keys = [key for key, _ in columns]
        cell = dict(zip(keys, line.cells))
        units = units or {}
        values = {}
        status = cell.get("status")
        if status not in BLANK:
            values["status"] = STATUS[status]
        bad = {f.split("@")[1] for f in line.f if f.startswith(("bad-", "formula-"))}
        for key in ("target", "period_done", "done"):
            if key in line.v or key in bad:
                continue
            value = quantity(cell.get(key), cell.get("unit") or units.get(key))
            if value:
                values[key] = value
        rate = cell.get("rate")
        if rate not in BLANK and "rate" not in bad:
            if isinstance(rate, str):
                values["rate"] = round(float(rate.rstrip("%")) / 100, 5)
            else:
                values["rate"] = round(rate / 100, 5) if units.get("rate") == "%" else rate
        if "deadline" not in bad and "deadline" not in line.v:
            value = month(cell.get("deadline"))
            if value:
                values["deadline"] = value
        values.update({k: v for k, v in line.v.items() if v is not None})
        order = ["status", "target", "period_done", "done", "rate", "deadline"]
        entry = {"sheet": sheet, "row": row, "tasks": line.tasks, "outcome": line.outcome, "kind": line.kind}
        if not line.counted:
            entry["counted"] = False
        entry["values"] = {k: values[k] for k in order if k in values}
        self.rows.append(entry)
        self.probes.append((sheet, row, [(i, c) for i, c in enumerate(line.cells) if isinstance(c, str) and c and not c.startswith("=")]))
        if self.status == "superseded" or not line.counted:
            return
        label = "name" if "name" in keys else "content"
        specs = list(line.f)
        if line.outcome == "extra":
            specs.append("extra-row@" + label)
        if line.outcome == "review":
            specs.append("uncertain-match@" + label)
        for spec in specs:
            code, key = spec.split("@")
            place = f"{get_column_letter(keys.index(key) + 1)}{row}"
            found = {"code": code, "task": line.tasks[0] if line.tasks else None}
            if len(line.tasks) > 1:
                found["tasks"] = line.tasks
            self.findings.append(found | {"sheet": sheet, "cell": place})
        self.lint(sheet, row, keys, cell, values, set(specs), line.tasks)

    def lint(self, sheet, row, keys, cell, values, specs, entry_tasks):
        """Names defects that were made by accident, and planted ones that are none."""
        due = set()
        status, progress, problem = values.get("status"), cell.get("progress"), cell.get("problem")
        if "status" in keys and not status:
            due.add("blank-field@status")
        for key, text, need in (("progress", progress, True), ("problem", problem, status == "滞后")):
            if need and key in keys:
                if text in (None, ""):
                    due.add(f"blank-field@{key}")
                elif text in PLACEHOLDERS:
                    due.add(f"placeholder-text@{key}")
        target, done = values.get("target"), values.get("done")
        if target and "done" in keys and cell.get("done") in BLANK:
            due.add("blank-field@done")
        if target and done:
            share = done["value"] / target["value"]
            same = done.get("unit") == target.get("unit")
            if not same:
                due.add("unit-mismatch@done")
            elif set(entry_tasks) & {5, 8}:  # at most: no share to compare
                pass
            elif share >= 1 and status in ("推进中", "滞后", "未启动") or share < 1 and status == "已完成":
                due.add("status-contradiction@status")
            if same and "rate" in values and abs(values["rate"] - share) > 0.01:
                due.add("rate-mismatch@rate")
        elif values.get("rate", 0) >= 1 and status == "推进中" or values.get("rate", 1) < 1 and status == "已完成":
            due.add("status-contradiction@status")
        if status == "未启动" and done and done["value"]:
            due.add("status-contradiction@status")
        deadline = values.get("deadline", "2025")
        if deadline[:4] < "2023" or deadline[:4] > "2027":
            due.add("date-out-of-plan@deadline")
        elif deadline[:7] <= "2024-03" and deadline != "2024" and status != "已完成":
            due.add("overdue@deadline")
        checked = {s for s in specs if s.split("@")[0] in ("blank-field", "placeholder-text", "rate-mismatch", "overdue", "date-out-of-plan", "unit-mismatch")}
        if due - specs or checked - due:
            self.problems.append(f"{self.file} {sheet} {row}: not listed {sorted(due - specs)}, listed without cause {sorted(checked - due)}")

    def find(self, code, sheet=None, cell=None, task=None, **more):
        self.findings.append({"code": code, "task": task} | more | {"sheet": sheet, "cell": cell})

    def write(self):
        if self.status == "read":
            have = {t for row in self.rows if row.get("counted", True) for t in row["tasks"]}
            for task in range(1, 70):
                if task not in have:
                    self.find("missing-task", task=task)
        line = lambda x: json.dumps(x, ensure_ascii=False)
        head = [("schema", "hedui/truth/1"), ("file", self.file), ("status", self.status), ("township", self.township), ("period", self.period)]
        text = "{\n" + "".join(f' "{k}": {line(v)},\n' for k, v in head)
        for name, items, end in (("rows", self.rows, ","), ("findings", self.findings, "")):
            body = ",\n".join("  " + line(x) for x in items)
            text += f' "{name}": [' + (f"\n{body}\n " if items else "") + f"]{end}\n"
        (TRUTH / f"{self.file}.json").write_text(text + "}\n", encoding="utf-8", newline="\n")


THIN = Border(*[Side(style="thin", color="000000")] * 4)


def dress(ws, row, count, *, bold=False, size=10, font="仿宋_GB2312", fill=None, height=None, border=True, center=()):
    for column in range(1, count + 1):
        cell = ws.cell(row, column)
        cell.font = Font(name=font, size=size, bold=bold)
        cell.alignment = Alignment(horizontal="center" if bold or column in center else "left", vertical="center", wrap_text=True)
        if border:
            cell.border = THIN
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
    if height:
        ws.row_dimensions[row].height = height


def put(ws, row, columns, lines, truth, units=None, formats=None, font="仿宋_GB2312", center=(1,), sheet=None):
    """Writes `lines` from `row` on; gives the row after the last. Cells named in `up` are merged with the one above."""
    keys = [key for key, _ in columns]
    spans = {}
    for line in lines:
        for i, value in enumerate(line.cells):
            if value is not None:
                ws.cell(row, i + 1, value)
                if formats and keys[i] in formats and isinstance(value, (int, float)):
                    ws.cell(row, i + 1).number_format = formats[keys[i]]
        dress(ws, row, len(columns), font=font, center=center, bold=line.style in ("section", "total"), fill="F2F2F2" if line.style == "section" else None)
        if line.wide:
            ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
            ws.cell(row, 1).alignment = Alignment(horizontal="left", vertical="center")
        if line.style == "struck":
            for column in range(1, len(columns) + 1):
                ws.cell(row, column).font = Font(name=font, size=10, strike=True)
        for key in keys:
            if key in line.up:
                spans[key][1] = row
            else:
                if key in spans and spans[key][1] > spans[key][0]:
                    merge(ws, keys.index(key) + 1, *spans[key])
                spans[key] = [row, row]
        if line.kind:
            truth.record(sheet or ws.title, row, columns, line, units)
        row += 1
    for key, (first, last) in spans.items():
        if last > first:
            merge(ws, keys.index(key) + 1, first, last)
    return row


def merge(ws, column, first, last):
    ws.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def widths(ws, *values):
    for i, value in enumerate(values):
        ws.column_dimensions[get_column_letter(i + 1)].width = value


def banner(ws, row, text, count, *, size=18, font="方正小标宋简体", height=34, align="center"):
    ws.cell(row, 1, text)
    ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=count)
    ws.cell(row, 1).font = Font(name=font, size=size)
    ws.cell(row, 1).alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    ws.row_dimensions[row].height = height


def lines_of(text, width):
    """Lines that `text` takes in a column of `width`; Chinese characters count twice."""
    return sum(max(1, -(-sum(2 if ord(c) > 255 else 1 for c in part) // max(1, int(width) - 1))) for part in str(text).split("\n"))


def heights(ws):
    """Gives each row that has no height yet the height of its longest cell."""
    share, skip = {}, set()
    for area in ws.merged_cells.ranges:
        if area.max_col > area.min_col:
            skip.add((area.min_row, area.min_col))
        else:
            share[area.min_row, area.min_col] = area.max_row - area.min_row + 1
    need = {}
    for row in ws.iter_rows():
        for cell in row:
            if cell.value is None or (cell.row, cell.column) in skip:
                continue
            width = ws.column_dimensions[get_column_letter(cell.column)].width
            span = share.get((cell.row, cell.column), 1)
            each = -(-lines_of(cell.value, width) // span)
            for part in range(span):
                need[cell.row + part] = max(need.get(cell.row + part, 1), each)
    for row, count in need.items():
        if ws.row_dimensions[row].height is None:
            ws.row_dimensions[row].height = max(20, 13.5 * count + 5)


def save(wb, path, creator):
    wb.properties.creator = wb.properties.lastModifiedBy = creator
    wb.properties.created = FIXED
    for ws in wb:
        heights(ws)
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        ws.page_setup.orientation, ws.page_setup.fitToHeight = "landscape", 0
    raw = io.BytesIO()
    wb.save(raw)
    stamp = FIXED.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as goal:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), data)
            info = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            goal.writestr(info, data)
