import type { Reported } from '../../ledger/index.ts'
import { bulletinEvent, foldBulletin } from './standing.ts'
import { bulletinRow } from './store.ts'

/** What bulletins happen in, in the ledger: a bulletin is a stream. */
export const bulletinRoom = 'bulletins'

/** Who published which figures, rebuilt from what happened. */
export const reportedBulletins: Reported = {
  room: bulletinRoom,
  tables: [
    {
      name: 'bulletins',
      stream: 'id',
      apart: {
        words: 'what people wrote around the figures',
        revision: 'how often they did',
        figures: 'compared with their digest, which is rebuilt, whenever they are read',
      },
    },
  ],
  rebuild: (id, events) => ({ bulletins: [bulletinRow(foldBulletin(id, events.map(bulletinEvent)))] }),
}
