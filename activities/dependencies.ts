import type { Carrier } from '../ports/carrier';
import type { Links } from '../ports/links';
import type { PaymentProvider } from '../ports/payment';
import type { Store } from '../store';

/** What activities work with; wired in runtime/compose.ts. */
export interface ActivityDependencies {
  store: Store;
  payments: readonly PaymentProvider[];
  /** The first is the default. */
  carriers: readonly Carrier[];
  links: Links;
  /** Who buys what is missing, unless the rules name a mail address, and where that is shown. */
  office: { mail: string | null; url: string };
  /** Where customers send their transfers. */
  bankAccount: { holder: string; iban: string };
  /** GS1 company prefix of the retailer, for SSCCs. */
  companyPrefix: string;
  /** What a customer shows to collect: read aloud and typed at a counter, another one each time. */
  pickupCode: () => string;
  /** A code that nobody can guess and that is always the same for a subject. */
  secretCode: (subject: string) => string;
}
