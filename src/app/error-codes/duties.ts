import type { ErrorLines } from './error-code.ts';

/** Codes of the enterprises whose duties are kept. */
export const DUTIES_ERRORS: ErrorLines = {
  'duty.not-found': ['没有保存这家企业', 'no such enterprise is kept', '从列表中选择', 'choose one from the list'],
  'duty.conflict': [
    '这家企业在此期间被改过，本次未保存',
    'the enterprise was changed in the meantime; nothing was saved',
    '重新载入，再改一次',
    'load it again and repeat the change',
  ],
  'duty.feed.not-found': [
    '没有这个日历订阅，或地址已经更换',
    'no such calendar feed, or its address was replaced',
    '在义务日历中生成新地址，并在日历软件里更换',
    'make a new address in the duty calendar and enter it in the calendar program',
  ],
};
