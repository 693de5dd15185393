import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';

const long = '企业应当建立健全质量管理体系并保证其有效运行,确保产品安全有效,自觉接受监督检查。'.repeat(4);

describe('parting a text into documents', () => {
  it('keeps one notice whole', () => {
    const text = `甲省药品监督管理局关于某事的通知\n各有关单位:\n${long}\n一、甲事\n${long}\n二、乙事\n${long}`;
    expect(parsePolicy(text).documents).toHaveLength(1);
  });

  it('reads one notice a line', () => {
    const line = (body: string) => `近日,${body}印发《某某工作方案》,推动工作落实。 ${long} 一、主要内容。${long}`;
    const text = [line('浙江省药监局'), line('安徽省药监局'), line('湖南省药监局')].join('\n');
    const { documents } = parsePolicy(text);
    expect(documents.map((document) => document.issuers[0])).toEqual([
      '浙江省药品监督管理局',
      '安徽省药品监督管理局',
      '湖南省药品监督管理局',
    ]);
    for (const { span } of documents) expect(text.slice(span.start, span.start + 3)).toBe('近日,');
  });

  it('reads a digest by its headlines, without rubrics and adverts', () => {
    const text = `【地方动态】
山东省药监局印发审评提速若干举措
近日,山东省药监局印发《审评提速若干举措》,提出多项便民举措,进一步优化营商环境,服务企业发展。
来源:山东药监
河南省医保局发布耗材挂网新规
6月3日,河南省医保局发布《耗材挂网管理办法》,明确挂网条件和程序,规范采购行为,保障供应。
来源:河南医保
扫码关注公众号`;
    expect(parsePolicy(text).documents.map((document) => document.title)).toEqual([
      '山东省药监局印发审评提速若干举措',
      '河南省医保局发布耗材挂网新规',
    ]);
  });

  it('drops the list of contents', () => {
    const text = `目 录
甲省药监局关于开展专项检查的通知 ........ 1
乙省药监局关于公布检查结果的通告 ........ 2
甲省药监局关于开展专项检查的通知
为加强监管,根据《医疗器械监督管理条例》,现就有关事项通知如下:各单位应当认真组织开展自查。
[返回目录]
乙省药监局关于公布检查结果的通告
为加强监管,根据《医疗器械监督管理条例》,现将检查结果通告如下:检查企业30家,均符合要求。
[返回目录]`;
    const { documents } = parsePolicy(text);
    expect(documents).toHaveLength(2);
    expect(documents[0]?.span.start).toBeGreaterThan(text.indexOf('2\n'));
  });

  it('lists the plan a notice carries after it, as part of it', () => {
    const text = `苏州市人民政府关于印发苏州市器械创新行动方案的通知
各区人民政府:
现将《苏州市器械创新行动方案》印发给你们,请认真贯彻执行。
苏州市人民政府
2025年3月1日
苏州市器械创新行动方案
为促进创新,制定本方案。
一、主要目标
到2027年新增器械20个。
二、重点任务
(一)优化审批服务。${long}(责任单位:市财政局、市科技局)
(二)加强要素保障。${long}(责任单位:市财政局)`;
    const { documents } = parsePolicy(text);
    expect(documents.map((document) => [document.title, document.partOf])).toEqual([
      ['苏州市人民政府关于印发苏州市器械创新行动方案的通知', null],
      ['苏州市器械创新行动方案', 0],
    ]);
    expect(documents[0]?.measures[0]?.departments).toEqual(['苏州市财政局', '苏州市科学技术局']);
  });

  it('does not take subheadings of one article for articles', () => {
    const text = `智慧监管取得新进展\n时间:2025年1月2日\n${long}\n能力水平持续提升\n${long}\n体系建设稳步推进\n${long}`;
    expect(parsePolicy(text).documents).toHaveLength(1);
  });

  it('reads articles under running numbers and headings that the list of contents announced', () => {
    const counted = ['01', '02', '03']
      .map(
        (no, i) =>
          `${no}\n${['河南', '安徽', '福建'][i]}省医保局发布第${i}号新规\n近日,${['河南', '安徽', '福建'][i]}省医保局发布《某某管理办法》,规范有关行为,保障参保人员的合法权益,促进行业健康发展。`,
      )
      .join('\n');
    expect(parsePolicy(counted).documents.map((document) => document.issuers[0])).toEqual([
      '河南省医疗保障局',
      '安徽省医疗保障局',
      '福建省医疗保障局',
    ]);
    const stepped = `**目录**\n\n[1.1 甲中心关于发布某指导原则的通告 3](#a)\n\n[1.2 乙中心公布某检查结果 4](#b)\n\n# 一、法规\n\n## 1.1 甲中心关于发布某指导原则的通告\n\n为规范管理,现予发布有关指导原则,自发布之日起施行,各单位应当遵照执行,并做好衔接工作。\n\n## 1.2 乙中心公布某检查结果\n\n近日,有关单位对36家企业开展检查,发现3家企业存在缺陷,责令限期整改并报告整改结果。`;
    expect(parsePolicy(stepped).documents.map((document) => document.title)).toEqual([
      '甲中心关于发布某指导原则的通告',
      '乙中心公布某检查结果',
    ]);
  });

  it('keeps an attachment list that stands alone in a feed as a fragment', () => {
    const line = `近日,湖北省药监局印发《某某程序》,自2025年7月1日起施行。 ${long} 下一步,${long}`;
    const { documents } = parsePolicy(`${line}\n附件:1.某某申请表 2.某某程序说明 3.承诺书\n${line}\n${line}`);
    expect(documents.map((document) => document.kind)).toEqual(['news', 'fragment', 'news', 'news']);
    expect(documents[1]?.isPolicy).toBe(false);
  });

  describe('a digest that marks its headlines by turns with numbers, signs and nothing', () => {
    const body = (who: string) =>
      `9月2日,${who}发布《某某管理办法》,明确挂网条件和程序,规范采购行为,保障供应,自2026年1月1日起施行。`;
    const text = `点击上方蓝字“某某观察”关注我们
某某周报丨第12期
1. 甲地新规落地,企业受益
(来源:甲市政府网)
${body('浙江省药监局')}企业应当于2026年3月1日前完成自查。
2. 乙地一次废止三件文件
河南省药品监督管理局关于废止部分规范性文件的公告
2025年 第9号
根据有关要求,决定废止《某某实施细则》等三件文件,自本公告发布之日起停止执行。
河南省药品监督管理局
2025年9月12日
————————广告————————
抗体原料现货,微信同号
3. 丙市公开征求管理办法意见
来源:丙市医保局
${body('武汉市医保局')}请于2025年10月20日前反馈意见。
【集采】丁省牵头的试剂联盟开标
${body('江西省医保局')}
【公司】某某医疗前三季度利润下降
9月22日晚间,某某医疗公告,前三季度净利润同比下降三成,公司拟回购股份,用于员工持股计划。
▍答疑
▍答疑丨《某某委托生产管理规定》问答
问:规定的出台背景是什么?
答:近年来委托生产快速增加,为落实有关规定,省药监局组织起草了本规定,征求了各方面的意见。
问:已经备案的怎么办?
答:规定施行前已经备案的,注册人应当于2026年3月31日前补齐质量协议,并通过政务平台上传。
▍某省修订信用办法
${body('山东省药监局')}
附件:1.项目申报书 2.投入明细表 3.承诺书
声明:本文部分内容来自网络`;
    const found = parsePolicy(text).documents;

    it('gives each article once, without adverts, captions and rubrics', () => {
      expect(found.map((document) => text.slice(document.span.start, document.span.start + 8))).toEqual([
        '1. 甲地新规落',
        '2. 乙地一次废',
        '3. 丙市公开征',
        '【集采】丁省牵头',
        '【公司】某某医疗',
        '▍答疑丨《某某委',
        '▍某省修订信用办',
      ]);
      for (const { span } of found) expect(text.slice(span.start, span.end)).not.toMatch(/微信同号|▍答疑\n|声明/);
    });

    it('takes the title of the act below the headline of the digest', () => {
      expect(found[1]?.title).toBe('河南省药品监督管理局关于废止部分规范性文件的公告');
    });

    it('does not take questions for headlines', () => {
      expect(found[5]?.title).toContain('某某委托生产管理规定');
      expect(text.slice(found[5]?.span.start, found[5]?.span.end)).toContain('通过政务平台上传');
    });
  });

  it('keeps a guideline whole, however its chapters are numbered', () => {
    const chapter = (no: number, name: string) =>
      `${no}.${name}的研究资料和要求\n注册申请人应当提供研究资料,说明所依据的标准和方法,并给出验证的结果。${long}`;
    const names = ['产品名称', '结构组成', '生物相容性', '灭菌工艺', '有效期和包装', '动物试验', '软件'];
    const text = `某某产品注册审查指导原则\n一、适用范围\n${long}\n二、审查要点\n(一)综述资料\n${names
      .map((name, i) => chapter(i + 1, name))
      .join('\n')}\n(二)非临床资料\n${names.map((name, i) => chapter(i + 1, name)).join('\n')}`;
    expect(parsePolicy(text).documents).toHaveLength(1);
  });

  it('reads one notice a line whose headings stand inside without blanks', () => {
    const line = (body: string) => `${body},现将有关事项通知如下:一、范围。${long}二、要求。${long}三、其他。${long}`;
    const text = [line('为做好甲事'), line('根据《某某条例》'), line('各区人民政府: 为落实《某某意见》')].join('\n');
    expect(parsePolicy(text).documents).toHaveLength(3);
  });

  it('makes a sentence whole that a page break cut, and keeps the places of the text as given', () => {
    const text = `关于备案有关事项的公告
一、自 2025 年 10 月 1 日起,申办者应当通过政务服务门户办理备案,各省药品监督管理部门不再接收纸质

第 1 页 共 20 页

政策季报 2025 年第三季度

备案资料。抽查比例不低于 10%。
二、备案资料齐全的,应当在 3 个工作日内予以备案。需要补正的,应当一次性告知需要补正的全部内容
第 2 页 共 20 页

政策季报 2025 年第三季度
三、本公告自 2025 年 10 月 1 日起施行。`;
    const { documents } = parsePolicy(text);
    expect(documents).toHaveLength(1);
    expect(documents[0]?.effectiveDate).toBe('2025-10-01');
    const share = documents[0]?.figures.find((figure) => figure.unit === '%');
    expect(text.slice(share?.start, share?.end)).toContain('10%');
    expect(documents[0]?.sections.map((section) => section.no)).toEqual(['一', '二', '三']);
  });
});
