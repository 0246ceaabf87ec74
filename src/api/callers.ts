/** Who may ask for what: the token of a request is looked at before anything else of it, and decides who is written down as its recorder. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, Caller } from '../application/access.ts';
import type { TokensInvalid } from '../application/token-file.ts';
import { isLoopback } from '../domain/loopback.ts';
import { mayAs, type Role } from '../domain/token.ts';
import { problem, Refused } from './problems.ts';
import { isOfPage } from './web-page.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A question that is too long for an address: it is sent as a body, and records nothing. */
    readonly asks?: true;
  }
  interface FastifyRequest {
    /** Who is asking; not known on routes that are open to all. */
    readonly caller: Caller;
  }
}

/** Throws `Refused`. */
export type Admit = (request: FastifyRequest) => void;

/** Of the requests of one server. Says who the caller is from then on. */
export const admission = (access: Access): { readonly admit: Admit; readonly callerOf: (request: FastifyRequest) => Caller } => {
  const callers = new WeakMap<FastifyRequest, Caller>();
  let told: string | undefined;
  const tell = (request: FastifyRequest, fault: TokensInvalid | undefined): void => {
    if (fault && fault.message !== told) request.log.error({ err: fault }, 'tokens unreadable');
    told = fault?.message;
  };
  return {
    admit(request) {
      if (!access.asksForTokens()) refuseForeignHost(request);
      if (isOpen(request.routeOptions.url)) return;
      const answer = access.whoIs(tokenOf(request));
      tell(request, answer.kind === 'unreadable' ? answer.cause : undefined); // once, however many are turned away for it
      switch (answer.kind) {
        case 'no_token':
          throw new Refused(problem('TOKEN_REQUIRED'), { 'www-authenticate': CHALLENGE });
        case 'not_accepted':
          throw new Refused(problem('TOKEN_INVALID'), { 'www-authenticate': `${CHALLENGE}, error="invalid_token"` });
        case 'unreadable':
          throw new Refused(problem('TOKENS_UNREADABLE'), { 'retry-after': RETRY_AFTER_SECONDS });
        case 'known':
          refuseOtherRole(answer.caller.role, roleFor(request));
          callers.set(request, answer.caller);
      }
    },
    callerOf(request) {
      const caller = callers.get(request);
      if (!caller) throw new Error('nobody asked who is calling');
      return caller;
    },
  };
};

/** For every route, also for paths at which there is none: before the body is read, and before anything is looked up. */
export const askWhoCalls = (app: FastifyInstance, { admit, callerOf }: ReturnType<typeof admission>): void => {
  app.decorateRequest('caller', {
    getter() {
      return callerOf(this);
    },
  });
  app.addHook('onRequest', async (request) => admit(request));
};

const CHALLENGE = 'Bearer realm="enforcement-ledger"';
const RETRY_AFTER_SECONDS = '5';

/** Routes that tell nothing of what is recorded: whether the server is alive, how far it has come, how its interface is used, and the page. */
const isOpen = (route: string | undefined): boolean =>
  route !== undefined && (OPEN.has(route) || route.startsWith('/docs/') || isOfPage(route));
const OPEN: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/openapi.json', '/docs']);

/** Whatever is not known only to read, writes. A dry run is sent as the write that it tries. */
const roleFor = ({ method, routeOptions }: FastifyRequest): Role =>
  method === 'GET' || method === 'HEAD' || routeOptions.config.asks === true ? 'reader' : 'recorder';

const refuseOtherRole = (role: Role, needed: Role): void => {
  if (mayAs(role, needed)) return;
  throw new Refused(problem('TOKEN_ROLE', [], { role: needed }), { 'www-authenticate': `${CHALLENGE}, error="insufficient_scope"` });
};

/** RFC 6750 section 2.1; the scheme in any case (RFC 9110 section 11.1). */
const BEARER = /^bearer +(\S+)$/i;
const NO_TOKEN = ''; // something was sent, and it is none

/** `undefined` if none was sent. Of two it is not known which is meant: Node would keep the first, a proxy may have checked the second. */
const tokenOf = ({ headers, raw }: FastifyRequest): string | undefined => {
  const sent = headers.authorization;
  if (sent === undefined) return undefined;
  const times = raw.rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'authorization').length;
  return (times > 1 ? undefined : BEARER.exec(sent)?.[1]) ?? NO_TOKEN;
};

/**
 * A web page may let a name of its own lead to this address, and would then be of the same origin: its name gives it away. Where tokens are asked for it
 * may, since no browser adds a token by itself.
 */
const refuseForeignHost = ({ hostname }: FastifyRequest): void => {
  if (!isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))) throw new Refused(problem('FORBIDDEN'));
};
