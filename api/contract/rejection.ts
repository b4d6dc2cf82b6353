import { rejectionReasons } from '../../domain/shipping/rejection';
import { line } from './text';

/** Of whoever refuses to pick, or to send. */
export const rejectionCodes = rejectionReasons.join(', ');
export const rejectionText = line(400)
  .optional()
  .meta({ description: 'What else there is to say to one of the codes' });
