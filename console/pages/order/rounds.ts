import { tellDecision, type ToldDecision } from '../../words/decision';

type Name = (id: string) => string;

interface Round {
  round: number;
  at: string;
  decision: Record<string, unknown>;
}
interface ToldParts {
  destinations?: { destination: string | null; decision: ToldDecision }[];
}

/** A round of sourcing with its decision, for each destination by itself. */
export function roundsOf(round: Round, locationName: Name, titleOf: Name) {
  const { destinations } = round.decision as ToldParts;
  const parts = destinations ?? [{ destination: null, decision: round.decision as ToldDecision }];
  return parts
    .map(({ destination, decision }) => ({
      ...{ round: round.round, at: round.at },
      ...tellDecision(decision, locationName, titleOf),
      destination: destinations && (destination ?? 'own address'),
    }))
    .reverse();
}
