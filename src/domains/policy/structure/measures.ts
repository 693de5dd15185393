import { CONDITION_HEADING, FRAME_HEADING, TASK_HEADING } from '../data/field-words.ts';
import type { Measure } from '../types.ts';
import { fullBodyName } from './bodies.ts';
import { departmentsIn } from './departments.ts';
import type { Region } from './regions.ts';
import type { Numbered } from './sections.ts';

const CHAPTER = /^第.+[章节]$/;
const CONDITION_LEAD =
  /(?:以下|下列)(?:条件|情形|材料|人员|方式|途径|渠道|规定|要求|标准|比例|内容|资料|职责|行为)[^。]{0,14}[::]\s*$/;

/** The sentences of a stretch with their places. */
function sentencesOf(text: string, from: number, to: number): { start: number; text: string }[] {
  const found: { start: number; text: string }[] = [];
  let at = from;
  for (const piece of text.slice(from, to).split(/(?<=。)/)) {
    const lead = /^\s*/.exec(piece)?.[0].length ?? 0;
    if (piece.trim().length >= 10) found.push({ start: at + lead, text: piece.trim() });
    at += piece.length;
  }
  return found;
}

/** 第X条, the way acts number their articles. */
const ARTICLE = /^第.+条$/;
/** Force, attachments, lists of products and other points that set no task. */
const NO_TASK =
  /^(?:本(?:通知|公告|通告|办法|规定|方案|措施|意见|细则|政策)|附件|联系|问(?:题|:|$)|自(?:发布|印发|公布)之日)|有限公司|注册证(?:书)?编?号|^未尽事宜/;

function frames(item: Numbered): boolean {
  const heading = shortHeading(item);
  return FRAME_HEADING.test(heading) && !TASK_HEADING.test(heading);
}

/** Articles of 若干措施: each has a heading of its own before its text. */
function articles(text: string, items: readonly Numbered[]): Numbered[] {
  return items.filter((item) => {
    if (!ARTICLE.test(item.no ?? '') || item.heading.length > 24 || item.heading.length < 4) return false;
    if (/^(?:为|本|根据|依据)|(?:按照|依据|由).*(?:执行|解释)/.test(item.heading) || frames(item)) return false;
    return item.itemEnd - item.textStart > item.heading.length + 10 && /[。 ]/.test(text[item.end] ?? ' ');
  });
}

/** Where each point hangs: the section above it, and the first of its row. */
class Outline {
  readonly #parents = new Map<Numbered, Numbered>();
  readonly #firsts = new Map<Numbered, number>();
  readonly #children = new Map<Numbered, Numbered[]>();

  constructor(points: readonly Numbered[]) {
    let top: Numbered | undefined;
    const first: (number | undefined)[] = [];
    for (const item of points) {
      first.length = Math.min(first.length, item.level + 1);
      first[item.level] ??= item.start;
      this.#firsts.set(item, first[item.level] ?? item.start);
      if (top) this.#parents.set(item, top);
      if (item.level === 1) top = item;
      else if (item.level === 2 && top) {
        const row = this.#children.get(top);
        if (row) row.push(item);
        else this.#children.set(top, [item]);
      }
    }
  }

  /** The section of the first level before the point. */
  parentOf = (item: Numbered): Numbered | undefined => this.#parents.get(item);
  /** The points of the second level below a section. */
  childrenOf = (top: Numbered): readonly Numbered[] => this.#children.get(top) ?? [];
  /** The end of the words that lead the row of points in. */
  rowStart = (item: Numbered): number => this.#firsts.get(item) ?? item.start;
}

/** 1. 2. 3. right under 一、: points with a heading and a text, where no (一) stands between. */
function plainPoints(text: string, points: readonly Numbered[], outline: Outline): Numbered[] {
  return points.filter((item) => {
    if (item.level !== 3 || item.heading.length > 24 || item.heading.length < 3) return false;
    if (text[item.textStart + item.heading.length] !== '。' || item.itemEnd - item.textStart <= item.heading.length + 8)
      return false;
    const top = outline.parentOf(item);
    if (!top || ARTICLE.test(item.no ?? '') || outline.childrenOf(top).length > 0) return false;
    return !frames(top) && !CONDITION_HEADING.test(shortHeading(top));
  });
}

/** A row of 1. 2. 3. that words such as 事项如下 lead in. */
function soleRow(text: string, points: readonly Numbered[]): Numbered[] {
  const first = points.findIndex((item) => item.level === 3);
  const start = points[first]?.start;
  if (
    start === undefined ||
    !/(?:(?:事项|要求|工作|措施|内容|通知|公告|通告)[^。:]{0,6}如下|主要内容(?:包括|有|为)?|(?:作出|有)(?:如下|以下)?规定|举措|措施):\s*$/.test(
      text.slice(Math.max(0, start - 40), start),
    )
  )
    return [];
  const row: Numbered[] = [];
  for (const item of points.slice(first)) {
    if (item.level !== 3 || item.no !== String(row.length + 1)) break;
    row.push(item);
  }
  return row.length >= 2 ? row : [];
}

