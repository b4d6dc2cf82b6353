import { createProgress } from '../../runtime/dev/progress';

function createOutput(isTTY: boolean): {
  isTTY: boolean;
  columns: number;
  write(text: string): void;
  text: string;
} {
  return {
    isTTY,
    columns: 60,
    text: '',
    write(text) {
      this.text += text;
    },
  };
}

describe('the progress of a start', () => {
  it('is one plain line a step where nobody watches', async () => {
    const output = createOutput(false);
    const progress = createProgress(output);
    await progress.step('PostgreSQL', async (note) => note('port 5433'));
    progress.say('Port 8080 is busy');
    await expect(progress.step('Worker', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(output.text).toMatch(
      /^✔ PostgreSQL \d+\.\d s · port 5433\n {2}Port 8080 is busy\n✖ Worker \d+\.\d s\n$/,
    );
  });

  it('shows steps while they go on a terminal, and wipes the line they were on', async () => {
    const output = createOutput(true);
    await createProgress(output).step('PostgreSQL', async () => undefined);
    expect(output.text).toContain('⠙ PostgreSQL 0.0 s');
    expect(output.text.endsWith('\n')).toBe(true);
    expect(output.text).toContain('\u001b[1A\u001b[0J✔ PostgreSQL');
  });
});
