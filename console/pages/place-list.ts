import { urlWith, type Query } from './query';

interface Place {
  id: string;
  name: string;
  type: string;
  address: { city: string; country: string };
}

/** Those that somebody looks for, by any part of name, id or city. */
export function placesLike<Each extends Place>(places: readonly Each[], q: string | undefined): Each[] {
  const words = (q ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ id, name, address }: Each) => `${name}\n${id}\n${address.city}`.toLocaleLowerCase();
  return places.filter((place) => words.every((word) => textOf(place).includes(word)));
}

/** A few are looked over, not searched. */
export const isSearchable = (places: readonly Place[]): boolean => places.length > 12;

/** A page of what was read whole: `page` counts from 1, and what is beyond the end is the first one. */
export function pageFrom<Each>(all: readonly Each[], path: string, query: Query, pageSize: number) {
  const { page: asked, ...filters } = query;
  const from = (Math.trunc(Number(asked ?? 1)) - 1) * pageSize;
  const start = from > 0 && from < all.length ? from : 0;
  const next = start + pageSize < all.length ? String(start / pageSize + 2) : undefined;
  return {
    items: all.slice(start, start + pageSize),
    total: all.length,
    isFirstPage: start === 0,
    firstUrl: urlWith(path, filters),
    nextUrl: next && urlWith(path, { ...filters, page: next }),
  };
}
