/**
 * Asks a statement that writes a key into a ledger unless it is there. Where the same is asked twice at once, one waits
 * for the other and goes on from what it saw before: it breaks the key (the constraint `unique`), or finds no room for
 * what is there already. Asked once more, it sees what the other did. `isDone`: an answer that stands.
 */
export async function askPastItself<Answer>(
  ask: () => Promise<Answer>,
  { unique, isDone = () => true }: { unique: string; isDone?: (answer: Answer) => boolean },
): Promise<Answer> {
  const first = await ask().catch((error: { constraint?: string }) => {
    if (error.constraint !== unique) throw error;
    return null;
  });
  return first !== null && isDone(first) ? first : ask();
}