/** What a document sets out to do, point by point, with the bodies responsible. */
export function findMeasures(
  text: string,
  items: readonly Numbered[],
  about: {
    readonly signatories: readonly string[];
    readonly home: Region | null;
    readonly report: boolean;
    /** Numbered in articles throughout. */
    readonly law: boolean;
    /** A rule or guideline: its headings are chapters, not points to be done. */
    readonly standing: boolean;
    /** Articles that set tasks, not rules: 若干措施. */
    readonly tasks: boolean;
    /** A draft for comment: nobody is in charge yet. */
    readonly drafted: boolean;
    /** The one body that a report is about. */
    readonly announcer: string | null;
    readonly interpretation: boolean;
    /** Behind the headline. */
    readonly bodyStart: number;
  },
): Measure[] {
  const measure = (item: Numbered): Measure => ({
    no: item.no,
    heading: item.heading,
    start: item.start,
    end: item.itemEnd,
    departments: departmentsIn(text.slice(item.start, item.itemEnd), about.signatories, about.home),
  });
  if (about.law) return about.tasks ? articles(text, items).map(measure) : [];
  const points = items.filter((item) => !CHAPTER.test(item.no ?? '') && !NO_TASK.test(item.heading));
  const outline = new Outline(points);
  const { parentOf } = outline;
  const tops = points.filter((item) => item.level === 1);
  const second = points.filter((item) => {
    // …的; is a case or a condition
    if (item.level !== 2 || item.heading.endsWith('的')) return false;
    const row = outline.rowStart(item);
    return !CONDITION_LEAD.test(text.slice(Math.max(0, row - 40), row));
  });
  const inner = [...second, ...plainPoints(text, points, outline)].sort((a, b) => a.start - b.start);
  // 现将有关事项公告如下: 1.…2.…3.…: the only numbers of the text
  if (tops.length === 0 && inner.length === 0) inner.push(...soleRow(text, points));
  const withBodies = inner.map(measure).filter((item) => item.departments.length > 0);
  // points that name who is responsible are the measures; the rest of such a document frames them
  if (withBodies.length >= 2) {
    const named = new Set(withBodies.map((item) => item.start));
    const parents = new Set(inner.filter((item) => named.has(item.start)).map(parentOf));
    // (一) to (十) may run on from section to section
    const runsOn = new Set(inner.map((item) => item.no)).size === inner.length;
    const siblings = inner.filter((item) => {
      const parent = parentOf(item);
      return parents.has(parent) || (runsOn && parent !== undefined && !frames(parent));
    });
    const most = siblings.length <= withBodies.length * 2.5;
    return most ? siblings.filter((item) => !frames(item)).map(measure) : withBodies;
  }
  if (about.standing) return withBodies;
  if (about.report) {
    // a report that gives the points of an act gives its measures
    const told = [...tops, ...inner].filter((item) => !frames(item)).sort((a, b) => a.start - b.start);
    const leaf = told.filter((item, i) => (told[i + 1]?.start ?? item.itemEnd) >= item.itemEnd);
    if (leaf.length >= 2 && about.announcer) {
      const announcer = about.announcer;
      return leaf
        .map(measure)
        .map((item) => (item.departments.length > 0 || about.drafted ? item : { ...item, departments: [announcer] }));
    }
    const named = [...leadIns(text, tops, about.home), ...reported(text, about.announcer)];
    if (named.length > 0) return named;
    if (about.interpretation) return countedPoints(text, null, about.home);
    if (!about.announcer) return named;
    const sole = about.signatories.length === 1 && !about.drafted ? about.announcer : null;
    const counted = countedPoints(text, sole, about.home);
    return counted.length > 0 ? counted : toldPoints(text, about.bodyStart, sole);
  }
  const found = ofNotice();
  return found.length > 0 ? found : [...countedPoints(text, null, about.home), ...repeals(text)].slice(0, 12);

  function ofNotice(): Measure[] {
    const solid = inner.filter((item) => {
      const parent = parentOf(item);
      return !parent || !(frames(parent) || CONDITION_HEADING.test(shortHeading(parent)));
    });
    const headed = tops.filter((top) => shortHeading(top).length > 0 && shortHeading(top).length <= 24);
    // the stages of a campaign are what is done, not the schedule above them
    const plain = tops.flatMap((top) => {
      if (frames(top)) return [];
      if (!/安排|步骤|进度/.test(shortHeading(top))) return [top];
      const stages = outline.childrenOf(top);
      if (stages.length >= 2 && stages.every((item) => item.heading.includes('阶段'))) return stages;
      return /^(?:工作)?(?:时间|进度|日程)(?:安排|节点|进度)$/.test(top.heading) ? [] : [top];
    });
    if (tops.length >= 2 && headed.length === tops.length) {
      // headings over sections: their points are the measures; a section without points is one measure when it sets tasks
      const found = solid.map(measure);
      const inPlain = new Set(plain);
      const stagesOnly = solid.length > 0 && solid.every((item) => inPlain.has(item));
      const parents = new Set(solid.map(parentOf));
      if (
        found.length > 0 &&
        !stagesOnly &&
        !/措施|任务|服务|举措/.test(
          headed
            .filter((top) => !parents.has(top))
            .map((top) => top.heading)
            .join(),
        )
      )
        return found;
      const split = leadIns(text, tops, about.home);
      if (stagesOnly) return plain.map(measure);
      if (found.length + split.length > 0) return [...found, ...split].sort((a, b) => a.start - b.start);
      // when every heading frames, the points below the steps are what is to be done
      const steps = inner.filter((item) => /程序|步骤|流程|安排|进度|阶段/.test(parentOf(item)?.heading ?? ''));
      return (plain.length > 0 ? plain : steps).map(measure);
    }
    if (tops.length >= 2) return plain.map(measure);
    return solid.filter((item) => !frames(item)).map(measure);
  }
}

