import { CONDITION_HEADING, FRAME_HEADING, TASK_HEADING } from '../data/field-words.ts';
import type { Measure } from '../types.ts';
import { departmentsIn } from './departments.ts';
import type { Region } from './regions.ts';
import type { Numbered } from './sections.ts';
import {
  acting,
  countedPoints,
  nextSteps,
  parallels,
  repeals,
  reported,
  sentencesOf,
  toldPoints,
} from './told-measures.ts';

const CHAPTER = /^第.+[章节]$/;
const CONDITION_LEAD =
  /(?:以下|下列)(?:条件|情形|材料|人员|方式|途径|渠道|规定|要求|标准|比例|内容|资料|职责|行为)[^。]{0,14}[::]\s*$/;

/** 第X条, the way acts number their articles. */
const ARTICLE = /^第.+条$/;
/** Force, attachments, lists of products and other points that set no task. */
const NO_TASK =
  /^(?:本(?:通知|公告|通告|办法|规定|方案|措施|意见|细则|政策)(?!(?:施行|实施|印发|发布|执行)(?:之)?(?:前|后))|附件|联系|问(?:题|:|$)|自(?:发布|印发|公布)之日)|有限公司|注册证(?:书)?编?号|^未尽事宜|^(?:适用|常见|有关|相关|其他)问题$/;

function frames(item: Numbered): boolean {
  const heading = shortHeading(item);
  return FRAME_HEADING.test(heading) && !TASK_HEADING.test(heading);
}

/** The section in which a notice closes with what it asks of those below. */
const CLOSING = /^(?:工作|有关|相关|具体|其他工作)要求$|^(?:组织)?保障措施$|^组织(?:实施|保障)$/;
/** A stage of a campaign: when something is done, not what. */
const STAGE = /阶段/;

/** 工作要求 with points of its own: they are tasks like those above them; one that runs on without points is one task. */
function closingTasks(
  text: string,
  tops: readonly Numbered[],
  items: readonly Numbered[],
  outline: Outline,
): Numbered[] {
  return tops.flatMap((top) => {
    if (!CLOSING.test(shortHeading(top))) return [];
    const points = outline.childrenOf(top);
    if (points.length >= 2) return points;
    const bare = !items.some((item) => item.start > top.start && item.start < top.itemEnd);
    const words = text.slice(top.textStart, Math.min(top.itemEnd, top.textStart + 300));
    return bare && top.heading === '工作要求' && /[要应须请]/.test(words.slice(top.heading.length)) ? [top] : [];
  });
}

/** Articles of 若干措施: each has a heading of its own before its text. */
function articles(text: string, items: readonly Numbered[]): Numbered[] {
  return items.filter((item) => {
    if (!ARTICLE.test(item.no ?? '') || item.heading.length > 24 || item.heading.length < 4) return false;
    if (/^(?:为|本|根据|依据)|(?:按照|依据|由).*(?:执行|解释)/.test(item.heading) || frames(item)) return false;
    return item.itemEnd - item.textStart > item.heading.length + 10 && /[。 ]/.test(text[item.end] ?? ' ');
  });
}

/** Articles that say why, for whom, since when, or what words mean. */
const NO_RULE =
  /^(?:为了?(?!其他)|根据|依据|依照)[^。]{2,160}制定|适用(?:于|本|《)|^本[^,。]{2,10}所称|是指|由[^。]{2,40}(?:负责)?解释|(?:自[^。]{2,30}起|自?发布之日起)(?:施行|实施|执行)|^参照|(?:符合|具备|满足)(?:以下|下列)[^。:]{0,12}:$/;
/** More articles than this are a statute, read article by article, and no list of what is to be done. */
const MOST_RULES = 40;

/** Articles of 办法, 规定, 细则: those that bind or give leave, without the frame around them. */
function ruleArticles(text: string, items: readonly Numbered[]): Numbered[] {
  const all = items.filter((item) => ARTICLE.test(item.no ?? ''));
  if (all.length > MOST_RULES) return [];
  return all.filter((item) => {
    const first = text.slice(item.textStart, Math.min(item.itemEnd, item.textStart + 200)).split(/[。\n]/)[0] ?? '';
    return first.length >= 6 && !NO_RULE.test(first.trim());
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
  if (about.law) return (about.tasks ? articles : ruleArticles)(text, items).map(measure);
  const points = items.filter(
    (item) =>
      !CHAPTER.test(item.no ?? '') &&
      !NO_TASK.test(item.heading) &&
      // a heading with nothing below it opens the next part of a collection
      (item.level > 1 || text.length - item.end > 8 || /\S/.test(text.slice(item.end + 1))),
  );
  const outline = new Outline(points);
  const { parentOf } = outline;
  const tops = points.filter((item) => item.level === 1);
  const second = points.filter((item) => {
    // …的; is a case or a condition
    if (item.level !== 2 || (item.heading.endsWith('的') && text[item.textStart + item.heading.length] !== ','))
      return false;
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
      const announcer = about.signatories.length === 1 ? [about.announcer] : [];
      return leaf.map(measure).map((item) => {
        if (item.departments.length > 0 || about.drafted) return item;
        const own = acting(text.slice(item.start, Math.min(item.end, item.start + 600)), about.home);
        return { ...item, departments: own.length > 0 ? own : announcer };
      });
    }
    const sole = about.signatories.length === 1 && !about.drafted ? about.announcer : null;
    const rows = about.announcer ? parallels(text, sole, about) : [];
    if (rows.length > 0) return rows;
    const led = leadIns(text, tops, about.home);
    // a row that counts its points says more than the names they bear
    const row = about.announcer && led.length === 0 ? countedPoints(text, sole, about.home) : [];
    if (row.length >= 3 && !about.interpretation) return row;
    const named = [...led, ...reported(text, about.bodyStart, about.announcer)];
    if (named.length > 0) return named;
    if (about.interpretation) return countedPoints(text, null, about.home);
    if (!about.announcer) return named;
    const counted = countedPoints(text, sole, about.home);
    const points = counted.length > 0 ? counted : toldPoints(text, about.bodyStart, sole);
    const known = points.at(-1)?.end ?? 0;
    return [...points, ...nextSteps(text, about.announcer, about.home).filter((item) => item.start >= known)];
  }
  const found = [...ofNotice()];
  if (found.length > 0) {
    const known = new Set(found.map((item) => item.start));
    const more = closingTasks(text, tops, items, outline).filter((item) => !known.has(item.start));
    if (more.length > 0) return [...found, ...more.map(measure)].sort((a, b) => a.start - b.start);
  }
  if (found.length > 0) return found;
  const rows = parallels(text, null, about);
  return rows.length > 0 ? rows : [...countedPoints(text, null, about.home), ...repeals(text)].slice(0, 12);

  function ofNotice(): Measure[] {
    const tasked = inner.some((item) => /任务|内容|措施|重点|举措/.test(parentOf(item)?.heading.slice(0, 24) ?? ''));
    const solid = inner.filter((item) => {
      const parent = parentOf(item);
      if (!parent) return true;
      // where tasks stand above, the stages of the schedule only say when
      if (tasked && STAGE.test(item.heading) && /安排|步骤|进度/.test(shortHeading(parent))) return false;
      // 检查重点 over points with a text of their own says what is done; over mere names it says to whom
      if (/(?:检查|整治|核查|排查|监管)重点$/.test(shortHeading(parent)))
        return item.itemEnd - item.textStart > item.heading.length + 12;
      return !(frames(parent) || CONDITION_HEADING.test(shortHeading(parent)));
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
