import { fullBodyName, matchSignatory } from './bodies.ts';
import type { Region } from './regions.ts';

const RESPONSIBLE =
  /\((?:责任|负责|牵头|主责|配合|落实|实施|承办)(?:部门|单位|处室|机构)?:([^()]*(?:\([^()]*\)[^()]*)*)\)|\(([^()。:]{2,90}?(?:牵头|负责|配合|参与))\)|[(。,]([\u4e00-\u9fff、]{3,60}?)(?:按(?:照)?职责分工)?(?:分别)?(?:牵头|负责)[^()。]{0,60}?(?:负责|配合|参与)?\)|[。,;] ?(?:责任|牵头)(?:部门|单位):([^()。;]{2,80})/g;
/** Words around the names in a list of responsible bodies. */
const ROLE_BEFORE = /^(?:由|(?:牵头|配合|参加|参与|负责|责任)?(?:部门|单位)?:)/;
const ROLE_AFTER = /(?:牵头|负责|配合|参与|按(?:照)?职责(?:分工)?(?:负责)?|分别负责|具体|等)+$/;

/** The bodies made responsible in a stretch of text, lead first, short forms filled in where they are known. */
export function departmentsIn(text: string, signatories: readonly string[], home: Region | null): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(RESPONSIBLE)) {
    const whole = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    const list = whole.split(/[;]?(?:适用范围|完成时限|完成时间|时限|分工):/)[0] ?? '';
    const lead = /牵头(?:部门|单位)?:?([^;,]*)/.exec(list)?.[1];
    for (const part of list.split(/[、,;]|(?:配合|责任|参与|牵头)(?:部门|单位):/)) {
      const written = part.trim().replace(ROLE_BEFORE, '').replace(ROLE_AFTER, '').trim();
      if (written.length < 2 || written.length > 30 || /[\d%]/.test(written)) continue;
      const full =
        officeOf(written, signatories) ?? matchSignatory(written, signatories) ?? fullBodyName(written, home);
      if (names.includes(full)) continue;
      if (lead?.includes(written)) names.unshift(full);
      else names.push(full);
    }
  }
  return names;
}

/** 省局某处, 我局某中心: a unit of the one body that signed. */
function officeOf(written: string, signatories: readonly string[]): string | null {
  const unit = /^(?:省|市|我|本)局([\u4e00-\u9fff]{2,16}(?:处|科|室|中心|队|所|院))$/.exec(written)?.[1];
  const body = signatories.length > 0 && /局$/.test(signatories[0] ?? '') ? signatories[0] : null;
  return unit && body ? body + unit : null;
}
