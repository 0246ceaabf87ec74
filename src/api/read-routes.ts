/** Every route that reads. A new resource is a file beside this and a row here. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseRegister } from './case-register.ts';
import { chronology } from './chronology.ts';
import { compliance } from './compliance.ts';
import { complianceDiff } from './compliance-diff.ts';
import { complianceState } from './compliance-state.ts';
import { deadlines } from './deadlines.ts';
import { eventStream } from './event-stream.ts';
import { events } from './events.ts';
import { evidenceRegister } from './evidence-register.ts';
import { factRegisters } from './fact-registers.ts';
import { listComparison } from './list-comparison.ts';
import { orderRegister } from './order-register.ts';
import { reports } from './reports.ts';
import { targetRegister } from './target-register.ts';
import type { Uses } from './uses.ts';

export const readRoutes: readonly FastifyPluginAsyncZod<Uses>[] = [
  caseRegister,
  orderRegister,
  listComparison,
  targetRegister,
  factRegisters,
  evidenceRegister,
  chronology,
  compliance,
  complianceState,
  complianceDiff,
  deadlines,
  reports,
  events,
  eventStream,
];
