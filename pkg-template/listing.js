// A list that is fetched page by page while it is read. Not generators: a `for await` over one costs three turns an item.

const self = { [Symbol.asyncIterator]() { return this; } };

/** @param {(turn: { next?: string, left?: number }) => Promise<{ items: any[], next?: string, left?: number }>} fetchPage */
export const listing = (fetchPage) => ({
  pages() {
    // After an error the same page is tried again; undefined: over.
    let turn = {}, last = Promise.resolve(), over = false;
    const seen = new Set();
    const step = async () => {
      if (!turn || over) return { done: true, value: undefined };
      const { items, next, left } = { __proto__: null, ...(await fetchPage(turn)) };
      // Whoever left while the page was on its way wants no more.
      if (over) return { done: true, value: undefined };
      // Pages that lead to each other would never end.
      turn = next === undefined || seen.has(next) ? undefined : { next, left };
      seen.add(next);
      return { done: false, value: items };
    };
    return {
      ...self,
      // One after the other, also when asked for several at once.
      next: () => (last = last.then(step, step)),
      return: async (value) => ((over = true), { done: true, value }),
    };
  },
  [Symbol.asyncIterator]() {
    const pages = this.pages();
    let items = [], at = 0, waiting;
    const step = async () => {
      while (at >= items.length) {
        const page = await pages.next();
        if (page.done) return page;
        items = page.value;
        at = 0;
      }
      return { done: false, value: items[at++] };
    };
    return {
      ...self,
      next() {
        if (!waiting && at < items.length) return Promise.resolve({ done: false, value: items[at++] });
        const mine = (waiting = (waiting ?? Promise.resolve()).then(step, step));
        const free = () => { if (waiting === mine) waiting = undefined; };
        mine.then(free, free);
        return mine;
      },
      return: (value) => ((items = []), pages.return(value)),
    };
  },
});
