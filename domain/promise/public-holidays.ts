import { addDays } from '../time/calendar';

/** Days that a whole country has off: "MM-DD", and days from Easter Sunday. Regional ones are not among them. */
interface Holidays {
  fixed: readonly string[];
  fromEaster: readonly number[];
}

const goodFriday = -2;
const easter = 0;
const easterMonday = 1;
const ascension = 39;
const whitMonday = 50;
const corpusChristi = 60;

/** By the laws of each country; checked against its official lists of 2025 and 2026. */
const byCountry: Readonly<Record<string, Holidays>> = {
  AT: {
    fixed: ['01-01', '01-06', '05-01', '08-15', '10-26', '11-01', '12-08', '12-25', '12-26'],
    fromEaster: [easterMonday, ascension, whitMonday, corpusChristi],
  },
  BE: {
    fixed: ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'],
    fromEaster: [easterMonday, ascension, whitMonday],
  },
  CH: { fixed: ['01-01', '08-01', '12-25'], fromEaster: [ascension] },
  DE: {
    fixed: ['01-01', '05-01', '10-03', '12-25', '12-26'],
    fromEaster: [goodFriday, easterMonday, ascension, whitMonday],
  },
  ES: {
    fixed: ['01-01', '01-06', '05-01', '08-15', '10-12', '11-01', '12-06', '12-08', '12-25'],
    fromEaster: [goodFriday],
  },
  FR: {
    fixed: ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'],
    fromEaster: [easterMonday, ascension, whitMonday],
  },
  IT: {
    fixed: ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'],
    fromEaster: [easter, easterMonday],
  },
  LU: {
    fixed: ['01-01', '05-01', '05-09', '06-23', '08-15', '11-01', '12-25', '12-26'],
    fromEaster: [easterMonday, ascension, whitMonday],
  },
  NL: {
    fixed: ['01-01', '04-27', '12-25', '12-26'],
    fromEaster: [easter, easterMonday, ascension, whitMonday],
  },
  PL: {
    fixed: ['01-01', '01-06', '05-01', '05-03', '08-15', '11-01', '11-11', '12-24', '12-25', '12-26'],
    fromEaster: [easter, easterMonday, corpusChristi],
  },
  PT: {
    fixed: ['01-01', '04-25', '05-01', '06-10', '08-15', '10-05', '11-01', '12-01', '12-08', '12-25'],
    fromEaster: [goodFriday, easter, corpusChristi],
  },
};

/** Whether the public holidays of a country are known here; of others only weekends are. */
export const knowsHolidaysOf = (country: string): boolean => Object.hasOwn(byCountry, country);

/** @param date "YYYY-MM-DD" */
export function isPublicHoliday(date: string, country: string): boolean {
  const holidays = Object.hasOwn(byCountry, country) ? byCountry[country]! : null;
  if (holidays === null) return false;
  if (holidays.fixed.includes(date.slice(5))) return true;
  const sunday = easterSunday(Number(date.slice(0, 4)));
  return holidays.fromEaster.some((days) => addDays(sunday, days) === date);
}

/** Easter of the Gregorian calendar; J. Meeus, Astronomical Algorithms, chapter 8. */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  const day = String((sum % 31) + 1).padStart(2, '0');
  return `${year}-${String(Math.floor(sum / 31)).padStart(2, '0')}-${day}`;
}
