"""北岙街道: a careful clerk who keeps the official table, its numbers and its wording. The last quarter's sheet is kept hidden."""
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from lib import OUT, Row, Truth, banner, dress, put, save, section, widths
from official import OFFICIAL

FILE = "北岙街道2024年一季度责任分解落实情况.xlsx"
COLUMNS = [
    ("number", "序号"), ("name", "任务名称"), ("content", "主要内容"), ("agencies", "责任单位"),
    ("target", "目标值"), ("unit", "计量单位"), ("period_done", "本季完成"), ("done", "累计完成"), ("rate", "完成率"),
    ("status", "进展状态"), ("progress", "工作进展情况"), ("problem", "存在问题"), ("plan", "下一步计划"), ("deadline", "完成时限"),
]


def x(task, target, unit, period, done, rate, status, progress, problem=None, plan=None, deadline="2027年12月",
      number=None, name=None, content=None, agencies=None, kind="exact", **kw):
    """A row of the official table; what the clerk changed in it is given by name."""
    _, _, title, text, who = OFFICIAL[task]
    cells = [number or task, name or title or None, content or text, agencies or who,
             target, unit, period, done, rate, status, progress, problem, plan, deadline]
    return Row(task, kind, cells, **kw)


def more(task, target, unit, period, done, rate, status, progress, problem=None, plan=None, deadline="2027年12月", **kw):
    """A further indicator row under the merged task cells."""
    cells = [None, None, None, None, target, unit, period, done, rate, status, progress, problem, plan, deadline]
    return Row(task, "split", cells, up=("number", "name", "content", "agencies"), **kw)


