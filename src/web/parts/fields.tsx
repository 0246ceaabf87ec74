/** What an event says, field by field, in words where there are any: so that nothing of it is left out of the page. */
import { isJsonObject, type Json } from '../../domain/json.ts';
import { extentOf, hourOf } from '../../wording/hours.ts';
import { partyName, type Says } from '../../wording/said.ts';
import { counted, safe } from '../../wording/text.ts';
import { spoken } from '../../wording/words.ts';

type Context = { readonly zone: string; readonly refs: { readonly [order: string]: string } };
type FieldsProps = Context & { readonly says: Says };

export const Fields = ({ says, ...context }: FieldsProps) => {
  const fields = Object.entries(says).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  if (fields.length === 0) return null;
  return (
    <>
      <h2>What it says</h2>
      <dl class="facts">
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{fieldName(name)}</dt>
            <dd>{fieldWords(value, context)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

/** `penaltiesCited` as `penalties cited`. */
const fieldName = (name: string): string => spoken(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const CODE = /^[a-z0-9]+(?:_[a-z0-9]+)+$/; // a value of a vocabulary

const fieldWords = (value: Json, context: Context): string => {
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return hourOf(value, context.zone);
    return safe(context.refs[value] ?? (CODE.test(value) ? spoken(value) : value));
  }
  if (typeof value === 'number') return counted(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null) return 'not said';
  if (!isJsonObject(value)) return Array.isArray(value) ? value.map((one: Json) => fieldWords(one, context)).join('; ') || 'none' : '';
  const { earliest, latest } = value;
  if (typeof earliest === 'string' && typeof latest === 'string') return extentOf({ earliest, latest }, context.zone);
  if (['organisation', 'name', 'role', 'description'].some((member) => member in value)) return partyWords(value);
  return Object.entries(value)
    .flatMap(([name, member]) => (member === undefined ? [] : [`${fieldName(name)}: ${fieldWords(member, context)}`]))
    .join(', ');
};

const partyWords = (party: Says): string => {
  const named = partyName(party);
  const more = ['name', 'role', 'country', 'description'].flatMap((member) => {
    const text = party[member];
    return typeof text === 'string' && safe(text) !== named ? [safe(text)] : [];
  });
  return more.length === 0 ? named : `${named} (${more.join(', ')})`;
};
