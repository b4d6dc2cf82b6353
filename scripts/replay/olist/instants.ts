/**
 * Olist's clocks show Brasília's time without saying so. Its standard time is taken all year, so that no order of
 * events turns around in the hour that summer time repeats.
 */
export const instantOf = (local: string): string =>
  new Date(`${local.replace(' ', 'T')}-03:00`).toISOString();
