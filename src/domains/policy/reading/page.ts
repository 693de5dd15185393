import { type Line, linesOf } from './lines.ts';

/** A page: where its own text stands, and what the page says about it. */
export interface Page {
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** A path of links, a share bar or another sign of a site stood around the text. */
  readonly chrome: boolean;
  /** The headline of the page, before the text. */
  readonly headline: Line | null;
  /** What the table or line above the text states, by label. */
  readonly info: ReadonlyMap<PageLabel, { readonly value: string; readonly start: number; readonly end: number }>;
}

export type PageLabel = 'number' | 'published' | 'effective' | 'expiry' | 'issuer' | 'issued' | 'title';

const PATH =
  /^(?:您|你)?(?:(?:当前|现在|目前)?(?:所在|所处)?的?位置|现在的?位置|当前所在的?位置|所在位置)[:: ]|^首页 ?[>»›]/;
const META =
  /^(?:发布|发文|成文|印发|更新|公开|日期|时间|来源|信息来源|文章来源|作者|浏览|访问|阅读|点击|字体|字号|打印|收藏|分享|【?字体|索引号|主题|体裁|信息分类|有效性|文件状态|文件名称|统一编号|关键词|\[)/;
const META_INSIDE =
  /(?:发布|发文|更新)(?:时间|日期|机构|部门|机关|单位)[::]|来源 ?[::]|浏览(?:次数|量)?[::]|访问量|字(?:体|号)[::]|点击(?:数|量|次数)/;
const FOOT =
  /^\(?(?:责任编辑|编辑[::]|相关(?:新闻|链接|阅读|文章|文档|稿件|推荐)|上一(?:篇|条)|下一(?:篇|条)|版权所有|主办(?:单位)?[::]|承办(?:单位)?[::]|扫一扫|分享到|打印本页|打印此页|关闭窗口|【?打印|原文链接|免责声明|THE END|网站地图|网站标识码|公开方式|内容纠错|使用帮助|本站由|关于我们|相关附件下载|友情链接|附件下载)|^.{0,14}ICP备|^.{0,14}公网安备|^Copyright|^©/i;
const SHARE = /^(?:分享到?[::]?|-|×|收藏|打印|大 中 小|小 中 大)$/;
const LABELS: readonly (readonly [PageLabel, RegExp])[] = [
  ['number', /^(?:发文字号|发文文号|文号|文 *号)[::]/],
  ['effective', /^(?:实施日期|生效日期|施行日期|生效时间)[::]/],
  ['expiry', /^(?:失效日期|废止日期|有效期至|截止日期)[::]/],
  ['published', /^(?:发布时间|发布日期|公开日期|更新时间|时间|日期)[::]/],
  ['issued', /^(?:成文日期|成文时间|印发日期|发文日期)[::]/],
  ['issuer', /^(?:发布机关|发文机关|发文机构|发布机构|制定机关|发布部门|发文单位|发布单位|来源)[::]/],
  ['title', /^(?:标题|名称|文件标题)[::]/],
];
const INSIDE_PUBLISHED =
  /(?:发布时间|发布日期|更新时间|公开日期|(?<= )(?:时间|日期))[::] ?((?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2})/;
const STAMP =
  /^(?:(?:发布)?时间[::] ?)?((?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?)(?: ?\d{1,2}:\d{2}(?::\d{2})?)?(?: .*)?$/;

function readInfo(lines: readonly Line[], info: Map<PageLabel, { value: string; start: number; end: number }>): void {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line;
    for (const [label, pattern] of LABELS) {
      const head = pattern.exec(line.text);
      if (!head || info.has(label)) continue;
      let value = line.text.slice(head[0].length).trim();
      let source = line;
      const next = lines[i + 1];
      // the value of a table cell stands on the line below; a label without value is followed by the next label
      if (value === '' && next && !/[::]$/.test(next.text)) {
        source = next;
        value = next.text;
      }
      value = value.split(/ {1,}(?=[^ ]{2,6}[::])/)[0] ?? value;
      if (value) info.set(label, { value, start: source.start, end: source.end });
    }
    const published = INSIDE_PUBLISHED.exec(line.text);
    if (published && !info.has('published'))
      info.set('published', { value: published[1] ?? '', start: line.start, end: line.end });
  }
}

/** Finds the text of a page among the path of links, share bars, related news and the foot of the site. */
export function readPage(text: string, from: number, to: number): Page {
  const lines = linesOf(text, from, to);
  const info = new Map<PageLabel, { value: string; start: number; end: number }>();
  let path = -1;
  for (let i = 0; i < Math.min(lines.length, 400); i++) if (PATH.test(lines[i]?.text ?? '')) path = i;
  let first = 0;
  let headline: Line | null = null;
  if (path >= 0) {
    first = path + 1;
    // a table of facts may stand between the path and the headline
    let i = first;
    while (i < lines.length && i < first + 30) {
      const line = lines[i] as Line;
      if (
        !headline &&
        line.text.length >= 8 &&
        !META.test(line.text) &&
        !/[。;]$/.test(line.text) &&
        !isLabel(lines, i)
      ) {
        headline = line;
      } else if (
        headline &&
        !META.test(line.text) &&
        !META_INSIDE.test(line.text) &&
        !STAMP.test(line.text) &&
        !SHARE.test(line.text)
      ) {
        break;
      }
      i++;
    }
    readInfo(lines.slice(first, i), info);
    for (const line of lines.slice(first, i)) {
      const stamp = STAMP.exec(line.text);
      if (stamp && !info.has('published'))
        info.set('published', { value: stamp[1] ?? '', start: line.start, end: line.end });
    }
    if (headline) first = Math.max(first, i);
  } else {
    readInfo(
      lines.slice(0, 12).filter((line) => line.text.length < 80),
      info,
    );
  }
  let last = lines.length;
  let share = 0;
  for (let i = first; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (FOOT.test(line.text) && line.text.length < 120 && (i > first + 4 || share > 200)) {
      last = i;
      break;
    }
    share += line.end - line.start;
  }
  const bodyStart = lines[first]?.start ?? from;
  const bodyEnd = lines[last - 1]?.end ?? to;
  return { bodyStart: Math.min(bodyStart, bodyEnd), bodyEnd, chrome: path >= 0, headline, info };
}

/** A label of a table, or the value below one. */
function isLabel(lines: readonly Line[], index: number): boolean {
  const line = lines[index]?.text ?? '';
  if (/[::]$/.test(line) || /^基本信息$/.test(line)) return true;
  const before = lines[index - 1]?.text ?? '';
  return /[::]$/.test(before) && before.length < 12 && !/状态[::]$/.test(before);
}
