import type { Measure } from '../types.ts';
import { fullBodyName } from './bodies.ts';
import { departmentsIn } from './departments.ts';
import type { Region } from './regions.ts';

/** The sentences of a stretch with their places. */
export function sentencesOf(text: string, from: number, to: number): { start: number; text: string }[] {
  const found: { start: number; text: string }[] = [];
  let at = from;
  for (const piece of text.slice(from, to).split(/(?<=。)/)) {
    const lead = /^\s*/.exec(piece)?.[0].length ?? 0;
    if (piece.trim().length >= 10) found.push({ start: at + lead, text: piece.trim() });
    at += piece.length;
  }
  return found;
}

/** The bodies that act in a sentence: named right before what they do. */
export function acting(sentence: string, home: Region | null): string[] {
  const names: string[] = [];
  for (const match of sentence.matchAll(
    /(?:省|市|自治区|国家)[\u4e00-\u9fff]{1,10}?(?:局|委|厅|中心)(?=安排|每|按|给予|将|负责|牵头|会同|组织|建立|设立|统筹|提供)|相关部门/g,
  )) {
    const name = fullBodyName(match[0], home);
    if (!names.includes(name)) names.push(name);
  }
  return names;
}

const COUNTED = /(?<=^|[。;:,\n ])(?:([一二三四五六七八九])[是要]|(首先|其次|再次|最后))(?=[^,。;\n]{3,})/g;
const ASPECT = /(?<=^|[。;:\n ]|其中,)在([^,。;]{2,14})(?:方面|上),(?=[^。;]{6,})/g;

/** 一是…二是…三是…; 首先…其次…最后…; 在…方面,…: points without a heading of their own. */
export function countedPoints(text: string, announcer: string | null, home: Region | null): Measure[] {
  const marks: { start: number; no: string | null; textStart: number }[] = [];
  let expected = 1;
  for (const match of text.matchAll(COUNTED)) {
    const order = match[1] ? '一二三四五六七八九'.indexOf(match[1]) + 1 : match[2] === '首先' ? 1 : expected;
    // a second row of 一是 tells of something else
    if (order !== expected) {
      if (marks.length >= 2 || order !== 1) break;
      marks.length = 0;
    }
    expected = order + 1;
    marks.push({ start: match.index, no: match[0], textStart: match.index + match[0].length });
  }
  if (marks.length < 2) {
    marks.length = 0;
    for (const match of text.matchAll(ASPECT))
      marks.push({ start: match.index, no: null, textStart: match.index + match[0].length });
  }
  if (marks.length < 2) return [];
  // 一是…的;二是…的。 are cases, 一是有利于… are reasons
  const rest = marks.filter(({ textStart }) => {
    const piece = /^[^;。\n]{0,200}/.exec(text.slice(textStart, textStart + 200))?.[0] ?? '';
    return /的$/.test(piece) || /^(?:有利于|有助于|是?为了)/.test(piece);
  });
  if (rest.length * 2 > marks.length) return [];
  return marks.map(({ start, no, textStart }, i) => {
    const stop = text.slice(textStart, textStart + 600).search(/[。\n]/);
    const end = marks[i + 1]?.start ?? (stop < 0 ? text.length : textStart + stop);
    const piece = text.slice(textStart, end);
    const actors = acting(piece, home);
    return {
      no,
      heading: (no === null ? text.slice(start, textStart - 1) : (piece.split(/[,。;:\n]/)[0] ?? '')).slice(0, 60),
      start,
      end,
      departments: actors.length > 0 ? actors : announcer && /[是要]$/.test(no ?? '') ? [announcer] : [],
    };
  });
}

/** A paragraph that opens with a short heading of its own: 强化基金监管。建立…; a dash or dot may stand before it. */
const LEAD_IN = /(?:^|\n) *(?:[-•·●▪■*—–]+ *)?([\u4e00-\u9fff“”、]{3,16})。(?= ?[^\n]{10})/g;
/** 突出三个重点:…;…;…。 部署了四项行动:…;…;…;…。 */
const ROW =
  /([两二三四五六七八九十]|\d{1,2})(?:个|项|大|类)?(?:方面)?(?:重点|行动|措施|举措|任务|机制|服务|工作|要求|制度|工程|环节|关口|政策|)[^:。;,\n]{0,6}:([^。:]{20,600})。/g;
const COUNTS = '一二三四五六七八九十';

/**
 * Points that only their form sets apart: paragraphs each opening with a short heading, or the parts of one sentence, as
 * many as the words before the colon count.
 */
