import { isDeepStrictEqual } from 'node:util';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../src/kernel/app-error.ts';
import { FIELDS, LISTS } from '../../src/sources/nmpa-udid/fields.ts';
import { Dice } from '../support/dice.ts';
import { publishedAgain, readUdid, udidReader } from '../support/read-udid.ts';
import { deviceXml, udidRecord, udidXml } from '../support/udid-release.ts';

const SEED = Number(process.env.XIEDANG_SEED ?? 20260501);

type Values = Record<string, unknown>;
const blanks = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** The devices of a document as an XML parser of npm sees them, empty values left out. */
function bySaxes(xml: string): Values[] {
  const devices: Values[] = [];
  const path: string[] = [];
  let device: Values | undefined;
  let text = '';
  let row: Record<string, string> | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    path.push(name);
    text = '';
    if (name === 'device') device = {};
    else if (LISTS.some((list) => list.item === name)) row = {};
  });
  const more = (piece: string) => {
    text += piece;
  };
  parser.on('text', more);
  parser.on('cdata', more);
  parser.on('closetag', ({ name }) => {
    path.pop();
    const value = text.replace(blanks, '');
    text = '';
    if (name === 'device' && device) devices.push(device);
    const list = LISTS.find((l) => l.item === name);
    if (list && device && row) {
      device[list.tag] = [...((device[list.tag] as unknown[]) ?? []), row];
      row = undefined;
    } else if (row) {
      if (value) row[name] = value;
    } else if (device && path.at(-1) === 'device' && value && !LISTS.some((l) => l.tag === name)) device[name] = value;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return devices;
}

/** What the byte reader stored; lists as entries, empty entries kept. */
async function byBytes(xml: string, chunk: () => number): Promise<Values[]> {
  const read = await readUdid(Buffer.from(xml, 'utf8'), { chunk });
  expect(read.rejected, JSON.stringify(read.problems)).toBe(0);
  return read.devices.map((device) => {
    const out = publishedAgain(device, read.products);
    out.versionNumber = device.version_no;
    out.correctionNumber = device.correction_no;
    return out;
  });
}

/** Values that are not the same, as few words as possible. */
function differing(found: readonly Values[], due: readonly Values[]): unknown[] {
  if (found.length !== due.length) return [[found.length, due.length]];
  return due.flatMap((values, i) =>
    [...new Set([...Object.keys(values), ...Object.keys(found[i] ?? {})])]
      .filter((tag) => !isDeepStrictEqual(values[tag], found[i]?.[tag]))
      .map((tag) => [i, tag, found[i]?.[tag], values[tag]]),
  );
}

/** Numbers as the register holds them; a list of one entry without any value says nothing. */
function asStored(device: Values): Values {
  const filled = Object.entries(device).filter(([, value]) => !isDeepStrictEqual(value, [{}]));
  return {
    ...Object.fromEntries(filled),
    versionNumber: String(Number(device.versionNumber ?? 0)),
    correctionNumber: String(Number(device.correctionNumber ?? 0)),
  };
}

const CHARACTERS = [...'械档A z0-9&<>"\']]Φ×℃𠮷😀\\\t\u3000\u00a0é.,;/=（）'];

function writer(dice: Dice) {
  const word = () => Array.from({ length: dice.below(14) }, () => dice.pick(CHARACTERS)).join('');
  const escaped = (text: string): string =>
    [...text]
      .map((c) => {
        if (c === '&') return dice.pick(['&amp;', '&#38;', '&#x26;']);
        if (c === '<') return dice.pick(['&lt;', '&#60;', '&#x3C;']);
        if (c === '>') return dice.chance(0.5) ? '&gt;' : '&#62;';
        if (c === '"') return dice.pick(['"', '&quot;']);
        if (c === "'") return dice.pick(["'", '&apos;']);
        return dice.chance(0.03) ? `&#${c.codePointAt(0)};` : c;
      })
      .join('');
  const written = (text: string): string => {
    const dress = dice.below(14);
    if (dress === 0 && !text.includes(']]>')) return `<![CDATA[${text}]]>`;
    if (dress === 1) return `${escaped(text)}<!-- ${dice.pick(['x', '</device>', '<device>', 'a > b'])} -->`;
    if (dress === 2) {
      const cut = Math.floor([...text].length / 2);
      const [head, tail] = [[...text].slice(0, cut).join(''), [...text].slice(cut).join('')];
      return head.includes(']]>') ? escaped(text) : `<![CDATA[${head}]]>${escaped(tail)}`;
    }
    if (dress === 3) return `\n   ${escaped(text)} \t`;
    if (dress === 4) return `${escaped(text)}<?note a b?>`;
    return escaped(text);
  };
  const element = (tag: string, text: string): string => {
    if (text === '') return dice.pick([`<${tag}/>`, `<${tag}></${tag}>`, `<${tag} />`, `<${tag}> </${tag}>`]);
    const open = dice.chance(0.05) ? `<${tag} a="1>2" b='x'>` : dice.chance(0.03) ? `<${tag} >` : `<${tag}>`;
    return `${open}${written(text)}${dice.chance(0.04) ? `</${tag} >` : `</${tag}>`}`;
  };
  const gap = () => dice.pick(['', '', '', '\n', '  ', '<!-- between -->', '<?pi?>', '<!-- <device> </device> -->']);
  const record = (n: number): string => {
    const sound = udidRecord(n);
    const fields = FIELDS.map(({ tag }) => {
      if (
        [
          'zxxsdycpbs',
          'deviceRecordKey',
          'versionNumber',
          'versionTime',
          'cpbsfbrq',
          'cpbsbmtxmc',
          'correctionNumber',
        ].includes(tag)
      )
        return element(tag, sound[tag] ?? '');
      if (tag === 'tsrq' || tag === 'correctionTime') return element(tag, dice.chance(0.2) ? '2025-03-04' : '');
      return dice.chance(0.25) ? '' : element(tag, dice.chance(0.3) ? '' : word());
    });
    const lists = LISTS.map((list) => {
      const count = dice.below(4);
      if (count === 0) return dice.pick(['', `<${list.tag}/>`, `<${list.tag}></${list.tag}>`]);
      const items = Array.from({ length: count }, () => {
        const inside = list.fields.map(([tag]) => (dice.chance(0.2) ? '' : element(tag, word())));
        if (dice.chance(0.3)) inside.reverse();
        return `<${list.item}>${inside.join(gap())}</${list.item}>`;
      });
      return `<${list.tag}>${items.join(gap())}</${list.tag}>`;
    });
    const all = [...fields, ...lists].filter((text) => text !== '');
    if (dice.chance(0.3)) all.sort(() => dice.unit() - 0.5);
    return `<device${dice.chance(0.1) ? ' id="7"' : ''}>${all.join(gap())}${gap()}</device>${gap()}`;
  };
  return { record };
}

describe('the byte reader and an XML parser', () => {
  it(`see the same in 2,000 records of every odd form, in pieces of any size (seed ${SEED})`, async () => {
    const dice = new Dice(SEED + 11);
    const { record } = writer(dice);
    for (let batch = 0; batch < 40; batch++) {
      const xml = udidXml(Array.from({ length: 50 }, (_, i) => record(batch * 50 + i)));
      const whole = bySaxes(xml).map(asStored);
      expect(whole.length).toBe(50);
      const chunk = batch < 8 ? () => 101 + batch * 83 : () => 1 + dice.below(9000);
      expect(differing(await byBytes(xml, chunk), whole)).toEqual([]);
    }
  }, 120_000);

  it('see the same in pieces of every size from 1 to 97 bytes', async () => {
    const dice = new Dice(SEED + 12);
    const xml = `${udidXml(Array.from({ length: 3 }, (_, i) => writer(dice).record(i)))}\r\n\r\n<!-- end -->\r\n`;
    const whole = bySaxes(xml).map(asStored);
    for (let size = 1; size <= 97; size++)
      expect(differing(await byBytes(xml, () => size), whole), `${size} bytes`).toEqual([]);
  });
});

describe('forms by hand', () => {
  const one = async (inner: string) => {
    const xml = udidXml([`<device>${deviceXml(udidRecord(1)).slice(8, -'</device>\n'.length)}${inner}</device>`]);
    return readUdid(Buffer.from(xml), { chunk: () => 13 });
  };
  const stored = async (inner: string) => {
    const read = await one(inner);
    return publishedAgain(read.devices[0] ?? {}, read.products);
  };

  it('an end tag in CDATA or in a comment ends nothing', async () => {
    expect((await stored('<tsccsm><![CDATA[a</device>b]]></tsccsm>')).tsccsm).toBe('a</device>b');
    expect((await stored('<!-- </device> --><tsccsm>x</tsccsm>')).tsccsm).toBe('x');
  });

  it('control characters at the ends of a value are kept and reported, blanks are not', async () => {
    const read = await one('<tsccsm> \u000bx\u001f\n</tsccsm><ybbm>&#x1F;C1&#11;</ybbm>');
    const values = publishedAgain(read.devices[0] ?? {}, read.products);
    expect(values.tsccsm).toBe('\u000bx\u001f');
    expect(values.ybbm).toBe('\u001fC1\u000b');
    expect(read.problems.map(({ code, field, reason }) => [code, field, reason])).toEqual([
      ['xml.illegal-character', 'ybbm', 'U+001F U+000B'],
      ['xml.illegal-character', 'tsccsm', 'U+000B U+001F'],
    ]);
  });

  it('half a surrogate pair as a reference stays as written and is reported', async () => {
    const read = await one('<tsccsm>a&#xD83D;b</tsccsm>');
    expect(publishedAgain(read.devices[0] ?? {}, read.products).tsccsm).toBe('a&#xD83D;b');
    expect(read.problems.map(({ code }) => code)).toEqual(['xml.illegal-character']);
  });

  it('NUL becomes its picture and is reported', async () => {
    const read = await one('<tsccsm>a\u0000b&#0;</tsccsm>');
    expect(publishedAgain(read.devices[0] ?? {}, read.products).tsccsm).toBe('a␀b␀');
    expect(read.problems.map(({ code }) => code)).toEqual(['xml.illegal-character']);
  });

  it('bare & are kept and reported with their number', async () => {
    const read = await one('<tsccsm>A&B & C &amp; &nbsp; D</tsccsm>');
    expect(publishedAgain(read.devices[0] ?? {}, read.products).tsccsm).toBe('A&B & C & &nbsp; D');
    expect(read.problems.map(({ code, reason }) => [code, reason])).toEqual([['xml.bare-ampersand', '3 ×']]);
  });

  it('unknown tags, also repeated, nested and in lists, keep all their values', async () => {
    const read = await one(
      '<neu>1</neu><neu>2</neu><tief><tief>x</tief><b/></tief><storageList><storage><cchcztj>冷藏</cchcztj><neu>3</neu></storage></storageList><bszt>一维码</bszt><bszt>二维码</bszt>',
    );
    expect(publishedAgain(read.devices[0] ?? {}, read.products)).toMatchObject({
      neu: '1',
      'neu#2': '2',
      tief: '<tief>x</tief><b/>',
      'storageList.neu': '3',
      storageList: [{ cchcztj: '冷藏' }],
      bszt: '一维码',
      'bszt#2': '二维码',
    });
    expect(read.problems.map(({ code, field }) => `${code} ${field}`).sort()).toEqual([
      'source.repeated-field bszt',
      'source.unknown-field neu',
      'source.unknown-field neu',
      'source.unknown-field storageList.neu',
      'source.unknown-field tief',
    ]);
  });

  it('an element that holds only a comment is empty', async () => {
    const xml = udidXml([
      deviceXml({ ...udidRecord(1), deviceRecordKey: '', '+': '' }).replace(
        '<deviceRecordKey></deviceRecordKey>',
        '<deviceRecordKey><!-- none --></deviceRecordKey>',
      ),
    ]);
    const read = await readUdid(Buffer.from(xml));
    expect(read.problems.map(({ code, severity }) => [code, severity])).toEqual([['source.missing-key', 'rejected']]);
  });

  it('a record that was never closed is refused alone, wherever it breaks off', async () => {
    const whole = deviceXml(udidRecord(1));
    for (let cut = 8; cut < whole.length - 10; cut += 7) {
      const xml = udidXml([deviceXml(udidRecord(2)), whole.slice(0, cut), deviceXml(udidRecord(3))]);
      const read = await readUdid(Buffer.from(xml), { chunk: () => 50 });
      expect(
        read.devices.map((d) => d.record_key),
        whole.slice(0, cut),
      ).toEqual(['K000002', 'K000003']);
      expect([read.read, read.rejected]).toEqual([3, 1]);
    }
  });

  it('bytes that are no UTF-8 are told, and stop nothing', async () => {
    const good = deviceXml(udidRecord(1));
    const bad = Buffer.from(deviceXml(udidRecord(2, { tsccsm: 'a#b' })));
    bad[bad.indexOf('#')] = 0xff;
    const [head, tail] = udidXml([good, '@@', good]).split('@@') as [string, string];
    const read = await readUdid(Buffer.concat([Buffer.from(head.replace('>2<', '>3<')), bad, Buffer.from(tail)]));
    expect(read.devices.length).toBe(3);
    expect(publishedAgain(read.devices[1] ?? {}, read.products).tsccsm).toBe('a\ufffdb');
    expect(read.problems.map(({ code }) => code)).toEqual(['encoding.invalid-utf8']);
  });
});

describe('going on in the middle', () => {
  it('finds the records behind any record, also behind one that was never closed', async () => {
    const broken = deviceXml(udidRecord(2)).slice(0, 300);
    const xml = Buffer.from(udidXml([1, 2, 3, 4].map((n) => (n === 2 ? broken : deviceXml(udidRecord(n))))));
    const marks: { at: number; recordNo: number }[] = [];
    const all = await readUdid(xml);
    expect([all.read, all.rejected]).toEqual([4, 1]);
    for (const device of [...all.devices, ...all.problems])
      marks.push({ at: Number(device.position_at), recordNo: Number(device.record_no) - 1 });
    for (const from of marks) {
      const rest = await readUdid(xml, { from, chunk: () => 31 });
      expect(rest.read, JSON.stringify(from)).toBe(4 - from.recordNo);
      expect(rest.devices.map((d) => [d.record_key, d.record_no])).toEqual(
        all.devices.filter((d) => Number(d.record_no) > from.recordNo).map((d) => [d.record_key, d.record_no]),
      );
    }
  });

  it('a record too long is counted once, and not again by the run that goes on', async () => {
    const long = deviceXml(udidRecord(2, { tsccsm: 'x'.repeat(9 << 20) }));
    const xml = Buffer.from(
      udidXml([deviceXml(udidRecord(1)), long, deviceXml(udidRecord(3)), deviceXml(udidRecord(4))]),
    );
    const all = await readUdid(xml);
    expect([all.read, all.rejected]).toEqual([4, 1]);
    const last = all.devices.at(-1);
    const rest = await readUdid(xml, { from: { at: Number(last?.position_at), recordNo: 3 } });
    expect([rest.read, rest.rejected, rest.devices[0]?.record_no]).toEqual([1, 0, '4']);
  });
});

describe('damaged files', () => {
  it(`never bring anything but an AppError, and come to an end (500 mutations, seed ${SEED})`, async () => {
    const dice = new Dice(SEED + 21);
    const base = Buffer.from(udidXml(Array.from({ length: 4 }, (_, i) => writer(dice).record(i))));
    const codes = new Map<string, number>();
    const reader = udidReader('2026-05-01');
    for (let round = 0; round < 500; round++) {
      let bytes = Buffer.from(base);
      for (let n = 1 + dice.below(4); n > 0; n--) {
        const at = dice.below(bytes.length);
        const length = dice.below(60);
        const kind = dice.below(5);
        if (kind === 0) bytes[at] = dice.below(256);
        else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        else if (kind === 2)
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(dice.below(at + 1), at), bytes.subarray(at)]);
        else if (kind === 3) bytes = Buffer.from(bytes.subarray(0, at + 1));
        else
          bytes = Buffer.concat([
            bytes.subarray(0, at),
            Buffer.from(
              dice.pick([
                '<device>',
                '</device>',
                '<![CDATA[',
                ']]>',
                '<!--',
                '-->',
                '<',
                '>',
                '&',
                '"',
                '\0',
                '<packingList>',
                '</udid>',
              ]),
            ),
            bytes.subarray(at),
          ]);
        if (bytes.length === 0) bytes = Buffer.from(' ');
      }
      try {
        const read = await readUdid(bytes, { chunk: () => 1 + dice.below(9000), with: reader });
        expect(read.devices.length + read.rejected).toBe(read.read);
        codes.set('read', (codes.get('read') ?? 0) + 1);
      } catch (error) {
        if (!isAppError(error)) throw error;
        codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
      }
    }
    expect([...codes.keys()].sort()).toEqual(['part.cut-off', 'part.not-this-format', 'read']);
  }, 120_000);
});
