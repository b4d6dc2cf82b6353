interface Taken {
  lineId: string;
  fulfillmentId: string;
  quantity: number;
}
interface Work {
  fulfillmentId: string;
  quantity: number;
}
interface Line {
  lineId: string;
  quantity: number;
  work: readonly Work[];
}

/** Of pieces asked for, those that name the work that they are to be taken out of. */
export const namedIn = (
  asked: readonly (Omit<Taken, 'fulfillmentId'> & { fulfillmentId?: string })[],
): Taken[] => asked.filter((each): each is Taken => each.fulfillmentId !== undefined);

/** A line as far as the work that is named holds it; none where it holds none of it. */
export const lineInWork = <L extends Line>(places: readonly L[], named: Taken) =>
  places
    .filter(({ lineId }) => lineId === named.lineId)
    .flatMap((line) =>
      line.work
        .filter((part) => isOf(part, named))
        .map((part) => ({ ...line, quantity: part.quantity, cancelled: 0, waiting: [], work: [part] })),
    );

/** The lines without what is taken out of the work that is named. */
export const placesBeside = <L extends Line>(places: readonly L[], named: readonly Taken[]): L[] =>
  places.map((line) => {
    const own = named.filter(({ lineId }) => lineId === line.lineId);
    return {
      ...line,
      quantity: line.quantity - own.reduce((sum, { quantity }) => sum + quantity, 0),
      work: line.work.map((part) => {
        const taken = own.find((each) => isOf(part, each));
        return taken ? { ...part, quantity: part.quantity - taken.quantity } : part;
      }),
    };
  });

const isOf = (a: { fulfillmentId: string }, b: { fulfillmentId: string }): boolean =>
  a.fulfillmentId === b.fulfillmentId;

/** Named or not, what is taken out of a work is one. */
export function joinTaken(taken: readonly Taken[]): Taken[] {
  const joined: Taken[] = [];
  for (const each of taken) {
    const known = joined.find((other) => other.lineId === each.lineId && isOf(other, each));
    if (known) known.quantity += each.quantity;
    else joined.push({ ...each });
  }
  return joined;
}
