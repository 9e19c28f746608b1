//! Cases about words that ask for something else, and plainer ones that ask the same.

use super::cases_alteration::{changed, of_list};
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    vec![
        case(
            "altered-text",
            "outside the district for within it",
            of_list(
                "培育壮大区域富民产业,立足“土特产”,推进预制菜等“六个一”产业发展。",
                "培育壮大区外富民产业,立足“土特产”,推进预制菜等“六个一”产业发展。",
            ),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "the county for the region",
            of_list(
                "培育壮大区域富民产业,立足“土特产”,推进预制菜等“六个一”产业发展。",
                "培育壮大县域富民产业,立足“土特产”,推进预制菜等“六个一”产业发展。",
            ),
            &[],
        ),
        case(
            "altered-text",
            "other people",
            of_list(
                "加强农村留守儿童、妇女、老年人、残疾人的关爱服务,深化农村特殊困难群体法律援助工作。",
                "加强农村退役军人的关爱服务,深化农村特殊困难群体法律援助工作。",
            ),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "some of many for all, by a word before and one after",
            of_list(
                "推进县乡村三级物流网络和中心站点建设,实现快递服务和电商配送行政村全覆盖。",
                "推进县乡村三级物流网络和中心站点建设,实现快递服务和电商配送重点行政村覆盖。",
            ),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "with speed and no more as a trial",
            changed(47, 1, "稳慎推进农村宅基地制度改革试点", "全面推开农村宅基地制度改革"),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "plain words for fine ones",
            of_list(
                "推进移风易俗,培育文明乡风、良好家风、淳朴民风,严格按照“多规合一”村庄规划实施建设,完善基础设施和公共服务,十大工程取得显著成效。",
                "倡导移风易俗,培育好乡风好家风好民风,严格按照“多规合一”村庄规划实施建设,补齐公共设施和服务,十大工程见成效。",
            ),
            &[],
        ),
        case(
            "altered-text",
            "first of all for above all",
            of_list(
                "新编国土空间规划应安排一定比例的建设用地指标重点保障乡村产业发展用地。",
                "新编国土空间规划应安排一定比例的建设用地指标优先保障乡村产业发展用地。",
            ),
            &[],
        ),
    ]
}
