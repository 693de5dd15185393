import { CONDITION_HEADING, FRAME_HEADING } from '../data/field-words.ts';
import type { Measure } from '../types.ts';
import { fullBodyName, matchSignatory } from './bodies.ts';
import type { Region } from './regions.ts';
import type { Numbered } from './sections.ts';

const RESPONSIBLE =
  /\((?:责任|负责|牵头|主责|配合|落实|实施|承办)(?:部门|单位|处室|机构)?[::]([^()]*(?:\([^()]*\)[^()]*)*)\)|[(。,]([\u4e00-\u9fff、]{3,60}?)(?:按(?:照)?职责分工)?(?:分别)?(?:牵头|负责)[^()。]{0,60}?(?:负责|配合|参与)?\)/g;

/** The bodies made responsible in a stretch of text, lead first, short forms filled in where they are known. */
function departmentsIn(text: string, signatories: readonly string[], home: Region | null): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(RESPONSIBLE)) {
    const list = (match[1] ?? match[2] ?? '').split(/[;]?(?:适用范围|完成时限|完成时间|时限|分工)[::]/)[0] ?? '';
    const lead = /牵头(?:部门|单位)?[::]?([^;,]*)/.exec(list)?.[1];
    for (const part of list.split(/[、,;]|(?:配合|责任|参与|牵头)(?:部门|单位)[::]/)) {
      const written = part
        .replace(
          /^(?:牵头|配合|参加|负责)?(?:部门|单位)?[::]|(?:牵头|负责|配合|按职责分工负责|按职责分工|分别负责|等)+$/g,
          '',
        )
        .trim();
      if (written.length < 2 || written.length > 30 || /[\d%]/.test(written)) continue;
      const full = matchSignatory(written, signatories) ?? fullBodyName(written, home);
      if (names.includes(full)) continue;
      if (lead?.includes(written)) names.unshift(full);
      else names.push(full);
    }
  }
  return names;
}

const CHAPTER = /^第.+[章节]$/;
const CONDITION_LEAD =
  /(?:以下|下列)(?:条件|情形|材料|人员|方式|规定|要求|标准|比例|内容|资料|职责|行为)[^。]{0,14}[::]\s*$/;

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

/** What a document sets out to do, point by point, with the bodies responsible. */
export function findMeasures(
  text: string,
  items: readonly Numbered[],
  about: {
    readonly signatories: readonly string[];
    readonly home: Region | null;
    readonly report: boolean;
    readonly law: boolean;
    /** A rule or guideline: its headings are chapters, not points to be done. */
    readonly standing: boolean;
    readonly announcer: string | null;
  },
): Measure[] {
  const measure = (item: Numbered): Measure => ({
    no: item.no,
    heading: item.heading,
    start: item.start,
    end: item.itemEnd,
    departments: departmentsIn(text.slice(item.start, item.itemEnd), about.signatories, about.home),
  });
  if (about.law) return [];
  const points = items.filter((item) => !CHAPTER.test(item.no ?? ''));
  const tops = points.filter((item) => item.level === 1);
  const inner = points.filter(
    (item) =>
      item.level === 2 &&
      // …的; is a case or a condition
      !item.heading.endsWith('的') &&
      !CONDITION_LEAD.test(text.slice(Math.max(0, lastSibling(points, item) - 40), lastSibling(points, item))),
  );
  const withBodies = inner.map(measure).filter((item) => item.departments.length > 0);
  // points that name who is responsible are the measures; the rest of such a document frames them
  if (withBodies.length >= 2 || about.standing) return withBodies;
  if (about.report) {
    // a report that gives the points of an act gives its measures
    const told = [...tops, ...inner].filter((item) => !FRAME_HEADING.test(shortHeading(item)));
    const leaf = told.filter((item) => !told.some((other) => other.start > item.start && other.start < item.itemEnd));
    if (leaf.length >= 2 && about.announcer) {
      const announcer = about.announcer;
      return leaf
        .sort((a, b) => a.start - b.start)
        .map(measure)
        .map((item) => (item.departments.length > 0 ? item : { ...item, departments: [announcer] }));
    }
    return [...leadIns(text, tops, about.home), ...reported(text, about.announcer)];
  }
  const parentOf = (item: Numbered): Numbered | undefined => tops.filter((top) => top.start < item.start).at(-1);
  const solid = inner.filter((item) => {
    const parent = parentOf(item);
    return !parent || !(FRAME_HEADING.test(shortHeading(parent)) || CONDITION_HEADING.test(shortHeading(parent)));
  });
  const headed = tops.filter((top) => shortHeading(top).length > 0 && shortHeading(top).length <= 24);
  if (tops.length >= 2 && headed.length === tops.length) {
    // headings over sections: their points are the measures; a section without points is one measure when it sets tasks
    const found = solid.map(measure);
    if (
      found.length > 0 &&
      !/措施|任务|服务|举措/.test(
        headed
          .filter((top) => !solid.some((item) => item.start > top.start && item.start < top.itemEnd))
          .map((top) => top.heading)
          .join(),
      )
    )
      return found;
    const split = leadIns(text, tops, about.home);
    if (found.length + split.length > 0) return [...found, ...split].sort((a, b) => a.start - b.start);
    const plain = tops.filter((top) => !FRAME_HEADING.test(shortHeading(top)));
    // when every heading frames, the points below the steps are what is to be done
    const steps = inner.filter((item) => /程序|步骤|流程|安排|进度|阶段/.test(parentOf(item)?.heading ?? ''));
    return (plain.length > 0 ? plain : steps).map(measure);
  }
  if (tops.length >= 2)
    return tops.filter((top) => !/^(?:本(?:通知|公告|通告|办法|规定)|附件)/.test(top.heading)).map(measure);
  return solid.map(measure);
}

function shortHeading(item: Numbered): string {
  return item.heading.length <= 24 ? item.heading : '';
}

/** The end of the words that lead a list of points in. */
function lastSibling(items: readonly Numbered[], item: Numbered): number {
  let first = item.start;
  for (let i = items.indexOf(item) - 1; i >= 0; i--) {
    const other = items[i];
    if (!other || other.level < item.level) break;
    if (other.level === item.level) first = other.start;
  }
  return first;
}

/** The bodies that act in a sentence: named right before what they do. */
function acting(sentence: string, home: Region | null): string[] {
  const names: string[] = [];
  for (const match of sentence.matchAll(
    /(?:省|市|自治区|国家)[\u4e00-\u9fff]{1,7}?(?:局|委|厅)(?=安排|将|负责|牵头|会同|组织|建立|统筹|提供)|相关部门/g,
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
