import { tellDecision, type ToldDecision } from '../../words/decision';

type Name = (id: string) => string;

interface Round {
  round: number;
  at: string;
  decision: Record<string, unknown>;
}
interface ToldPart {
  destination: string | null;
  decision: ToldDecision;
}
interface ToldParts {
  destinations?: ToldPart[];
}

/** A round of sourcing with its decision, for each destination by itself. */
export function roundsOf(round: Round, locationName: Name, titleOf: Name) {
  const { destinations } = round.decision as ToldParts;
  const parts = destinations ?? [{ destination: null, decision: round.decision as ToldDecision }];
  return parts
    .map((part) => ({
      ...{ round: round.round, at: round.at },
      ...tellDecision(part.decision, locationName, titleOf),
      way: wayOf(part, destinations ?? []),
    }))
    .reverse();
}

/** Where a part of a round goes; what is sent to a store is told apart from what the store has itself. */
function wayOf({ destination, decision }: ToldPart, all: readonly ToldPart[]): string | null {
  if (decision.sentTo) return `sent to ${decision.sentTo.name}`;
  if (all.length === 0) return null;
  const isBesideSent = all.some((each) => each.destination === destination && each.decision.sentTo);
  return isBesideSent ? 'from the store itself' : `to ${destination ?? 'own address'}`;
}
