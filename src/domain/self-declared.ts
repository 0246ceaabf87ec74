/** Which names of recorders nobody checked. It imports nothing, so that the page may ask too. */

/** Before the name of a recorder that nobody checked: what the configuration says, where no token is asked for. */
export const SELF_DECLARED = 'local:';
export const selfDeclared = (name: string): string => (isSelfDeclared(name) ? name : `${SELF_DECLARED}${name}`);
export const isSelfDeclared = (recordedBy: string): boolean => recordedBy.startsWith(SELF_DECLARED);
