"""东屏街道: an old .xls that groups its own summary of the tasks by office and numbers it anew; the title is last quarter's."""
import xlwt

from lib import OUT, Truth, lines_of, other, r

FILE = "东屏街道一季度汇总.xls"
SHEET = "汇总"
COLUMNS = [
    ("agencies", "责任科室"), ("number", "序号"), ("name", "工作任务"), ("deadline", "完成时限"), ("target", "年度目标"), ("done", "累计完成"),
    ("rate", "完成比例(%)"), ("status", "目前状态"), ("progress", "完成情况"), ("problem", "存在的困难"),
]
U = {"up": ("agencies",)}

LINES = [
    r(61, "reworded", "党建办", 1, "抓党建强基础,推进共享社·幸福里建设和村后备干部培养", "2027年底", "6处", "3处", 50, "进行中", "东岙顶村、松柏园村等幸福里3处挂牌,摸排后备干部21名,4名到村挂职锻炼。", None),
    r((4, 30), "merged", None, 2, "村集体经济增收和强村公司运营", "2024年12月", None, None, None, "进行中", "7个村一季度经营性收入402万元,资产盘点1.27亿元,强村公司接下东岙沙滩管养业务85万元。", "垄头村可用资产少。", **U),
    r((22, 23), "merged", None, 3, "五星级文化礼堂与文明村创建", "2027年底", None, None, None, "进行中", "五星礼堂已有2家,省级文明村1个(2023年评上),松柏园村正在准备市级文明村材料。", None, **U),
    r(29, "reworded", None, 4, "清廉村居、民主法治村", "2027年底", "3个", "2个", 66.7, "进行中", "洞头村、金岙村已是省级民主法治村,清廉公示栏7个村更新到位,信访件同比降两成。", None, **U),
    r(28, "edited", None, 5, "村级议事协商试点", "2024年12月", None, None, None, "进行中", "洞头村渔家议事会开会4次,定下渔港清淤和夜市管理两件事,公开栏贴到3月底。", None, **U),
    r(None, "extra", None, 6, "2024年上半年征兵及民兵整组", "2024年6月", "6人", "4人", 66.7, "进行中", "应征报名19人,双合格4人,3月15日完成民兵编组点验。", None, **U),
    r(1, "reworded", "经济发展办", 7, "项目建设和固定资产投资", "2024年12月", "8.6亿元", "19400万元", 22.6, "进行中", "中心渔港改扩建、韩海山居酒店等11个项目在建,一季度完成投资1.94亿元,开工2个。", "酒店项目用海审批慢。", f=["unit-mismatch@done"]),
    r((9, 10), "merged", None, 8, "GDP和农业增加值", "2024年12月", None, None, None, "进行中", "地区生产总值区里尚未反馈分街道数,渔业捕捞产量3860吨,农业增加值预计增4.3%左右。", None, **U),
    r((6, 7), "merged", None, 9, "城镇和农村居民收入增长", "2024年12月", None, None, None, "进行中", "抽样调查户记账数:城镇增5.4%、农村增6.6%,民宿务工收入占农村增收的四成。", None, **U),
    r((5, 8), "merged", None, 10, "缩小收入倍差(含农民与低收入农户比)", "2027年底", None, None, None, "进行中", "一季度收入比约1.6,低收入户96户全部落实帮扶人,发放羊栖菜加工活计35户。", None, **U),
    r(15, "reworded", None, 11, "休闲渔农业、农家乐产值", "2024年12月", "0.9亿元", "0.23亿元", 25.6, "进行中", "东岙沙滩春节七天人流9.6万人次,营业民宿186家,休闲产值2300万元。", None, **U),
    r(16, "reworded", None, 12, "夜经济、节会赛事、乡愁产业", "2024年12月", None, None, None, "进行中", "正月十五办鱼灯巡游,东岙夜排档39家持证,海钓节方案已报文广旅体局。", None, **U),
    r(17, "edited", None, 13, "金3A景区村", "2025年12月", "1个", "0个", 0, "进度偏慢", "东岙顶村游客中心选址换过一次,现定在旧校舍,设计还没出图。", None, f=["blank-field@problem"], **U),
    r(59, "reworded", None, 14, "电商直播、农产品网络零售", "2024年12月", "1800万元", "390万元", 21.7, "进行中", "虾皮、鱼饼等网络零售390万元,洞头村申报电商专业村,农创客新增6人。", None, **U),
    r(37, "reworded", None, 15, "低效用地整治盘活", "2024年12月", "15亩", "正在统计", None, "进行中", "后寮旧冷库和原石料厂两块地签了意向,测绘队3月下旬进场。", None, f=["bad-number@done"], **U),
    r(45, "reworded", None, 16, "乡村建设融资", "2024年12月", None, None, None, "进行中", "农行、农商行整村授信3个村,渔民贷一季度放款2260万元,比去年同期多310万元。", None, **U),
    r(12, "reworded", "农业农村办", 17, "粮食播种面积和产量", "2024年12月", "980亩", "260亩", 26.5, "已完成", "春马铃薯、蚕豆种下260亩,后面番薯还有720亩等5月扦插。", None, f=["status-contradiction@status"]),
    r(13, "reworded", None, 18, "土特产全产业链、预制菜", "2024年12月", None, None, None, "进行中", "金岙鱼饼作坊改造后拿到SC证,跟温州两家餐饮签了供货,月产预制鱼饼4吨。", None, **U),
    r(31, "reworded", None, 19, "三位一体改革联农带农", "2024年12月", "90%", "84%", 93.3, "进行中", "产业农合联吸收会员社9家,小农户入社率84%,羊栖菜统一烘干每斤省4毛钱。", None, **U),
    r(34, "edited", None, 20, "盘活闲置资产,增加农民财产性收入", "2027年底", "110宗", "38宗", 34.5, "进行中", "石头厝、旧校舍等累计盘活38宗,一季度新签9宗,租金年增42万元。", "部分老屋产权人在外。", **U),
    r((3, 21), "merged", None, 21, "和美乡村、和美庭院和环境整治村", "2024年12月", None, None, None, "进行中", "松柏园村示范村改造完成六成,环境整治村验收2个,和美庭院评上126户。", None, **U),
    r(20, "reworded", None, 22, "人居环境长效管护与农污运维", "2024年12月", "98%", "96.8%", 98.8, "进行中", "生活污水终端31个,出水抽检63次61次合格;雇保洁员44人,海漂垃圾清86吨。", None, **U),
    r(25, "reworded", None, 23, "石头厝古村落保护(历史文化村落)", "2025年12月", "1个", "0个", 0, "进行中", "东岙顶村花岗岩石厝42幢完成登记,省古建院来看了两趟,保护图则在编。", None, **U),
    r((43, 44), "merged", None, 24, "人才回乡和科技特派员", "2024年12月", None, None, None, "进行中", "引回大学生3人、乡贤项目1个,科技特派员林工每月上岛指导羊栖菜养殖两天。", None, **U),
    r(39, "reworded", "村镇建设办", 25, "农房审批一件事(浙农宅地)", "2024年12月", None, None, None, "进行中", "线上受理14户、办结10户,2户因占基本农田退件,现场四到场都拍照上传。", None),
    r(40, "reworded", None, 26, "自建房安全整治", "2024年12月", "100%", "97.2%", 97.2, "进行中", "排查自建房2875栋,C级9栋加固7栋,剩余2栋住户是独居老人,正在做工作。", None, **U),
    r(48, "reworded", None, 27, "四好农村路", "2024年2月30日", "2.5公里", "0.8公里", 32, "进行中", "寮顶至南策码头连接线路基0.8公里打通,岙仔村道拓宽征迁签约11户。", None, f=["bad-date@deadline"], **U),
    r(49, "reworded", None, 28, "农村供水统管", "2024年12月", "100%", "100%", 100, "已完成", "7个村用上同网自来水,南策岛海水淡化日供80吨,水质报告每月张榜。", None, **U),
    r(52, "reworded", None, 29, "消防设施和燃气", "2024年12月", None, None, None, "进行中", "同上", None, f=["placeholder-text@progress"], **U),
    r(60, "reworded", None, 30, "乡村5G和宽带补盲", "2024年12月", "4座", "1座", 25, "进行中", "南策岛5G基站3月20日开通,东岙顶机房土建还差屋面,移动公司说5月装。", None, **U),
    r(51, "edited", None, 31, "乡村电气化村、供电可靠率", "2024年12月", "1个", "0个", 0, "进行中", "洞头村电气化改造立杆46根,渔港岸电桩装了6个,台区增容待停电窗口。", None, **U),
    r((18, 19), "merged", None, 32, "国土空间规划和中心村布局", "2025年12月", None, None, None, "进行中", "街道规划数据库过了质检,东岙村、洞头村列中心村,村庄规划开了两次村民代表会。", None, **U),
    r(57, "reworded", "社会事务办", 33, "居家养老照料中心", "2024年12月", "2家", "1家", 50, "进行中", "岙仔村照料中心装修收尾,洞头村的每天供餐53份,送餐车添了一辆。", None),
    r(58, "reworded", None, 34, "一老一小及残疾人关爱", "2024年12月", None, None, None, "进行中", "独居老人72户每周敲门,留守儿童5人结对,残疾人辅具发放17件,法律援助5件。", None, **U),
    r(56, "reworded", None, 35, "卫生院服务能力", "2024年12月", None, None, None, "进行中", "东屏卫生院添置彩超1台,签约医生下村义诊6次,慢病随访1430人次。", None, **U),
    r((54, 55), "merged", None, 36, "学前教育和城乡学校结对", "2024年12月", None, None, None, "进行中", "东屏幼儿园与区实验幼儿园挂钩,老师跟岗4名,小学同步课堂每周三节。", None, **U),
    r((32, 33), "merged", None, 37, "就业创业、技能培训", "2024年12月", None, None, None, "进行中", "办渔家乐厨师班1期42人,公益岗新上5人,登记失业28人帮扶就业19人。", None, **U),
    r(50, "reworded", None, 38, "体育设施", "2024年12月", "4个", "1个", 25, "进行中", "垄头社区门球场重新铺了地,沙滩排球场的照明招标挂网。", None, **U),
    r(24, "reworded", None, 39, "浙文惠享、文化驿站", "2024年12月", None, None, None, None, "东岙文化驿站每周六开放,鼓词、剪纸课6场,听众480人。", None, f=["blank-field@status"], **U),
    r(57, "reworded", None, 40, "村级养老服务(照料中心)", "2024年12月", "2家", "2家", 100, "已完成", "洞头村、岙仔村两家都已经开起来,老人助餐补贴每顿3元。", None, f=["duplicate-row@name"], **U),
    r(None, "extra", "综合信息指挥室", 41, "防汛防台、防溺水值守", "2024年9月", None, None, None, "进行中", "修订应急预案2本,避灾安置点8处查了一遍,救生圈新放55个。", None),
    r(60, "reworded", None, 42, "配合做好数字化相关工作", "2024年12月", None, None, None, "进行中", "按区里要求报送各类数据表12份,参加线上培训3次,台账已整理归档。", None, outcome="review", **U),
    r((67, 69), "merged", None, 43, "督导晾晒和清单管理", "2024年12月", None, None, None, "进行中", "目标清单四张贴上墙,每周例会点评,3月份对后三名科室发了提醒单。", None, **U),
]
TAIL = [
    other("填表说明:收入类为抽样调查户数据,投资以统计入库为准。"),
    other("单位负责人:陈海滨            填表人:小柯            联系电话:0577-6338xxxx"),
]


