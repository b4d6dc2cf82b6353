/** A step without any work. */
export const activities = {
  async nothing(): Promise<void> {},
};
