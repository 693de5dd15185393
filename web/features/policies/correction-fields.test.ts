import { describe, expect, it } from 'vitest';
import { FACT_FIELDS, faultOf, ITEM_FORMS, takenOf, typedOf } from './correction-fields.ts';

const duty = ITEM_FORMS.obligation!.fields;

describe('the fields of a correction', () => {
  it('are typed and taken back unchanged', () => {
    const item = {
      actor: null,
      modal: '应当',
      action: '报告',
      deadline: '2026-03-31',
      within: null,
      condition: null,
      exception: null,
      consequence: null,
    };
    expect(takenOf(typedOf(item, duty), duty)).toEqual(item);
    const cite = { title: '甲', number: null, issuer: null, relation: 'basis', articles: ['第二条', '第三条'] };
    expect(takenOf(typedOf(cite, ITEM_FORMS.cite!.fields), ITEM_FORMS.cite!.fields)).toEqual(cite);
  });

  it('read numbers with separators and lists by lines', () => {
    const fields = ITEM_FORMS.figure!.fields;
    expect(takenOf({ op: '>=', value: '1,200', unit: '万元', of: '' }, fields)).toEqual({
      op: '>=',
      value: 1200,
      unit: '万元',
      of: '',
    });
    expect(takenOf({ issuers: '甲局\n乙局' }, FACT_FIELDS).issuers).toEqual(['甲局', '乙局']);
  });

  it('say what is wrong', () => {
    expect(faultOf({ modal: '应当', action: '' }, duty)).toBe('action');
    expect(faultOf({ modal: '应当', action: '报告', deadline: '三月' }, duty)).toBe('deadline');
    expect(faultOf({ modal: '应当', action: '报告', deadline: '2026-03' }, duty)).toBeNull();
    expect(faultOf({ value: '一' }, ITEM_FORMS.figure!.fields)).toBe('value');
  });

  it('leave out what is empty where the shape has no empty values', () => {
    expect(takenOf({ email: 'a@example.gov.cn', phone: '' }, ITEM_FORMS.contact!.fields, true)).toEqual({
      email: 'a@example.gov.cn',
    });
  });
});