WIDTHS = (12, 6, 34, 15, 10, 11, 11, 10, 60, 22)


def tall(line):
    return max(lines_of(value, WIDTHS[col]) for col, value in enumerate(line.cells) if col and value is not None)


def style(text):
    return xlwt.easyxf(text + "; align: vert centre, wrap on")


def build():
    truth = Truth(FILE, "东屏街道")
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet(SHEET)
    ws.write_merge(0, 0, 0, 9, "东屏街道2023年第四季度千万工程和县城承载力任务完成情况汇总", xlwt.easyxf("font: name 华文中宋, height 360, bold on; align: horiz centre, vert centre"))
    ws.write_merge(1, 1, 0, 9, "填报单位:东屏街道党政综合办              填报日期:2024年4月3日", xlwt.easyxf("font: name 宋体, height 220; align: horiz left"))
    border = "borders: left thin, right thin, top thin, bottom thin; "
    head = style(border + "font: name 黑体, height 220; pattern: pattern solid, fore_colour ice_blue; align: horiz centre")
    body = style(border + "font: name 宋体, height 200")
    mid = style(border + "font: name 宋体, height 200; align: horiz centre")
    for col, (_, title) in enumerate(COLUMNS):
        ws.write(2, col, title, head)
    starts = [i for i, line in enumerate(LINES) if "agencies" not in line.up] + [len(LINES)]
    for first, last in zip(starts, starts[1:]):
        ws.write_merge(3 + first, 2 + last, 0, 0, LINES[first].cells[0], mid)
    for i, line in enumerate(LINES):
        for col, value in enumerate(line.cells):
            if col:
                ws.write(3 + i, col, value, mid if col in (1, 3, 4, 5, 6, 7) else body)
        truth.record(SHEET, 4 + i, COLUMNS, line, {"rate": "%"})
    for i, line in enumerate(TAIL):
        ws.write(3 + len(LINES) + i, 0, line.cells[0], xlwt.easyxf("font: name 宋体, height 200"))
    for col, width in enumerate(WIDTHS):
        ws.col(col).width = width * 256
    for row, points in [(0, 32), (1, 20), (2, 34)] + [(3 + i, 13.5 * tall(line) + 5) for i, line in enumerate(LINES)]:
        ws.row(row).height_mismatch, ws.row(row).height = True, int(points * 20)
    ws.portrait, ws.fit_num_pages, ws.fit_width_to_pages, ws.fit_height_to_pages = False, 1, 1, 0
    wb.add_sheet("Sheet2")
    wb.add_sheet("Sheet3")
    wb.save(str(OUT / FILE))
    truth.find("wrong-period", SHEET, "A1")
    truth.write()
    return [truth]
