import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { nameOfActor } from '../../words/actors';
import { queryOf, urlWith, whereOf } from '../query';
import { seenOf } from '../../../api/seen';
import type { Buffer } from './buffer-fields';
import { namesOf, readPlaces } from '../places';

const pageSize = 50;
export const buffersAddress = '/stock/buffers';

/** What is kept back from channels. What was typed for a new buffer and refused stays. */
export async function buffersView({ services, reads }: ConsoleDependencies, visit: Visit): Promise<View> {
  const query = queryOf(visit.req, ['cursor']);
  const { cursor } = query;
  const [{ items, nextCursor }, locations, { items: channels }] = await Promise.all([
    services.buffers.list({ limit: pageSize, cursor }),
    readPlaces(reads),
    services.catalogue.listChannels({ limit: 200 }),
  ]);
  const titles = await reads.readTitles(items.flatMap(({ sku }) => sku ?? []));
  const channelNames = new Map(channels.map(({ code, name }) => [code, name]));
  const placeName = namesOf(locations);
  const { form } = visit;
  // One form of the page was refused: that of a row, or the one for a new buffer.
  const isNew = form.seen === undefined && form.pieces !== undefined;
  const typed: Visit['form'] = isNew ? form : {};
  const isTyped = ({ id }: Buffer): boolean => form.id === id && !isNew && form.pieces !== undefined;
  const rowOf = (buffer: Buffer) => ({
    ...buffer,
    goods: buffer.sku === undefined ? (buffer.category ?? null) : (titles[buffer.sku] ?? buffer.sku),
    isCategory: buffer.category !== undefined,
    locationName: buffer.locationId && placeName(buffer.locationId),
    channelName: buffer.channel && (channelNames.get(buffer.channel) ?? buffer.channel),
    who: nameOfActor(buffer.updatedBy),
    seen: seenOf(buffer),
    isTyped: isTyped(buffer),
    piecesText: isTyped(buffer) ? form.pieces : String(buffer.pieces),
  });
  return {
    template: 'buffers',
    title: 'Buffers',
    data: {
      ...{ url: buffersAddress, where: whereOf(query) },
      typed,
      isNew,
      mayChange: visit.may('saveBuffer'),
      locations: locations.map(({ id, name }) => ({
        value: id,
        label: name,
        isChosen: id === typed.locationId,
      })),
      channels: channels.map(({ code, name }) => ({
        value: code,
        label: name,
        isChosen: code === typed.channel,
      })),
      rows: items.map(rowOf),
      isFirstPage: cursor === undefined,
      firstUrl: buffersAddress,
      nextUrl: nextCursor && urlWith(buffersAddress, { cursor: nextCursor }),
    },
  };
}
