/** The name of the view, in the window and in its history. */
import { useEffect } from 'preact/hooks';

export const useTitle = (title: string): void =>
  useEffect(() => {
    document.title = `${title} · Enforcement Ledger`;
  }, [title]);
