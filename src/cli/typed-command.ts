/** Commands as they are printed for somebody to type: they run as they stand. */

type Given = string | readonly string[] | true | undefined;

/** `npx ledger state --order O1 --each --data /tmp/ledger`: the options that are given, in their order. */
export const typedCommand = (name: string, options: { readonly [option: string]: Given }): string => {
  const parts = Object.entries(options).flatMap(([option, given]) => {
    if (given === undefined) return [];
    if (given === true) return [`--${option}`];
    return [given].flat().map((value) => `--${option} ${quoted(value)}`);
  });
  return ['npx ledger', name, ...parts].join(' ');
};

const PLAIN = /^[\w./:@+][\w./:@+-]*$/;
/** As a shell takes it for one word. */
export const quoted = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
