/**
 * Who said what, when, on which screen. A transcript is a list of numbered changes, told to pages as they happen; what
 * the house plays appears in step with its sound, what people say as recognizers hear it, what they type letter by
 * letter. A page, a seat's screen and a phone with real-time text all read the same.
 */

export type { CaptionLine, EventName, Fix, LineKind, Speaker } from './api.ts'
export { captionBrings } from './brings.ts'
export type { CallCaptions, CaptionStatus } from './call-captions.ts'
export { type Captions, type CaptionsOptions, createCaptions, type EndedCaptions } from './captions.ts'
export type { EarState } from './ears.ts'
export { type CallFigures, type CaptionCounts, type CaptionFigures, delayBounds } from './figures.ts'
export { type FileFormat, transcriptFile } from './files.ts'
export { forgetsTranscripts } from './holdings.ts'
export { createKeeper, type KeeperOptions, type TranscriptKeeper } from './keep.ts'
export { type Change, linesOf } from './line.ts'
export { type Live, type LiveOptions, openLive } from './live.ts'
export type { FromPage, ReaderRefusal, ToPage } from './messages.ts'
export { captionMigrations } from './migrations.ts'
export type { CitizenCode, Pass, Passes, ReaderRole } from './passes.ts'
export { type CaptionRecords, createCaptionRecords } from './records.ts'
export { saidIn } from './said.ts'
export { watchCaptions } from './watched.ts'
