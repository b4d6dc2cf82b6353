/** A step that an order has done, whatever it is given. */
export type Step = (input: never) => Promise<unknown>;

/** The same steps, with something done around each. */
export function aroundEach<Steps extends Record<string, Step>>(
  steps: Steps,
  around: (step: Step, name: string) => Step,
): Steps {
  return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, around(step, name)])) as Steps;
}
