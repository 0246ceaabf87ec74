/** Names of this machine that lead to itself: 127.0.0.0/8, ::1, and the name that every system resolves to one of them. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
