/**
 * Condition: whether the database sorts text as its bytes in UTF-8 sort, as whoever reads a file does. Most locales do
 * not: they put "a" before "B", and "ä" before "b".
 */
export const sortsByBytes = `
  EXISTS (
    SELECT 1 FROM pg_database
    WHERE datname = current_database() AND getdatabaseencoding() = 'UTF8'
      AND (datlocprovider = 'b' OR datlocprovider = 'c' AND datcollate IN ('C', 'POSIX'))
  )`;
