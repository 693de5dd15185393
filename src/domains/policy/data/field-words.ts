/** Modal words that bind, longest first. */
export const BINDING = ['应当', '必须', '不得', '严禁', '禁止', '不准', '务必', '须', '应', '要求', '负责'] as const;

/** Units that stand behind a number, longest first; multipliers may stand before them. */
export const UNITS: readonly string[] = [
  '个百分点', '个工作日', '工作日', '个自然日', '批(台)', '批次', '人次', '个月', '平方米', '公里', '万元', '亿元', '千元', '元', '美元',
  '省份', '方面', '家', '个', '户', '种', '类', '项', '条', '件', '批', '台', '套', '张', '名', '人', '例', '起', '所', '次', '倍', '年', '天',
  '日', '款', '盒', '支', '片', '只', '份', '期', '部', '门', '场', '处', '部门', '篇', '辆', '吨', '分', '层', '间', '岁', '周', '小时', '分钟',
];

/** Headings of sections that set the scene or the frame and hold no measure of their own. */
export const FRAME_HEADING =
  /背景|总体(?:要求|目标|思路|考虑)|指导思想|基本原则|工作(?:思路|目标|原则|背景)|主要目标|发展目标|目标任务$|目的|依据|适用范围|范围|对象|主体|条件|时间|方式|流程|程序|渠道|联系|材料|附则|附件|解释|说明|定义|术语|概述|名词|意义|情况$|咨询/;

/** Headings of the sections that list what an applicant must be. */
export const CONDITION_HEADING = /条件|资格|对象|主体|适用范围|申报范围|支持范围/;
