/**
 * Sound on the wire: worker threads that own the RTP sockets and serve them in one 20 ms loop each. Above this door
 * there are ports that play, hear keys, are bridged, tapped and recorded; nobody above sees a packet.
 */

export { linearOf } from './codecs.ts'
export { mediaFaults } from './faults.ts'
export type { MediaFigures } from './figures.ts'
export { keyOfEvent } from './keys.ts'
export { hearEachOther, hearNobody, hearOnly } from './matrix.ts'
export { type Measure, measure } from './measure.ts'
export { type MediaOptions, startMedia } from './pool.ts'
export type {
  CodecName,
  Frame,
  Key,
  KeySource,
  MediaPool,
  MediaPort,
  MediaWorker,
  PlayEnd,
  PlayOptions,
  Port,
  PortNotices,
  Recording,
  Remote,
  StreamPort,
  TalkRecorded,
  TalkRecorder,
  TalkSpan,
} from './port.ts'
export type { Quality } from './quality.ts'
export { type Sound, sampleRate, soundOf } from './sound.ts'
export type { TextPayloads } from './t140.ts'
export { mendTalkFile, readTalkFile, type TalkFile } from './talk-file.ts'
export type { TextPort, TextRemote } from './text-port.ts'
export { mediaFigures } from './watched.ts'
export { wavHeader } from './wav.ts'