function shortHeading(item: Numbered): string {
  return item.heading.length <= 24 ? item.heading : '';
}

/** The bodies that act in a sentence: named right before what they do. */
function acting(sentence: string, home: Region | null): string[] {
  const names: string[] = [];
  for (const match of sentence.matchAll(
    /(?:省|市|自治区|国家)[\u4e00-\u9fff]{1,10}?(?:局|委|厅|中心)(?=安排|每|按|给予|将|负责|牵头|会同|组织|建立|统筹|提供)|相关部门/g,
  )) {
    const name = fullBodyName(match[0], home);
    if (!names.includes(name)) names.push(name);
  }
  return names;
}

/** Sections of measures without points: each sentence, or unnumbered lead-in, is one. */
function leadIns(text: string, tops: readonly Numbered[], home: Region | null): Measure[] {
  return tops
    .filter(
      (top) =>
        /措施|重点任务|主要任务|举措|扶持政策|支持政策/.test(top.heading.slice(0, 24)) && top.heading.length <= 24,
    )
    .flatMap((top) => {
      if (/保障措施|组织(?:实施|保障)|工作要求/.test(top.heading)) return [];
      const from = top.textStart + top.heading.length + 1;
      return sentencesOf(text, from, top.itemEnd).map((sentence) => ({
        no: top.no,
        heading: sentence.text.slice(0, 30),
        start: sentence.start,
        end: sentence.start + sentence.text.length,
        departments: acting(sentence.text, home),
      }));
    });
}

const COUNTED = /(?<=^|[。;:,\n ])(?:([一二三四五六七八九])[是要]|(首先|其次|再次|最后))(?=[^,。;\n]{3,})/g;
const ASPECT = /(?<=^|[。;:\n ]|其中,)在([^,。;]{2,14})(?:方面|上),(?=[^。;]{6,})/g;

/** 一是…二是…三是…; 首先…其次…最后…; 在…方面,…: points without a heading of their own. */
function countedPoints(text: string, announcer: string | null, home: Region | null): Measure[] {
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

/** Verbs by which a reported act changes something. */
const SETS =
  /实行|推行|实施|停止执行|取消|改为|压缩|延长|缩短|纳入|遴选|新增|设立|不受|豁免|免于|简化|扩大|放宽|享受|下调|提高|给予|鼓励|支持|调剂使用|开展专项/;
const NO_TASK_CLAUSE =
  /须|应当|应在|应于|应通过|不得|必须|要求各|严禁|截至|累计|同比|据|统计|目前|去年|上半年|今年以来|负责人|表示|介绍|预计|业内|有望|已|了|共|自\d|施行|有效期[至为\d]|废止|负责|促进|参加/;

/** What a reported act sets, clause by clause, where the report counts nothing. */
function toldPoints(text: string, from: number, announcer: string | null): Measure[] {
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
function repeals(text: string): Measure[] {
  const found = /(?:决定|现)(?:对[^。《》:]{2,24}?)?(?:予以)?(?:废止|宣布失效|停止执行)《[^。]{4,400}/.exec(
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
function reported(text: string, announcer: string | null): Measure[] {
  if (!announcer) return [];
  const found: Measure[] = [];
  for (const sentence of sentencesOf(text, 0, text.length)) {
    const match =
      /(?:^|[,;。])(?:[^,;。“]{0,24}?)((?:建立|构建|推出|实施|设立|组建|制定|搭建)[^,;。“”]{0,10}“[^”]{2,20}”[^,;。]{0,40})/.exec(
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
