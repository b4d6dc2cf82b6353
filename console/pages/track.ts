import type { RequestHandler } from 'express';
import { countryName } from '../../domain/order/address-lines';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { problemView } from '../problem-views';

/** Where a parcel is, for anybody who has its number. */
export const trackPage =
  ({ reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  async (req, res) => {
    const number = String(req.params.trackingNumber);
    const parcel = await reads.findParcel(number);
    if (!parcel) {
      const detail = `No parcel has the number ${number.slice(0, 60)}. Check it for typing errors.`;
      return desk.sendPublic(req, res, problemView('Unknown parcel', detail, 404));
    }
    desk.sendPublic(req, res, {
      template: 'track',
      title: `Parcel ${parcel.trackingNumber}`,
      data: {
        ...parcel,
        place: `${parcel.city}, ${countryName(parcel.country, 'en')}`,
        events: [...parcel.events].reverse(),
      },
    });
  };
