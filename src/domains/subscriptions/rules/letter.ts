import type { Message } from '../subscription.ts';

/** What a mail says: the subject, and plain text. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** Messages as a letter; each with its number and the one before it, so that a missing one shows. Pure. */
export function letterOf(name: string, messages: readonly Message[], site: string | null): Letter {
  const [first] = messages;
  const last = messages.at(-1);
  const range = first?.seq === last?.seq ? `#${first?.seq}` : `#${first?.seq}–#${last?.seq}`;
  const headline = messages.length === 1 && first ? first.words.zh : `${messages.length} 条政策动态`;
  return {
    subject: oneLine(`[械档] ${name} ${range}：${headline}`).slice(0, 200),
    text: [
      `订阅 Subscription: ${name}`,
      ...messages.map((message) => paragraph(message, site)),
      '编号连续；缺号即有未收到的消息，可在“订阅”页查看全部。',
      'Numbers run without a gap: a missing one is a message that was lost; the subscription page has them all.',
    ].join('\n\n'),
  };
}

/** A letter that only shows that letters arrive. */
export function trialLetter(name: string): Letter {
  return {
    subject: oneLine(`[械档] ${name}：试发 trial message`).slice(0, 200),
    text: `这是订阅“${name}”的试发邮件，不是政策消息，不占编号。\n\nThis is a trial message of the subscription “${name}”; it is no news and has no number.`,
  };
}

function paragraph(message: Message, site: string | null): string {
  const { seq, previousSeq, words, act, about, match, hits } = message;
  const lines = [
    `#${seq}（上一条 previous ${previousSeq === null ? '—' : `#${previousSeq}`}）${words.zh}`,
    `  ${words.en}`,
  ];
  const from = [act.issuers.join('、'), act.issuedOn].filter(Boolean).join(' · ');
  if (from) lines.push(`  ${from}`);
  if (about?.quote) lines.push(`  “${about.quote}”`);
  if (match) {
    const verdict = { yes: '相关', no: '不相关', undetermined: `待核：${match.missing.join('、')}` }[match.fits];
    const bearing = {
      binding: '',
      draft: '（草案，尚无效力）',
      consultation: '（征求意见，尚无效力）',
      interpretation: '（解读）',
      none: '',
    };
    lines.push(`  ${verdict}${bearing[match.bearing]}`);
    for (const reason of match.reasons.slice(0, 5))
      lines.push(`  - ${reason.zh} ${reason.en}：“${short(reason.quote)}”`);
    for (const day of match.days.slice(0, 5)) lines.push(`  * ${day.date} ${day.zh}：“${short(day.quote)}”`);
  }
  for (const hit of (hits ?? []).slice(0, 5)) lines.push(`  - ${hit.found}：“${short(hit.quote)}”`);
  if (site) lines.push(`  ${site}${act.path}`);
  return lines.join('\n');
}

const short = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text);

/** Headers have one line. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u0000-\u001f]+/g, ' ');
}
