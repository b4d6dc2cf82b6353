import { createStore } from '../../store';
import { connect } from '../../store/connect';
import type { CommitSourcingInput, CommitSourcingResult } from '../../store/sourcing/sourcing-outcome';

export interface Task {
  databaseUrl: string;
  inputs: CommitSourcingInput[];
  /** Begins again at the first when it is through, until it is killed. */
  isEndless: boolean;
}

export interface Told {
  index: number;
  answers: CommitSourcingResult[];
}

const buyers = 24;

/** Many buyers in a process of its own, so that a test can kill it. Each asks twice for every order. */
async function buy({ databaseUrl, inputs, isEndless }: Task): Promise<void> {
  const db = connect(databaseUrl, 5);
  const { commitSourcing } = createStore(db);
  let next = 0;
  const buyer = async (): Promise<void> => {
    while (isEndless || next < inputs.length) {
      const index = next % inputs.length;
      next += 1;
      const input = inputs[index]!;
      const answers = await Promise.all([commitSourcing(input), commitSourcing(input)]);
      process.send!({ index, answers } satisfies Told);
    }
  };
  await Promise.all(Array.from({ length: buyers }, buyer));
  await db.destroy();
  process.disconnect();
}

process.once('message', (task) => void buy(task as Task));
