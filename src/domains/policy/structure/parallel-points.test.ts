import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';

const first = (text: string) => {
  const document = parsePolicy(text).documents[0];
  if (!document) throw new Error('no document');
  return document;
};
const points = (text: string): (string | null)[][] => first(text).measures.map(({ no, heading }) => [no, heading]);

describe('articles of a rule', () => {
  const rule = `海州省药品监督管理局关于印发《海州省药品快检车管理办法》的通知
海药监〔2025〕7号
各市市场监督管理局:
现将《海州省药品快检车管理办法》印发给你们,请遵照执行。
海州省药品监督管理局
2025年4月2日
海州省药品快检车管理办法
第一条 为规范快检车的管理,根据有关法律法规,制定本办法。
第二条 本省行政区域内快检车的配备和使用,适用本办法。
第三条 快检车应当专车专用,不得挪作他用。
第四条 每辆快检车配备不少于2名检验人员。
第五条 快检结果为可疑的,应当在2日内送实验室复检。
第六条 本办法由海州省药品监督管理局负责解释。
第七条 本办法自2025年6月1日起施行。
`;
  it('are measures, without purpose, scope, interpretation and force', () => {
    expect(first(rule).measures.map(({ no }) => no)).toEqual(['第三条', '第四条', '第五条']);
  });
});

describe('the requirements at the end of a notice', () => {
  const notice = (end: string): string => `青山省药品监督管理局关于开展冷链药品检查的通知
各市市场监督管理局:
现将有关事项通知如下:
一、检查时间
2025年3月至5月。
二、检查内容
(一)查运输。重点检查冷藏车温度记录是否完整。
(二)查储存。重点检查冷库温度分布验证情况。
${end}
青山省药品监督管理局
2025年2月20日
`;
  it('give their points', () => {
    expect(
      points(
        notice('三、工作要求\n(一)明确分工。各市局应当确定专人负责检查。\n(二)按时报送。各市局应于6月10日前报送总结。'),
      ).map(([, heading]) => heading),
    ).toEqual(['查运输', '查储存', '明确分工', '按时报送']);
  });
  it('are one task when they run on', () => {
    expect(points(notice('三、工作要求\n各市局要确定专人,于6月10日前报送总结。')).map(([no]) => no)).toEqual([
      '(一)',
      '(二)',
      '三',
    ]);
  });
});

describe('points over points', () => {
  it('stages of a schedule stand for themselves only where no tasks do', () => {
    const found = points(`白水市市场监督管理局关于开展义齿专项整治的通知
各县局:
现将有关事项通知如下:
一、重点任务
(一)查来源。应当逐批核对义齿的出厂检验记录。
(二)查票据。应当逐笔核对购进票据与入库单据。
二、工作安排
1.自查阶段。各机构应于4月底前完成全面自查。
2.检查阶段。各县局应于6月底前完成现场检查。
白水市市场监督管理局
2025年3月1日
`);
    expect(found.map(([, heading]) => heading)).toEqual(['查来源', '查票据']);
  });
  it('a heading with nothing below belongs to what follows', () => {
    const found = points(`白水市市场监督管理局关于义齿备案有关事项的公告
现就有关事项公告如下:
1.备案更新。信息变化的,应当在10日内更新备案信息。
2.过渡衔接。已经开业的,应当在5月底前补办备案手续。
白水市市场监督管理局
2025年3月1日
三、动态与解读
`);
    expect(found.map(([no]) => no)).toEqual(['1', '2']);
  });
  it('本公告实施前 opens a rule, 本公告自…起施行 does not', () => {
    const found = points(`海州省药品监督管理局关于启用新版许可证的公告
现将有关事项公告如下:
一、自2025年5月1日起,新发许可证使用新版样式。
二、本公告实施前核发的许可证在有效期内继续有效。
三、本公告自2025年5月1日起施行。
海州省药品监督管理局
2025年4月1日
`);
    expect(found.map(([no]) => no)).toEqual(['一', '二']);
  });
});

