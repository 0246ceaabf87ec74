/** Every route that reads. A new resource is a file beside this and a row here. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseRegister } from './case-register.ts';
import { chronology } from './chronology.ts';
import { compliance } from './compliance.ts';
import { complianceDiff } from './compliance-diff.ts';
import { complianceState } from './compliance-state.ts';
import { deadlines } from './deadlines.ts';
import { density } from './density.ts';
import { eventStream } from './event-stream.ts';
import { events } from './events.ts';
import { evidenceRegister } from './evidence-register.ts';
import { factRegisters } from './fact-registers.ts';
import { importRegister } from './import-register.ts';
import { learned } from './learned.ts';
import { listComparison } from './list-comparison.ts';
import { orderRegister } from './order-register.ts';
import { reports } from './reports.ts';
import { search } from './search.ts';
import { targetRegister } from './target-register.ts';
import type { Uses } from './uses.ts';

export const readRoutes: readonly FastifyPluginAsyncZod<Uses>[] = [
  caseRegister,
  learned,
  orderRegister,
  listComparison,
  targetRegister,
  factRegisters,
  evidenceRegister,
  importRegister,
  chronology,
  density,
  compliance,
  complianceState,
  complianceDiff,
  deadlines,
  reports,
  events,
  search,
  eventStream,
];
