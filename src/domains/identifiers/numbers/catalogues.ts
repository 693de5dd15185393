/**
 * Names of the catalogue codes a certificate number may carry: the 22 sub-catalogues of the catalogue of 2017 and the
 * 68xx codes of the catalogue of 2002. English names are translations.
 * Sources: 2017: https://www.nmpa.gov.cn/ylqx/ylqxfgwj/ylqxgfxwj/20180808173901137.html (secondary-summary);
 * 2002: https://360docs.net/doc/972630957.html (secondary-partial; names marked * were not in it: unverified).
 * In force from 2018-08-01: notice 2017-143 (official-text-partial).
 */
import type { Firmness, NumberReading } from './types.ts';

const NAMES_2017 = `01有源手术器械|active surgical devices
02无源手术器械|non-active surgical devices
03神经和心血管手术器械|neurological and cardiovascular surgical devices
04骨科手术器械|orthopaedic surgical devices
05放射治疗器械|radiotherapy devices
06医用成像器械|medical imaging devices
07医用诊察和监护器械|examination and monitoring devices
08呼吸、麻醉和急救器械|respiratory, anaesthesia and emergency devices
09物理治疗器械|physical therapy devices
10输血、透析和体外循环器械|transfusion, dialysis and extracorporeal circulation devices
11医疗器械消毒灭菌器械|device disinfection and sterilisation equipment
12有源植入器械|active implants
13无源植入器械|non-active implants
14注输、护理和防护器械|injection, infusion, nursing and protective devices
15患者承载器械|patient support devices
16眼科器械|ophthalmic devices
17口腔科器械|dental devices
18妇产科、辅助生殖和避孕器械|obstetric, assisted reproduction and contraceptive devices
19医用康复器械|rehabilitation devices
20中医器械|traditional Chinese medicine devices
21医用软件|medical software
22临床检验器械|clinical laboratory devices`;

const NAMES_2002 = `01基础外科手术器械|basic surgical instruments
02显微外科手术器械|microsurgical instruments
03神经外科手术器械|neurosurgical instruments
04眼科手术器械|ophthalmic surgical instruments
05耳鼻喉科手术器械|ear, nose and throat surgical instruments
06口腔科手术器械|dental surgical instruments
07胸腔心血管外科手术器械|thoracic and cardiovascular surgical instruments
08腹部外科手术器械|abdominal surgical instruments
09*泌尿肛肠外科手术器械|urological and anorectal surgical instruments
10*矫形外科（骨科）手术器械|orthopaedic surgical instruments
12*妇产科用手术器械|obstetric and gynaecological surgical instruments
13*计划生育手术器械|family planning surgical instruments
15注射穿刺器械|injection and puncture devices
16烧伤（整形）科手术器械|burn and plastic surgery instruments
20*普通诊察器械|general examination devices
21医用电子仪器设备|medical electronic equipment
22医用光学器具、仪器及内窥镜设备|medical optical instruments and endoscopes
23医用超声仪器及有关设备|medical ultrasound equipment
24医用激光仪器设备|medical laser equipment
25医用高频仪器设备|medical high-frequency equipment
26*物理治疗及康复设备|physical therapy and rehabilitation equipment
27*中医器械|traditional Chinese medicine devices
28*医用磁共振设备|magnetic resonance equipment
30*医用X射线设备|medical X-ray equipment
31*医用X射线附属设备及部件|X-ray accessories and parts
32*医用高能射线设备|high-energy radiation equipment
33*医用核素设备|nuclear medicine equipment
34*医用射线防护用品、装置|radiation protection devices
40临床检验分析仪器 / 体外诊断试剂|clinical laboratory analysers / in vitro diagnostic reagents
41*医用化验和基础设备器具|laboratory and basic equipment
45体外循环及血液处理设备|extracorporeal circulation and blood processing equipment
46植入材料和人工器官|implant materials and artificial organs
54手术室、急救室、诊疗室设备及器具|operating, emergency and treatment room equipment
55*口腔科设备及器具|dental equipment
56*病房护理设备及器具|ward nursing equipment
57*消毒和灭菌设备及器具|disinfection and sterilisation equipment
58医用冷疗、低温、冷藏设备及器具|cold therapy, cryogenic and cold storage equipment
63口腔科材料|dental materials
64医用卫生材料及敷料|sanitary materials and dressings
65医用缝合材料及粘合剂|sutures and adhesives
66医用高分子材料及制品|polymer materials and products
70*软件|software
77介入器材|interventional devices`;

type Edition = '2002' | '2017';

function table(lines: string, catalogue: Edition, prefix: string, usual: Firmness): ReadonlyMap<string, NumberReading> {
  return new Map(
    lines.split('\n').map((line) => {
      const starred = line[2] === '*';
      const digits = line.slice(0, 2);
      const [zh = '', en = ''] = line.slice(starred ? 3 : 2).split('|');
      const firmness = starred ? 'unverified' : usual;
      return [digits, { of: 'category', catalogue, code: prefix + digits, zh, en, firmness }];
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
  en: 'in vitro diagnostic reagents (6840 kept)',
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