LINES = [
    section("一、发展目标"),
    x(1, 12.5, "亿元", 3.1, 3.1, 0.248, "推进中", "辖区在建重点项目17个,海悦城未来社区二期主体结顶,新城二期城市阳台完成桩基施工,一季度完成投资3.1亿元。",
      "中心街风貌改造涉及管线迁改,产权单位协调周期较长。", "4月底前完成管线迁改方案联审。", "2024年12月"),
    x(2, 72, "%", None, 70.6, 0.981, "推进中", "一季度新增落户213人,其中购房落户96人、人才落户31人;3月末街道常住人口城镇化率70.6%。", None, "结合新城安置房交付做好落户宣传。"),
    x(3, 8, "个", 1, 3, 0.375, "推进中", "小朴村、大长坑村环境整治通过区级验收,鸽尾礁村新建示范村方案已过会,“五岛连桥”示范区北岙段标识牌安装到位。", None, "5月启动鸽尾礁村海岸步道施工。"),
    x(4, 3200, "万元", 780, 780, 0.244, "推进中", "12个村一季度总收入780万元,小朴村民宿资产出租收入占34.6%,海霞村研学收入96万元。", None, "推动3个薄弱村抱团购置新城商铺。", "2024年12月"),
    x(5, 1.54, None, None, 1.58, None, "推进中", "据区统计局反馈,街道城乡居民收入比由上年末的1.59缩小至1.58。", "农村居民工资性收入增速放缓。", "扩大来料加工点覆盖面。"),
    x(6, 6, "%", None, 5.7, 0.95, "推进中", "城镇居民人均可支配收入同比增长5.7%,与经济增速基本同步。"),
    x(7, 7, "%", None, 6.8, 0.971, "推进中", "农村居民人均可支配收入同比增长6.8%,民宿经营净收入增长11.2%,渔业捕捞收入受休渔前海况影响略降。"),
    x(8, 2, None, None, 2.06, None, "推进中", "189户低收入农户人均收入增长9.1%,收入比缩小至2.06,其中38户参与共富工坊来料加工。"),
    x(9, 6.5, "%", None, None, None, "推进中", "一季度规上服务业营收增长8.3%,限上零售额增长6.9%,街道生产总值数据待区统计局核定。", None, None, "2024年12月", f=["blank-field@done"]),
    x(10, 5, "%", None, 4.6, 0.92, "推进中", "农业增加值同比增长4.6%,三盘深水网箱大黄鱼出鱼310吨,带动渔业产值增长。"),
    x(11, None, None, None, None, None, "推进中", "形成《北岙街道打造城乡融合样板三年清单》,列入城乡融合事项26项,已销号5项,老城更新和新城商圈两个样本报区发改局。"),
    section("二、持续深化“千村示范、万村整治”工程"),
    section("(一)实施乡村产业发展提升行动"),
    x(12, 1350, "亩", 420, 420, 0.311, "推进中", "春粮播种420亩,其中大小麦85亩、马铃薯335亩,九亩丘村清理撂荒地38亩。", None, "落实甘薯、旱粮种植计划930亩。", "2024年12月"),
    x(13, 2, "个", 0, 1, 0.5, "推进中", "洞头海鲜预制菜加工点在三盘投产,日处理鱼丸、虾饼1.2吨,配套冷库300立方米。"),
    x(14, 1, "个", 0, 0, 0, "推进中", "东海贡品羊栖菜加工区完成厂房图审,“海岛人家”品牌民宿挂牌7家,组织农播专场2场。", "冷链用电增容手续尚未办结。", "4月与供电公司对接增容。"),
    x(15, 1.3, "亿元", 0.29, 0.29, 0.223, "推进中", "春节、元宵接待休闲农业游客18.4万人次,休闲农业产值2900万元,完成7家农家乐星级复核。", None, None, "2024年12月"),
    x(16, None, None, None, None, None, "推进中", "举办迎新春渔村年味市集、环岛半程马拉松预热赛,望海楼夜游试营业12晚,夜间客流2.1万人次。"),
    x(17, 1, "个", 0, 0, 0, "未启动", "海霞村申报金3A景区村尚未启动,待区文广旅体局下发年度申报通知后组织。", None, "5月前完成自评。", "2025年12月"),
    section("(二)实施乡村宜居宜业提升行动"),
    x(18, None, None, None, None, None, "推进中", "配合完成街道级国土空间规划入库校核,核实图斑41个,调整永久基本农田周边建设用地3处。"),
    x(19, 3, "个", 0, 1, 0.333, "推进中", "小朴、鸽尾礁、海霞三个中心村中,小朴村“多规合一”村庄规划已批,另两个村规划公示中。"),
    x(20, 12, "个", 2, 5, 0.417, "推进中", "连片提升示范区北岙段已覆盖行政村5个,完成杆线序化3.2公里,整治乱堆放147处。", kind="split"),
    more(20, 18, "个", 4, 9, 0.5, "推进中", "新改建农村生活污水处理设施累计9个,本季完成大王殿村、打水鞍村等4个终端提标。"),
    more(20, 98, "%", None, 98.4, 1.004, "已完成", "委托第三方抽检出水62批次,61批次达标,达标率98.4%。"),
    x(21, 420, "户", 65, 168, 0.5, "推进中", "和美庭院累计创建168户,海霞村未来乡村完成游客驿站改造,示范带北岙段完成3个节点。", None, "妇联二季度开展庭院晾晒。", f=["rate-mismatch@rate"]),
    section("(三)实施乡村文明善治提升行动"),
    x(22, 5, "家", 0, 3, 0.6, "推进中", "小朴村文化礼堂通过五星级复评,一季度各礼堂举办“我们的村晚”等活动46场,参与群众6800人次。"),
    x(23, 4, "个", 0, 2, 0.5, "推进中", "累计创成省级以上文明村2个(均于2023年命名),推行“零彩礼”倡议,红白事从简签约率93%。"),
    x(24, 30, "人次", 12, 12, 0.4, "推进中", "“浙文惠享”北岙文化驿站开课18期,培训基层文化骨干12人次,乡村文艺繁星团队下村演出9场。", None, None, "2024年12月"),
    x(25, 1, "个", 0, 0, 0, "推进中", "大王殿村列入历史文化村落保护利用重点,古渔井和石厝群测绘已完成,保护方案第二稿修改中。", None, None, "2023年12月", f=["overdue@deadline"]),
    x(26, 1, "家", 0, 1, 1, "已完成", "海霞村“海岛女民兵连”乡村博物馆已获省级认定,一季度接待参观1.7万人次。"),
    x(27, None, None, None, None, None, "推进中", "“一中心四平台一网格”排班整合到位,划分网格58个、微网格412个,一季度流转处置事件1326件,办结率99.2%。"),
    x(28, None, None, None, None, None, "推进中", "城中社区列为村级议事协商试点,围绕停车难、菜场改造召开协商会7次,“五议两公开”执行率100%。"),
    x(29, 5, "个", 0, 3, 0.6, "推进中", "累计建成省市民主法治村(社区)3个,开展村级小微权力巡察2轮,12345工单按期办结率98.7%。"),
    section("(四)实施乡村共同富裕提升行动"),
    x(30, 2.6, "亿元", None, 2.31, 0.888, "推进中", "村级集体资产清查确认2.31亿元,街道强村公司承接绿化养护、保洁业务合同额410万元。"),
    x(31, 90, "%", None, 82, 0.911, "推进中", "三位一体为农服务中心累计服务小农户1126户,规范提升合作社6家,兑现租金、股金、薪金133万元。"),
    x(32, 300, "人", 86, 286, 0.953, "推进中", "举办民宿管家、海钓船驾驶等素质培训班3期86人,累计286人;共富工坊保有14家,公益性岗位在岗11人。"),
    x(33, None, None, None, None, None, "推进中", "办理失业登记74人次,举办零工市集2场,达成意向163人,灵活就业社保补贴发放41人。", number=32, f=["number-mismatch@number"]),
    x(34, 150, "宗", 18, 57, 0.38, "推进中", "累计盘活闲置资产57宗,本季通过产权交易平台成交18宗,成交额286万元,溢价率平均9.4%。"),
    x(35, 120, "万元", 31, 31, 0.258, "推进中", "帮扶特色街区开市,羊栖菜、虾皮等消费帮扶销售31万元,4名第一书记全部到岗,“海霞红”精品线路踏勘完成。", None, None, "2024年12月"),
    x(36, None, None, None, None, None, "未启动", "GEP核算系统端口由区里统一开通,街道层面尚未启动,待区发改局部署后再安排。"),
    section("三、健全城乡融合发展体制机制"),
    section("(一)健全城乡规划建设管理体制机制"),
    x(37, None, "亩", 0, 0, "#DIV/0!", "推进中", "摸排低效建设用地4宗约23亩,原水产冷冻厂地块正在开展收储谈判。", None, None, f=["formula-error@rate"]),
    x(39, None, None, None, None, None, "推进中", "“浙农宅地”受理建房申请11件,联审通过8件,平均办理时间压减至19天。", agencies="区住建局、区农业农村局、自然资源和规划分局,各街道乡镇", f=["altered-agencies@agencies"]),
    x(40, 100, "%", None, 100, 1, "已完成", "自建房4216栋排查录入完毕,其中经营性自建房533栋全部完成鉴定,C、D级危房22栋已解危。", None, "转入日常巡查。", "2023年12月"),
    section("(二)健全城乡要素双向流动机制"),
    x(41, None, None, None, None, None, "推进中", "发放电子居住证482张,积分入学受理随迁子女57人,新城派出所户籍窗口实行同城通办。"),
    x(42, None, None, None, None, None, "未启动", "进城落户农民“三权”退出机制暂无区级实施细则,街道未列入试点,一季度未启动。"),
    x(43, 20, "人", 5, 5, 0.25, "推进中", "“两进两回”回归青年5人,引进洞头籍乡贤返乡开办咖啡民宿2家,投资680万元。", None, None, "2024年12月"),
    x(44, None, None, None, None, None, "推进中", "浙江海洋水产养殖研究所3名科技特派员驻点三盘,开展羊栖菜育苗指导7次,解决烂苗问题。"),
    x(45, None, None, None, None, None, "推进中", "农商银行授信“海上花园贷”整村8个,一季度新增放款1740万元,农发行老城更新项目完成贷前调查。"),
    x(47, None, None, None, None, None, "推进中", "完成小三盘村、双垅村闲置农房调查193宗,录入率100%,其中意向流转42宗。",
      content="加快推进农村宅基地制度改革试点,开展农村闲置宅基地和闲置农房基础信息调查。", kind="edited", f=["altered-text@content"]),
    section("(三)健全城乡公共资源合理配置机制"),
    x(48, 4, "公里", 0.6, 1.9, 0.475, "推进中", "小朴至鸽尾礁联网公路路基完成1.3公里,打水鞍村支线0.6公里路面已铺。", None, "雨季前完成挡墙。", kind="split"),
    more(48, 93, "%", None, 92.5, 0.995, "推进中", "公交新城2路延伸至大长坑村,城乡公交一体化率92.5%。"),
    more(48, 100, "%", None, 100, 1, "已完成", "常住人口百人以上自然村23个全部通达。"),
    x(49, 100, "%", None, 100, 1, "已完成", "12个村全部纳入区级统管供水,一季度更换老旧水表316只,末梢水检测合格。", None, "做好旅游旺季错峰供水。"),
    x(50, 12, "个", 2, 7, 0.583, "推进中", "累计建成基础体育场地7个,本季新增城中社区笼式足球场、小三盘村健身广场。",
      content="累计建设基础体育场地设施40个,实现农村体育场地设施高质量覆盖。", kind="edited", f=["altered-target@content"]),
    x(51, 1, "个", 0, 0, 0, "推进中", "海霞村电气化村改造更换变压器2台,架空线入地640米,预计三季度完成验收。", None, None, "2024年12月"),
    x(52, None, None, None, None, None, "推进中", "农村微型消防站补充水带120盘、灭火器260具,瓶装燃气“瓶改管”完成87户。"),
    x(53, 12, "个", 0, 12, 1, "已完成", "12个行政村快递服务站点全部运营,一季度进出件31.6万件,“海鲜寄递”专线进村4个。"),
    x(54, None, None, None, None, None, "推进中", "北岙中心幼儿园与小朴教学点实行一体化管理,互派教师6名,联合教研5次。"),
    x(55, None, None, None, None, None, "推进中", "实验小学与三盘校区结对,共享“互联网+”同步课堂42节,鹿西小学线上听课8节。"),
    x(56, 90, "%", None, 85.7, 0.952, "推进中", "社区卫生服务站7个,其中6个达国家基本标准,新城站DR设备采购完成招标。"),
    x(57, 3, "家", 0, 2, 0.667, "推进中", "海霞村、大王殿村居家养老服务照料中心投入使用,老年食堂日均就餐78人。"),
    x(58, 100, "%", None, 100, 1, "已完成", "登记留守儿童9人、独居老人143人,落实“一对一”探访,法律援助点受理涉农咨询17件全部办结。"),
    x(59, 2500, "万元", 590, 590, 0.236, "推进中", "农产品网络零售额590万元,网上农博洞头馆直播23场,引育农创客18名、农播9名。", None, None, "2024年12月"),
    x(60, None, None, None, None, None, "推进中", "新建5G基站6座,半屏山景区弱覆盖区域补盲2处,千兆光纤通达12个行政村。"),
    section("四、保障措施"),
    x(61, None, None, None, None, None, "推进中", "街道“大工委”召开季度联席会,认领共建项目31个,“共享社·幸福里”新挂牌2处,储备村级后备干部37名。"),
    x(62, None, None, None, None, None, "已完成", "街道工作专班于2月8日成立,下设6个工作组,年度计划和考核办法已印发。", None, None, "2024年2月"),
    x(63, None, None, None, None, None, "推进中", "公布街道权限内改革事项9项,“一号改革工程”帮企服务走访市场主体212家,解决问题38个。"),
    x(64, 2600, "万元", 540, 540, 0.208, "推进中", "街道安排“三农”支出540万元,土地出让返还资金用于村庄整治120万元,资金支付进度20.8%。", None, None, "2024年12月", up=("name",)),
    x(65, 10, "%", None, 10.3, 1.03, "已完成", "街道国土空间规划预留乡村产业用地指标10.3%,落实海霞研学营地用地9.4亩。", None, None, "2025年12月", up=("name",)),
    x(67, None, None, None, None, None, "推进中", "按计划推进", f=["placeholder-text@progress"]),
    x(68, None, None, None, None, None, "推进中", "17个重点项目落实班子成员联系,一季度现场协调26次,解决政策处理遗留问题11个。", up=("name",)),
    x(69, None, None, None, None, None, "推进中", "每周五调度、每月晾晒排名,一季度印发通报3期,对2个进度靠后的村约谈提醒。", up=("name",)),
]
for line in LINES:  # the published table gives these names once
    if line.tasks and line.tasks[0] in (64, 65, 68, 69):
        line.cells[1] = None

