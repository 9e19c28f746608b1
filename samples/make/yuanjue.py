"""元觉街道: a talkative clerk with local names for everything; sent once on 29 March, and corrected on 7 April."""
import copy

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from lib import OUT, Truth, banner, dress, other, put, r, save, widths

FIRST = "元觉街道一季度.xlsx"
SECOND = "元觉街道一季度(更正).xlsx"
COLUMNS = [
    ("number", "编号"), ("name", "重点工作"), ("progress", "推进情况"), ("done", "累计数"), ("unit", "单位"),
    ("status", "进展状态"), ("deadline", "完成时间"), ("remark", "分管领导"),
]

LINES = [
    r(1, "reworded", "1-1", "项目攻坚(状元南片产业园、深门码头)", "状元南片围垦区两家企业打桩,深门陆岛码头改造图纸过审,一季度实际完成投资1.62亿元。", 1.62, "亿元", "在推", "年底", "庄海斌"),
    r((4, 30), "merged", "1-2", "村集体增收、强村公司", "花岗村游客停车场收费加民宿分红,6个村一共进账213万元,强村公司刚签下连港绿道保洁。", 213, "万元", "在推", "年底", "叶晓丹"),
    r(7, "reworded", "1-3", "老百姓腰包(农村人均收入)", "调查户一季度人均收入涨了6.3%,靠虾皮加工和跑海钓船,比去年同期少涨0.4个点。", 6.3, "%", "在推", "年底", "叶晓丹"),
    r(12, "reworded", "2-1", "粮食播种,撂荒地复种", "活水潭村35亩撂荒地翻了,种上土豆,沙岗村番薯苗育了8万株,等雨水下来就插。", 96, "亩", "在推", "年底", "郑小波"),
    r(13, "reworded", "2-2", "花岗虾皮做大做强(土特产百链千亿)", "花岗虾皮换了烘干线,一天出干货1.6吨,包装换了礼盒,过年前后卖出470万元。", None, None, "在推", "2025年底", "郑小波"),
    r(14, "reworded", "2-3", "海岛人家、农播电商等农业+", "海岛人家挂了3块牌子,主播阿珍每周播4场虾皮,最高一场成交2.8万元。", None, None, "在推", "2025年底", "郑小波"),
    r(15, "reworded", "2-4", "渔家乐休闲旅游产值", "元宵节前后客人挤满花岗,民宿入住七成半,休闲这块产值大概1100万元。", "1100", "万元", "在推", "年底", "庄海斌"),
    r(17, "edited", "2-5", "花岗创金3A景区村", "观景平台和公厕完工,旅游标识换了56块,就等区里五一后来暗访。", 0, "个", "在推", "2024年9月", "庄海斌"),
    r(21, "split", "3-1", "和美庭院创建", "妇联牵头,逢周三评比,一季度新评上71户,门口不许堆渔网。", 71, "户", "在推", "年底", "陈雪芬"),
    r(21, "split", None, "  花岗村", "渔家石头房门口种三角梅,评上28户,示范户给了8户花盆。", 28, "户", "在推", "年底", "陈雪芬"),
    r(21, "split", None, "  沙岗村", "沿路17户清了杂物,老书记家带头拆鸡棚。", 17, "户", "在推", "年底", "陈雪芬"),
    r(21, "split", None, "  活水潭村", "活水潭水渠边26户修了矮墙,墙绘还没画。", 26, "户", "在推", "年底", "陈雪芬"),
    other(None, "小  计", None, 71, "户", style="total"),
    r(20, "reworded", "3-2", "垃圾污水、村容村貌(人居环境整治)", "请了第三方收海漂垃圾,三个月清了52吨;农污终端15个,坏的2个泵已换。", 15, "个", "在推", "年底", "陈雪芬"),
    r(19, "reworded", "3-3", "中心村培育", "花岗、状元两个村定做中心村,规划做完评审,就差批下来,幼儿园旁边那块地先不动。", None, None, "在推", "2025年底", "钱进"),
    r(22, "edited", "4-1", "精神家园夯基提效、五星文化礼堂", "花岗礼堂今年报五星,灯光音响装好,正月里唱了三天越剧,坐满260人。", 1, "家", "在推", "年底", "苏云"),
    r(23, "reworded", "4-2", "移风易俗文明村", "白事从简写进村规,酒席桌数压到15桌内,状元村省级文明村材料3月交上去了。", None, None, "在推", "年底", "苏云"),
    r(26, "reworded", "4-3", "讲深门渔俗、建展示馆", "收了老船灯、网梭等老物件84件,深门渔俗馆墙面布展做到一半。", None, None, "在推", "2025年6月", "苏云"),
    r(29, "edited", "4-4", "清廉村居、无检举控告村", "六个村三务公开逐月晒,民情账本查出2笔白条已补票,没有人来检举。", None, None, "做好了", "年底", "林纪委"),
    r(40, "reworded", "5-1", "自建房排查", "对辖区经营性自建房逐户过一遍,共排查326户,其中存在隐患的11户已下发整改通知书,9户完成加固,剩余2户租客已搬离。", None, None, "在推", "2024年6月", "钱进", f=["copied-text@progress"]),
    r(47, "reworded", "5-2", "闲置宅基地摸底", "空着的房子数了一遍,总共137幢,主人在外地的占六成,打电话问了41户愿意租。", 137, "幢", "在推", "年底", "钱进"),
    r(48, "edited", "5-3", "四好农村路建设", "状元环岛路补了450米沥青,花岗会车道加宽3处,公路局说下半年验收。", 0.45, "公里", "在推", "2024年11月", "钱进"),
    r(49, "edited", "5-4", "农村供水统管", None, 100, "%", "做好了", "2023年底", "钱进", f=["blank-field@progress"]),
    r(53, "reworded", "5-5", "快递进村", "六个村代收点都能取件,花岗每天往外寄虾皮三百多单,冷链车三天一趟。", 6, "个", "做好了", "年底", "庄海斌"),
    r(57, "edited", "6-1", "村级居家养老照料中心", "沙岗老年食堂二月二开张,三菜一汤6块钱,每天来吃的老人26个。", 1, "家", "在推", "年底", "陈雪芬"),
    r(58, "edited", "6-2", "特定群体关爱服务", "结对留守老人44个,送药上门19趟,律师驻点两次,帮船员讨回工钱8.6万元。", None, None, "在推", "年底", "陈雪芬"),
    r(32, "reworded", "6-3", "共富工坊和渔民转产转业培训", "虾皮分拣共富工坊留住38个阿姨,每人月入2100,三月办了船员复训一期55人。", 55, "人", "在推", "年底", "叶晓丹"),
    r((62, 68), "merged", "7-1", "专班运作、领导联系重点项目", "专班五个人挂图作战,每个项目一名班子成员认领,电网杆线迁改已经对接3轮。", None, None, "在推", "年底", "庄海斌"),
    r(None, "extra", "7-2", "伏季休渔宣传和渔船检修", "渔船112艘检修登记,5月1日休渔前广播喊话,渔政联合上船查了21艘。", None, None, "在推", "2024年9月", "郑小波"),
    r(52, "reworded", "7-3", "消防水鹤和燃气", "石屋连片的花岗村装了4个消火栓,煤气瓶换安全阀73户。", None, None, "还没动", "年底", "钱进", f=["status-contradiction@status"]),
]

