/** Answers that are JSON text made elsewhere: heavy, and sent on as they are. */

export const JSON_TYPE = 'application/json; charset=utf-8';

/** The members of an answer that is JSON text after those of its head. */
export const spliced = (head: object, text: string): string => `${JSON.stringify(head).slice(0, -1)},${text.slice(1)}`;
