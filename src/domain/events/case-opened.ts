/** A case: its name, its zone (the default for every hour shown), and whether all of it is synthetic. */

import { eventType } from '../event-type.ts';
import { type Fields, line } from '../fields.ts';
import { zone } from '../zone.ts';

export const caseOpened = eventType({
  name: 'CaseOpened',
  version: 1,
  category: 'case',
  opens: true,
  fields: (field: Fields) => ({ title: line, zone, incidentAt: field.extent.optional() }),
  rules: [],
});