export function parallels(
  text: string,
  announcer: string | null,
  about: { readonly signatories: readonly string[]; readonly home: Region | null },
): Measure[] {
  const make = (heading: string, start: number, end: number, own: string | null): Measure => {
    const words = text.slice(start, end);
    const named = departmentsIn(words, about.signatories, about.home);
    const actors = named.length > 0 ? named : acting(words, about.home);
    return {
      no: null,
      heading: heading.slice(0, 60),
      start,
      end,
      departments: actors.length > 0 || !own ? actors : [own],
    };
  };
  const leads = [...text.matchAll(LEAD_IN)].map((match) => {
    const start = match.index + match[0].lastIndexOf(match[1] ?? '');
    const stop = text.indexOf('\n', start);
    return { heading: match[1] ?? '', start, end: stop < 0 ? text.length : stop };
  });
  if (leads.length >= 2) {
    const before = text.slice(Math.max(0, (leads[0]?.start ?? 0) - 12), leads[0]?.start);
    if (leads.length >= 3 || /:[\s—–•·●▪■*-]*$/.test(before))
      return leads.map(({ heading, start, end }) => make(heading, start, end, null));
  }
  for (const match of text.matchAll(ROW)) {
    const count = COUNTS.indexOf(match[1] ?? '') + 1 || (match[1] === '两' ? 2 : Number(match[1]));
    const parts = (match[2] ?? '').split(';');
    if (count < 2 || parts.length !== count || parts.some((part) => part.trim().length < 6)) continue;
    if (/^ *(?:[一首其最]|\(|\d|第)/.test(match[2] ?? '')) continue;
    let at = match.index + match[0].length - 1 - (match[2] ?? '').length;
    return parts.map((part) => {
      const start = at + (/^\s*/.exec(part)?.[0].length ?? 0);
      at += part.length + 1;
      return make(part.trim().split(',')[0] ?? '', start, start + part.trim().length, announcer);
    });
  }
  return [];
}

/** 下一步,某局将…: what a body announces at the end of a report. */
export function nextSteps(text: string, announcer: string | null, home: Region | null): Measure[] {
  if (!announcer) return [];
  const found = /下一步(?:工作中)?,?[^。;:将]{0,30}将(?:继续|进一步)?([^。:]{8,240})。/.exec(text);
  const words = found?.[1];
  if (!found || !words) return [];
  const start = found.index + found[0].length - 1 - words.length;
  const partners = [...words.matchAll(/会同([\u4e00-\u9fff]{2,16}?(?:局|委|厅|中心))/g)].map((match) =>
    fullBodyName(match[1] ?? '', home),
  );
  const heading = words.replace(/^会同[\u4e00-\u9fff]{2,16}?(?:局|委|厅|中心)/, '').slice(0, 60);
  return [{ no: null, heading, start, end: start + words.length, departments: [announcer, ...partners] }];
}

/** Verbs by which a reported act changes something. */
const SETS =
  /实行|推行|实施|停止执行|取消|改为|压缩|延长|缩短|纳入|遴选|新增|设立|不受|豁免|免于|简化|扩大|放宽|享受|下调|提高|给予|鼓励|支持|调剂使用|开展专项/;
const NO_TASK_CLAUSE =
  /^各[^,]{1,12}要|较[^,]{2,12}(?:缩短|提高|下降|增长)|意义|须|应当|应在|应于|应通过|不得|必须|要求各|严禁|截至|累计|同比|据|统计|目前|去年|上半年|今年以来|负责人|表示|介绍|预计|业内|有望|已|了|共|自\d|施行|有效期[至为\d]|废止|负责|促进|参加/;

/** What a reported act sets, clause by clause, where the report counts nothing. */
export function toldPoints(text: string, from: number, announcer: string | null): Measure[] {
  const found: Measure[] = [];
  let first = true;
  for (const sentence of sentencesOf(text, from, text.length)) {
    // the first sentence tells who issued what
    if (first) {
      first = !/发布|印发|出台|公布|召开|举行|获悉|发文/.test(sentence.text);
      if (!/停止执行|废止/.test(sentence.text)) continue;
    }
    let at = sentence.start;
    for (const piece of sentence.text.split(/(?<=;)/)) {
      const masked = piece.replace(/《[^》]*》|“[^”]*”/g, (name) => '※'.repeat(name.length));
      const sets = SETS.exec(masked);
      if (sets) {
        const start = Math.max(piece.lastIndexOf(',', sets.index), piece.lastIndexOf(':', sets.index)) + 1;
        const heading = piece.slice(start).split(/[。;]/)[0] ?? '';
        const clause =
          masked
            .slice(start)
            .split(',')[0]
            ?.replace(/自[^,]{4,12}起停止执行/, '') ?? '';
        if (heading.length >= 8 && !NO_TASK_CLAUSE.test(clause))
          found.push({
            no: null,
            heading: heading.slice(0, 60),
            start: at + start,
            end: at + start + heading.length,
            departments: announcer ? [announcer] : [],
          });
      }
      at += piece.length;
    }
  }
  return found.slice(0, 12);
}

/** A notice that does nothing but put acts out of force. */
export function repeals(text: string): Measure[] {
  const found =
    /(?:决定|现)(?:对[^。《》:]{2,24}?)?(?:予以)?(?:废止|宣布失效|停止执行)(?:《[^。]{4,400}|(?:\d+|[一二三四五六七八九十两]+)[项件个][^。]{2,80})/.exec(
      text.slice(0, 3000),
    );
  if (!found) return [];
  const heading = found[0].split(/[,。]/)[0] ?? '';
  return [
    {
      no: null,
      heading: heading.slice(0, 60),
      start: found.index,
      end: found.index + found[0].length,
      departments: [],
    },
  ];
}

/** In a report: what the body sets up, under a name of its own in quotation marks. */
export function reported(text: string, bodyStart: number, announcer: string | null): Measure[] {
  if (!announcer) return [];
  const found: Measure[] = [];
  for (const sentence of sentencesOf(text, bodyStart, text.length)) {
    const match =
      /(?:^|[,;。\n])(?:[^,;。“\n]{0,24}?)((?:建立|构建|推出|实施|设立|组建|制定|搭建)[^,;。“”\n]{0,10}“[^”\n]{2,20}”[^,;。\n]{0,40})/.exec(
        sentence.text,
      );
    if (!match || /建立了|构建了|旨在|通过/.test(match[0])) continue;
    const start = sentence.start + match.index + match[0].indexOf(match[1] ?? '');
    found.push({
      no: null,
      heading: match[1] ?? '',
      start,
      end: start + (match[1] ?? '').length,
      departments: [announcer],
    });
  }
  return found;
}
