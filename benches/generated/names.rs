//! What are made-up townships and villages called? There are names for 40,000 townships, about as many as China has.

use fastrand::Rng;

/// First characters of names.
const FIRST: &str = "青云白石龙凤金银玉碧丹朱紫翠松柏竹梅兰桂枫杨柳桃李杏樟槐桐榆\
    鹤鹿马牛羊虎鹰雁燕鹭麒狮象鲤鳌蛟清澄澜沧浩洪源溯泉沁湘沅沣渭淮泗汾漳洛汝颍涡淝潇澧瓯甬婺衢\
    永安宁泰康乐和顺祥瑞嘉福禄寿喜庆吉昌盛隆兴旺茂荣华锦绣文武仁义礼智信忠孝廉德贤良善美静雅朴淳\
    东西南北上下高低前后左右千万百双三五七九星月晨曦霞虹霜雪冰雨露雾岚烟暖凉晴朗古新老旧长宽平圆方正\
    赤黄绿蓝乌墨灰褐宝珠琼瑶琪琳珀璧瑛瑾鸿雄英杰豪秀颖慧睿哲彦俊翰";
/// Second characters of names.
const SECOND: &str = "山岭岗峰岩崖坡坳坪坝垭峪谷沟冲洼塘池湖潭泽滩洲渚汀浦港湾河溪江涧渠堰桥渡埠津\
    口门关隘寨堡营屯店铺集场市坊里巷墟圩村庄家园林田畈垄亩畴陂埂圳坞坎垱墩台阁亭楼塔寺观庙祠堂院宅\
    屿岛礁矶岬角嘴头尾腰脚背面原野川陌阡径途程驿站哨汛卫所城郭邑郡府州县旗盟苑囿圃囤仓廪窑炉冶矿\
    井栏槽碓碾磨坑洞穴窟岫嶂峦巅巘崮砦垒壁垣墙篱泊淀沼汊汇浜泾漕渎涌澳浔浒浣沚沙泥砂砾碛碑坟陵垌垟埭埔埕埗墘磜窝箐梁塬峁岔崾峒崴咀埚淖甸漾濠塆";

/// How many characters of each list are used: the product is the number of names.
const EACH: usize = 200;

/// Name of the township at a place of the roster; no two of the first 40,000 are alike.
pub(crate) fn township(place: usize) -> String {
    let first = character(FIRST, place % EACH);
    // Neighbours differ in both characters: with 7 × 200 + 1 ≡ 1 (mod 200) each pair still comes up once.
    let second = character(SECOND, (place / EACH + 7 * place) % EACH);
    let kind = match place % 10 {
        0..=4 => "镇",
        5..=7 => "乡",
        _ => "街道",
    };
    format!("{first}{second}{kind}")
}

/// Name of a village; none holds the name of a township.
pub(crate) fn village(random: &mut Rng) -> String {
    let first = character(FIRST, random.usize(..EACH));
    let second = character(SECOND, random.usize(..EACH));
    format!("{first}家{second}村")
}

fn character(list: &str, place: usize) -> char {
    list.chars().nth(place).expect("the lists hold 200 characters each")
}
