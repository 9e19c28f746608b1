"""Opens the written files again and compares every truth row and finding with the text that stands there."""
import csv
import json
import re

import openpyxl
import xlrd
from openpyxl.utils import column_index_from_string

from lib import OUT, TRUTH


def grids(path):
    """Sheet name -> function (row, column from 0) -> value."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return {ws.title: (lambda r, c, ws=ws: ws.cell(r, c + 1).value) for ws in book}
    if path.suffix == ".xls":
        book = xlrd.open_workbook(path)
        return {s.name: (lambda r, c, s=s: s.cell_value(r - 1, c) if r <= s.nrows and c < s.ncols else None) for s in book.sheets()}
    with open(path, encoding="gbk", newline="") as file:
        rows = list(csv.reader(file))
    return {"Sheet1": lambda r, c: rows[r - 1][c] if r <= len(rows) and c < len(rows[r - 1]) else None}


def main(truths):
    seen = wrong = 0
    for truth in truths:
        if not truth.rows:
            continue
        book = grids(OUT / truth.file)
        written = json.loads((TRUTH / f"{truth.file}.json").read_text(encoding="utf-8"))
        if [(row["sheet"], row["row"]) for row in written["rows"]] != [probe[:2] for probe in truth.probes]:
            wrong += 1
            print("wrong", truth.file, "truth file and generator differ")
        for sheet, row, cells in truth.probes:
            for column, text in cells:
                seen += 1
                if book[sheet](row, column) != text:
                    wrong += 1
                    print("wrong", truth.file, sheet, row, column, text, book[sheet](row, column))
        for found in written["findings"]:
            if found["cell"]:
                letters, row = re.fullmatch(r"([A-Z]+)(\d+)", found["cell"]).groups()
                value = book[found["sheet"]](int(row), column_index_from_string(letters) - 1)
                if (found["code"] == "blank-field") != (value in (None, "", "—", "-", "/")) and found["code"] != "placeholder-text":
                    wrong += 1
                    print("wrong", truth.file, found, value)
                print(f"  {found['code']:<24} {found['task']} {found['sheet']}!{found['cell']} {str(value)[:40]!r}")
    print(seen, "cells compared,", wrong, "wrong")
