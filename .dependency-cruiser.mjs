/**
 * Who may import whom under src/. What is not written here is refused, so a new folder or a new
 * package has to be let in by a line that a reviewer sees. `test/architecture.test.ts` runs it.
 */
const may = (from, to, kind) => ({
  from: { path: `^src/${from}` },
  to: { path: to, ...(kind && { dependencyTypes: [kind] }) },
});

/** A package wherever npm puts it: beside src/, or higher up when this package is installed into another. */
const npm = (names) => `(^|/)node_modules/${names}/`;

/** Older core modules are reported without their `node:`. */
const core = (names) => `^(node:)?${names}$`;

export default {
  allowed: [
    may('(api|application|cli|domain|envelope|evidence|projections|transparency|web|wording)/', '^src/$1/'), // a folder, itself
    may('domain/', npm('(zod|uuid|tldts)')), // no core module: the domain calculates, it does no I/O

    may('envelope/', core('crypto')),

    may('event-store/', '^src/event-store/(?!sqlite\\.ts|eventstoredb\\.ts)'), // nobody but engines and compose names an engine
    may('event-store/', '^src/envelope/'),
    may('event-store/sqlite\\.ts', core('(sqlite|fs|path|crypto)')),
    may('event-store/eventstoredb[^/]*\\.ts', npm('(@eventstore/db-client|p-limit)')),
    may('event-store/eventstoredb[^/]*\\.ts', core('(fs|http|https|timers/promises)')),

    may('(evidence|transparency)/', '^src/envelope/'),
    may('(evidence|transparency)/', core('(crypto|fs|fs/promises|path)')),

    may('(application|projections)/', '^src/(domain|envelope)/'),
    may('(application|projections)/', '^src/event-store/(event-store|errors)\\.ts$'), // the port
    may('application/mapping/', npm('zod')), // the form of a mapping
    may('application/clock\\.ts', npm('uuid')),
    may('application/clock\\.ts', core('crypto')),
    may('application/access\\.ts', core('crypto')), // compares secrets without telling how far they agree
    may('application/token-file\\.ts', core('(fs|path)')), // the one file that a server and commands beside it share
    may('projections/read-model\\.ts', core('sqlite')),

    may('sheets/', '^src/(sheets/|domain/(json|strict-json)\\.ts$)'), // files as tables, tables as files; who made them is nothing to it
    may('sheets/', npm('(csv-parse|csv-stringify|saxes|write-excel-file|yauzl)')),
    may('sheets/', core('(buffer|path|zlib)')),
    may('(application|api|cli)/', '^src/sheets/'),

    may('wording/', '^src/domain/'), // what people read, wherever it is printed
    may('wording/', npm('zod')), // the forms of the answers that it prints
    may('(api|cli)/', '^src/wording/'),
    may('(api|cli)/', '^src/(application|projections|evidence|transparency|domain|envelope)/'),
    may('api/', npm('(fastify|fastify-type-provider-zod|@fastify/[^/]+|zod|prom-client|ical-generator)')),
    may('cli/', npm('(commander|cli-progress|simple-ascii-chart|zod)')),
    may('cli/', '^src/(compose|config|engines)\\.ts$'),
    may('(cli/|config\\.ts)', '^src/event-store/eventstoredb-url\\.ts$'), // the address, which a person wrote
    may('cli/', '^src/api/server\\.ts$'), // it starts the server, or asks it without a socket
    may('cli/demo[^/]*\\.ts', '^examples/'),
    { from: { path: '^examples/' }, to: { path: '^(examples|src/domain)/' } }, // a case that ships is written in the domain's words

    may('web/', '^src/api/', 'type-only'),
    may('web/', '^src/wording/'), // the words that people read elsewhere too: text out of text, without a file or a socket
    may('web/', '^src/domain/json\\.ts$'), // what the words are made of
    may('web/', npm('preact')),
    may('web/files/', npm('(write-excel-file|fflate)')), // what makes a workbook, fetched when one is asked for
    may('web/', npm('zod'), 'type-only'),

    may('config\\.ts', npm('zod')),
    may('config\\.ts', '^src/(domain/|engines\\.ts$)'),
    may('engines\\.ts', '^src/(event-store|application|domain)/'),
    may('compose\\.ts', '^src/'), // the composition root
    may('compose\\.ts', npm('.+')),
    may('[^/]*worker\\.ts', '^src/(compose|threads)\\.ts$'), // a thread: compose, and a loop
    may('threads\\.ts', '^src/event-store/errors\\.ts$'), // an error that passes from one thread to another
    may('threads\\.ts', '^src/(application|domain|projections|engines\\.ts|event-store/event-store\\.ts)', 'type-only'), // what passes between threads
    may('main\\.ts', '^src/(compose|config)\\.ts$'),
    may('main\\.ts', '^src/cli/'),
    may('main\\.ts', npm('commander')),
    { from: { path: '^src/(api/|cli/|(compose|config|engines|main|threads|[^/]*worker)\\.ts$)' }, to: { dependencyTypes: ['core'] } },

    { from: { path: '(^|/)node_modules/' }, to: {} }, // what packages import is theirs
  ],
  allowedSeverity: 'error',
  options: {
    // TypeScript 7 offers no parser to dependency-cruiser, which would then see no module and find no fault.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
