/**
 * Names of the catalogue codes a certificate number may carry: the 22 sub-catalogues of the catalogue of 2017 and the
 * 68xx codes of the catalogue of 2002 (English: `catalogues-en.ts`).
 * Sources: 2017: https://www.nmpa.gov.cn/ylqx/ylqxfgwj/ylqxgfxwj/20180808173901137.html (secondary-summary);
 * 2002: https://360docs.net/doc/972630957.html (secondary-partial; names marked * were not in it: unverified).
 * In force from 2018-08-01: notice 2017-143 (official-text-partial).
 */
import type { Firmness, NumberReading } from './types.ts';

const NAMES_2017 = `01有源手术器械
02无源手术器械
03神经和心血管手术器械
04骨科手术器械
05放射治疗器械
06医用成像器械
07医用诊察和监护器械
08呼吸、麻醉和急救器械
09物理治疗器械
10输血、透析和体外循环器械
11医疗器械消毒灭菌器械
12有源植入器械
13无源植入器械
14注输、护理和防护器械
15患者承载器械
16眼科器械
17口腔科器械
18妇产科、辅助生殖和避孕器械
19医用康复器械
20中医器械
21医用软件
22临床检验器械`;

const NAMES_2002 = `01基础外科手术器械
02显微外科手术器械
03神经外科手术器械
04眼科手术器械
05耳鼻喉科手术器械
06口腔科手术器械
07胸腔心血管外科手术器械
08腹部外科手术器械
09*泌尿肛肠外科手术器械
10*矫形外科（骨科）手术器械
12*妇产科用手术器械
13*计划生育手术器械
15注射穿刺器械
16烧伤（整形）科手术器械
20*普通诊察器械
21医用电子仪器设备
22医用光学器具、仪器及内窥镜设备
23医用超声仪器及有关设备
24医用激光仪器设备
25医用高频仪器设备
26*物理治疗及康复设备
27*中医器械
28*医用磁共振设备
30*医用X射线设备
31*医用X射线附属设备及部件
32*医用高能射线设备
33*医用核素设备
34*医用射线防护用品、装置
40临床检验分析仪器 / 体外诊断试剂
41*医用化验和基础设备器具
45体外循环及血液处理设备
46植入材料和人工器官
54手术室、急救室、诊疗室设备及器具
55*口腔科设备及器具
56*病房护理设备及器具
57*消毒和灭菌设备及器具
58医用冷疗、低温、冷藏设备及器具
63口腔科材料
64医用卫生材料及敷料
65医用缝合材料及粘合剂
66医用高分子材料及制品
70*软件
77介入器材`;

type Edition = '2002' | '2017';

function table(lines: string, catalogue: Edition, prefix: string, usual: Firmness): ReadonlyMap<string, NumberReading> {
  return new Map(
    lines.split('\n').map((line) => {
      const starred = line[2] === '*';
      const digits = line.slice(0, 2);
      const zh = line.slice(starred ? 3 : 2);
      const firmness = starred ? 'unverified' : usual;
      return [digits, { of: 'category', catalogue, code: prefix + digits, zh, firmness }];
    }),
  );
}

const CATALOGUE_2017 = table(NAMES_2017, '2017', '', 'secondary-summary');
const CATALOGUE_2002 = table(NAMES_2002, '2002', '68', 'secondary-partial');

/** The first day on which applications were received under the catalogue of 2017 (notice 2017-143). */
const CATALOGUE_2017_FROM = '2018-08-01';

/** The reading of two digits as 68xx of the catalogue of 2002, if there is one. */
export function readingOf2002(digits: string): NumberReading | undefined {
  return CATALOGUE_2002.get(digits);
}

/** 40 on a certificate of 2018 or later: reagents for in vitro diagnosis, for which 6840 was kept. */
const REAGENTS_6840: NumberReading = {
  of: 'category',
  catalogue: '2002',
  code: '6840',
  zh: '体外诊断试剂（沿用6840）',
  firmness: 'official-text-partial',
};

interface CategoryReadings {
  readonly readings: readonly NumberReading[];
  /** Why there are several readings, or why the one is not certain; undefined when it is. */
  readonly note?: 'ambiguous-catalogue' | 'recoded-on-renewal' | 'legacy-code-kept' | 'unknown-category';
}

/**
 * Reads the two category digits of a certificate number of 2014 and later.
 * Below 2018 they are the end of 68xx; from 2018 they follow the catalogue of 2017; in 2018 both are possible, because
 * applications received before 2018-08-01 were numbered by the old one. A renewal approved since then follows the new
 * catalogue while the number keeps its first year, so the date on the certificate (`approved`) may open a second reading.
 */
export function readCategory(digits: string, year: number, approved?: string): CategoryReadings {
  const old = CATALOGUE_2002.get(digits);
  const recent = digits === '40' ? undefined : CATALOGUE_2017.get(digits);
  const list = (...found: (NumberReading | undefined)[]) => found.filter((r): r is NumberReading => r !== undefined);
  const pick = (readings: NumberReading[], note?: CategoryReadings['note']): CategoryReadings =>
    readings.length === 0
      ? { readings, note: 'unknown-category' }
      : note === undefined || (note === 'ambiguous-catalogue' && readings.length < 2)
        ? { readings }
        : { readings, note };
  if (year < 2018) {
    if (recent === undefined) return pick(list(old));
    if (approved === undefined) return pick(list(old ?? recent), 'recoded-on-renewal');
    if (approved < CATALOGUE_2017_FROM) return pick(list(old));
    return pick(list(recent, old), 'ambiguous-catalogue');
  }
  if (digits === '40') return pick([year === 2018 ? (old ?? REAGENTS_6840) : REAGENTS_6840]);
  if (year === 2018) {
    if (approved !== undefined && approved < CATALOGUE_2017_FROM) return pick(list(old));
    return pick(list(recent, old), 'ambiguous-catalogue');
  }
  return recent === undefined ? pick(list(old), 'legacy-code-kept') : pick([recent]);
}