# What the first version said: other words and numbers by 编号; these rows were not there yet.
FIRST_SAID = {
    "1-1": {"progress": "状元南片围垦区两家企业打桩,深门陆岛码头还在等图纸,投资大概1.2亿元。", "done": 1.2},
    "2-1": {"progress": "活水潭村撂荒地翻了35亩,准备种土豆。", "done": 35},
    "3-2": {"progress": "海漂垃圾清了50来吨,农污终端坏了2个泵。", "done": 15},
    "5-3": {"status": "做好了"},
    "6-3": {"progress": "虾皮分拣共富工坊38人,培训还没办。", "done": 0},
}
ADDED = {"4-3", "5-2", "7-2", "7-3"}


def version(file, title, day, lines, note, status):
    truth = Truth(file, "元觉街道", status)
    wb = Workbook()
    ws = wb.active
    ws.title = "Sheet1"
    n = len(COLUMNS)
    banner(ws, 1, title, n, size=16, font="宋体", height=30)
    banner(ws, 2, f"元觉街道办事处                填报日期:{day}", n, size=11, font="宋体", height=20, align="right")
    for i, (_, head) in enumerate(COLUMNS):
        ws.cell(3, i + 1, head)
    dress(ws, 3, n, bold=True, font="宋体", size=11, fill="FFF2CC", height=24)
    end = put(ws, 4, COLUMNS, lines, truth, font="宋体", center=(1, 4, 5, 6, 7, 8))
    banner(ws, end, note, n, size=10, font="宋体", height=18, align="left")
    ws.cell(end + 1, 7, "经办:阿林")
    ws.cell(end + 2, 7, day)
    for row in (end + 1, end + 2):
        ws.cell(row, 7).font = Font(name="宋体", size=11)
        ws.cell(row, 7).alignment = Alignment(horizontal="right")
    widths(ws, 7, 30, 62, 9, 7, 10, 12, 11)
    save(wb, OUT / file, "元觉党政办")
    truth.write()
    return truth


def build():
    first = []
    for line in LINES:
        number = line.cells[0]
        if number in ADDED:
            continue
        line = copy.deepcopy(line)
        for key, value in FIRST_SAID.get(number, {}).items():
            line.cells[[k for k, _ in COLUMNS].index(key)] = value
        first.append(line)
    return [
        version(FIRST, "元觉街道2024年一季度千万工程重点工作推进情况", "2024年3月29日", first, "备注:部分数字等统计站核。", "superseded"),
        version(SECOND, "元觉街道2024年一季度千万工程重点工作推进情况(更正稿)", "2024年4月7日", LINES, "备注:3月29日报的那份作废,以本表为准。", "read"),
    ]
