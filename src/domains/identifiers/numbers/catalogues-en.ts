/** English names of the catalogue codes: our translations, not part of any catalogue. */
import type { NumberReading } from './types.ts';

const NAMES_2017 = `01active surgical devices
02non-active surgical devices
03neurological and cardiovascular surgical devices
04orthopaedic surgical devices
05radiotherapy devices
06medical imaging devices
07examination and monitoring devices
08respiratory, anaesthesia and emergency devices
09physical therapy devices
10transfusion, dialysis and extracorporeal circulation devices
11device disinfection and sterilisation equipment
12active implants
13non-active implants
14injection, infusion, nursing and protective devices
15patient support devices
16ophthalmic devices
17dental devices
18obstetric, assisted reproduction and contraceptive devices
19rehabilitation devices
20traditional Chinese medicine devices
21medical software
22clinical laboratory devices`;

const NAMES_2002 = `01basic surgical instruments
02microsurgical instruments
03neurosurgical instruments
04ophthalmic surgical instruments
05ear, nose and throat surgical instruments
06dental surgical instruments
07thoracic and cardiovascular surgical instruments
08abdominal surgical instruments
09urological and anorectal surgical instruments
10orthopaedic surgical instruments
12obstetric and gynaecological surgical instruments
13family planning surgical instruments
15injection and puncture devices
16burn and plastic surgery instruments
20general examination devices
21medical electronic equipment
22medical optical instruments and endoscopes
23medical ultrasound equipment
24medical laser equipment
25medical high-frequency equipment
26physical therapy and rehabilitation equipment
27traditional Chinese medicine devices
28magnetic resonance equipment
30medical X-ray equipment
31X-ray accessories and parts
32high-energy radiation equipment
33nuclear medicine equipment
34radiation protection devices
40clinical laboratory analysers / in vitro diagnostic reagents
41laboratory and basic equipment
45extracorporeal circulation and blood processing equipment
46implant materials and artificial organs
54operating, emergency and treatment room equipment
55dental equipment
56ward nursing equipment
57disinfection and sterilisation equipment
58cold therapy, cryogenic and cold storage equipment
63dental materials
64sanitary materials and dressings
65sutures and adhesives
66polymer materials and products
70software
77interventional devices`;

const table = (lines: string): ReadonlyMap<string, string> =>
  new Map(lines.split('\n').map((line) => [line.slice(0, 2), line.slice(2)]));

const CATALOGUES = { 2017: table(NAMES_2017), 2002: table(NAMES_2002) };

/** The English name of a reading: of the category, or of the series of a document. */
export function englishOfReading({ catalogue, code }: NumberReading): string {
  if (catalogue === undefined) return code === '公告' ? 'announcement' : 'circular';
  return CATALOGUES[catalogue].get(code.slice(-2)) ?? code;
}
