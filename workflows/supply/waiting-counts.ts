/** Pieces that ever waited for stock, pieces that got some, and pieces that were given up. */
export interface WaitingCounts {
  waitedPieces: number;
  arrivedPieces: number;
  givenUpPieces: number;
  /** The same by round of sourcing and place. Absent in orders of which nothing was ever short. */
  countsByPlace?: PlaceCounts[];
  /** Rounds whose pieces leave by themselves: what is collected for their place does not wait for them. */
  apartRounds?: number[];
}

/** What was short in one round of sourcing, of lines that go to one place. */
interface PlaceCounts {
  round: number;
  /** Left out: the order's own address. */
  destination?: string;
  waited: number;
  arrived: number;
  givenUp: number;
}

/** Where pieces wait, or waited: the round in which they were short, and where they go. */
export interface WaitedAt {
  /** Not told by steps of before rounds were counted. */
  round?: number;
  destination?: string;
}

type Pieces = WaitedAt & { quantity: number };

/** What was short in this round leaves by itself. */
export const isApart = ({ apartRounds = [] }: WaitingCounts, round: number | undefined): boolean =>
  round !== undefined && apartRounds.includes(round);

/** Pieces that wait for stock now. */
export const openPieces = ({ waitedPieces, arrivedPieces, givenUpPieces }: WaitingCounts): number =>
  waitedPieces - arrivedPieces - givenUpPieces;

/** Of them, what is to leave with the rest of its place; all, where it was not counted place by place from the first. */
export function openPiecesTo(counts: WaitingCounts, destination: string | undefined): number {
  const { countsByPlace = [] } = counts;
  if (!areAllCounted(counts)) return openPieces(counts);
  return countsByPlace
    .filter((each) => each.destination === destination && !isApart(counts, each.round))
    .reduce((sum, { waited, arrived, givenUp }) => sum + waited - arrived - givenUp, 0);
}

function areAllCounted({ waitedPieces, arrivedPieces, givenUpPieces, countsByPlace = [] }: WaitingCounts) {
  const sum = (of: 'waited' | 'arrived' | 'givenUp'): number =>
    countsByPlace.reduce((all, counts) => all + counts[of], 0);
  return (
    sum('waited') === waitedPieces && sum('arrived') === arrivedPieces && sum('givenUp') === givenUpPieces
  );
}

/** Pieces begin to wait; below zero: they leave the queue to be sourced anew. */
export function countWaited(counts: WaitingCounts, pieces: readonly Pieces[]): void {
  for (const { quantity, ...at } of pieces) {
    counts.waitedPieces += quantity;
    const place = placeOf(counts, at);
    if (place) place.waited += quantity;
  }
}

/** Stock, or what stands in, has come for pieces that waited. */
export function countArrived(counts: WaitingCounts, { quantity, ...at }: Pieces): void {
  counts.arrivedPieces += quantity;
  const place = placeOf(counts, at);
  if (place) place.arrived += quantity;
}

/** As the database has them: all that were ever given up, and where they waited. */
export function setGivenUp(counts: WaitingCounts, pieces: number, byPlace: readonly Pieces[] = []): void {
  counts.givenUpPieces = pieces;
  for (const place of counts.countsByPlace ?? []) place.givenUp = 0;
  for (const { quantity, ...at } of byPlace) {
    const place = placeOf(counts, at);
    if (place) place.givenUp += quantity;
  }
}

function placeOf(counts: WaitingCounts, { round, destination }: WaitedAt): PlaceCounts | null {
  if (round === undefined) return null;
  const places = (counts.countsByPlace ??= []);
  const known = places.find((each) => each.round === round && each.destination === destination);
  if (known) return known;
  const place = {
    round,
    ...(destination !== undefined && { destination }),
    waited: 0,
    arrived: 0,
    givenUp: 0,
  };
  places.push(place);
  return place;
}
