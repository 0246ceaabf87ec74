/** What a node answers to plain HTTP/1.1: the two addresses that the start-up checks ask. */
import { createServer, type Server } from 'node:http';
import type { NodeContext } from './context.ts';

export const createHttp = ({ index, settings, leader, record, now }: NodeContext): Server =>
  createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://node');
    response.setHeader('date', new Date(now()).toUTCString());
    switch (`${request.method} ${pathname}`) {
      case 'GET /health/live':
        record({ method: 'GET /health/live' });
        response.writeHead(settings.ready ? Number(searchParams.get('liveCode') ?? 204) : 503).end();
        return;
      case 'GET /info': {
        record({ method: 'GET /info' });
        const leading = leader();
        const state = leading === undefined ? 'unknown' : leading.index === index ? 'leader' : 'follower';
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ esVersion: settings.version, state }));
        return;
      }
      default:
        record({ method: 'HTTP' });
        response.writeHead(404).end();
    }
  });
