import type { Request, Response } from 'express';
import type { OperationId } from '../api/access';
import type { Principal } from '../api/authenticate';
import type { FieldError } from '../api/problem';
import type { View } from './views';

/** A request of somebody who is signed in and may see the page. */
export interface Visit {
  req: Request;
  res: Response;
  principal: Principal;
  /** What the form says, one value a name. */
  form: Record<string, string>;
  /** What was wrong with the form, where it is shown once more. */
  problems: readonly FieldError[];
  may(operation: OperationId): boolean;
  /** Names the request for effects that must happen once; a form sent twice has the same. */
  requestKey: string;
}

/** What follows an action: the page to be shown, at its own address. */
export interface Landing {
  notice: string;
  url: string;
  view(): Promise<View>;
}
