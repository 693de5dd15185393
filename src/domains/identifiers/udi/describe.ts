import { AI_ENTRIES, type AiEntry, findAi, READ_DATE } from './ai-table.ts';
import { currentYear, digits } from './dates.ts';
import { ADDRESS_PARTS, MEASURES, NAMES } from './element-names.ts';
import { yymmd0Text } from './gs1-message.ts';
import type { ProblemLanguage } from './problems.ts';
import type { UdiAgency, UdiResult } from './types.ts';

export interface ElementDescription {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  /** Title of a GS1 AI as printed beside the data, as `USE BY or EXPIRY`. */
  readonly title?: string;
}

type Names = ReadonlyMap<string, readonly [zh: string, en: string | undefined]>;
const tables = new Map<string, Names>();

function namesOf(agency: keyof typeof NAMES): Names {
  let table = tables.get(agency);
  if (table === undefined) {
    table = new Map(
      NAMES[agency].split('\n').map((line) => {
        const [id, zh, en] = line.split('|') as [string, string, string | undefined];
        return [id, [zh, en]] as const;
      }),
    );
    tables.set(agency, table);
  }
  return table;
}

/**
 * Explains one part of a code by its element id (AI, data identifier, field name as in `elements`), for all agencies.
 * @returns null for an id that the agency does not have
 */
export function describeElement(agency: UdiAgency, id: string): ElementDescription | null {
  if (agency === 'AHM') return null;
  if (agency === 'GS1') return describeAi(id);
  const found = namesOf(agency).get(id);
  return found ? { id, zh: found[0], en: found[1] ?? id } : null;
}

function describeAi(ai: string): ElementDescription | null {
  const entry = findAi(ai);
  if (!entry) return null;
  const { title } = entry;
  // Entries of a range share their components.
  const first = AI_ENTRIES.find((one) => one.components === entry.components) as AiEntry;
  const names = namesOf('GS1');
  const named = names.get(ai) ?? names.get(first.ai) ?? names.get(`${ai.slice(0, 3)}0`);
  const zh = named?.[0] ?? chineseOfTitle(title);
  const en = named?.[1] ?? title;
  // The fourth digit of measures and amounts is the place of the decimal point.
  if (!/^3\d{3}$/.test(ai)) return { id: ai, en, zh, title };
  const decimals = ai.charAt(3);
  return { id: ai, en: `${en}, ${decimals} decimals`, zh: `${zh}，${decimals}位小数`, title };
}

function chineseOfTitle(title: string): string {
  const measure = /^([A-Z ]+) \((.+)\)(, log)?$/.exec(title);
  if (measure) return `${measure[3] ? '物流单元' : ''}${MEASURES[measure[1] as string] ?? measure[1]}（${measure[2]}）`;
  const address = /^(SHIP|RTN) TO (.+)$/.exec(title);
  if (address) return `${address[1] === 'SHIP' ? '收货' : '退货'}${ADDRESS_PARTS[address[2] as string] ?? address[2]}`;
  return title.replace('NHRN', '国家医保编号').replace('KG PER m²', '每平方米千克数');
}

/** One part of a code in words. */
export interface ExplainedPart {
  readonly id: string;
  readonly value: string;
  readonly name: string;
  /** What the value says beyond itself, as the date of `270200` or the packaging level of a GTIN; '' for nothing. */
  readonly meaning: string;
}

/** All parts of a parsed code in order, in one language. */
export function explainUdi(result: UdiResult, language: ProblemLanguage, refYear = currentYear()): ExplainedPart[] {
  const { agency } = result;
  if (agency === null) return [];
  return result.elements.map(([id, value]) => {
    const described = describeElement(agency, id);
    return {
      id,
      value,
      name: described ? described[language] : id,
      meaning: meaningOf(result, id, value, language, refYear),
    };
  });
}

function meaningOf(result: UdiResult, id: string, value: string, language: ProblemLanguage, refYear: number): string {
  const zh = language === 'zh';
  if (result.agency === 'GS1') {
    const entry = findAi(id);
    if (entry?.read === READ_DATE && digits(value, 0, 6) >= 0 && value.length === 6) {
      const month = digits(value, 2, 4);
      return month >= 1 && month <= 12 ? yymmd0Text(value, refYear) : '';
    }
    return id === '01' ? gtinLevel(value, zh) : '';
  }
  if (id === 'UoM') return unitOfMeasure(value, zh);
  if (/^(MMYY|MMDDYY|YYMMDD|YYMMDDHH|YYJJJ|YYJJJHH|=>|E)$/.test(id)) return result.expiry ?? '';
  if (id === '=}' || id === 'M' || id === 'P') return result.manufactured ?? '';
  return '';
}

function gtinLevel(gtin: string, zh: boolean): string {
  const level = gtin.charAt(0);
  if (level === '0') return zh ? '最小销售单元或使用单元' : 'base unit';
  if (level === '9') return zh ? '变量贸易项目' : 'variable measure item';
  return zh ? `包装级别指示符${level}` : `packaging level, indicator ${level}`;
}

function unitOfMeasure(value: string, zh: boolean): string {
  if (value === '0') return zh ? '使用单元' : 'unit of use';
  if (value === '9') return zh ? '变动数量' : 'variable quantity';
  return zh ? `包装级别${value}` : `package level ${value}`;
}
