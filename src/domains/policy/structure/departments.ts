import type { Measure, Obligation } from '../types.ts';
import { isAuthority } from './actors.ts';
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
      // bodies of a rank stay as they are written
      const full = /^(?:各|相关|有关)/.test(written)
        ? written
        : (officeOf(written, signatories) ?? matchSignatory(written, signatories) ?? fullBodyName(written, home));
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

/** Words of the law, by which a rank of bodies is bound in general. */
const LAWLIKE = /^(?:应当?|须|必须|不得|负责)$/;
/** 各市州某局, 省级某部门: bodies of a rank, called so on purpose. */
const OF_RANK = /^(?:各|[省市县区国]级|设区|(?:省|市)局)|部门$/;
/** Whoever is in charge somewhere: no body that could be named. */
const ANY_BODY = /^(?:所在地|上级|下级|同级|相关|有关|当地|受托|受理|该|其)/;

/**
 * Measures that name no responsible body, with the public bodies whose own duties stand in them: 省某中心每季度监测… makes
 * the centre the one that carries the measure out. Enterprises and hospitals are bound, not in charge.
 */
export function withActors(
  measures: readonly Measure[],
  duties: readonly Obligation[],
  signatories: readonly string[],
  home: Region | null,
): Measure[] {
  return measures.map((measure) => {
    if (measure.departments.length > 0) return measure;
    const names: string[] = [];
    for (const { actor, start, modal } of duties) {
      if (start < measure.start || start >= measure.end || actor === null || modal === '不得') continue;
      for (const part of actor.split(/、|会同/)) {
        const written = part.trim();
        if (written.length > 30 || !isAuthority(written) || ANY_BODY.test(written)) continue;
        // what binds a whole rank of bodies in general is their duty, not this measure
        if (OF_RANK.test(written) && LAWLIKE.test(modal)) continue;
        const own =
          /^(?:我|本)(?:局|委|厅|部|中心|院|司)$/.test(written) && signatories.length === 1 ? signatories[0] : null;
        const full =
          own ??
          (OF_RANK.test(written) ? written : (matchSignatory(written, signatories) ?? fullBodyName(written, home)));
        if (!names.includes(full)) names.push(full);
      }
    }
    return names.length > 0 ? { ...measure, departments: names } : measure;
  });
}