LAST = [  # the last quarter, in the hidden sheet
    [1, "重大项目建设", "2023年累计完成投资11.8亿元,海悦城未来社区一期交付。", "已完成"],
    [4, "村级集体经济", "2023年12个村总收入2960万元。", "已完成"],
    [12, "粮食安全和重要农产品稳产保供", "全年播种1346亩,总产量71.2万斤。", "已完成"],
    [22, "“精神文化家园”夯基提效工程", "累计建成五星级文化礼堂3家。", "推进中"],
    [48, "“四好农村路”建设", "累计完成新改建1.3公里。", "推进中"],
    [59, "乡村数字经济", "全年网络零售额2180万元。", "推进中"],
]


def build():
    truth = Truth(FILE, "北岙街道")
    wb = Workbook()
    ws = wb.active
    ws.title = "责任分解落实情况"
    n = len(COLUMNS)
    banner(ws, 1, "洞头区县城承载能力提升和深化“千村示范、万村整治”工程责任分解落实情况表", n)
    banner(ws, 2, "(2024年第一季度)", n, size=14, font="楷体_GB2312", height=22)
    banner(ws, 3, "填报单位:北岙街道办事处(盖章)                填报人:苏海燕                填报日期:2024年4月2日", n, size=11, font="仿宋_GB2312", height=22, align="left")
    for i, (key, title) in enumerate(COLUMNS):
        two = key in ("target", "unit", "period_done", "done", "rate")
        ws.cell(5 if two else 4, i + 1, title)
        if not two:
            ws.merge_cells(start_row=4, start_column=i + 1, end_row=5, end_column=i + 1)
    ws.cell(4, 5, "指标完成情况")
    ws.merge_cells("E4:I4")
    for row in (4, 5):
        dress(ws, row, n, bold=True, font="黑体", size=11, fill="D9E2F3")
    end = put(ws, 6, COLUMNS, LINES, truth, formats={"rate": "0.0%"}, center=(1, 5, 6, 7, 8, 9, 10, 14))
    banner(ws, end, "注:1.“累计完成”为年度或规划期内累计数;2.居民收入类数据以区统计局反馈为准。", n, size=10, font="仿宋_GB2312", height=20, align="left")
    ws.cell(end + 2, 2, "审核人:林志强")
    ws.cell(end + 2, 11, "北岙街道办事处")
    ws.cell(end + 3, 11, "2024年4月2日")
    for row in (end + 2, end + 3):
        for col in (2, 11):
            ws.cell(row, col).font = Font(name="仿宋_GB2312", size=12)
    ws.cell(end + 2, 11).alignment = ws.cell(end + 3, 11).alignment = Alignment(horizontal="right")
    widths(ws, 6, 16, 44, 24, 9, 9, 9, 9, 9, 9, 46, 24, 24, 13)
    ws.freeze_panes = "C6"
    ws.page_setup.paperSize, ws.print_title_rows = 8, "4:5"
    old = wb.create_sheet("2023年四季度")
    banner(old, 1, "2023年第四季度责任分解落实情况表", 4)
    for col, title in enumerate(["序号", "任务名称", "工作进展情况", "进展状态"]):
        old.cell(2, col + 1, title)
    dress(old, 2, 4, bold=True, font="黑体")
    for i, cells in enumerate(LAST):
        for col, value in enumerate(cells):
            old.cell(3 + i, col + 1, value)
        dress(old, 3 + i, 4, center=(1, 4))
    widths(old, 6, 22, 50, 10)
    old.sheet_state = "hidden"
    truth.find("hidden-content")
    save(wb, OUT / FILE, "苏海燕")
    truth.write()
    return [truth]
