/**
 * What is said in calls, where a city wants it kept: recorded once the caller knows, found by order, call, agent, time and
 * number, heard by whom the city says, noted and judged, and let go of in time. The sound is written by media
 * (`talk-file.ts`); this room says when, and keeps a row of each.
 */

export { recordingBrings } from './brings.ts'
export type { RecordingFaultCode } from './faults.ts'
export { closedListeners, type RecordingAsker } from './permit.ts'
export { openRecordings, type Recordings } from './recordings.ts'
export { noRecordings, type RecordingRules, readRecordingRules, recordingsFile } from './rules.ts'
