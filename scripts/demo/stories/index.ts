import { paying } from './paying';
import { returning } from './returning';
import { selling } from './selling';
import type { Story } from './steps';
import { supplying } from './supplying';
import { trading } from './trading';

/** One morning at Cima & Lago. */
export const stories: Story[] = [...selling, ...paying, ...supplying, ...returning, ...trading];
