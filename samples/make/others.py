"""Two files in the folder that are no submission: a telephone list, and a workbook that broke off while it was copied."""
import io
import zipfile

from openpyxl import Workbook

from lib import FIXED, OUT, Truth, banner, dress, save, widths

PEOPLE = [
    ["北岙街道", "苏海燕", "综合岗", "0577-6338xx01"], ["东屏街道", "柯文杰", "党政办", "0577-6338xx02"],
    ["元觉街道", "林阿林", "党政办", "0577-6338xx03"], ["霓屿街道", "张一鸣", "办公室", "0577-6338xx04"],
    ["大门镇", "黄岳", "党政综合办", "0577-6338xx05"], ["鹿西乡", "陈小岛", "党政办", "0577-6338xx06"],
    ["区农业农村局", "王笑", "秘书科", "0577-6338xx07"],
]


def contacts():
    wb = Workbook()
    ws = wb.active
    ws.title = "联络员"
    banner(ws, 1, "各街道乡镇联络员通讯录", 4, size=16)
    for col, title in enumerate(["单位", "姓名", "岗位", "电话"]):
        ws.cell(2, col + 1, title)
    dress(ws, 2, 4, bold=True, font="黑体")
    for i, person in enumerate(PEOPLE):
        for col, value in enumerate(person):
            ws.cell(3 + i, col + 1, value)
        dress(ws, 3 + i, 4, center=(1, 2, 3, 4))
    widths(ws, 16, 12, 16, 20)
    truth = Truth("联络员通讯录.xlsx", None, "no-table", None)
    save(wb, OUT / truth.file, "区农业农村局")
    truth.find("no-table")
    truth.write()
    return truth


def broken():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>" * 20), ("xl/worksheets/sheet1.xml", "<sheetData/>" * 300)):
            info = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, text)
    truth = Truth("新建 Microsoft Excel 工作表.xlsx", None, "unreadable", None)
    (OUT / truth.file).write_bytes(raw.getvalue()[:180])
    truth.find("unreadable-workbook")
    truth.write()
    return truth


def build():
    return [contacts(), broken()]
