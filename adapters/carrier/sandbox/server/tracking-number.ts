const shape = /^SBX(\d{11})(\d)$/;

/** SBX, eleven digits of the parcel's number, and a check digit (Luhn) that catches what a hand mistypes. */
export function trackingNumberOf(parcel: number): string {
  const digits = String(parcel).padStart(11, '0');
  if (digits.length > 11) throw new Error(`No tracking number is left for parcel ${parcel}`);
  return `SBX${digits}${checkDigit(digits)}`;
}

/** The parcel's number; null where the text is no tracking number of this carrier. */
export function parcelOf(trackingNumber: string): number | null {
  const found = shape.exec(trackingNumber);
  if (!found || checkDigit(found[1]!) !== Number(found[2])) return null;
  return Number(found[1]);
}

function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((so, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return so + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
