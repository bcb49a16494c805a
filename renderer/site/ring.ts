/** The machines of the site, one after the other. A page asks one of them; when that one does not answer it goes on with the next, and stays there. */
export type Ring = {
  /** Origin of the machine that is asked now. */
  now(): string;
  /** The one behind another. */
  after(origin: string): string;
  /** A machine did not answer: from now on the next one is asked, unless the page has gone on already. */
  goOn(from: string): void;
  /** The machines there are, as `about` tells them. */
  learn(pages: readonly string[]): void;
  all(): readonly string[];
  /** Calls when another machine is asked; returns what ends it. */
  follow(moved: () => void): () => void;
};

/** Where the machines' addresses are kept, so that a page that starts while its own machine is dead finds the others. */
const KEPT = 'jinban-site-machines';
type Keep = Pick<Storage, 'getItem' | 'setItem'>;

/** @param own where the page came from; it is asked first, also under a name that the site's settings do not have @param keep of this browser */
export function createRing(own: string, keep: Keep): Ring {
  let origins = withCurrent(own, kept(keep));
  let current = own;
  const watchers = new Set<() => void>();
  const after = (origin: string) => origins[(origins.indexOf(origin) + 1) % origins.length] ?? own;
  return {
    now: () => current,
    after,
    goOn(from) {
      if (from !== current || origins.length === 1) return;
      current = after(from);
      for (const moved of [...watchers]) moved();
    },
    learn(pages) {
      const told = [...new Set(pages.map((page) => new URL(page).origin))];
      keep.setItem(KEPT, JSON.stringify(told));
      origins = withCurrent(current, told);
    },
    all: () => origins,
    follow(moved) {
      watchers.add(moved);
      return () => void watchers.delete(moved);
    },
  };
}

function withCurrent(current: string, told: readonly string[]): readonly string[] {
  return told.includes(current) ? told : [current, ...told];
}

function kept(keep: Keep): string[] {
  try {
    const read: unknown = JSON.parse(keep.getItem(KEPT) ?? '[]');
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string' && URL.canParse(one)) : [];
  } catch (cause) {
    if (cause instanceof SyntaxError) return [];
    throw cause;
  }
}
