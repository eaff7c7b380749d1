import { counter, type Figure, gauge } from '../foundation/index.ts'
import type { MediaPool } from './port.ts'

/** What operators watch of sound. */
export const mediaFigures = (media: Pick<MediaPool, 'figures'>): readonly Figure[] => [
  gauge('jieting_media_ports', 'RTP ports open', () => media.figures().portsOpen),
  counter('jieting_media_packets_received_total', 'RTP packets', () => media.figures().packetsReceived),
  counter('jieting_media_packets_sent_total', 'RTP packets', () => media.figures().packetsSent),
  counter(
    'jieting_media_strangers_total',
    'Packets refused by source',
    () => media.figures().strangersRefused,
  ),
  counter('jieting_media_malformed_total', 'Packets that are no RTP', () => media.figures().malformedPackets),
  counter('jieting_media_keys_total', 'Keys heard in RTP', () => media.figures().keysHeard),
  counter('jieting_media_late_slots_total', 'Send slots that came late', () => media.figures().lateSlots),
  counter(
    'jieting_media_recording_pieces_lost_total',
    'Pieces of recordings, 1.6 s each, that a slow disk did not take',
    () => media.figures().recordingPiecesLost,
  ),
  counter('jieting_media_workers_died_total', 'Media workers that died', () => media.figures().workersDied),
]
