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
});
