/** Where a measure applies or is demanded: countries by code, the whole world, or not said. Worldwide is never implied by silence. */
import { z } from 'zod';
import { type Parsed, parsed, unparsable } from './refusal.ts';
import { refusalIssue } from './refusing.ts';

/**
 * The officially assigned codes of ISO 3166-1 alpha-2, 249. Reserved and user-assigned ones (UK, EU, XK) are none: a law gives a territory by
 * a name that everybody can look up.
 */
const ASSIGNED =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ ' +
  'NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
  'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

type CountryCode = string & z.core.$brand<'CountryCode'>;
const codes: ReadonlySet<string> = new Set(ASSIGNED.split(' '));
const isCountryCode = (text: string): text is CountryCode => codes.has(text);

/** Codes are sorted, without repetition, at least one. */
export type Territory = readonly CountryCode[] | 'WORLD' | 'UNSTATED';

const TERRITORY_CODES_MAX = 249;
const CODE_LENGTH_MAX = 16; // long enough to show what was sent, if it is no code
const named = z.enum(['WORLD', 'UNSTATED']);

export const territoryInput = z.union([named, z.array(z.string().max(CODE_LENGTH_MAX)).min(1).max(TERRITORY_CODES_MAX)], {
  error: 'WORLD, UNSTATED, or at least one ISO 3166-1 alpha-2 code in a list',
});
export type TerritoryInput = 'WORLD' | 'UNSTATED' | readonly string[];

/** TERRITORY_UNKNOWN for the first that is no code: lower case, WORLD inside a list, a reserved code. An empty list says nothing. */
export const parseTerritory = (input: TerritoryInput): Parsed<Territory> => {
  if (input === 'WORLD' || input === 'UNSTATED') return parsed(input);
  const known: CountryCode[] = [];
  for (const text of input) {
    if (!isCountryCode(text)) return unparsable({ code: 'TERRITORY_UNKNOWN', territory: text });
    known.push(text);
  }
  if (known.length === 0) return unparsable({ code: 'TERRITORY_UNKNOWN', territory: '' });
  return parsed(known.length === 1 ? known : [...new Set(known)].sort());
};

const isAscending = (list: readonly string[]): boolean => list.every((code, index) => index === 0 || (list[index - 1] ?? '') < code);

const storedCodes = z
  .array(z.string())
  .min(1)
  .max(TERRITORY_CODES_MAX)
  .check(({ value, issues }) => {
    const unknown = value.find((code) => !isCountryCode(code));
    if (unknown !== undefined) issues.push(refusalIssue(value, { code: 'TERRITORY_UNKNOWN', territory: unknown }));
  })
  .refine((list): list is CountryCode[] => isAscending(list), 'codes are sorted, without repetition');

/** Schema of a stored territory, without a transform. */
export const territoryStored: z.ZodType<Territory> = z.union([named, storedCodes]);
