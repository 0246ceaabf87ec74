/** What the events of an order's own life say, as part of a sentence. */
import { hourOf } from './hours.ts';
import { listIn, numberIn, objectsIn, partyIn, type Says, textIn } from './said.ts';
import { counted, safe } from './text.ts';
import { spoken } from './words.ts';

/** Of an order whose list has fewer or more than it states. */
export const mismatchWords = (listed: number, stated: number): string => {
  if (listed <= stated) return `${counted(listed)} listed of ${counted(stated)} that the order states`;
  const are = listed === 1 ? 'is' : 'are';
  return `${counted(listed)} ${are} listed, ${counted(listed - stated)} more than the ${counted(stated)} that the order states: check the list`;
};

/** The same above figures, which know only whom the list names. */
export const mismatchNote = (listed: number, stated: number): string =>
  `${mismatchWords(listed, stated)}${listed < stated ? ': the figures are about the listed ones only' : ''}`;

type Life = { readonly type: string; readonly says: Says; readonly named: string; readonly zone: string };

/** `undefined` for what is no event of an order's life. */
export const orderLifeWords = (life: Life): string | undefined => {
  const { type, says, named, zone } = life;
  const by = `by ${partyIn(says, 'by')}`;
  switch (type) {
    case 'OrderConfirmed':
      return `order ${named} confirmed ${by}`;
    case 'OrderStayed':
      return `order ${named} stayed ${by}${untilWords(says, zone)}${restorationWords(says)}`;
    case 'StayLifted':
      return `stay of order ${named} lifted ${by}`;
    case 'OrderRevoked':
      return `order ${named} ${HOW_WORDS[textIn(says, 'how') ?? ''] ?? 'revoked'} ${by}${restorationWords(says)}`;
    case 'NoticeServed':
      return noticeWords(life);
    case 'OrderAnswered':
      return answerWords(life);
    case 'DeadlineSet':
      return `time for order ${named} set to ${hourOf(textIn(says, 'dueAt') ?? '', zone)} ${by}: ${safe(textIn(says, 'reason') ?? '')}`;
    case 'ClockStopped':
      return `clock of order ${named} stopped (${spoken(textIn(says, 'cause') ?? '')})`;
    case 'ClockRestarted':
      return `clock of order ${named} restarted`;
    default:
      return undefined;
  }
};

const HOW_WORDS: { readonly [how: string]: string } = {
  revoked: 'revoked',
  set_aside: 'set aside',
  not_confirmed: 'not confirmed',
  declared_lapsed: 'declared lapsed',
};

const untilWords = (says: Says, zone: string): string => {
  const until = textIn(says, 'until');
  return until === undefined ? '' : ` until ${hourOf(until, zone)}`;
};

const restorationWords = (says: Says): string => (says['restorationDirected'] === true ? ', restoration directed' : '');

const noticeWords = ({ says, named }: Life): string => {
  const pages = numberIn(says, 'pages');
  const penalties = listIn(says, 'penaltiesCited').map(safe);
  return [
    `notice on order ${named} (${spoken(textIn(says, 'kind') ?? '')})`,
    ...(pages === undefined ? [] : [`${pages} pages`]),
    ...(says['restatesDemand'] === true ? ['repeats the demand'] : []),
    ...(penalties.length === 0 ? [] : [`cites ${penalties.join('; ')}`]),
  ].join(', ');
};

/** An answer about some does not say which. */
const answerWords = ({ says, named }: Life): string => {
  const scope = textIn(says, 'scope') === 'some' ? ' (some of its list; which, is not on record)' : '';
  const grounds = listIn(says, 'grounds').map(spoken);
  const why = grounds.length === 0 ? '' : `: ${grounds.join(', ')}`;
  return `order ${named} ${spoken(textIn(says, 'answer') ?? '')} by ${partyIn(says, 'by')}${scope}${why}${statedClasses(says)}`;
};

/** `; classes as stated by the platform: news media, journalist`: a class is never more than what somebody says. */
const statedClasses = (says: Says): string => {
  const bySpeaker = Map.groupBy(objectsIn(says, 'classes'), (stated) => textIn(stated, 'assertedBy') ?? 'somebody');
  return [...bySpeaker]
    .map(
      ([by, stated]) => `; classes as stated by ${safe(by)}: ${stated.map((each) => safe(spoken(textIn(each, 'class') ?? ''))).join(', ')}`,
    )
    .join('');
};
