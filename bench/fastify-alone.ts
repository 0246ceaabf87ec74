/** The limit of a command over HTTP: Fastify and zod with the same body and a reply of the same form, and nothing behind them. */
import { fastify } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

const row = z.strictObject({
  action: z.literal('withhold'),
  target: z.strictObject({ platform: z.string(), kind: z.literal('account'), verbatim: z.string() }),
  orders: z.array(z.uuid()),
  territory: z.array(z.string()),
  basis: z.literal('legal_order'),
  occurredAt: z.iso.datetime(),
  assertion: z.literal('platform_report'),
  sources: z.array(z.strictObject({ name: z.string(), locator: z.string() })),
  synthetic: z.boolean(),
});
const result = z.object({
  row: z.int(),
  status: z.literal('recorded'),
  target: z.string(),
  stream: z.string(),
  event: z.string(),
  revision: z.int(),
  position: z.int(),
  warnings: z.array(z.string()),
});

const app = fastify().withTypeProvider<ZodTypeProvider>();
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);
const schema = {
  body: z.strictObject({ rows: z.array(row) }),
  response: { 200: z.object({ commandId: z.string(), results: z.array(result) }) },
};
const ID = '7d0f5e0a-6a55-4f0e-9b39-8f6a2c1d4e02';
let position = 0;
app.post('/v1/actions', { schema }, async ({ body: { rows } }) => ({
  commandId: ID,
  results: rows.map((_, place) => {
    position += 1;
    return { row: place, status: 'recorded' as const, target: ID, stream: `target-${ID}`, event: ID, revision: 0, position, warnings: [] };
  }),
}));
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });
process.once('disconnect', () => void app.close());