describe('points that only their form sets apart', () => {
  it('paragraphs that open with a short heading', () => {
    expect(
      points(`海州省出台药店服务新政
近日,河北省药品监督管理局印发《药店便民服务措施》,主要内容包括:
- **延长服务时间。** 支持药店设立夜间售药窗口,全天提供服务。
- **规范送药上门。** 配送箱应当具备温度记录功能,记录留存备查。
`).map(([, heading]) => heading),
    ).toEqual(['延长服务时间', '规范送药上门']);
  });
  it('the parts of a sentence that words before the colon count', () => {
    expect(
      points(
        '河北部署中药质量提升工作\n3月5日,河北省药品监督管理局召开会议,部署今年工作。会议提出三项行动:种子溯源行动,建立良种目录;饮片抽检行动,全年抽检三百批;产地帮扶行动,培训药农两千人。\n',
      ).map(([, heading]) => heading),
    ).toEqual(['种子溯源行动', '饮片抽检行动', '产地帮扶行动']);
  });
  it('points that run on in the line that leads them in', () => {
    expect(
      points(
        '河北支持中药产业发展\n近日,河北省药品监督管理局印发《中药产业提升行动方案》,提出一批举措。\n重点任务包括:(一)建设种源基地。建成5个种源基地。(二)提升检验能力。新增检验参数60个。\n方案自5月1日起实施。\n',
      ).map(([no]) => no),
    ).toEqual(['(一)', '(二)']);
  });
  it('what comes next', () => {
    const { measures } = first(
      '河北省药品监督管理局举办检查员培训班\n3月5日,河北省药品监督管理局举办检查员培训班,各市的检查员参加培训。下一步,省药监局将建立检查员年度轮训机制。\n',
    );
    expect(measures.map(({ heading, departments }) => [heading, departments])).toEqual([
      ['建立检查员年度轮训机制', ['河北省药品监督管理局']],
    ]);
  });
  it('a counted row before the names its points bear', () => {
    expect(
      points(
        '河北推出药农服务“三张清单”\n3月5日,河北省药品监督管理局推出一批举措。一是建立“一地一册”,登记种植面积;二是派驻专员,上门指导农户;三是开放仪器,免费检验样品。\n',
      ).map(([, heading]) => heading),
    ).toEqual(['建立“一地一册”', '派驻专员', '开放仪器']);
  });
  it('rows of cases and of reasons are no points', () => {
    expect(
      points(
        '海州省推行网上审方\n3月5日,海州省药品监督管理局发布公告。此举意义重大。一是有利于方便群众购药。二是有利于规范处方管理。\n',
      ),
    ).toEqual([]);
  });
});

describe('bodies', () => {
  it('of several provinces named together', () => {
    expect(
      first(
        '区域协作协议签约\n日前,河南、湖北、湖南三省药监局签署合作协议,建立线索移送机制。协议约定每年召开一次会议,通报监管情况。\n',
      ).issuers,
    ).toEqual(['河南省药品监督管理局', '湖北省药品监督管理局', '湖南省药品监督管理局']);
  });
  it('behind what they aim at', () => {
    expect(
      first('山西发力中药产业\n近日,山西省药监局聚焦黄芪、连翘等药材,推出五项举措,支持药农选用良种,开放检验仪器。\n')
        .issuers,
    ).toEqual(['山西省药品监督管理局']);
  });
  it('of a rank stay as written', () => {
    const { measures } = first(`山西省药品监督管理局关于印发抽检方案的通知
各市局:
现印发给你们。
一、重点任务
(一)开展抽检。全年抽检不少于300批次。(责任单位:省局流通处、各市场监管局)
(二)公开结果。每月公开抽检结果一次。(责任单位:省局办公室、各市场监管局)
山西省药品监督管理局
2025年3月1日
`);
    expect(measures[0]?.departments.at(-1)).toBe('各市场监管局');
  });
});

describe('kinds', () => {
  it('a notice that rewards recall is no recall', () => {
    expect(
      first(
        '山西省药监局关于开展饮片检查的通知(节选)\n二、检查重点\n(一)查来源。查供应商审计。\n主动召回的,从轻处理。\n',
      ).kind,
    ).toBe('notice');
  });
});
