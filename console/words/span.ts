import { spanText } from '../../domain/promise/order-promise';

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'long' },
  timeZone: 'UTC',
});
const dayName = (date: string): string => dayFormat.format(new Date(date)).replace(',', '');

/** The days of a promise as staff say them: "Tue 1 December to Thu 3 December". */
export const spanInWords = (promise: { earliest: string | null; latest: string | null }): string => {
  const { earliest, latest } = promise;
  if (earliest === null || latest === null) return spanText(promise);
  return earliest === latest ? dayName(earliest) : `${dayName(earliest)} to ${dayName(latest)}`;
};
